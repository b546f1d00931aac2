"""The sound that mastering reads: a 48 kHz PCM file that can be sought to the sample."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from bobine import ffmpeg
from bobine.errors import SoundError
from bobine.master import graphs
from bobine.master.edit import RATE
from bobine.model.as_run import Recording
from bobine.sound.joining import Piece, join
from bobine.store.files import disk_errors

_PCM_TAGS = (1, 3, 0xFFFE)
"""WAVE format tags: integers, floats, extensible (whose sub-format of recorders is always one of those)."""


def readable_source(recording: Recording, pieces: Sequence[Piece], samples: int, folder: Path, cancel: Event) -> Path:
    """The recording itself where it is one file of 48 kHz PCM WAV, else its whole sound as one such file in ``folder``.

    Several files give the very sound that one would have given: they are joined at their own rate, then resampled.

    Args:
        recording: what was recorded.
        pieces: its files, each where it lies.
        samples: how much of it is needed, counted at 48 kHz from its start.
        folder: where files of the work may be put.
        cancel: once set, the work stops.

    Raises:
        SoundError: if the recording cannot be decoded.
        Interrupted, DiskError: as ``ffmpeg.run`` does.
    """
    if len(pieces) == 1:
        return _plain(pieces[0].path, samples, folder / "source.wav", cancel)
    joined = folder / "joined.wav"
    with disk_errors(joined):
        join(pieces, recording.rate, joined, to_rate=recording.rate, cancel=cancel)
    return _plain(joined, samples, folder / "source.wav", cancel)


def _plain(path: Path, samples: int, target: Path, cancel: Event) -> Path:
    """A file itself where it is 48 kHz PCM WAV, else its sound as such in ``target``."""
    if is_pcm_wav(path):
        return path
    try:
        ffmpeg.run(graphs.conform(path, samples, target), cancel=cancel)
    except ffmpeg.FfmpegError as error:
        raise SoundError(f"L'enregistrement « {path.name} » ne peut pas être décodé : {error}") from error
    return target


def is_pcm_wav(path: Path) -> bool:
    """Whether a file is a RIFF or RF64 WAV of uncompressed 48 kHz sound."""
    with path.open("rb") as file:
        head = file.read(12)
        if len(head) < 12 or head[:4] not in (b"RIFF", b"RF64") or head[8:] != b"WAVE":
            return False
        for _ in range(64):
            header = file.read(8)
            if len(header) < 8:
                return False
            name, size = struct.unpack("<4sI", header)
            if name == b"fmt ":
                fields = file.read(8)
                if len(fields) < 8:
                    return False
                tag, _channels, rate = struct.unpack("<HHI", fields)
                return tag in _PCM_TAGS and rate == RATE
            file.seek(size + size % 2, 1)
    return False
