"""The desk: the workspace, one show in it, and how the documents of the screens are read and written.

What edits them is imported with the first document: the season is on the screen before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from bobine.errors import BobineError
from bobine.model.episode import Episode
from bobine.model.published.online import SinceOnline
from bobine.model.show import Show
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.shows import SHOWS_FILE
from bobine.store.records.edits import edits_path
from bobine.store.records.online import read_since_online
from bobine.store.records.transcripts import transcript_path
from bobine.store.workspace import Workspace, open_workspace
from bobine.tui.documents.failures import sentence
from bobine.tui.documents.online_watch import OnlineWatch
from bobine.tui.documents.signatures import Signature, signature

if TYPE_CHECKING:
    from bobine.model.hours import HoursLine
    from bobine.model.ideas import Idea
    from bobine.model.team import Member
    from bobine.plan.editing.committed import Committed
    from bobine.plan.season.planned_ideas import EpisodeAndIdeas
    from bobine.tui.documents.on_air_watch import OnAirWatch
    from bobine.tui.documents.source import Source

T = TypeVar("T")
R = TypeVar("R", "HoursLine", "Idea", "Member")


class CommitRows(Protocol[R]):
    """Writes what was changed in the rows of a show, as ``plan.editing.commit_team`` does."""

    def __call__(
        self, workspace: Workspace, show: Show, base: Sequence[R], mine: Sequence[R], *, back: bool = False
    ) -> Committed[tuple[R, ...]]:
        """Write them."""


class Desk:
    """The workspace as the screens see it.

    Attributes:
        workspace: as last read without a fault.
        show: the one that is planned.
        now: tells the present instant, aware.
    """

    def __init__(self, workspace: Workspace, show: Show, now: Callable[[], datetime]) -> None:
        self.workspace = workspace
        self.show = show
        self.now = now
        self._wrote: dict[Path, object] = {}
        self._on_air_watch: OnAirWatch | None = None
        self._days: dict[str, tuple[date, ...]] = {}
        self._watch = OnlineWatch()
        self._since: tuple[object, SinceOnline | None] = (None, None)

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now().date()

    def reread(self) -> None:
        """Read ``shows.toml`` again.

        Raises:
            BobineError: if it cannot be read as it stands; the last good state is kept.
        """
        root = self.workspace.root
        workspace = self._read(root / SHOWS_FILE, lambda: open_workspace(root))
        self.show = workspace.show(self.show.slug)
        self.workspace = workspace

    def shows_signature(self) -> Signature:
        """Changes with ``shows.toml``."""
        return signature([self.workspace.root / SHOWS_FILE])

    def on_air(self) -> str:
        """The show on air and its recording, here or in another program, in words; empty while there is none."""
        if self._on_air_watch is None:
            from bobine.tui.documents.on_air_watch import OnAirWatch

            self._on_air_watch = OnAirWatch()
        return self._on_air_watch.words(self.workspace, self.now())

    def online_alarms(self) -> tuple[str, ...]:
        """A French sentence for each episode online that may no longer be heard; reads the files that changed."""
        return self._watch.alarms(self.workspace, self.show)

    def since_online(self, episode: Episode) -> SinceOnline | None:
        """The changes of an episode since it was put online; None where it is not online, or that cannot be read."""
        folder = self.workspace.folder(self.show, episode.date)
        seen = (
            signature([folder.release, folder.manifest, edits_path(folder.path), transcript_path(folder.path)]),
            episode,
        )
        if seen != self._since[0]:
            try:
                self._since = seen, read_since_online(folder, episode)
            except BobineError:
                self._since = seen, None
        return self._since[1]

    def days(self) -> tuple[date, ...]:
        """The days that have an episode, in order; as last known where the folder cannot be looked through."""
        try:
            if (self.workspace.root / SHOWS_FILE).exists():
                self._days[self.show.slug] = self.workspace.episode_dates(self.show)
        except (OSError, BobineError):
            pass  # each screen says it of the files that it reads
        return self._days.get(self.show.slug, ())

    def known_episodes(self) -> tuple[Episode, ...]:
        """Every episode that can be read, oldest first."""
        found = []
        for day in self.days():
            with suppress(Exception):  # said where that day is shown
                found.append(read_episode(self.workspace, self.show, day))
        return tuple(found)

    def members(self) -> tuple[Member, ...]:
        """The team; nobody where its file cannot be read as it stands (« Équipe » says why)."""
        from bobine.store.documents.team import read_team

        try:
            return read_team(self.workspace, self.show)
        except Exception:  # noqa: BLE001
            return ()

    def ideas(self) -> tuple[Idea, ...]:
        """The ideas; none where their file cannot be read as it stands (« Idées » says why)."""
        from bobine.store.documents.ideas import read_ideas

        try:
            return read_ideas(self.workspace, self.show)
        except Exception:  # noqa: BLE001
            return ()

    def wrote(self, path: Path, value: object) -> None:
        """Remember what this program wrote in a file: its screens do not take it for somebody else's."""
        self._wrote[path] = value

    def _read(self, path: Path, read: Callable[[], T]) -> T:
        """Read a file; whatever goes wrong is an error that names it."""
        try:
            return read()
        except BobineError:
            raise
        except Exception as error:
            raise BobineError(f"{path.relative_to(self.workspace.root)} : {sentence(error)}") from error

    def episode_source(self, day: date) -> Source[Episode]:
        """The source of the episode of a day."""
        from bobine.plan.editing.merge import merge_episode
        from bobine.plan.editing.taking_back import forget_episode, take_back_episode
        from bobine.plan.files.editing import commit_episode
        from bobine.tui.documents.source import Source

        def write(base: Episode, mine: Episode, *, back: bool = False) -> Committed[Episode]:
            done = commit_episode(self.workspace, self.show, day, base, mine, self.now(), back=back)
            self.wrote(plan, done.value)
            return done

        plan = self.workspace.folder(self.show, day).plan
        return Source(
            read=lambda: self._read(plan, lambda: read_episode(self.workspace, self.show, day)),
            write=write,
            signature=lambda: signature([plan]),
            merge=lambda base, mine, newest: merge_episode(base, mine, newest).value,
            write_back=partial(write, back=True),
            merge_back=lambda base, mine, newest: take_back_episode(base, mine, newest).value,
            ours=lambda value: self._wrote.get(plan) == value,
            forget=forget_episode,
        )

    def episode_and_ideas_source(self, day: date) -> Source[EpisodeAndIdeas]:
        """The source of an episode and the ideas as one document, beside the documents of each."""
        from bobine.plan.files.editing import commit_both
        from bobine.plan.season.planned_ideas import EpisodeAndIdeas, forget_both, merge_both, take_both_back
        from bobine.tui.documents.source import Source

        def write(base: EpisodeAndIdeas, mine: EpisodeAndIdeas, *, back: bool = False) -> Committed[EpisodeAndIdeas]:
            done = commit_both(self.workspace, self.show, base, mine, self.now(), back=back)
            self.wrote(plan, done.value.episode)
            self.wrote(ideas, done.value.ideas)
            return done

        episode_source, ideas_source = self.episode_source(day), self.ideas_source()
        plan, ideas = self.workspace.folder(self.show, day).plan, self.workspace.ideas_file(self.show)
        return Source(
            read=lambda: EpisodeAndIdeas(episode_source.read(), ideas_source.read()),
            write=write,
            signature=lambda: signature([plan, ideas]),
            merge=lambda base, mine, newest: merge_both(base, mine, newest).value,
            write_back=partial(write, back=True),
            merge_back=lambda base, mine, newest: take_both_back(base, mine, newest).value,
            ours=lambda _: True,
            forget=forget_both,
        )

    def ideas_source(self) -> Source[tuple[Idea, ...]]:
        """The source of the ideas."""
        from bobine.plan.files.editing import commit_ideas
        from bobine.store.documents.ideas import read_ideas

        return self._rows_source(self.workspace.ideas_file(self.show), read_ideas, commit_ideas)

    def show_source(self) -> Source[Show]:
        """The source of the show's settings."""
        from bobine.plan.files.editing import commit_show
        from bobine.plan.settings.merge import merge_show
        from bobine.plan.settings.taking_back import forget_show, take_back_show
        from bobine.store.documents.edit_show import read_show
        from bobine.tui.documents.source import Source

        def write(base: Show, mine: Show, *, back: bool = False) -> Committed[Show]:
            done = commit_show(self.workspace, base, mine, back=back)
            self.wrote(root / SHOWS_FILE, done.value)
            self.reread()
            return done

        root, slug = self.workspace.root, self.show.slug
        return Source(
            read=lambda: self._read(root / SHOWS_FILE, lambda: read_show(root, slug)),
            write=write,
            signature=self.shows_signature,
            merge=lambda base, mine, newest: merge_show(base, mine, newest).value,
            write_back=partial(write, back=True),
            merge_back=lambda base, mine, newest: take_back_show(base, mine, newest).value,
            ours=lambda value: self._wrote.get(root / SHOWS_FILE) == value,
            forget=forget_show,
        )

    def team_source(self) -> Source[tuple[Member, ...]]:
        """The source of the team."""
        from bobine.plan.files.editing import commit_team
        from bobine.store.documents.team import read_team

        return self._rows_source(self.workspace.team_file(self.show), read_team, commit_team)

    def hours_source(self, day: date | None) -> Source[tuple[HoursLine, ...]]:
        """The source of the volunteer hours of a day's show; without a day, of those given to no show."""
        from bobine.plan.files.editing import commit_hours
        from bobine.plan.volunteers.merging import merge_hours
        from bobine.store.documents.hours import read_hours, read_other_hours

        workspace, show = self.workspace, self.show
        path = workspace.hours_file(show) if day is None else workspace.folder(show, day).hours
        source = self._rows_source(
            path,
            read_other_hours if day is None else partial(read_hours, day=day),
            partial(commit_hours, day=day),
        )
        return replace(source, merge=lambda base, mine, newest: merge_hours(base, mine, newest).value)

    def _rows_source(
        self, path: Path, read: Callable[[Workspace, Show], tuple[R, ...]], commit: CommitRows[R]
    ) -> Source[tuple[R, ...]]:
        """The source of a file of rows, each row by its id."""
        from bobine.plan.editing.merge import merge_rows
        from bobine.plan.editing.taking_back import forget_rows, take_back_rows
        from bobine.tui.documents.source import Source

        def write(base: Sequence[R], mine: Sequence[R], *, back: bool = False) -> Committed[tuple[R, ...]]:
            done = commit(self.workspace, self.show, base, mine, back=back)
            self.wrote(path, tuple(done.value))
            return done

        return Source(
            read=lambda: self._read(path, lambda: read(self.workspace, self.show)),
            write=write,
            signature=lambda: signature([path]),
            merge=lambda base, mine, newest: tuple(merge_rows(base, mine, newest).value),
            write_back=partial(write, back=True),
            merge_back=lambda base, mine, newest: tuple(take_back_rows(base, mine, newest).value),
            ours=lambda value: self._wrote.get(path) == value,
            forget=forget_rows,
        )
