"""A4 paper to draw on: one typeface, text that fits its room, and bytes that depend on nothing but what is drawn."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import font_roboto
from fontTools.ttLib import TTFont
from fpdf import FPDF

from bobine.french import printable, typeset_print

WIDTH_MM, HEIGHT_MM = 210.0, 297.0
MARGIN_MM = 10.0

_FILES = {"": "Roboto-Regular.ttf", "B": "Roboto-Bold.ttf", "I": "Roboto-Italic.ttf"}
_POINT_MM = 25.4 / 72
_ABSENT = "?"


@dataclass(frozen=True, slots=True)
class Face:
    """How text is set.

    Attributes:
        style: ``""``, ``"B"`` (bold) or ``"I"`` (italic).
        size: in points, before the paper's scale.
    """

    style: str
    size: float


class Paper:
    """Pages in black on white; places are millimetres from the page's top left.

    Attributes:
        y: how far down this page has been filled, in millimetres.
        right: right edge of what may be drawn on.
        bottom: bottom edge of the same.
    """

    def __init__(self, *, title: str, author: str, created: datetime, scale: float = 1.0) -> None:
        self.y = MARGIN_MM
        self.right = WIDTH_MM - MARGIN_MM
        self.bottom = HEIGHT_MM - MARGIN_MM
        self._scale = scale
        self._pdf = FPDF(orientation="portrait", unit="mm", format="A4")
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_creation_date(created)
        self._pdf.set_title(printable(title))
        self._pdf.set_author(printable(author))
        self._pdf.set_lang("fr-FR")
        folder = Path(font_roboto.font_directory)
        for style, name in _FILES.items():
            self._pdf.add_font("Roboto", style, folder / name)
        self._known = frozenset(TTFont(folder / _FILES[""]).getBestCmap())

    def mm(self, length: float) -> float:
        """A length at this paper's scale."""
        return length * self._scale

    def leading(self, face: Face) -> float:
        """From one line to the next, in millimetres."""
        return face.size * 1.2 * _POINT_MM * self._scale

    def add_page(self) -> None:
        """Go on to a new page."""
        self._pdf.add_page()
        self.y = MARGIN_MM

    def width(self, text: str, face: Face) -> float:
        """Width of a line of text, in millimetres."""
        self._set(face)
        return float(self._pdf.get_string_width(self._shown(text)))

    def text(self, x: float, baseline: float, text: str, face: Face, room: float | None = None) -> None:
        """Draw one line; what is longer than ``room`` millimetres ends in ``…``."""
        shown = self._shown(text)
        if room is not None:
            shown = self._cut(shown, face, room)
        if shown:
            self._set(face)
            self._pdf.text(x, baseline, shown)

    def text_right(self, right: float, baseline: float, text: str, face: Face) -> None:
        """Draw one line that ends at ``right``."""
        self.text(right - self.width(text, face), baseline, text, face)

    def wrap(self, text: str, face: Face, room: float) -> list[str]:
        """Break a text into lines of at most ``room`` millimetres, at spaces; a wider word is broken anywhere."""
        lines: list[str] = []
        for word in self._words(self._shown(text), face, room):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, face) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def line(self, x1: float, y1: float, x2: float, y2: float, thickness: float = 0.15) -> None:
        """Draw a line, ``thickness`` in millimetres."""
        self._pdf.set_line_width(thickness)
        self._pdf.line(x1, y1, x2, y2)

    def box(self, x: float, y: float, width: float, height: float, *, dashed: bool = False) -> None:
        """Draw a frame; a dashed one is to be cut out."""
        self._pdf.set_line_width(0.2)
        if dashed:
            self._pdf.set_dash_pattern(dash=1.5, gap=1.2)
        self._pdf.rect(x, y, width, height)
        self._pdf.set_dash_pattern()

    def finish(self, foot: str) -> bytes:
        """Number the pages (« page 1/2 ») beside ``foot``, and give the file."""
        count = self._pdf.pages_count
        for number in range(1, count + 1):
            self._pdf.page = number
            self._set(Face("", 1))  # the library writes a font only where it changes, and another page had the last
            small = Face("", 8)
            self.text(MARGIN_MM, self.bottom, foot, small)
            self.text_right(self.right, self.bottom, f"page {number}/{count}", small)
        return bytes(self._pdf.output())

    def _set(self, face: Face) -> None:
        self._pdf.set_font("Roboto", face.style, face.size * self._scale)

    def _shown(self, text: str) -> str:
        """Text as it is drawn: typeset, without controls, ``?`` for what the typeface lacks."""
        safe = typeset_print(printable(text))
        return "".join(char if ord(char) in self._known else _ABSENT for char in safe)

    def _cut(self, text: str, face: Face, room: float) -> str:
        if self.width(text, face) <= room:
            return text
        return text[: self._fitting(text, face, room - self.width("…", face))].rstrip() + "…"

    def _fitting(self, text: str, face: Face, room: float) -> int:
        """How many characters of a text fit; one at least."""
        return max(1, bisect_right(range(1, len(text) + 1), room, key=lambda end: self.width(text[:end], face)))

    def _words(self, text: str, face: Face, room: float) -> Iterator[str]:
        for word in re.split(" +", text.strip(" ")):
            rest = word
            while rest and self.width(rest, face) > room:
                length = self._fitting(rest, face, room)
                yield rest[:length]
                rest = rest[length:]
            if rest:
                yield rest
