"""The workspace: the folder that holds ``shows.toml``, its shows, its destinations, and its episodes' folders."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bobine.errors import WorkspaceError
from bobine.french import enumerate_words, printable, sort_key
from bobine.model.destination import Destination
from bobine.model.episode_day import episode_day, read_episode_day, suffix_of
from bobine.model.show import Show
from bobine.model.written.days import parse_day
from bobine.store.codec.spelling import closest
from bobine.store.documents.shows import SHOWS_FILE, read_shows
from bobine.store.opening import listed
from bobine.store.rules.limits import possible_year

MANIFEST = "manifest.toml"
"""Name of the file that says what a master holds."""

_LONGEST_AGO = timedelta(days=2)
_OVERRUN = timedelta(hours=1)
"""The longest time that a show may still be on air after an end past midnight."""

_MANY = 8
"""Names that a message lists at most."""


@dataclass(frozen=True, slots=True)
class EpisodeFolder:
    """One episode's files; none of them needs to exist.

    Attributes:
        show: slug of the show.
        date: day of broadcast, which names the episode.
        path: the folder.
    """

    show: str
    date: date
    path: Path

    @property
    def reference(self) -> str:
        """The name that commands give the episode: ``bobine-romanaise/2026-11-26``, ``…/2026-11-26-bonus``."""
        return f"{self.show}/{self.date.isoformat()}"

    @property
    def plan(self) -> Path:
        """``episode.toml``, the rundown."""
        return self.path / "episode.toml"

    @property
    def recording(self) -> Path:
        """The folder of the recording."""
        return self.path / "recording"

    @property
    def as_run(self) -> Path:
        """``recording/as_run.toml``, the positions of the items in the recording."""
        return self.recording / "as_run.toml"

    @property
    def master(self) -> Path:
        """The folder of the master."""
        return self.path / "master"

    @property
    def manifest(self) -> Path:
        """``master/manifest.toml``, the content and measures of the master."""
        return self.master / MANIFEST

    @property
    def release(self) -> Path:
        """``release.toml``, the releases that are online."""
        return self.path / "release.toml"

    @property
    def hours(self) -> Path:
        """``hours.toml``, the volunteer hours given to the show."""
        return self.path / "hours.toml"

    @property
    def history(self) -> Path:
        """The folder of the last states of the plan."""
        return self.path / "history"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace: the content of ``shows.toml``, and the folder that it stands in.

    Attributes:
        root: the folder that holds it, absolute.
        shows: the shows, in the order of the file.
        destinations: where podcasts may go; ``local`` is always there.
    """

    root: Path
    shows: tuple[Show, ...]
    destinations: tuple[Destination, ...]

    def show(self, slug: str) -> Show:
        """The show of that slug.

        Raises:
            WorkspaceError: if there is none; names those that exist.
        """
        for show in self.shows:
            if show.slug == slug:
                return show
        raise _nothing_named("d'émission", slug, [show.slug for show in self.shows])

    def destination(self, name: str) -> Destination:
        """The destination of that name.

        Raises:
            WorkspaceError: if there is none; names those that exist.
        """
        for destination in self.destinations:
            if destination.name == name:
                return destination
        raise _nothing_named("de destination", name, [destination.name for destination in self.destinations])

    def folder(self, show: Show | str, day: date) -> EpisodeFolder:
        """The folder of one episode, existing or not."""
        slug = show if isinstance(show, str) else show.slug
        return EpisodeFolder(slug, day, self.root / "episodes" / slug / day.isoformat())

    def ideas_file(self, show: Show | str) -> Path:
        """``ideas.toml``, the subjects proposed for a show; existing or not."""
        return self.root / "episodes" / (show if isinstance(show, str) else show.slug) / "ideas.toml"

    def team_file(self, show: Show | str) -> Path:
        """``team.toml``, the team of a show; existing or not."""
        return self.root / "episodes" / (show if isinstance(show, str) else show.slug) / "team.toml"

    def hours_file(self, show: Show | str) -> Path:
        """``hours.toml``, the volunteer hours given to no one episode; existing or not."""
        return self.root / "episodes" / (show if isinstance(show, str) else show.slug) / "hours.toml"

    def episode_dates(self, show: Show | str) -> tuple[date, ...]:
        """The days that have an ``episode.toml``, in order, each followed by its other episodes.

        Raises:
            UnusableFileError: if the folder of the show's episodes cannot be read.
        """
        slug = show if isinstance(show, str) else show.slug
        folders = listed(self.root / "episodes" / slug, within=self.root)
        days = {folder: day_of_folder(folder.name) for folder in folders}
        return tuple(sorted(day for folder, day in days.items() if day and os.path.lexists(folder / "episode.toml")))

    def resolve(self, reference: str, today: date, now: datetime | None = None) -> tuple[Show, date]:
        """The episode that a command names.

        Args:
            reference: ``SHOW/DATE``, or ``DATE`` where there is one show; DATE is ``2026-11-26``, ``26/11/2026`` or
                another form of ``parse_day``, each with a suffix or not (``2026-11-26-bonus``), ``prochaine`` (the
                first from today on, or the one that is on air since yesterday) or ``derniere`` (the last until today),
                accents or not; these two never mean an episode with a suffix. The folder's path works too.
            today: the day it is.
            now: the present instant, aware; without it nothing is on air since yesterday.

        Raises:
            WorkspaceError: if it names no existing episode; names those that exist.
        """
        named = reference.removeprefix("./").removeprefix("episodes/").rstrip("/")
        slug, _, word = named.partition("/") if "/" in named and named_day(named, today) is None else ("", "", named)
        if "/" in word and named_day(word, today) is None:
            raise WorkspaceError(
                f"« {printable(reference[:80])} » ne désigne pas une émission : écrivez ÉMISSION/DATE, comme "
                f"{self.shows[0].slug}/{today}."
            )
        show = self.show(slug) if slug else self._only_show(word)
        return show, self._day(show, word, today, now)

    def _only_show(self, word: str) -> Show:
        if len(self.shows) == 1:
            return self.shows[0]
        slugs = enumerate_words([show.slug for show in self.shows], "ou")
        raise WorkspaceError(
            f"Cet atelier a plusieurs émissions ({slugs}) : écrivez laquelle, comme "
            f"{self.shows[0].slug}/{printable(word[:40])}."
        )

    def _day(self, show: Show, word: str, today: date, now: datetime | None) -> date:
        days = self.episode_dates(show)
        own = [day for day in days if not suffix_of(day)]
        if sort_key(word) == "prochaine":
            found = next((day for day in own if day >= today or _is_on_since(show, day, now)), None)
        elif sort_key(word) == "derniere":
            found = next((day for day in reversed(own) if day <= today), None)
        else:
            found = named_day(word, today)
            if found is None:
                raise WorkspaceError(
                    f"« {printable(word[:40])} » n'est pas une date : écrivez-la comme {today}, ou « prochaine », "
                    f"ou « derniere ». {_existing(show, days)}"
                )
            found = found if found in days else None
        if found is None:
            raise WorkspaceError(f"Aucune émission pour « {show.slug}/{printable(word)} ». {_existing(show, days)}")
        return found


