"""An episode's transcript as text to be read, in paragraphs. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bobine.model.published.release import Release, StoredFile
from bobine.publish.transcripts.reading import Cue, cues_of

ReadText = Callable[[StoredFile], bytes | None]
"""Gives the content of a small file of a release; None where it is not to be had."""

FORMS = ("text/vtt", "application/srt", "application/x-subrip")
"""The media types of transcripts that can be read, the one that says most first."""

_PARAGRAPH_CHARS = 400
"""Length past which a paragraph ends with its sentence."""

_PAUSE_S = 4.0
"""Silence that ends a paragraph."""

_SENTENCE_END = re.compile(r"[.!?…]['\"»” \u00a0\u202f]*$")


class Paragraph(NamedTuple):
    """Words that are read together; ``second``, whole and rounded down, is where they begin."""

    second: int
    who: str
    text: str


def file_of(release: Release) -> StoredFile | None:
    """The form of a release's transcript that a page is made from; None where there is none that can be read."""
    if release.withdrawn is not None:
        return None
    found = {file.media_type: file for file in reversed(release.transcripts)}
    return next((found[form] for form in FORMS if form in found), None)


def paragraphs_of(content: bytes) -> list[Paragraph]:
    """A transcript in paragraphs; none where it is not one."""
    return list(_gathered(sorted(cues_of(content), key=lambda cue: cue.start_s)))


def _gathered(cues: Sequence[Cue]) -> Iterator[Paragraph]:
    """The cues in paragraphs: a new voice, a pause, or the end of a sentence when there is enough begins another."""
    told: list[Cue] = []
    length = 0
    for cue in cues:
        if told and (
            cue.who != told[-1].who
            or cue.start_s - told[-1].end_s > _PAUSE_S
            or (length > _PARAGRAPH_CHARS and _SENTENCE_END.search(told[-1].text))
        ):
            yield _paragraph(told)
            told, length = [], 0
        told.append(cue)
        length += len(cue.text)
    if told:
        yield _paragraph(told)


def _paragraph(cues: Sequence[Cue]) -> Paragraph:
    return Paragraph(int(cues[0].start_s), cues[0].who, " ".join(cue.text for cue in cues))
