"""Plain samples in a file: how they are coded, where they lie, and how many there really are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_WRAP = 1 << 32
_UNFINISHED = (0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Pcm:
    """Plain samples in a file.

    Attributes:
        coding: ffmpeg's name of the raw form: ``s16le``, ``f32be``…
        rate: sampling rate, Hz.
        channels: number of channels.
        mask: the speakers that the header declares, bits of WAVEFORMATEXTENSIBLE's channel mask; 0 for none.
        offset: bytes before the first sample.
        samples: samples per channel that the file really holds.
        promised: samples per channel that the header announces, where that is more than the file holds.
        truthful: whether a program that believes the header reads all the sound and nothing else.
    """

    coding: str
    rate: int
    channels: int
    mask: int
    offset: int
    samples: int
    promised: int | None
    truthful: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes of sound: how many there are, how many were announced in vain, and whether the header is right."""

    size: int
    promised: int | None
    truthful: bool


def held(declared: int, rest: int, ends_at: Callable[[int], bool], *, may_wrap: bool = False) -> Held:
    """The number of bytes of sound a file holds, whatever its header says.

    A recorder that lost power leaves the size of some moment before; one that writes to a pipe leaves a placeholder;
    32 bits count modulo 4 GiB. A size that the file cannot hold is a promise only where it is no placeholder.

    Args:
        declared: size of the sound as the header has it, bytes.
        rest: bytes from the first sample to the file's end.
        ends_at: whether the sound can end after so many bytes: nothing or only other chunks follow.
        may_wrap: whether the size may have been counted modulo 4 GiB.
    """
    if declared > rest:
        return Held(rest, None if is_placeholder(declared) else declared, truthful=False)
    candidate = declared
    while candidate <= rest:
        if ends_at(candidate):
            return Held(candidate, None, truthful=candidate == declared)
        if not may_wrap:
            break
        candidate += _WRAP
    return Held(rest, None, truthful=False)


def is_placeholder(size: int) -> bool:
    """Whether a size was written before the sound was: the largest number of some width, or nearly, or zero.

    sox writes 0x7ffff000 to a pipe, arecord 0x80000000 or 0x7fffff80, ffmpeg 0xffffffff.
    """
    if size in _UNFINISHED or size >= 1 << 62:
        return True
    return any(top - 0x1100 <= size <= top for top in (0x80000000, 0xFFFFFFFF))


def coding(kind: str, width: int, order: str) -> str | None:
    """Ffmpeg's name of a raw form; None where it has none.

    Args:
        kind: ``s`` for whole numbers, ``f`` for floats, ``u`` for whole numbers without a sign (one byte only).
        width: bytes a sample.
        order: ``le`` or ``be``.
    """
    if width == 1:
        return f"{kind}8" if kind in "su" else None
    if (kind, width) in {("s", 2), ("s", 3), ("s", 4), ("f", 4), ("f", 8)}:
        return f"{kind}{8 * width}{order}"
    return None


def width(name: str) -> int:
    """Bytes of a sample in a raw form."""
    return int("".join(character for character in name if character.isdigit())) // 8
