"""A live show followed from outside: what the presenter's views say at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bobine.air.journal import Journal
from bobine.air.session import Session, fold
from bobine.errors import BobineError
from bobine.model.episode import Episode
from bobine.plan.timing import countdown_seconds, time_rundown
from bobine.tui.desk import Desk
from bobine.tui.kit.rows import Tone
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
        self._folded: tuple[int, Session] = (-1, Session())

    def view(self) -> View:
        """What there is to see now; a plan that cannot be read leaves the last that could."""
        self._read_plan()
        items = self._episode.items if self._episode is not None else ()
        now = self._desk.now()
        timing = time_rundown(items, self._desk.show.slot.bounds(self._day), self._session().progress, now)
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

    def _session(self) -> Session:
        events = self._journal.read()
        if self._folded[0] != len(events):
            self._folded = len(events), fold(events)
        return self._folded[1]

    def _read_plan(self) -> None:
        seen = self._source.signature()
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._episode = self._source.read()
        except BobineError:
            return  # the technician's screen says why
