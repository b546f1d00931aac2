"""Read the facts of a season: plans, journals, as-runs, releases, hours, listening figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.state.session import fold
from bobine.errors import BobineError
from bobine.evening.audience import figures_known
from bobine.french import long_date
from bobine.model.aired.as_run import AsRun, MarksSource
from bobine.model.aired.progress import Airing, Progress
from bobine.model.aired.usual_lengths import UsualLength
from bobine.model.episode import Episode, EpisodeType
from bobine.model.hours import HoursLine
from bobine.model.people import Role
from bobine.model.published.release import LocalRelease, ReleaseStatus
from bobine.model.show import Show
from bobine.model.team import Member
from bobine.plan.readiness.lacks import responsible
from bobine.report.facts import EpisodeFacts, HeardItem, SeasonFacts
from bobine.report.figures import SeasonReport
from bobine.report.season import chroniques_lengths, season_report
from bobine.report.subsidy.facts import YearFacts
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.hours import read_hours, read_other_hours
from bobine.store.documents.team import read_team
from bobine.store.opening import is_regular
from bobine.store.records.recordings import read_as_run
from bobine.store.records.releases import read_releases
from bobine.store.workspace import EpisodeFolder, Workspace

T = TypeVar("T")


def read_report(workspace: Workspace, show: Show, number: int) -> SeasonReport:
    """The report of a season, beside the season before.

    What cannot be read as it stands is left out, and told among the report's remarks.

    Raises:
        UnusableFileError: if the folder of the show's episodes cannot be read.
    """
    read = _Reading(workspace, show)
    return season_report(read.season(number), read.season(number - 1) if number > 1 else None)


def read_facts(workspace: Workspace, show: Show) -> SeasonFacts:
    """The facts of the season of the last episode, with those of every season before.

    Raises:
        UnusableFileError: if the folder of the show's episodes cannot be read.
    """
    days = workspace.episode_dates(show)
    return _Reading(workspace, show).season(show.season.number(days[-1]) if days else 1)


def read_lengths(workspace: Workspace, show: Show, number: int) -> Mapping[str, UsualLength]:
    """The lengths of each chronique in a season, else in the one before, by id, beside the planned ones.

    Raises:
        UnusableFileError: if the folder of the show's episodes cannot be read.
    """
    read = _Reading(workspace, show)
    before, this = (read.season(one, with_earlier=False) for one in (number - 1, number))
    return {**chroniques_lengths(before), **chroniques_lengths(this)}


def read_year(workspace: Workspace, show: Show, year: int) -> YearFacts:
    """The facts of a calendar year, for the subsidy's file.

    Raises:
        UnusableFileError: if the folder of the show's episodes cannot be read.
    """
    return _Reading(workspace, show).year(year)


@dataclass(slots=True)
class _Reading:
    """The episodes of a show, each read once."""

    workspace: Workspace
    show: Show
    _known: dict[date, EpisodeFacts] = field(default_factory=dict)
    _remarks: dict[date, list[str]] = field(default_factory=dict)
    _unreadable: dict[date, str] = field(default_factory=dict)

    def season(self, number: int, *, with_earlier: bool = True) -> SeasonFacts:
        """The facts of a season; without the seasons before nobody is known to be new."""
        days = self.workspace.episode_dates(self.show)
        seasons = {key: list(of) for key, of in groupby(days, self.show.season.number)}
        mine = seasons.get(number, [])
        episodes = self._episodes(mine)
        remarks = [remark for day in mine for remark in self._remarks.get(day, ())]
        nobody: tuple[Member, ...] = ()
        none: tuple[HoursLine, ...] = ()
        team = _read(lambda: read_team(self.workspace, self.show), nobody, remarks)
        hours = _read(lambda: read_other_hours(self.workspace, self.show), none, remarks)
        return SeasonFacts(
            show=self.show,
            number=number,
            episodes=episodes,
            unreadable=tuple((day, self._unreadable[day]) for day in mine if day in self._unreadable),
            remarks=tuple(remarks),
            team=team,
            hours=hours,
            downloads=self._downloads(remarks),
            earlier=self._episodes([day for key, of in seasons.items() if key < number for day in of])
            if with_earlier
            else (),
        )

    def year(self, year: int) -> YearFacts:
        """The facts of a calendar year, and for each item the one to ask about it."""
        days = [day for day in self.workspace.episode_dates(self.show) if day.year == year]
        episodes = self._episodes(days)
        remarks = [remark for day in days for remark in self._remarks.get(day, ())]
        remarks += [f"{long_date(day)} : {self._unreadable[day]}" for day in days if day in self._unreadable]
        nobody: tuple[Member, ...] = ()
        none: tuple[HoursLine, ...] = ()
        team = _read(lambda: read_team(self.workspace, self.show), nobody, remarks)
        hours = _read(lambda: read_other_hours(self.workspace, self.show), none, remarks)
        return YearFacts(
            show=self.show,
            year=year,
            episodes=episodes,
            team=team,
            hours=tuple(line for line in hours if line.date is not None and line.date.year == year),
            asked={
                (one.episode.date, item.id): responsible(one.episode, item, Role.INTERVIEWER)
                for one in episodes
                for item in one.episode.items
            },
            remarks=tuple(remarks),
        )

    def _downloads(self, remarks: list[str]) -> Mapping[str, int] | None:
        figures = _read(lambda: figures_known(self.workspace, self.show), None, remarks)
        if figures is None or not figures.days:
            return None
        return figures.by_episode()

    def _episodes(self, days: list[date]) -> tuple[EpisodeFacts, ...]:
        for day in days:
            if day not in self._known and day not in self._unreadable:
                try:
                    episode = read_episode(self.workspace, self.show, day)
                except BobineError as error:
                    self._unreadable[day] = str(error)
                else:
                    self._known[day] = self._facts(episode)
        return tuple(self._known[day] for day in days if day in self._known)

    def _facts(self, episode: Episode) -> EpisodeFacts:
        folder = self.workspace.folder(self.show, episode.date)
        remarks: list[str] = []
        facts = EpisodeFacts(episode=episode)
        progress = _read(lambda: fold(Journal(folder.path / JOURNAL_FILE).read()).progress, Progress(), remarks)
        as_run = _read(lambda: _as_run(folder), None, remarks)
        if progress.began is not None:
            facts = _from_journal(facts, progress)
        elif as_run is not None:
            facts = _from_as_run(facts, as_run)
        none: dict[str, LocalRelease] = {}
        releases = _read(lambda: read_releases(folder.release), none, remarks)
        online = any(one.is_online for one in releases.values())
        hours = None
        if is_regular(folder.hours):
            hours = _read(lambda: read_hours(self.workspace, self.show, episode.date), None, remarks)
        self._remarks[episode.date] = remarks
        published = any(one.status is ReleaseStatus.ONLINE for one in releases.values())  # withdrawn since, maybe
        traced = facts.traced or (published and episode.kind is EpisodeType.FULL)  # a trailer is never on air
        return replace(facts, traced=traced, online=online, hours=hours)


def _read(read: Callable[[], T], otherwise: T, remarks: list[str]) -> T:
    """The value read, or on a failure a substitute and a remark."""
    try:
        return read()
    except BobineError as error:
        remarks.append(str(error))
        return otherwise


def _as_run(folder: EpisodeFolder) -> AsRun | None:
    return read_as_run(folder.as_run) if is_regular(folder.as_run) else None


def _from_journal(facts: EpisodeFacts, progress: Progress) -> EpisodeFacts:
    """What was heard, an item taken again adding up; the length of what was never left is not known."""
    lengths: dict[str, timedelta | None] = {}
    items = {}
    for stretch in progress.stretches:
        items[stretch.item.id] = stretch.item
        before = lengths.get(stretch.item.id, timedelta())
        over = stretch.ended - stretch.started if isinstance(stretch, Airing) else None
        lengths[stretch.item.id] = before + over if before is not None and over is not None else None
    heard = tuple(HeardItem(item=item, length=lengths[key]) for key, item in items.items())
    began, ended = progress.began, progress.ended
    length = ended - began if began is not None and ended is not None else None
    return replace(facts, traced=True, heard=heard, length=length)


def _from_as_run(facts: EpisodeFacts, as_run: AsRun) -> EpisodeFacts:
    """What was heard; positions that were only planned give no real length."""
    known = {item.id: item for item in facts.episode.items}
    rate, measured = as_run.recording.rate, as_run.source is MarksSource.MARKS
    heard = tuple(
        HeardItem(item=known[one.id], length=timedelta(seconds=(one.end - one.start) / rate) if measured else None)
        for one in as_run.items
        if one.id in known
    )
    length = None
    if measured and as_run.items:
        length = timedelta(seconds=(as_run.items[-1].end - as_run.items[0].start) / rate)
    return replace(facts, traced=True, heard=heard, length=length)
