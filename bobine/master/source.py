"""The sound that mastering reads: a 48 kHz PCM file that can be sought to the sample."""

from __future__ import annotations

import threading
from pathlib import Path

from bobine.sound.conform import conform, is_plain


def readable_source(recording: Path, samples: int, folder: Path, cancel: threading.Event) -> Path:  # noqa: ARG001
    """The recording itself where it is plain 48 kHz PCM WAV, else a copy decoded to that in ``folder``.

    Args:
        recording: the file as it was recorded.
        samples: how much of it is needed, counted at 48 kHz from its start; the copy may be longer.
        folder: where a decoded copy may be put.
        cancel: once set, the work stops.

    Raises:
        SoundError: if the recording cannot be decoded.
        Interrupted, DiskError: as ``conform`` does.
    """
    if is_plain(recording):
        return recording
    target = folder / "source.wav"
    conform(recording, None, target, cancel)
    return target
