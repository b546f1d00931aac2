"""Tell by its content what format a file of marks is in. Pure."""

from __future__ import annotations

import re

from bobine.air.marks.formats.audacity import is_audacity, parse_audacity
from bobine.air.marks.formats.clock_lines import is_clock_lines, parse_clock_lines
from bobine.air.marks.formats.cue import is_cue, parse_cue
from bobine.air.marks.formats.ffmetadata import HEADER, parse_ffmetadata
from bobine.air.marks.formats.json_marks import parse_json
from bobine.air.marks.formats.nero import is_nero, parse_nero
from bobine.air.marks.formats.reaper import is_project, parse_project
from bobine.air.marks.formats.subtitles import is_subtitles, parse_subtitles
from bobine.air.marks.formats.tables import is_table, parse_table
from bobine.air.marks.formats.written import Parser, lines_of

_JSON = re.compile(r"\s*(?:\{|\[(?!\d{1,6}[:'’′]))")  # « [0:12] Titre » is a line of a clock
_BY_LINES = (
    (is_cue, parse_cue),
    (is_project, parse_project),
    (is_table, parse_table),
    (is_audacity, parse_audacity),
    (is_nero, parse_nero),
    (is_subtitles, parse_subtitles),
    (is_clock_lines, parse_clock_lines),
)


def parser_for(text: str) -> Parser | None:
    """The parser of the format that the text shows itself to be in; None if it is none of them."""
    if "\0" in text:
        return None
    if text.startswith(HEADER):
        return parse_ffmetadata
    if _JSON.match(text):
        return parse_json
    lines = [line.strip() for line in lines_of(text)]
    return next((parse for is_so, parse in _BY_LINES if is_so(lines)), None)
