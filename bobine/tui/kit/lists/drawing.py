"""A line of a table, drawn: the text of each cell made to fill its column, in the cell's style."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from bobine.french import printable, typeset
from bobine.tui.kit.lists.rows import GAP, Cell, Column


def line_of(cells: Sequence[tuple[Column, Cell, int, Style]], width: int, blank: Style) -> Strip:
    """Draw one line.

    Args:
        cells: each with its column, the terminal columns that it fills, and its style.
        width: terminal columns of the whole line.
        blank: the style of the gaps, and of what is left at the end.
    """
    segments = []
    used = 0
    for position, (column, cell, size, style) in enumerate(cells):
        if position:
            segments.append(Segment(" " * GAP, blank))
            used += GAP
        segments.append(Segment(filled(cell.text, size, right=column.right), style))
        used += size
    segments.append(Segment(" " * max(0, width - used), blank))
    return Strip(segments).adjust_cell_length(width, blank)


def filled(text: str, size: int, *, right: bool) -> str:
    """Text made to fill exactly ``size`` terminal columns."""
    shown = typeset(printable(text))
    length = cell_len(shown)
    if length > size:
        return set_cell_size(shown, max(0, size - 1)) + "…" if size else ""
    return " " * (size - length) + shown if right else shown + " " * (size - length)
