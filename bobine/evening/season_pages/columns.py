"""Text and blocks down a page, over its whole width or in two columns; what has no room goes on to the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bobine.plan.paper.page import MARGIN_MM, Face, Paper

GUTTER_MM = 8.0
_FOOT_MM = 6.0


class Columns:
    """A page that is filled from the top; all lengths are millimetres.

    Attributes:
        paper: what is drawn on; a page was begun.
        half: width of one of two columns.
    """

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.half = (paper.right - MARGIN_MM - GUTTER_MM) / 2
        self._filled = [0.0, 0.0]
        self._column = 0

    @property
    def _end(self) -> float:
        return self.paper.bottom - _FOOT_MM

    def ensure(self, height: float) -> None:
        """Go on to a new page where this one has no such room."""
        if self.paper.y + height > self._end:
            self.paper.add_page()

    def head(self, title: str, face: Face, room: float) -> None:
        """Draw a heading over the whole width, on the page of at least ``room`` of what follows."""
        paper = self.paper
        self.ensure(13 + min(room, 60))
        paper.y += 3
        paper.text(MARGIN_MM, paper.y + 5, title, face, paper.right - MARGIN_MM)
        paper.line(MARGIN_MM, paper.y + 7, paper.right, paper.y + 7, 0.4)
        paper.y += 10

    def paragraph(self, text: str, face: Face, *, after: float = 1.0) -> None:
        """Draw a text over the whole width."""
        leading = self.paper.leading(face)
        for line in self.paper.wrap(text, face, self.paper.right - MARGIN_MM):
            self.ensure(leading)
            self.paper.text(MARGIN_MM, self.paper.y + 0.8 * leading, line, face)
            self.paper.y += leading
        self.paper.y += after

    @contextmanager
    def two(self) -> Iterator[None]:
        """Fill two columns, the left one first; below them the whole width goes on."""
        self._filled, self._column = [self.paper.y, self.paper.y], 0
        yield
        self.paper.y = max(self._filled) + 2

    def column_paragraph(self, text: str, face: Face, *, after: float = 1.0) -> None:
        """Draw a text in the columns."""
        leading = self.paper.leading(face)
        for line in self.paper.wrap(text, face, self.half):
            left, top = self.place(leading)
            self.paper.text(left, top + 0.8 * leading, line, face)
        self._filled[self._column] += after

    def place_higher(self, height: float) -> tuple[float, float]:
        """Take room in the column that is filled the least, and say where it is: its left and its top edge."""
        self._column = 0 if self._filled[0] <= self._filled[1] else 1
        if self._filled[self._column] + height > self._end:
            self.paper.add_page()
            self._filled, self._column = [self.paper.y, self.paper.y], 0
        return self.place(height)

    def place(self, height: float, *, whole: float = 0.0) -> tuple[float, float]:
        """Take room in the columns, one after the other, and say where it is.

        Args:
            height: of what is drawn.
            whole: of its end, which another block stands for: it is asked for, and not taken.

        Returns:
            Left and top edge.
        """
        while self._filled[self._column] + height > self._end and not self._is_fresh:
            self._column += 1
            if self._column == 2:
                self.paper.add_page()
                self._filled, self._column = [self.paper.y, self.paper.y], 0
        top = self._filled[self._column]
        self._filled[self._column] = top + height - whole
        return MARGIN_MM + self._column * (self.half + GUTTER_MM), top

    @property
    def _is_fresh(self) -> bool:
        return self._column == 0 and self._filled[0] <= MARGIN_MM
