"""Labels of Audacity, exported as text: seconds, a tab between. Pure."""

from __future__ import annotations

import re

from bobine.air.marks.formats.written import Faults, WrittenMark, lines_of, one_line, seconds

_SECONDS = r"[+-]?\d+(?:[.,]\d+)?|[+-]?(?:nan|inf)"
_LABEL = re.compile(rf"(?P<start>{_SECONDS})\t(?P<end>{_SECONDS})(?:\t(?P<title>.*))?", re.IGNORECASE | re.ASCII)


def is_audacity(lines: list[str]) -> bool:
    """Whether one of the lines is a label."""
    return any(_LABEL.match(line) for line in lines)


def parse_audacity(text: str, recording_rate: int, faults: Faults) -> list[WrittenMark]:  # noqa: ARG001
    r"""Read Audacity's exported labels: ``start<TAB>end<TAB>title`` in seconds, with a decimal point or comma.

    A label without length runs to the next one. Lines that begin with ``\`` give the label above its frequency range.
    """
    marks: list[WrittenMark] = []
    for line, raw in enumerate(lines_of(text), 1):
        written = raw.strip(" ")
        if not written.strip() or written.startswith("\\"):
            continue
        found = _LABEL.fullmatch(written)
        if found is None:
            faults.add(line, "", "« début<TAB>fin<TAB>titre » en secondes était attendu (étiquettes d'Audacity).")
            continue
        start, end = seconds(found["start"]), seconds(found["end"])
        if start is None or end is None:
            faults.add(line, f"repère {len(marks) + 1}", "cette position n'est pas un nombre de secondes possible.")
            continue
        title = one_line(found["title"] or "")
        marks.append(WrittenMark(len(marks) + 1, line, title, start, end if end != start else None))
    return marks
