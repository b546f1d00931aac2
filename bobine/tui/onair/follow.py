"""A live show followed from outside: what the presenter's views say at an instant."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bobine.air.live.journal import Journal
from bobine.air.live.state.another_day import began_another_day
from bobine.air.live.state.events import Event, GoneOnWith
from bobine.air.live.state.session import Session, fold
from bobine.errors import BobineError
from bobine.model.episode import Episode
from bobine.plan.timing.rundown import countdown_seconds, time_rundown
from bobine.tui.documents.desk import Desk
from bobine.tui.kit.lists.rows import Tone
from bobine.tui.onair.stage import Stage
from bobine.tui.onair.words import gap_words, minutes, next_words, on_air_parts


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a presenter sees.

    Attributes:
        hour: ``18:33:15``.
        title: what is on air.
        left: what is left of it, ``4:10``; with a ``+`` once it is overtime; empty where nothing is on air.
        late: it is overtime.
        gap: the gap to the hard end in words; empty before the show and after it.
        gap_tone: its tone.
        following: what comes next.
    """

    hour: str
    title: str
    left: str
    late: bool
    gap: str
    gap_tone: Tone
    following: str


class Follower:
    """Reads a show that somebody else runs; it writes nothing."""

    def __init__(self, desk: Desk, day: date, stage: Stage) -> None:
        self._desk = desk
        self._day = day
        self._journal = Journal(stage.journal)
        self._source = desk.episode_source(day)
        self._episode: Episode | None = None
        self._seen: object = None
        self._events: tuple[Event, ...] = ()
        self._session = Session()
        self._last: View | None = None

    def view(self) -> View:
        """What there is to see now; where a file cannot be read, or holds anything at all, the last good view."""
        try:
            self._last = self._view()
        except Exception:  # noqa: BLE001 - the presenter reads on, whatever the files hold; the technician is told
            now = self._desk.now()
            hour = f"{now.astimezone(ZoneInfo(self._desk.show.slot.timezone)):%H:%M:%S}"
            last = self._last or View(hour="", title="", left="", late=False, gap="", gap_tone=Tone.PLAIN, following="")
            return replace(last, hour=hour)
        return self._last

    def _view(self) -> View:
        self._read_plan()
        items = self._episode.items if self._episode is not None else ()
        now = self._desk.now()
        slot = self._desk.show.slot.bounds(self._day)
        timing = time_rundown(items, slot, self._followed(slot, now).progress, now)
        title, _, tone, _ = on_air_parts(timing)
        line = timing.on_air
        left = countdown_seconds(line.remaining) if line is not None else 0
        progress = timing.progress
        running = progress is not None and progress.begun and progress.ended is None
        gap, gap_tone = gap_words(timing) if running else ("", Tone.PLAIN)
        return View(
            hour=f"{now.astimezone(ZoneInfo(self._desk.show.slot.timezone)):%H:%M:%S}",
            title=title,
            left="" if line is None else f"{'+' if left < 0 else ''}{minutes(abs(left))}",
            late=tone is Tone.ALERT,
            gap=gap,
            gap_tone=gap_tone,
            following=f"Ensuite : {next_words(timing)}",
        )

    def _followed(self, slot: tuple[datetime, datetime], now: datetime) -> Session:
        """What the journal comes to; what it told last, while it cannot be read; nothing, if it is of another day."""
        with contextlib.suppress(BobineError):
            events = self._journal.read()
            if events is not self._events:
                self._events, self._session = events, fold(events)
        last = self._events[-1].at if self._events else None
        resumed = any(isinstance(event, GoneOnWith) for event in self._events)
        other = not resumed and began_another_day(self._session, last, slot, now) is not None
        return Session() if other else self._session

    def _read_plan(self) -> None:
        seen = self._source.signature()
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._episode = self._source.read()
        except BobineError:
            return  # the technician's screen says why
