"""Markers and regions in a project of Reaper (``.rpp``). Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bobine.air.marks.formats.written import Faults, WrittenMark, lines_of, one_line, seconds, without_notes

_HEAD = "<REAPER_PROJECT"
_QUOTED = r"\"[^\"]*\"|'[^']*'|`[^`]*`|\S+"
_MARKER = re.compile(
    rf"MARKER (?P<id>\d{{1,9}}) (?P<at>\S{{1,40}}) (?P<name>{_QUOTED})(?: (?P<flags>\d{{1,9}}))?(?: .*)?"
)
_REGION = 1


def is_project(lines: list[str]) -> bool:
    """Tell a Reaper project by its first line, or by the line of a marker."""
    return bool(lines and lines[0].startswith(_HEAD)) or any(_MARKER.fullmatch(line) for line in lines)


def parse_project(text: str, recording_rate: int, faults: Faults) -> list[WrittenMark]:  # noqa: ARG001
    """Read the MARKER lines; a region has two with one number, at its start and at its end.

    Positions are the project's: the recording must begin at its zero.
    """
    points: list[WrittenMark] = []
    regions: dict[int, WrittenMark] = {}
    for line, raw in enumerate(lines_of(text), 1):
        found = _MARKER.fullmatch(raw.strip())
        if found is None:
            continue
        at = seconds(found["at"])
        number = len(points) + len(regions) + 1
        if at is None:
            faults.add(line, f"repère {number}", "une position en secondes était attendue.")
            continue
        identity = int(found["id"])
        title = one_line(_unquoted(found["name"]))
        if not int(found["flags"] or 0) & _REGION:
            points.append(WrittenMark(number, line, title, at, None))
        elif identity in regions and regions[identity].end is None:
            regions[identity] = replace(regions[identity], end=at)
        elif identity in regions:
            faults.add(line, f"région {identity}", "cette région a plus de deux bornes.")
        else:
            regions[identity] = WrittenMark(number, line, title, at, None)
    return without_notes(sorted([*points, *regions.values()], key=lambda mark: mark.start), faults)


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] in "\"'`" and text[-1] == text[0] else text
