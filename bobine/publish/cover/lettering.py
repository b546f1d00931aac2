"""Text on a cover: only what the typeface can draw, wrapped and sized to the room there is."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import font_hanken_grotesk
from PIL import ImageDraw, ImageFont

from bobine.french import typeset
from bobine.publish.cover.palette import Colour
from bobine.publish.text import one_line

BOLD = "HankenGroteskBold"
SEMI_BOLD = "HankenGroteskSemiBold"
MEDIUM = "HankenGroteskMedium"

_NOT_A_CHARACTER = "\uffff"
_UNDRAWN = ("Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn")
_LONGEST = 300
_CLOSE_PAIRS = (
    ("TVWY", "aceoqgs", 0.065),
    ("TVWYP", ".,…", 0.10),
    ("TY", "mnpruvwxyz", 0.05),
    ("LÀÁÂA", "’TVWY", 0.055),
    ("TVWYP", "A", 0.06),
    ("’", "aceoqA", 0.03),
    ("F", "aeo.,A", 0.035),
    ("rf", ".,", 0.05),
)
_APOSTROPHE = re.compile(r"(?<=[^\W\d])'")


@dataclass(frozen=True, slots=True)
class Style:
    """The style of a text.

    Attributes:
        face: name of the typeface's cut.
        sizes: the sizes to try, in pixels, largest first.
        leading: from one line to the next, as a part of the size.
        tracking: room added between letters, as a part of the size.
        calm_size: at this size and above, in pixels, text may fill but ``calm_part`` of its room's height.
        calm_part: that part; large type in a full room looks crowded, and a smaller size is tried instead.
    """

    face: str
    sizes: Sequence[int]
    leading: float = 1.12
    tracking: float = 0.0
    calm_size: int = 10_000
    calm_part: float = 1.0


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text that fit.

    Attributes:
        lines: the text, line by line.
        style: how it is set.
        size: the size chosen, in pixels.
    """

    lines: tuple[str, ...]
    style: Style
    size: int

    @property
    def height(self) -> float:
        """Height from the top of the first line to the foot of the last, pixels."""
        return self.size * self.style.leading * len(self.lines)

    def draw(self, draw: ImageDraw.ImageDraw, x: float, y: float, colour: Colour) -> None:
        """Draw the lines, the first one's top left at (x, y)."""
        font = _font(self.style.face, self.size)
        for index, line in enumerate(self.lines):
            baseline = y + self.size * (self.style.leading * index + 0.86)
            at = x - _bearing(font, line[0])
            for char, advance in _advances(line, self.style, self.size):
                draw.text((at, baseline), char, font=font, fill=colour, anchor="ls")
                at += advance


def drawable(text: str) -> str:
    """The part of a text that the typeface can draw, on one line; empty if less than half of its letters and digits."""
    whole = one_line(text, _LONGEST)
    drawn = " ".join("".join(char for char in whole if char == " " or _has_glyph(char)).split())
    kept, given = (sum(char.isalnum() for char in part) for part in (drawn, whole))
    return typeset(_APOSTROPHE.sub("’", drawn)) if kept and 2 * kept >= given else ""


@functools.lru_cache(maxsize=4096)
def _has_glyph(char: str) -> bool:
    """Whether the typeface has a glyph for a character, rather than its sign for missing ones."""
    if char == "\u00a0":
        return True
    if unicodedata.category(char) in _UNDRAWN:
        return False
    font = _font(MEDIUM, 64)
    missing, glyph = font.getmask(_NOT_A_CHARACTER), font.getmask(char)
    return glyph.size != missing.size or bytes(glyph) != bytes(missing)


@functools.lru_cache(maxsize=32)
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """The basic layout: the other one depends on libraries of the machine, and so would the image."""
    path: str = getattr(font_hanken_grotesk, face)
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def fit(text: str, style: Style, width: float, height: float) -> Block:
    """Set a text as large as the room allows; at the smallest size, what does not fit ends in ``…``.

    Args:
        text: what :func:`drawable` gave.
        style: how it is set.
        width: of the room, in pixels.
        height: of the room, in pixels.
    """
    for size in style.sizes:
        if all(_width(word, style, size) <= width for word in text.split(" ")):
            lines = _wrap(text, style, size, width)
            block = Block(_balanced(text, lines, style, size, width), style, size)
            if block.height <= (height if size < style.calm_size else style.calm_part * height):
                return block
    for size in style.sizes[len(style.sizes) // 2 :]:
        block = Block(_wrap(_broken(text, style, size, width), style, size, width), style, size)
        if block.height <= height:
            return block
    size = style.sizes[-1]
    lines = _wrap(_broken(text, style, size, width), style, size, width)
    most = max(1, int(height / (size * style.leading)))
    if len(lines) > most:
        lines = (*lines[: most - 1], _ellipsized(lines[most - 1], style, size, width))
    return Block(lines, style, size)


def _width(line: str, style: Style, size: int) -> float:
    return sum(advance for _, advance in _advances(line, style, size))


def _advances(line: str, style: Style, size: int) -> Iterator[tuple[str, float]]:
    """Each letter, and how far it is to the next one."""
    font = _font(style.face, size)
    for char, following in zip(line, [*line[1:], ""], strict=True):
        yield char, font.getlength(char) + size * (style.tracking - _kern(char, following))


def _kern(char: str, following: str) -> float:
    """The reduction of the space between two letters, as a part of the size, for the pairs that leave holes."""
    for firsts, seconds, part in _CLOSE_PAIRS:
        if char in firsts and following and unicodedata.normalize("NFD", following)[0] in seconds:
            return part
    return 0.0


def _bearing(font: ImageFont.FreeTypeFont, char: str) -> float:
    """Pixels between a letter's origin and its ink: margins are measured from the ink."""
    ink = font.getmask(char, mode="L").getbbox()
    return ink[0] + min(0.0, font.getbbox(char, anchor="ls")[0]) if ink else 0.0


def _wrap(text: str, style: Style, size: int, width: float) -> tuple[str, ...]:
    """Break at ordinary spaces; a word wider than the room has a line to itself."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, style, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _balanced(text: str, lines: tuple[str, ...], style: Style, size: int, width: float) -> tuple[str, ...]:
    """The same number of lines, none much longer than the others."""
    for part in (0.70, 0.78, 0.86, 0.93):
        narrower = _wrap(text, style, size, width * part)
        fits = all(_width(line, style, size) <= width for line in narrower)
        if len(narrower) == len(lines) and fits:
            return narrower
    return lines


def _broken(text: str, style: Style, size: int, width: float) -> str:
    """The text with its endless words cut to the width of a line."""
    words: list[str] = []
    for word in text.split(" "):
        words.append("")
        for char in word:
            if words[-1] and _width(words[-1] + char, style, size) > width:
                words.append("")
            words[-1] += char
    return " ".join(words)


def _ellipsized(line: str, style: Style, size: int, width: float) -> str:
    while line and _width(line + "…", style, size) > width:
        line = line[:-1]
    return line.rstrip(" ,;:.\u00a0") + "…"
