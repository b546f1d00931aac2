"""The live session: what the events of a journal fold into. Pure, and the only source of the live state.

Screens, undo, the as-run, the marks and the stopwatches all read it here, so that a session that is folded again after
a crash is the one that was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bobine.air.live.state import events as e
from bobine.model.aired.progress import Airing, OnAir, Progress
from bobine.model.episode import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
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
    """Something written down, and the item that was on air then."""

    at: datetime
    text: str
    item: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aired:
    """One stretch of an item on air.

    Attributes:
        item: as it was when it was taken.
        start: first sample; None where nothing recorded.
        end: one past the last; None where nothing recorded, while it is on air, and where another file was begun
            meanwhile.
        file: the file of the recording that the samples are counted in; None where nothing recorded.
    """

    item: Item
    start: int | None
    end: int | None
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopwatch:
    """What a stopwatch has counted.

    Attributes:
        total: without the stretch that is running.
        since: when it was started; None while it stands still.
    """

    total: timedelta = timedelta()
    since: datetime | None = None

    def at(self, now: datetime) -> timedelta:
        """What it shows at an instant."""
        return self.total + (max(timedelta(), now - self.since) if self.since is not None else timedelta())


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What the journal says of the recording.

    Attributes:
        file: its name in ``recording/``.
        rate: Hz.
        channels: how many.
        running: it was not stopped.
    """

    file: str
    rate: int
    channels: int
    running: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The live state.

    Attributes:
        progress: what timing wants to know.
        aired: stretches on air, in order, the last one perhaps still open.
        marks: bare marks, in order.
        notes: in order.
        stopwatches: by who speaks; the spare one has an empty name.
        recording: None before the first sound.
        last: the last action that can be taken back; None where there is none.
        left_out: how many events made no sense where they stood, and changed nothing.
        undone: the action that can be done again; None where there is none.
    """

    progress: Progress = field(default_factory=Progress)
    aired: tuple[Aired, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()
    stopwatches: Mapping[str, Stopwatch] = field(default_factory=dict)
    recording: Recording | None = None
    last: e.Event | None = None
    left_out: int = 0
    undone: e.Event | None = None


def fold(events: Iterable[e.Event]) -> Session:
    """What the events come to, whatever they are: one that makes no sense where it stands changes nothing.

    One that is out of bounds, or that reckoning with would go out of them, is left out and counted.
    """
    possible, left_out = [], 0
    for event in events:
        if e.fault_of(event):
            left_out += 1
        else:
            possible.append(event)
    kept, undone = _played(possible)
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


def effective(events: Iterable[e.Event]) -> tuple[e.Event, ...]:
    """The events that count: without the actions that were taken back, and without the taking back."""
    return _played(events)[0]


def _played(events: Iterable[e.Event]) -> tuple[tuple[e.Event, ...], e.Event | None]:
    """The events that count, and the one that redo would bring back where it stood."""
    kept: list[e.Event] = []
    undone: list[tuple[int, e.Event]] = []
    for event in events:
        if isinstance(event, e.Undone):
            index = next((at for at in range(len(kept) - 1, -1, -1) if isinstance(kept[at], e.ACTIONS)), None)
            if index is not None:
                undone.append((index, kept.pop(index)))
        elif isinstance(event, e.Redone):
            if undone:
                kept.insert(*undone.pop())
        else:
            if isinstance(event, e.ACTIONS):
                undone.clear()
            kept.append(event)
    return tuple(kept), undone[-1][1] if undone else None


def _after(session: Session, event: e.Event) -> Session:
    match event:
        case e.RecordingStarted() | e.RecordingStopped():
            session = replace(session, recording=_recorded(session.recording, event))
            return _heard_from_here(session, event) if isinstance(event, e.RecordingStarted) else session
        case e.Marked():
            file = _file(session) if event.position is not None else None
            mark = Mark(at=event.at, position=event.position, label=event.label, file=file)
            return replace(session, marks=(*session.marks, mark))
        case e.Noted():
            on_air = session.progress.on_air
            note = Note(at=event.at, text=event.text, item=on_air.item.id if on_air is not None else None)
            return replace(session, notes=(*session.notes, note))
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


def _recorded(recording: Recording | None, event: e.Event) -> Recording | None:
    match event:
        case e.RecordingStarted() if recording is None or recording.file != event.file:
            return Recording(file=event.file, rate=event.rate, channels=event.channels)
        case e.RecordingStarted() if recording is not None:
            return replace(recording, running=True)
        case e.RecordingStopped() if recording is not None:
            return replace(recording, running=False)
        case _:
            return recording


def _heard_from_here(session: Session, event: e.RecordingStarted) -> Session:
    """What was on air before anything recorded begins with the recording."""
    last = session.aired[-1] if session.aired else None
    if last is None or session.progress.on_air is None or last.file is not None:
        return session
    began = replace(last, start=event.position or 0, file=event.file)
    return replace(session, aired=(*session.aired[:-1], began))


def _turned(watch: Stopwatch, event: e.Event) -> Stopwatch:
    if isinstance(event, e.StopwatchCleared):
        return Stopwatch(since=event.at if watch.since is not None else None)
    if isinstance(event, e.StopwatchTurned) and event.running:
        return watch if watch.since is not None else replace(watch, since=event.at)
    return Stopwatch(total=watch.at(event.at))


def _taken(session: Session, event: e.Taken) -> Session:
    progress, item = session.progress, event.item
    on_air = progress.on_air
    past = progress.aired
    if on_air is not None:
        past = (*past, Airing(item=on_air.item, start=on_air.started, end=max(on_air.started, event.at)))
    progress = replace(
        progress,
        on_air=OnAir(item=item, started=event.at),
        next=None,
        aired=past,
        skipped=progress.skipped - {item.id},
        taken_in=progress.taken_in | ({item.id} if item.standby else set()),
        ended=None,
    )
    file = _file(session)
    stretch = Aired(item=item, start=event.position, end=None, file=file if event.position is not None else None)
    aired = (*_closed(session.aired, event.position, file), stretch)
    return replace(session, progress=progress, aired=aired)


def _ended(session: Session, event: e.Ended) -> Session:
    progress = session.progress
    on_air = progress.on_air
    past = progress.aired
    if on_air is not None:
        past = (*past, Airing(item=on_air.item, start=on_air.started, end=max(on_air.started, event.at)))
    progress = replace(progress, on_air=None, next=None, aired=past, ended=event.at)
    return replace(session, progress=progress, aired=_closed(session.aired, event.position, _file(session)))


def _file(session: Session) -> str | None:
    return session.recording.file if session.recording is not None else None


def _closed(aired: tuple[Aired, ...], position: int | None, file: str | None) -> tuple[Aired, ...]:
    """The stretches, the last one ended there; one that began in another file goes to the end of that one."""
    if not aired or aired[-1].end is not None or aired[-1].file != file:
        return aired
    start = aired[-1].start
    end = position if position is None or start is None else max(start, position)
    return (*aired[:-1], replace(aired[-1], end=end))


def _moved_back(session: Session, by: timedelta) -> Session:
    """The last take, earlier: its instant and its position, and the end of what was on air before it.

    It goes no further back than where that began.
    """
    progress = session.progress
    on_air = progress.on_air
    if on_air is None or by <= timedelta():
        return session
    started = on_air.started - by
    past, aired = progress.aired, session.aired
    before = past[-1] if past and past[-1].end == on_air.started else None
    if before is not None:
        started = max(started, before.start)
        past = (*past[:-1], replace(before, end=started))
    moved = on_air.started - started
    progress = replace(progress, on_air=replace(on_air, started=started), aired=past)
    rate = session.recording.rate if session.recording is not None else 0
    last = aired[-1]
    if last.start is not None and rate:
        follows = len(aired) > 1 and aired[-2].file == last.file and aired[-2].end == last.start
        floor = (aired[-2].start or 0) if follows else 0
        start = max(floor, last.start - round(moved.total_seconds() * rate))
        if follows:
            aired = (*aired[:-2], replace(aired[-2], end=start), replace(last, start=start))
        else:
            aired = (*aired[:-1], replace(last, start=start))
    return replace(session, progress=progress, aired=aired)


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
            if abs(added) > e.LONGEST:
                raise OverflowError("more time than a day")
            return replace(progress, on_air=replace(progress.on_air, added=added))
        case _:
            return progress
