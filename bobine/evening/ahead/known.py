"""The edit list of a show that goes on: what is known of it so far."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from bobine.air.live.state.outcome import aired_items, main_file
from bobine.air.live.state.session import Session
from bobine.errors import MarksError
from bobine.master.edit import RATE, Segment, edit_list
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.model.aired.edits import Edits, edit_faults
from bobine.model.episode import Episode
from bobine.model.rights import podcast_edit

SETTLED_S = 2.0
"""So much of the item on air must be there before the one before it counts as known, seconds."""


@dataclass(frozen=True, slots=True)
class SoFar:
    """The part of a show that is known.

    Attributes:
        segments: the edit list; none while there is nothing.
        known: how many of them, from the first, have a right neighbour, or need none.
        goes_on: whether more will come.
        edits: those that fit what was aired.
        total: how many segments the podcast will have, as it looks now.
    """

    segments: tuple[Segment, ...]
    known: int
    goes_on: bool
    edits: Edits
    total: int

    @property
    def signature(self) -> tuple[object, ...]:
        """A value that changes whenever there is something else to make; empty while nothing is known."""
        kept = {segment.item for segment in self.segments[: self.known]}
        takes = tuple(take for take in self.edits.takes if take.item in kept)
        return (self.segments[: self.known], takes, self.goes_on) if self.known else ()


def recorded_file(session: Session) -> str | None:
    """The file of the recording that the podcast will be made from, as it looks now; None where nothing recorded."""
    return main_file(session) or (session.recording.file if session.recording is not None else None)


def last_sample(session: Session, file: str) -> int:
    """One past the last sample that an item which has left the air needs of a file."""
    stretches = [one for one in session.progress.aired if one.file == file and one.last is not None]
    return max((one.last or 0 for one in stretches), default=0)


def so_far(session: Session, episode: Episode, edits: Edits, file: str, channels: int, samples: int) -> SoFar:
    """Work out what is known of a show now.

    Rights that nobody knows yet leave nothing out: what turns out to be forbidden is dropped then. An item that is too
    short to be one is passed over, as if it had not been aired.

    Args:
        session: what the journal comes to.
        episode: the plan.
        edits: what is cut or replaced.
        file: the file of the recording.
        channels: of the recording.
        samples: so many are on the disk, at 48 kHz.
    """
    planned = {item.id for item in episode.items}
    aired = tuple(item for item in aired_items(session, file, samples) if item.id in planned)
    progress = session.progress
    goes_on = progress.ended is None
    coming = {item.id for item in progress.coming(episode.items)} | ({item.id for item in aired})
    left_out = podcast_edit(episode, coming).left_out | edits.left_out()
    if goes_on and aired and _is_on_air(session, aired[-1]) and samples - aired[-1].start < SETTLED_S * RATE:
        aired = aired[:-1]
    while aired:
        recording = Recording(file=file, rate=RATE, channels=channels, samples=samples, sha256="")
        as_run = AsRun(recording=recording, source=MarksSource.MARKS, items=aired)
        fitting = _fitting(as_run, edits)
        try:
            segments = edit_list(as_run, left_out, fitting)
        except MarksError:
            shortest = min((one for one in aired), key=lambda one: one.end - one.start)
            coming.discard(shortest.id)
            aired = tuple(one for one in aired if one is not shortest)
            continue
        last = aired[-1].id
        known = sum(segment.item != last for segment in segments) if goes_on else len(segments)
        return SoFar(segments, known, goes_on, fitting, len(coming - left_out.keys()))
    return SoFar((), 0, goes_on, edits, len(coming - left_out.keys()))


def _is_on_air(session: Session, aired: AiredItem) -> bool:
    on_air = session.progress.on_air
    return on_air is not None and on_air.item.id == aired.id and on_air.first == aired.start


def _fitting(as_run: AsRun, edits: Edits) -> Edits:
    """The edits without those of items that are not there, and without cuts that do not fit."""
    wrong: Collection[str] = {item for item, _ in edit_faults(as_run, edits)}
    return replace(
        edits,
        takes=tuple(take for take in edits.takes if take.item not in wrong),
        cuts=tuple(cut for cut in edits.cuts if cut.item not in wrong),
    )
