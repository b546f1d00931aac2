"""The live session: the sum of the events of a journal. Pure, and the only source of the live state.

Screens, undo, the as-run, the marks and the stopwatches all read it here, so that a session that is folded again after
a crash is the one that was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bobine.air.live.state import events as e
from bobine.air.live.state.bounds import LONGEST, fault_of
from bobine.air.live.state.undoing import without_undone
from bobine.model.aired.progress import Airing, OnAir, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveMark:
    """A bare mark.

    Attributes:
        at: when it was set.
        position: in the recording, samples; None where nothing recorded.
        label: what it was called; empty where it was not.
        file: the file of the recording that the position is counted in; None where nothing recorded.
    """

    at: datetime
    position: int | None
    label: str
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something written down, and when."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopwatch:
    """The time that a stopwatch has counted.

    Attributes:
        total: without the stretch that is running.
        since: when it was started; None while it stands still.
    """

    total: timedelta = timedelta()
    since: datetime | None = None

    def at(self, now: datetime) -> timedelta:
        """The time that it shows at an instant."""
        return self.total + (max(timedelta(), now - self.since) if self.since is not None else timedelta())


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFile:
    """The file that the show was recorded into last.

    Attributes:
        file: its name in ``recording/``.
        rate: sampling rate, Hz.
    """

    file: str
    rate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The live state.

    Attributes:
        progress: what was aired, what is on air, and what was decided about the rest.
        marks: bare marks, in order.
        notes: in order.
        stopwatches: by who speaks; the spare one has an empty name.
        recording: None before the first sound.
        last: the last action that can be taken back; None where there is none.
        left_out: how many events made no sense where they stood, and changed nothing.
        undone: the action that can be done again; None where there is none.
    """

    progress: Progress = field(default_factory=Progress)
    marks: tuple[LiveMark, ...] = ()
    notes: tuple[Note, ...] = ()
    stopwatches: Mapping[str, Stopwatch] = field(default_factory=dict)
    recording: RecordingFile | None = None
    last: e.Event | None = None
    left_out: int = 0
    undone: e.Event | None = None


def fold(events: Iterable[e.Event]) -> Session:
    """Add the events up, whatever they are: one that makes no sense where it stands changes nothing.

    One that is out of bounds, or would lead out of them, is left out and counted.
    """
    possible, left_out = [], 0
    for event in events:
        if fault_of(event):
            left_out += 1
        else:
            possible.append(event)
    kept, undone = without_undone(possible)
    session = Session(undone=undone)
    for event in kept:
        try:
            session = _after(session, event)
        except Exception:  # noqa: BLE001 - the live screen outlives whatever a journal holds
            left_out += 1
            continue
        if isinstance(event, e.ACTIONS):
            session = replace(session, last=event)
    return replace(session, left_out=left_out) if left_out else session


def _after(session: Session, event: e.Event) -> Session:
    match event:
        case e.RecordingStarted():
            return _recorded_from_here(session, event)
        case e.Marked():
            file = _file(session) if event.position is not None else None
            mark = LiveMark(at=event.at, position=event.position, label=event.label, file=file)
            return replace(session, marks=(*session.marks, mark))
        case e.Noted():
            return replace(session, notes=(*session.notes, Note(at=event.at, text=event.text)))
        case e.StopwatchTurned() | e.StopwatchCleared():
            watch = _turned(session.stopwatches.get(event.of, Stopwatch()), event)
            return replace(session, stopwatches={**session.stopwatches, event.of: watch})
        case e.Taken():
            return _taken(session, event)
        case e.MovedBack():
            return _moved_back(session, timedelta(seconds=event.seconds))
        case e.Ended():
            return _ended(session, event)
        case e.BegunAgain():
            return Session(recording=session.recording, undone=session.undone)
        case _:
            return replace(session, progress=_decided(session.progress, event))


