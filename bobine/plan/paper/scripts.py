"""The typefaces of paper for alphabets that its own lacks, and for signs: which one draws a character."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import manimgx_fonts
from fontTools.ttLib import TTFont

_FOLDER = Path(manimgx_fonts.__file__).parent
_ORDER = ("", "Hebrew", "Arabic", "Armenian", "Georgian", "Ethiopic", "Devanagari", "Bengali", "Gujarati", "Gurmukhi",
          "Kannada", "Malayalam", "Oriya", "Sinhala", "Tamil", "Telugu", "Khmer", "Lao", "Myanmar", "Thai",
          "Symbols")  # fmt: skip
_FILES = (*(f"NotoSans{script}[wght].ttf" for script in _ORDER), "NotoEmoji[wght].ttf")

UNSEEN = "\ufe0e\ufe0f"
"""Signs that ask for an emoji in colour or not: paper is black and white."""

_JOINERS = "\u200c\u200d"


def typeface(char: str) -> str:
    """The name of the typeface that draws a character; empty where none does."""
    return next((name for name in _FILES if ord(char) in _characters(name)), "")


def typeface_file(name: str) -> Path:
    """The file of a typeface."""
    return _FOLDER / name


def joins(char: str) -> bool:
    """Whether a character belongs to the one before it: a mark, a joiner, a tone of skin."""
    return char in _JOINERS or unicodedata.category(char) in ("Mn", "Me", "Mc") or "\U0001f3fb" <= char <= "\U0001f3ff"


def goes_left(char: str) -> bool:
    """Whether a character is of those that are written from right to left."""
    return unicodedata.bidirectional(char) in ("R", "AL")


def goes_right(text: str) -> bool:
    """Whether a text has letters that are written from left to right."""
    return any(unicodedata.bidirectional(char) == "L" for char in text)


def cuts_apart(text: str, end: int) -> bool:
    """Whether a cut before that place would take a character from what it belongs to."""
    return 0 < end < len(text) and (joins(text[end]) or text[end - 1] == "\u200d")


@cache
def _characters(name: str) -> frozenset[int]:
    return frozenset(TTFont(_FOLDER / name, lazy=True).getBestCmap())
