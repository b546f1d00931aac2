"""The sound that mastering reads: a 48 kHz PCM file that can be sought to the sample."""

from __future__ import annotations

import struct
import threading
from collections.abc import Mapping
from pathlib import Path

from bobine import ffmpeg
from bobine.errors import SoundError
from bobine.master import graphs
from bobine.master.edit import RATE, Segment, joins, needed
from bobine.master.pieces import Join
from bobine.store.files import disk_errors

_PCM_TAGS = (1, 3, 0xFFFE)
"""WAVE format tags: integers, floats, extensible (whose sub-format of recorders is always one of those)."""


def readable_sources(
    files: Mapping[str, Path], segments: tuple[Segment, ...], folder: Path, cancel: threading.Event
) -> dict[str | Join, Path]:
    """Every sound that segments are made of: the files that are used, each as ``readable_source`` gives it, and joins.

    Args:
        files: the recording and the takes, by the names that pieces have.
        segments: the edit list.
        folder: where decoded copies and joins may be put.
        cancel: once set, the work stops.

    Raises:
        SoundError: if a file cannot be decoded.
        Interrupted, DiskError: as ``ffmpeg.run`` does.
    """
    found: dict[str | Join, Path] = {}
    for n, (name, samples) in enumerate(needed(segments).items()):
        own = folder / f"sound-{n}"
        with disk_errors(own):
            own.mkdir()
        found[name] = readable_source(files[name], samples, own, cancel)
    for n, join in enumerate(joins(segments)):
        target = folder / f"join-{n}.wav"
        ffmpeg.run(graphs.crossfade(found[join.sound], join, target), cancel=cancel)
        found[join] = target
    return found


def readable_source(recording: Path, samples: int, folder: Path, cancel: threading.Event) -> Path:
    """The recording itself where it is 48 kHz PCM WAV, else a copy decoded to that in ``folder``.

    Args:
        recording: the file as it was recorded.
        samples: how much of it is needed, counted at 48 kHz from its start.
        folder: where a decoded copy may be put.
        cancel: once set, the work stops.

    Raises:
        SoundError: if the recording cannot be decoded.
        Interrupted, DiskError: as ``ffmpeg.run`` does.
    """
    if is_pcm_wav(recording):
        return recording
    target = folder / "source.wav"
    try:
        ffmpeg.run(graphs.conform(recording, samples, target), cancel=cancel)
    except ffmpeg.FfmpegError as error:
        raise SoundError(f"L'enregistrement « {recording.name} » ne peut pas être décodé : {error}") from error
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
