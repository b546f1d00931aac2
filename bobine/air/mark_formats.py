"""The three ways marks are written: this project's JSON, Audacity's labels, and CUE sheets. Text in, values out.

A position is kept as an exact fraction of seconds, so that no conversion of sampling rate moves it twice.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from bobine.errors import Fault, MarksError
from bobine.french import printable

CUE_FRAMES_PER_SECOND = 75
"""The unit of a CUE sheet's third number: the sector of an audio CD."""

_HIGHEST_RATE = 10_000_000
_LONGEST_S = 1_000_000_000
_FAULTS_SHOWN = 12
_SECONDS = r"[+-]?\d+(?:[.,]\d+)?|[+-]?(?:nan|inf)"
_LABEL = re.compile(rf"(?P<start>{_SECONDS})\t(?P<end>{_SECONDS})(?:\t(?P<title>.*))?", re.IGNORECASE | re.ASCII)
_TRACK = re.compile(r"TRACK[ \t]+\d+(?:[ \t]+\S+)?", re.IGNORECASE | re.ASCII)
_TITLE = re.compile(r"TITLE[ \t]+(?P<title>.+)", re.IGNORECASE)
_INDEX = re.compile(r"INDEX[ \t]+0*1[ \t]+(?P<position>\S.*)", re.IGNORECASE | re.ASCII)
_CUE_POSITION = re.compile(r"(?P<m>\d{1,6}):(?P<s>[0-5]?\d):(?P<f>\d\d?)", re.ASCII)


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
        """How a message names the mark."""
        return f"repère {self.number}" + (f" (« {shown_title(self.title)} »)" if self.title else "")


class Faults:
    """Collects what is wrong with one file, to be told together."""

    def __init__(self, file_name: str) -> None:
        self._file_name = printable(file_name)
        self._faults: list[Fault] = []

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
            sentences.append(f"… et {len(self._faults) - _FAULTS_SHOWN} autres défauts dans ce fichier.")
        raise MarksError("\n".join(sentences))


def shown_title(title: str) -> str:
    """A title from outside, short and safe in a message."""
    return printable(title if len(title) <= 60 else title[:59] + "…")


Parser = Callable[[str, int, Faults], list[WrittenMark]]
"""Given a text, the rate of the recording in Hz and where to note faults: the marks that it holds."""


def parser_for(text: str) -> Parser | None:
    """The parser of the format that the text shows itself to be in; None if it is none of them."""
    if "\0" in text:
        return None
    lines = [line.strip() for line in _lines(text)]
    if text.lstrip()[:1] in ("{", "["):
        return parse_json
    if any(_TRACK.fullmatch(line) for line in lines):
        return parse_cue
    return parse_audacity if any(_LABEL.match(line) for line in lines) else None


def parse_json(text: str, recording_rate: int, faults: Faults) -> list[WrittenMark]:
    """Read ``{"rate": 48000, "items": [{"title", "start", "end"}…]}`` or the bare list, positions in samples.

    A mark's own ``rate`` comes before the object's, and the recording's counts where neither is written.
    """
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        faults.add(error.lineno, "", f"ce n'est pas du JSON lisible (colonne {error.colno}) : exportez-le à nouveau.")
        return []
    except (ValueError, RecursionError):
        faults.add(0, "", "ce JSON contient un nombre démesuré ou trop d'imbrications : exportez-le à nouveau.")
        return []
    rate, items = recording_rate, content
    if isinstance(content, dict):
        items = content.get("items")
        stated = _whole(content.get("rate", recording_rate))
        if stated is None or not 1 <= stated <= _HIGHEST_RATE:
            faults.add(0, "rate", "un nombre entier d'échantillons par seconde était attendu (par exemple 48000).")
        else:
            rate = stated
    if not isinstance(items, list):
        faults.add(0, "items", "une liste de repères était attendue.")
        return []
    marks = (_json_mark(number, item, rate, faults) for number, item in enumerate(items, 1))
    return [mark for mark in marks if mark is not None]


