"""Reading and writing for one person of a show: their own dates, and what they did and learned."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bobine.errors import BobineError, WorkspaceError
from bobine.model.episode import Episode
from bobine.model.people import Person
from bobine.model.show import Show
from bobine.model.team import Member
from bobine.plan.volunteers.dates import OwnDate, own_dates
from bobine.report.names import Names
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.team import read_team
from bobine.store.files import atomic_write
from bobine.store.opening import is_regular
from bobine.store.workspace import Workspace

_LARGEST = 4_000_000
"""Bytes of a calendar file that is read; one of a season has twenty thousand."""


@dataclass(frozen=True, slots=True)
class Coming:
    """The people of a season and after it, and its episodes.

    Attributes:
        show: whose.
        episodes: of the season of a day, and those to come.
        team: the show's.
    """

    show: Show
    episodes: tuple[Episode, ...]
    team: tuple[Member, ...]

    @property
    def names(self) -> frozenset[str]:
        """Everybody's names, as they are spelled."""
        names = Names(self.team)
        people = (person for episode in self.episodes for person in episode.people)
        return frozenset({*(names.spelled(one.name) for one in self.team), *(names.of(one) for one in people)})

    def dates(self, name: str) -> tuple[OwnDate, ...]:
        """The dates of the person of that name, under any of its spellings."""
        names = Names(self.team)

        def is_meant(person: Person) -> bool:
            return names.of(person) == name

        return own_dates(self.show, self.episodes, is_meant)

    def key(self, name: str) -> str:
        """The short name by which that person is known in a calendar: the team's, which a correction leaves."""
        names = Names(self.team)
        return next((one.id for one in self.team if names.spelled(one.name) == name), name)


def read_coming(workspace: Workspace, show: Show, today: date) -> Coming:
    """The episodes of the season of a day and after; those that cannot be read are left out.

    Raises:
        PlanError: if the team cannot be read as it stands.
        UnusableFileError: if the folder of the show's episodes cannot be read.
    """
    season = show.season.number
    days = [day for day in workspace.episode_dates(show) if season(day) >= season(today)]
    return Coming(show, tuple(_readable(workspace, show, days)), read_team(workspace, show))


def _readable(workspace: Workspace, show: Show, days: Iterable[date]) -> Iterable[Episode]:
    for day in days:
        with suppress(BobineError):  # « Saison » says why
            yield read_episode(workspace, show, day)


def write_agenda(path: Path, coming: Coming, name: str, now: datetime) -> tuple[OwnDate, ...]:
    """Write the dates of one person as a calendar file; a file that was made before is brought up to date.

    Args:
        path: where.
        coming: what was read of the show.
        name: the person, as spelled there.
        now: the present instant, aware.

    Returns:
        The dates that are in it.

    Raises:
        WorkspaceError: if another file stands there.
        DiskError: if it cannot be written.
    """
    from bobine.plan.volunteers.agenda import NotOurs, agenda_ics, former_events

    dates = coming.dates(name)
    former = None
    if path.exists():
        refusal = f"« {path} » existe déjà, et n'est pas un agenda écrit ici : donnez un autre nom."
        if not is_regular(path) or path.stat().st_size > _LARGEST:
            raise WorkspaceError(refusal)
        try:
            former = former_events(path.read_bytes())
        except (NotOurs, OSError) as error:
            raise WorkspaceError(refusal) from error
    atomic_write(path, agenda_ics(dates, name, coming.show.slug, now, former, key=coming.key(name)))
    return dates
