"""CUE sheets, as of audio CDs. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from bobine.air.marks.formats.written import Faults, WrittenMark, lines_of, one_line

CUE_FRAMES_PER_SECOND = 75
"""The unit of a CUE sheet's third number: the sector of an audio CD."""

_FILE = re.compile(r"FILE[ \t]+\S.*", re.IGNORECASE)
_TRACK = re.compile(r"TRACK[ \t]+\d+(?:[ \t]+\S+)?", re.IGNORECASE | re.ASCII)
_TITLE = re.compile(r"TITLE[ \t]+(?P<title>.+)", re.IGNORECASE)
_INDEX = re.compile(r"INDEX[ \t]+0*1[ \t]+(?P<position>\S.*)", re.IGNORECASE | re.ASCII)
_CUE_POSITION = re.compile(r"(?P<m>\d{1,6}):(?P<s>[0-5]?\d):(?P<f>\d\d?)", re.ASCII)


def is_cue(lines: list[str]) -> bool:
    """Whether one of the lines opens a track."""
    return any(_TRACK.fullmatch(line) for line in lines)


@dataclass(slots=True)
class _Track:
    """A track of a CUE sheet while it is read; ``indexed`` once it has an INDEX 01 line, be it readable or not."""

    line: int
    title: str = ""
    start: Fraction | None = None
    indexed: bool = False


def parse_cue(text: str, recording_rate: int, faults: Faults) -> list[WrittenMark]:  # noqa: ARG001
    """Read a CUE sheet: each TRACK from its INDEX 01 to the next track's; the FILE it names is not looked at.

    A sheet of several FILE counts from zero in each of them, and is no sheet of one recording.
    """
    tracks: list[_Track] = []
    files: list[int] = []
    for line, raw in enumerate(lines_of(text), 1):
        written = raw.strip()
        if _FILE.fullmatch(written):
            files.append(line)
        elif _TRACK.fullmatch(written):
            tracks.append(_Track(line))
        elif tracks and (found := _TITLE.fullmatch(written)):
            tracks[-1].title = one_line(found["title"].strip().strip('"'))
        elif tracks and (found := _INDEX.fullmatch(written)):
            tracks[-1].start, tracks[-1].indexed = _cue_position(found["position"].strip()), True
            if tracks[-1].start is None:
                faults.add(line, f"repère {len(tracks)}", "INDEX 01 : minutes:secondes:trames (0 à 74) était attendu.")
    if len(files) > 1:
        faults.add(
            files[1],
            "FILE",
            f"cette feuille CUE décrit {len(files)} fichiers son, et compte à partir de zéro dans chacun. Donnez des "
            "repères comptés depuis le début de l'enregistrement entier.",
        )
        return []
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