def _is_on_since(show: Show, day: date, now: datetime | None) -> bool:
    """Whether the show of the day before goes on past midnight, now or until a short while ago."""
    if now is None or now.date() - day > _LONGEST_AGO:
        return False
    start, end = show.slot.bounds(day)
    overruns = _OVERRUN if end.date() > start.date() else timedelta()
    return start.timestamp() <= now.timestamp() < end.timestamp() + overruns.total_seconds()


def find_root(start: Path) -> Path:
    """The workspace that a folder lies in: itself or the nearest one above that holds ``shows.toml``.

    Raises:
        WorkspaceError: if there is none.
    """
    absolute = Path(os.path.realpath(start))
    for folder in (absolute, *absolute.parents):
        if os.path.lexists(folder / SHOWS_FILE):
            return folder
    raise WorkspaceError(
        f"Pas d'atelier ici : ni « {absolute} » ni les dossiers au-dessus ne contiennent {SHOWS_FILE}. Placez-vous "
        "dans un atelier, ou créez-en un par « bobine nouveau atelier DOSSIER »."
    )


def open_workspace(root: Path) -> Workspace:
    """Read the workspace of a folder.

    Raises:
        WorkspaceError: if the folder holds no ``shows.toml``.
        PlanError: if that file cannot be read as it stands; lists every fault.
    """
    absolute = Path(os.path.realpath(root))
    try:
        shows, destinations = read_shows(absolute)
    except FileNotFoundError as error:
        raise WorkspaceError(
            f"« {absolute} » n'est pas un atelier : il ne contient pas {SHOWS_FILE}. Créez-en un par "
            f"« bobine nouveau atelier DOSSIER »."
        ) from error
    return Workspace(absolute, shows, destinations)


def day_of_folder(text: str) -> date | None:
    """The episode that a folder is named for, ``2026-11-26`` or ``2026-11-26-bonus``; None for any other name."""
    try:
        day = read_episode_day(text)
    except ValueError:
        return None
    return day if possible_year(day) else None


def named_day(text: str, today: date) -> date | None:
    """The episode that a word names: a day in any of its forms, with a suffix or not; None for any other word.

    Args:
        text: such as ``26/11``, ``2026-11-26-bonus``, ``26 novembre bonus``.
        today: without a year, the day closest to this one is meant.
    """
    with contextlib.suppress(ValueError):
        return parse_day(text, today)
    word = sort_key(text.strip())
    for found in reversed(list(re.finditer("[-_ ]", word))):
        with contextlib.suppress(ValueError):
            return episode_day(parse_day(word[: found.start()], today), word[found.end() :])
    return None


def _existing(show: Show, days: tuple[date, ...]) -> str:
    if not days:
        return f"« {show.title} » n'a pas encore d'épisode : créez-en un par « bobine nouveau episode {show.slug} »."
    listed = enumerate_words([day.isoformat() for day in days[-_MANY:]])
    return f"Existent : {'… ' if len(days) > _MANY else ''}{listed}."


def _nothing_named(what: str, name: str, known: list[str]) -> WorkspaceError:
    near = closest(name, known)
    hint = f"vouliez-vous « {near} » ?" if near else f"il y a {enumerate_words(known[:_MANY])}."
    return WorkspaceError(f"Il n'y a pas {what} « {printable(name[:60])} » dans cet atelier : {hint}")
