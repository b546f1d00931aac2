"""The values that every reader of marks shares: a written mark, a file's faults, seconds as exact fractions. Pure.

A position is kept as an exact fraction of seconds, so that no conversion of sampling rate moves it twice.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from bobine.errors import Fault, MarksError
from bobine.french import others, printable

HIGHEST_RATE = 10_000_000
"""Samples a second, at most."""

LONGEST_S = 1_000_000_000
"""A position is within so many seconds of the start; more is no position."""

_FAULTS_SHOWN = 12
_LONGEST_NUMBER = 40
_NEAR_EDGE_S = 2
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_CLOCK = re.compile(r"(?:(?P<h>\d{1,6}):)?(?P<m>\d{1,6}):(?P<s>[0-5]?\d)(?:[.,](?P<part>\d{1,12}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class WrittenMark:
    """A mark as its file gives it, before it is fitted to a recording.

    Attributes:
        number: its place in the file, from 1.
        line: 1-based line, or 0 where the format has no use for lines.
        title: as written, possibly empty.
        start: seconds from the recording's start.
        end: seconds; None where it runs to the next mark, or to the recording's end.
    """

    number: int
    line: int
    title: str
    start: Fraction
    end: Fraction | None

    @property
    def label(self) -> str:
        """The name of the mark in messages."""
        return f"repère {self.number}" + (f" (« {shown_title(self.title)} »)" if self.title else "")


class Faults:
    """Collects what is wrong with one file, to be told together; ``notes`` are what is only worth a word."""

    def __init__(self, file_name: str) -> None:
        self._file_name = printable(file_name)
        self._faults: list[Fault] = []
        self.notes: list[str] = []

    def add(self, line: int, key: str, message: str) -> None:
        """Note one fault; ``line`` 0 and ``key`` empty where it has none."""
        self._faults.append(Fault(self._file_name, line, key, message))

    def raise_if_any(self) -> None:
        """Tell the faults, the first dozen in full.

        Raises:
            MarksError: if there is at least one.
        """
        if not self._faults:
            return
        sentences = [str(fault) for fault in self._faults[:_FAULTS_SHOWN]]
        if len(self._faults) > _FAULTS_SHOWN:
            sentences.append(f"… et {others(len(self._faults) - _FAULTS_SHOWN, 'défaut')} dans ce fichier.")
        raise MarksError("\n".join(sentences))


def shown_title(title: str) -> str:
    """A title from outside, short and safe in a message."""
    return printable(title if len(title) <= 60 else title[:59] + "…")


Parser = Callable[[str, int, Faults], list[WrittenMark]]
"""Given a text, the rate of the recording in Hz and where to note faults: the marks that it holds."""


def seconds(text: str) -> Fraction | None:
    """A number of seconds, with a decimal point or comma; None for what is none, or is beyond every measure."""
    if len(text) > _LONGEST_NUMBER or _NUMBER.fullmatch(text) is None:
        return None
    value = Fraction(text.replace(",", "."))
    return value if abs(value) <= LONGEST_S else None


def clock_seconds(text: str) -> Fraction | None:
    """``M:SS``, ``H:MM:SS``, with a fraction of a second or without; None for what is none."""
    found = _CLOCK.fullmatch(text)
    if found is None or (found["h"] is not None and int(found["m"]) > 59):
        return None
    whole = int(found["h"] or 0) * 3600 + int(found["m"]) * 60 + int(found["s"])
    value = whole + Fraction(f"0.{found['part'] or 0}")
    return value if value <= LONGEST_S else None


def float_seconds(value: object) -> Fraction | None:
    """A number of JSON as seconds, to the microsecond; None for anything else, NaN and the infinite included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not -LONGEST_S <= value <= LONGEST_S or not math.isfinite(value):
        return None
    return Fraction(round(value * 1_000_000), 1_000_000)


def without_notes(marks: list[WrittenMark], faults: Faults) -> list[WrittenMark]:
    """The marks without the points that lie well inside a region: what an editor noted on the way, told in one word."""
    regions = [(mark.start, mark.end) for mark in marks if mark.end is not None and mark.end > mark.start]
    kept = [
        mark
        for mark in marks
        if mark.end is not None
        or not any(start + _NEAR_EDGE_S < mark.start < end - _NEAR_EDGE_S for start, end in regions)
    ]
    if len(kept) < len(marks):
        faults.notes.append("Les repères sans durée qui se trouvent à l'intérieur d'une région sont laissés de côté.")
    return kept


def lines_of(text: str) -> list[str]:
    """The lines of a text, cut at line ends only: a title may hold the other characters that ``splitlines`` cuts at."""
    return re.split(r"\r\n|\r|\n", text)


def one_line(title: str) -> str:
    """A title on one line."""
    return " ".join(title.split())
