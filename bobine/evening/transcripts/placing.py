"""The places of a transcript: from the podcast's clock to the recorded sound, and back once the podcast changed. Pure.

A cue is kept by the sound in which it is said. So it moves with that sound, and what is cut, replaced or withdrawn
takes its words along, whatever happened to the podcast in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bobine.master.edit import RATE, Segment
from bobine.model.aired.as_run import AsRun
from bobine.model.aired.edits import Edits
from bobine.model.aired.transcript import SoundPart, SpokenCue, Transcript
from bobine.publish.transcripts.reading import Cue

MARGIN_MS = 300
"""Sound of a cue that may be missing: tools tell times no closer, and joins lie on a grid."""


@dataclass(frozen=True, slots=True)
class HeardStretch:
    """A stretch of a file as the podcast plays it; milliseconds.

    Attributes:
        take: name of the take's file; empty for the recording.
        start_ms: where it begins in the file.
        at_ms: where it begins in the podcast.
        length_ms: length.
    """

    take: str
    start_ms: float
    at_ms: float
    length_ms: float


def heard_stretches(segments: Iterable[Segment]) -> tuple[HeardStretch, ...]:
    """The stretches of files that a podcast plays, in its order; silence that is put before sound is none of them."""
    found = []
    for segment in segments:
        position = segment.start
        for piece in segment.pieces:
            muted = piece.muted
            if piece.samples > muted:
                found.append(
                    HeardStretch(
                        take=piece.file,
                        start_ms=(piece.file_sample + muted) * 1000 / RATE,
                        at_ms=(position + muted) * 1000 / RATE,
                        length_ms=(piece.samples - muted) * 1000 / RATE,
                    )
                )
            position += piece.samples
    return tuple(found)


def anchored(cues: Iterable[Cue], heard: Sequence[HeardStretch]) -> Iterator[SpokenCue]:
    """Cues of the podcast, each with where it lies in the recorded sound; those that lie in none are left out.

    Args:
        cues: in seconds of the podcast.
        heard: what the podcast plays.
    """
    for cue in cues:
        start, end = cue.start_s * 1000, max(cue.end_s * 1000, cue.start_s * 1000 + 1)
        parts: list[SoundPart] = []
        for one in heard:
            first, last = max(start, one.at_ms), min(end, one.at_ms + one.length_ms)
            if first < last:
                shift = one.start_ms - one.at_ms
                _add(parts, SoundPart(take=one.take, start_ms=round(first + shift), end_ms=round(last + shift)))
        if parts:
            yield SpokenCue(text=cue.text, who=cue.who, parts=tuple(parts))


def _add(parts: list[SoundPart], part: SoundPart) -> None:
    """Add a part; one that goes on where the last one ends is one with it."""
    if parts and parts[-1].take == part.take and abs(parts[-1].end_ms - part.start_ms) <= 1:
        parts[-1] = replace(parts[-1], end_ms=part.end_ms)
    else:
        parts.append(part)


def placed(cues: Iterable[SpokenCue], heard: Sequence[HeardStretch]) -> Iterator[Cue]:
    """The cues of which the podcast plays all the sound, but for a margin, in its seconds and its order.

    A cue that is heard in part only is left out: nobody knows which of its words are in the other part.

    Args:
        cues: with their places in the recorded sound.
        heard: what the podcast plays.
    """
    found = []
    for cue in cues:
        runs = _runs(cue, heard)
        whole = sum(part.end_ms - part.start_ms for part in cue.parts)
        missing = whole - sum(last - first for first, last in runs)
        if runs and missing <= MARGIN_MS and missing * 2 <= whole:
            first, last = max(_together(runs), key=lambda run: run[1] - run[0])
            found.append(Cue(round(first) / 1000, round(last) / 1000, cue.who, cue.text))
    return iter(sorted(found, key=lambda cue: (cue.start_s, cue.end_s)))


def _runs(cue: SpokenCue, heard: Sequence[HeardStretch]) -> list[tuple[float, float]]:
    """The stretches of the podcast in which a cue is heard, in order; milliseconds."""
    return [
        (first - one.start_ms + one.at_ms, last - one.start_ms + one.at_ms)
        for one in heard
        for part in cue.parts
        if part.take == one.take
        and (first := max(part.start_ms, one.start_ms)) < (last := min(part.end_ms, one.start_ms + one.length_ms))
    ]


def _together(runs: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Runs with those that follow at once in them: what came between the parts of a cue since then is not its own."""
    found: list[tuple[float, float]] = []
    for first, last in runs:
        if found and first - found[-1][1] <= MARGIN_MS:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def without_item(transcript: Transcript, as_run: AsRun, edits: Edits, item: str) -> Transcript:
    """A transcript without the words of an item: those of its sound in the recording, and of its take.

    Args:
        transcript: as it is.
        as_run: what was aired; one of another recording says nothing of where the words are: none is left then.
        edits: with the item's take.
        item: the item's id.
    """
    if transcript.recording != as_run.recording.digest:
        return replace(transcript, cues=())
    take = edits.take(item)
    rate = as_run.recording.rate
    gone = [("", one.start * 1000 / rate, one.end * 1000 / rate) for one in as_run.items if one.id == item]
    if take is not None:
        gone.append((take.file, 0, take.samples * 1000 / take.rate))
    return replace(transcript, cues=tuple(cue for cue in transcript.cues if not _lies_in(cue, gone)))


def _lies_in(cue: SpokenCue, stretches: Sequence[tuple[str, float, float]]) -> bool:
    """Whether more of a cue than the margin, or most of it, lies in some stretches of files."""
    whole = sum(part.end_ms - part.start_ms for part in cue.parts)
    inside = sum(
        max(0.0, min(part.end_ms, last) - max(part.start_ms, first))
        for part in cue.parts
        for take, first, last in stretches
        if take == part.take
    )
    return inside > MARGIN_MS or inside * 2 > whole
