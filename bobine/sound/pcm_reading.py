"""Plain samples read straight from a file, without ffmpeg: as fast as the disk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bobine.errors import Interrupted, SoundError
from bobine.french import printable
from bobine.sound.blocks import Samples
from bobine.sound.headers.pcm import Pcm, width

_PIECE = 1 << 19  # as floats, it stays in a processor's cache
_FULL = {"u8": 128.0, "s8": 128.0, "s16": 32768.0, "s24": 2147483648.0, "s32": 2147483648.0}


def read_samples(path: Path, pcm: Pcm, cancel: threading.Event | None = None) -> Iterator[Samples]:
    """The samples of a file as floats, piece by piece; what is no number in it is silence.

    Raises:
        SoundError: if the file cannot be read.
        Interrupted: if ``cancel`` was set.
    """
    frame = width(pcm.coding) * pcm.channels
    left = pcm.samples * frame
    whole = max(frame, _PIECE // frame * frame)
    try:
        with path.open("rb") as stream:
            stream.seek(pcm.offset)
            while left > 0:
                if cancel is not None and cancel.is_set():
                    raise Interrupted
                content = stream.read(min(left, whole))
                content = content[: len(content) // frame * frame]
                if not content:
                    return
                left -= len(content)
                yield as_floats(content, pcm.coding).reshape(-1, pcm.channels)
    except OSError as error:
        raise SoundError(
            f"« {printable(path.name)} » ne peut pas être lu jusqu'au bout : vérifiez son support."
        ) from error


def as_floats(content: bytes, coding: str) -> NDArray[np.float32]:
    """Samples of a raw form as floats of which 1 is full scale.

    Args:
        content: whole samples.
        coding: ffmpeg's name of their form.
    """
    order = ">" if coding.endswith("be") else "<"
    kind = coding.removesuffix("le").removesuffix("be")
    if kind == "f32" or kind == "f64":
        found = np.frombuffer(content, f"{order}f{int(kind[1:]) // 8}").astype(np.float32, copy=False)
        return found if np.isfinite(found.sum()) else np.nan_to_num(found, posinf=1, neginf=-1)
    if kind == "u8":
        return (np.frombuffer(content, np.uint8).astype(np.float32) - np.float32(128)) / np.float32(128)
    if kind == "s24":
        wide = np.zeros((len(content) // 3, 4), np.uint8)
        three = np.frombuffer(content, np.uint8).reshape(-1, 3)
        wide[:, 1:] = three if order == "<" else three[:, ::-1]
        found = wide.reshape(-1).view("<i4").astype(np.float32)
    else:
        found = np.frombuffer(content, f"{order}i{int(kind[1:]) // 8}").astype(np.float32)
    found *= np.float32(1 / _FULL[kind])
    return found
