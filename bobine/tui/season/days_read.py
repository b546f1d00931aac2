"""The days of a season as last read from the disk: only what changed is read again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bobine.model.episode import Episode
from bobine.plan.files.season_files import read_day
from bobine.plan.season.calendar import DayFacts, SeasonDay, season_days, season_shown
from bobine.store.records.edits import edits_path
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.failures import sentence
from bobine.tui.documents.signatures import Signature, signature


class DaysRead:
    """The facts of each day of one season, and of the season before for when each chronique was last heard.

    Attributes:
        number: the season that is shown.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.number = season_shown(desk.show.season, desk.today)
        self._found: dict[date, tuple[Signature, DayFacts]] = {}

    @property
    def facts(self) -> dict[date, DayFacts]:
        """The facts found, by day."""
        return {day: facts for day, (_, facts) in self._found.items()}

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """Every plan that could be read, oldest first."""
        found = sorted(self.facts.items())
        return tuple(facts.episode for _, facts in found if facts.episode is not None)

    def days(self) -> tuple[SeasonDay, ...]:
        """The season's calendar; a day whose plan was not read yet is there without facts."""
        season = self._desk.show.season
        known = {day: facts for day, facts in self.facts.items() if season.number(day) == self.number}
        return season_days(self._desk.show, known, self.number, self._desk.today)

    def unread(self) -> frozenset[date]:
        """Days that have a plan which was not read yet; a look at the folder."""
        return frozenset(self._days()) - self._found.keys()

    def read(self) -> Iterator[date]:
        """Read what is new or changed, the days around today first; gives each day as it is read."""
        here = self._days()
        gone = self._found.keys() - set(here)
        for day in gone:
            del self._found[day]
            yield day
        today = self._desk.today
        for day in sorted(here, key=lambda one: (self._season(one) != self.number, abs(one - today))):
            folder = self._desk.workspace.folder(self._desk.show, day)
            seen = signature((folder.plan, folder.as_run, folder.release, folder.manifest, edits_path(folder.path)))
            known = self._found.get(day)
            if known is None or known[0] != seen or known[1].fault:
                facts = self._read(day)
                self._found[day] = seen, facts
                if known is None or known[1] != facts:
                    yield day

    def _read(self, day: date) -> DayFacts:
        try:
            return read_day(self._desk.workspace, self._desk.show, day)
        except Exception as error:  # noqa: BLE001 - one day's file keeps no other from being shown
            return DayFacts(episode=None, fault=sentence(error))

    def forget(self) -> None:
        """Read everything again next time: the show itself changed."""
        self._found.clear()

    def _days(self) -> list[date]:
        wanted = (self.number, self.number - 1)
        return [day for day in self._desk.days() if self._season(day) in wanted]

    def _season(self, day: date) -> int:
        return self._desk.show.season.number(day)
