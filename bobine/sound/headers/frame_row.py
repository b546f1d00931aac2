"""Follow the frames of a bare MPEG stream many at a time, as far as each begins where the one before it ends. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
"""Places in a file, bytes from its start."""

_STEP = 1 << 20
_BEYOND = 64
_HEAD = 4
_SAME = (0xFE, 0x0C)
"""Bits of the second and third byte of a header that are the same in all frames of a row: layer, version, rate."""

_SIDES_BIT = 6
_MONO = 3


def row_from(
    content: bytes, at: int, size_of: Callable[[bytes], int], names: Sequence[tuple[int, bytes]] = ()
) -> Places:
    """The starts of the frames that follow one another from a place on, in one format; the place is the first.

    Each but the last is followed by a frame of the row at the byte where it ends.

    Args:
        content: the file; it is looked at in slices.
        at: where a frame begins.
        size_of: the size of the frame that a header of four bytes tells of, bytes; 0 for none.
        names: words of four letters that end a row where one of them stands so many bytes after a header; at most 60.
    """
    head = content[at : at + _HEAD]
    # all that a size depends on lies in the third byte, once layer, version and rate are known
    sizes = np.array([size_of(bytes((*head[:2], third, head[3]))) for third in range(256)])
    found = [_heads(content, begin, head, names) for begin in range(at + 1, len(content), _STEP)]
    starts = np.concatenate([np.array([at]), *(places for places, _ in found)])
    its = sizes[np.concatenate([np.array([head[2]], np.uint8), *(thirds for _, thirds in found)])]
    ends = np.where(its > 0, starts + its, -1)
    places = np.minimum(np.searchsorted(starts, ends), len(starts) - 1)
    nowhere = len(starts)
    return starts[_followed(np.append(np.where(starts[places] == ends, places, nowhere), nowhere))]


def _followed(follows: Places) -> Places:
    """The first of some and those that follow it; ``follows`` says which is next, and is one longer: the last is none.

    A row of n, and where each is n further on, make one of 2·n.
    """
    nowhere = len(follows) - 1
    row = np.zeros(1, np.int64)
    while True:
        further = follows[row]
        row = np.concatenate((row, further[further < nowhere]))
        if further[-1] == nowhere:
            return row
        follows = follows[follows]


def _heads(
    content: bytes, begin: int, like: bytes, names: Sequence[tuple[int, bytes]]
) -> tuple[Places, NDArray[np.uint8]]:
    """Where, in one step from a place on, bytes look like the header of a frame of one format; and each third byte."""
    # a copy: a file that is mapped must have nothing of it held when it is closed, whatever ends the work
    part = np.frombuffer(content[begin : begin + _STEP + _BEYOND] + bytes(_BEYOND), np.uint8)
    found = np.flatnonzero(part[: min(_STEP, len(content) - begin)] == 0xFF)
    found = found[part[found + 1] & _SAME[0] == like[1] & _SAME[0]]
    found = found[part[found + 2] & _SAME[1] == like[2] & _SAME[1]]
    found = found[(part[found + 3] >> _SIDES_BIT == _MONO) == (like[3] >> _SIDES_BIT == _MONO)]
    for place, name in names:
        is_named = part[found + place] == name[0]
        for further in range(1, len(name)):
            is_named[is_named] = part[found[is_named] + place + further] == name[further]
        found = found[~is_named]
    return found + begin, part[found + 2]
