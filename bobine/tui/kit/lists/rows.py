"""The content of a listing: columns that share its width, and rows of cells with a tone each. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

GAP = 1
"""Blank columns between two cells."""


class Tone(StrEnum):
    """The tone of a cell: its colour; its words must say the same without."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    GOOD = "good"
    WARN = "warn"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: plain text, never markup, and its tone."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        title: its heading.
        width: terminal columns that it needs.
        share: its part of the room that is left; 0 to keep to its width.
        right: figures, aligned to the right.
        most: it grows no wider than this.
        from_width: it is left out of a listing narrower than this.
        rank: what matters most has the lowest; where there is little room, those of a high rank are left out first.
    """

    title: str
    width: int
    share: int = 0
    right: bool = False
    most: int = 1000
    from_width: int = 0
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        key: what it stands for; unique in the listing.
        cells: one for each column, shown or not.
        tone: of the cells that have none of their own.
        rule: a line is drawn above it.
    """

    key: str
    cells: tuple[Cell | str, ...]
    tone: Tone = Tone.PLAIN
    rule: bool = False


def fitted(columns: Sequence[Column], width: int, cursor: int | None = None) -> tuple[tuple[int, int], ...]:
    """The columns that a listing shows, each as its index and its width.

    They are taken by rank, from the left, as long as they fit whole; what remains of the room goes to those that share
    it.

    Args:
        columns: all of them, in order.
        width: room, in terminal columns.
        cursor: the column of the cursor, which is always shown, as the first one is.
    """
    wanted = [index for index, column in enumerate(columns) if width >= column.from_width] or [0]
    by_rank = sorted(wanted, key=lambda index: (index not in (wanted[0], cursor), columns[index].rank, index))
    shown: list[int] = []
    for index in by_rank:
        larger = sorted([*shown, index])
        if not shown or index == cursor or _needed(columns, larger) <= width:
            shown = larger
    widths = {index: columns[index].width for index in shown}
    room = width - _needed(columns, shown)
    if room < 0 and len(shown) > 1:  # the cursor's column is wanted beside the first one, which gives way
        widths[shown[0]] = max(1, widths[shown[0]] + room)
    growing = [index for index in shown if columns[index].share]
    while room > 0 and growing:
        shares = sum(columns[index].share for index in growing)
        part = max(1, room // shares)
        for index in list(growing):
            more = min(part * columns[index].share, columns[index].most - widths[index], room)
            widths[index] += more
            room -= more
            if widths[index] >= columns[index].most:
                growing.remove(index)
    return tuple((index, min(widths[index], width)) for index in shown)


def _needed(columns: Sequence[Column], shown: Sequence[int]) -> int:
    return sum(columns[index].width for index in shown) + GAP * (len(shown) - 1)
