"""The presenter's view: what is on air and what is left of it, the gap to the hard end, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from bobine.air.live.following import FollowedShow
from bobine.errors import BobineError
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.model.written.durations import clock
from bobine.plan.timing.rundown import countdown_seconds, time_rundown
from bobine.plan.timing.words import next_words, punctuality_words


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One instant of a show, as its presenter sees it.

    Attributes:
        hour: ``18:33:15``.
        title: what is on air.
        left: what is left of it, ``4:10``; with a ``+`` once it is overtime; empty where nothing is on air.
        late: it is overtime.
        gap: the gap to the hard end in words; empty before the show and after it.
        following: what comes next.
    """

    hour: str = ""
    title: str = ""
    left: str = ""
    late: bool = False
    gap: str = ""
    following: str = ""


class PlanFile(Protocol):
    """The plan of a show on the disk."""

    @property
    def read(self) -> Callable[[], Episode]:
        """Read it; raises ``BobineError`` where it cannot be read as it stands."""

    @property
    def signature(self) -> Callable[[], object]:
        """Give a value that changes whenever the file does."""


class Follower:
    """The view of a show that somebody else runs; it writes nothing.

    Args:
        show: tells the magazine as last read, for its slot.
        day: the day of broadcast.
        journal: the file of the show's events.
        plan: the rundown's file.
        now: tells the present instant, aware.
    """

    def __init__(
        self, show: Callable[[], Show], day: date, journal: Path, plan: PlanFile, now: Callable[[], datetime]
    ) -> None:
        self._show = show
        self._day = day
        self._followed = FollowedShow(journal)
        self._plan = plan
        self._now = now
        self._episode: Episode | None = None
        self._seen: object = None
        self._last = View()

    def view(self) -> View:
        """The view of this instant; the last good one where a file cannot be read, whatever it holds."""
        now = self._now()
        try:
            self._last = self._view(now)
        except Exception:  # noqa: BLE001 - the presenter reads on, whatever the files hold; the technician is told
            return replace(self._last, hour=self._hour(now))
        return self._last

    def _view(self, now: datetime) -> View:
        self._read_plan()
        items = self._episode.items if self._episode is not None else ()
        slot = self._show().slot.bounds(self._day)
        timing = time_rundown(items, slot, self._followed.session(slot, now).progress, now)
        line, progress = timing.on_air, timing.progress
        left = countdown_seconds(line.remaining) if line is not None else 0
        running = progress is not None and progress.begun and progress.ended is None
        return View(
            hour=self._hour(now),
            title="—" if line is None else line.item.title,
            left="" if line is None else f"{'+' if left < 0 else ''}{clock(abs(left))}",
            late=left < 0,
            gap=punctuality_words(timing) if running else "",
            following=f"Ensuite : {next_words(timing)}",
        )

    def _hour(self, now: datetime) -> str:
        return f"{now.astimezone(ZoneInfo(self._show().slot.timezone)):%H:%M:%S}"

    def _read_plan(self) -> None:
        seen = self._plan.signature()
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._episode = self._plan.read()
        except BobineError:
            return  # the technician's screen says why