def _json_mark(number: int, item: object, rate: int, faults: Faults) -> WrittenMark | None:
    name = f"repère {number}"
    if not isinstance(item, dict):
        faults.add(0, name, 'un objet avec "title", "start" et "end" était attendu.')
        return None
    title = item.get("title", "")
    if not isinstance(title, str):
        faults.add(0, name, "title : un texte était attendu.")
        return None
    name += f" (« {shown_title(title)} »)" if title.strip() else ""
    values = {key: _whole(item.get(key, rate if key == "rate" else None)) for key in ("start", "end", "rate")}
    wrong = [key for key, value in values.items() if value is None]
    start, end, own_rate = values["start"], values["end"], values["rate"]
    if start is None or end is None or own_rate is None:
        faults.add(0, name, f"{', '.join(wrong)} : un nombre entier d'échantillons était attendu.")
        return None
    if not 1 <= own_rate <= _HIGHEST_RATE or max(abs(start), abs(end)) > _LONGEST_S * own_rate:
        faults.add(0, name, "rate, start ou end : ce nombre d'échantillons est impossible.")
        return None
    return WrittenMark(number, 0, _one_line(title), Fraction(start, own_rate), Fraction(end, own_rate))


def _whole(value: object) -> int | None:
    """A JSON number that stands for a whole one (``12`` or ``12.0``), None for anything else, NaN included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not (math.isfinite(value) and value.is_integer()):
        return None
    return int(value)


def parse_audacity(text: str, recording_rate: int, faults: Faults) -> list[WrittenMark]:  # noqa: ARG001
    r"""Read Audacity's exported labels: ``start<TAB>end<TAB>title`` in seconds, with a decimal point or comma.

    A label without length runs to the next one. Lines that begin with ``\`` give the label above its frequency range.
    """
    marks: list[WrittenMark] = []
    for line, raw in enumerate(_lines(text), 1):
        written = raw.strip(" ")
        if not written.strip() or written.startswith("\\"):
            continue
        found = _LABEL.fullmatch(written)
        if found is None:
            faults.add(line, "", "« début<TAB>fin<TAB>titre » en secondes était attendu (étiquettes d'Audacity).")
            continue
        start, end = _seconds(found["start"]), _seconds(found["end"])
        if start is None or end is None:
            faults.add(line, f"repère {len(marks) + 1}", "cette position n'est pas un nombre de secondes possible.")
            continue
        title = _one_line(found["title"] or "")
        marks.append(WrittenMark(len(marks) + 1, line, title, start, end if end != start else None))
    return marks


def _seconds(text: str) -> Fraction | None:
    if len(text) > 40 or text.lower().lstrip("+-") in ("nan", "inf"):
        return None
    value = Fraction(text.replace(",", "."))
    return value if abs(value) <= _LONGEST_S else None


@dataclass(slots=True)
class _Track:
    """A track of a CUE sheet while it is read; ``indexed`` once it has an INDEX 01 line, be it readable or not."""

    line: int
    title: str = ""
    start: Fraction | None = None
    indexed: bool = False


def parse_cue(text: str, recording_rate: int, faults: Faults) -> list[WrittenMark]:  # noqa: ARG001
    """Read a CUE sheet: each TRACK from its INDEX 01 to the next track's; the FILE it names is not looked at."""
    tracks: list[_Track] = []
    for line, raw in enumerate(_lines(text), 1):
        written = raw.strip()
        if _TRACK.fullmatch(written):
            tracks.append(_Track(line))
        elif tracks and (found := _TITLE.fullmatch(written)):
            tracks[-1].title = _one_line(found["title"].strip().strip('"'))
        elif tracks and (found := _INDEX.fullmatch(written)):
            tracks[-1].start, tracks[-1].indexed = _cue_position(found["position"].strip()), True
            if tracks[-1].start is None:
                faults.add(line, f"repère {len(tracks)}", "INDEX 01 : minutes:secondes:trames (0 à 74) était attendu.")
    for number, track in enumerate(tracks, 1):
        if not track.indexed:
            faults.add(track.line, f"repère {number}", "cette piste n'a pas de ligne INDEX 01.")
    return [
        WrittenMark(number, track.line, track.title, track.start, None)
        for number, track in enumerate(tracks, 1)
        if track.start is not None
    ]


def _cue_position(text: str) -> Fraction | None:
    found = _CUE_POSITION.fullmatch(text)
    if found is None or int(found["f"]) >= CUE_FRAMES_PER_SECOND:
        return None
    return int(found["m"]) * 60 + int(found["s"]) + Fraction(int(found["f"]), CUE_FRAMES_PER_SECOND)


def _lines(text: str) -> list[str]:
    """The lines of a text, cut at line ends only: a title may hold the other characters that ``splitlines`` cuts at."""
    return re.split(r"\r\n|\r|\n", text)


def _one_line(title: str) -> str:
    return " ".join(title.split())