def _recorded_from_here(session: Session, event: e.RecordingStarted) -> Session:
    """The session with its recording; what was on air before anything recorded begins with it."""
    recording = session.recording
    if recording is None or recording.file != event.file:
        recording = RecordingFile(file=event.file, rate=event.rate)
    progress = session.progress
    on_air = progress.on_air
    if on_air is not None and on_air.file is None:
        progress = replace(progress, on_air=replace(on_air, first=event.position or 0, file=event.file))
    return replace(session, recording=recording, progress=progress)


def _turned(watch: Stopwatch, event: e.Event) -> Stopwatch:
    if isinstance(event, e.StopwatchCleared):
        return Stopwatch(since=event.at if watch.since is not None else None)
    if isinstance(event, e.StopwatchTurned) and event.running:
        return watch if watch.since is not None else replace(watch, since=event.at)
    return Stopwatch(total=watch.at(event.at))


def _taken(session: Session, event: e.Taken) -> Session:
    progress, item = session.progress, event.item
    file = _file(session) if event.position is not None else None
    progress = replace(
        progress,
        on_air=OnAir(item=item, started=event.at, first=event.position, file=file),
        next=None,
        aired=_aired(session, event),
        skipped=progress.skipped - {item.id},
        taken_in=progress.taken_in | ({item.id} if item.standby else set()),
        ended=None,
    )
    return replace(session, progress=progress)


def _ended(session: Session, event: e.Ended) -> Session:
    aired = _aired(session, event)
    return replace(session, progress=replace(session.progress, on_air=None, next=None, aired=aired, ended=event.at))


def _file(session: Session) -> str | None:
    return session.recording.file if session.recording is not None else None


def _aired(session: Session, event: e.Taken | e.Ended) -> tuple[Airing, ...]:
    """The airings once the item on air has left; one that began in another file goes to the end of that one."""
    on_air, aired = session.progress.on_air, session.progress.aired
    if on_air is not None:
        aired = (*aired, on_air.left(event.at))
    if not aired or aired[-1].last is not None or aired[-1].file != _file(session):
        return aired
    first, last = aired[-1].first, event.position
    if first is not None and last is not None:
        last = max(first, last)
    return (*aired[:-1], replace(aired[-1], last=last))


def _moved_back(session: Session, by: timedelta) -> Session:
    """The last take, earlier: its instant and its first sample, and the end of what was on air before it.

    It goes no further back than where that began.
    """
    progress = session.progress
    on_air = progress.on_air
    if on_air is None or by <= timedelta():
        return session
    before = progress.aired[-1] if progress.aired else None
    started, first = on_air.started - by, on_air.first
    if before is not None and before.ended == on_air.started:
        started = max(started, before.started)
        before = replace(before, ended=started)
    rate = session.recording.rate if session.recording is not None else 0
    if first is not None and rate:
        first = max(0, first - round((on_air.started - started).total_seconds() * rate))
        if before is not None and before.file == on_air.file and before.last == on_air.first:
            first = max(before.first or 0, first)
            before = replace(before, last=first)
    aired = (*progress.aired[:-1], before) if before is not None else progress.aired
    return replace(
        session, progress=replace(progress, on_air=replace(on_air, started=started, first=first), aired=aired)
    )


def _decided(progress: Progress, event: e.Event) -> Progress:
    match event:
        case e.Chosen():
            return replace(progress, next=event.item_id)
        case e.Skipped():
            left = None if progress.next == event.item_id else progress.next
            return replace(progress, skipped=progress.skipped | {event.item_id}, next=left)
        case e.Restored():
            return replace(progress, skipped=progress.skipped - {event.item_id})
        case e.TakenIn():
            return replace(progress, taken_in=progress.taken_in | {event.item_id})
        case e.PutBack():
            return replace(progress, taken_in=progress.taken_in - {event.item_id})
        case e.Lengthened() if progress.on_air is not None:
            added = progress.on_air.added + timedelta(seconds=event.seconds)
            if abs(added) > LONGEST:
                raise OverflowError("more time than a day")
            return replace(progress, on_air=replace(progress.on_air, added=added))
        case _:
            return progress
