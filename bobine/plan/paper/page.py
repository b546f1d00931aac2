"""A4 paper to draw on: one typeface, text that fits its room, and bytes that depend on nothing but what is drawn.

What that typeface lacks (Arabic, Hebrew, emoji…) is drawn in others, joined and in its own direction.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import font_roboto
from fontTools.ttLib import TTFont
from fpdf import FPDF

from bobine.french import printable, typeset_print
from bobine.plan.paper.scripts import UNSEEN, cuts_apart, goes_left, goes_right, joins, typeface, typeface_file

WIDTH_MM, HEIGHT_MM = 210.0, 297.0
MARGIN_MM = 10.0

_FILES = {"": "Roboto-Regular.ttf", "B": "Roboto-Bold.ttf", "I": "Roboto-Italic.ttf"}
_FAMILY = "roboto"
_POINT_MM = 25.4 / 72
_ABSENT = "?"


@dataclass(frozen=True, slots=True)
class Face:
    """The style in which text is set.

    Attributes:
        style: ``""``, ``"B"`` (bold) or ``"I"`` (italic).
        size: in points, before the paper's scale.
    """

    style: str
    size: float


class _Document(FPDF):
    """A document that draws in other typefaces what its own lacks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._taken: dict[str, str] = {}
        self._before = ""
        self.own_style = ""
        self.own_characters: frozenset[int] = frozenset()

    def take(self, name: str) -> None:
        """Make a typeface known, once."""
        if name not in self._taken:
            family = f"other{len(self._taken)}"
            self.add_font(family, "", typeface_file(name))
            self._taken[name] = family
            self.set_fallback_fonts([*self._taken.values()], exact_match=False)

    def begin_text(self) -> None:
        """Begin another text: a mark that it begins with belongs to nothing before it."""
        self._before = ""

    def get_fallback_font(self, char: str, style: str = "") -> str | None:
        """The typeface of a character; what joins it to the one before is drawn in the same."""
        if not (joins(char) and self._before):
            own = f"{_FAMILY}{self.own_style}"
            self._before = own if ord(char) in self.own_characters else self._taken.get(typeface(char), "")
        return self._before or super().get_fallback_font(char, style)

    def set_to_the_left(self, name: str) -> None:
        """Take a typeface for all that it has: what is written to the left is cut up where another one stands in."""
        self.set_font(self._taken[name], "", self.font_size_pt)


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
        self._pdf = _Document(orientation="portrait", unit="mm", format="A4")
        self._pdf.c_margin = 0
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_creation_date(created)
        self._pdf.set_title(printable(title))
        self._pdf.set_author(printable(author))
        self._pdf.set_lang("fr-FR")
        folder = Path(font_roboto.font_directory)
        for style, name in _FILES.items():
            self._pdf.add_font(_FAMILY, style, folder / name)
        self._known = frozenset(TTFont(folder / _FILES[""]).getBestCmap())
        self._pdf.own_characters = self._known

    def mm(self, length: float) -> float:
        """A length at this paper's scale."""
        return length * self._scale

    def leading(self, face: Face) -> float:
        """Distance from one line to the next, in millimetres."""
        return face.size * 1.2 * _POINT_MM * self._scale

    def add_page(self) -> None:
        """Go on to a new page."""
        self._pdf.add_page()
        self.y = MARGIN_MM

    def width(self, text: str, face: Face) -> float:
        """Width of a line of text, in millimetres."""
        return self._width(self._shown(text), face)

    def _width(self, shown: str, face: Face) -> float:
        self._set(face)
        with self._shaping(shown):
            return float(self._pdf.get_string_width(shown))

    def text(self, x: float, baseline: float, text: str, face: Face, room: float | None = None) -> None:
        """Draw one line; what is longer than ``room`` millimetres ends in ``…``."""
        shown = self._shown(text)
        if room is not None:
            shown = self._cut(shown, face, room)
        if shown:
            self._set(face)
            if self._is_plain(shown):
                self._pdf.text(x, baseline, shown)
            else:
                self._draw_shaped(x, baseline, shown)

    def _draw_shaped(self, x: float, baseline: float, shown: str) -> None:
        """Draw what other typefaces take part in; a cell of no height stands three tenths of a size above its line."""
        with self._shaping(shown):
            self._pdf.set_xy(x, baseline - 0.3 * self._pdf.font_size)
            width = self._pdf.get_string_width(shown)
            self._pdf.begin_text()
            self._pdf.cell(width, 0, shown)

    def _is_plain(self, shown: str) -> bool:
        return all(ord(char) in self._known for char in shown)

    @contextmanager
    def _shaping(self, shown: str) -> Iterator[None]:
        """Join letters, write to the left what goes there, and take other typefaces, where that is needed."""
        if self._is_plain(shown):
            yield
            return
        for name in sorted({typeface(char) for char in shown if ord(char) not in self._known} - {""}):
            self._pdf.take(name)
        to_the_left = next((name for char in shown if goes_left(char) and (name := typeface(char))), "")
        if to_the_left:
            self._pdf.set_to_the_left(to_the_left)
        # a line of French keeps its own order around a name that is written to the left
        self._pdf.set_text_shaping(
            use_shaping_engine=True, direction="rtl" if to_the_left and not goes_right(shown) else "ltr"
        )
        self._pdf.begin_text()
        try:
            yield
        finally:
            self._pdf.set_text_shaping(use_shaping_engine=False)

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

    def drawing(self, x: float, y: float, width: float, svg: bytes) -> None:
        """Draw an SVG file as shapes, ``width`` millimetres wide."""
        self._pdf.image(BytesIO(svg), x=x, y=y, w=width)

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
        self._pdf.own_style = face.style
        self._pdf.set_font(_FAMILY, face.style, face.size * self._scale)

    def _shown(self, text: str) -> str:
        """Text as it is drawn: typeset, without controls, ``?`` for what the typeface lacks."""
        safe = [char for char in typeset_print(printable(text)) if char not in UNSEEN]
        return "".join(char if self._is_drawn(char) else _ABSENT for char in safe)

    def _is_drawn(self, char: str) -> bool:
        return ord(char) in self._known or bool(typeface(char)) or joins(char)

    def _cut(self, text: str, face: Face, room: float) -> str:
        if self.width(text, face) <= room:
            return text
        return text[: self._fitting(text, face, room - self.width("…", face))].rstrip() + "…"

    def _fitting(self, text: str, face: Face, room: float) -> int:
        """The number of characters of a text that fit; one at least."""
        end = max(1, bisect_right(range(1, len(text) + 1), room, key=lambda end: self.width(text[:end], face)))
        while end > 1 and cuts_apart(text, end):
            end -= 1
        return end

    def _words(self, text: str, face: Face, room: float) -> Iterator[str]:
        for word in re.split(" +", text.strip(" ")):
            rest = word
            while rest and self.width(rest, face) > room:
                length = self._fitting(rest, face, room)
                yield rest[:length]
                rest = rest[length:]
            if rest:
                yield rest
