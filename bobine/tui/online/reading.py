"""The episodes online, as last read from the workspace: only what changed is read again."""

from __future__ import annotations

from datetime import date

from bobine.errors import BobineError
from bobine.evening.audience import figures_known
from bobine.model.episode_day import read_episode_day
from bobine.model.published.corrections import AuditTrail
from bobine.model.published.release import LocalRelease
from bobine.store.documents.episodes import read_episode
from bobine.store.records.corrections import corrections_path, read_corrections
from bobine.store.records.edits import edits_path
from bobine.store.records.online import read_since_online
from bobine.store.records.releases import read_releases
from bobine.store.records.transcripts import transcript_path
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.failures import sentence
from bobine.tui.documents.signatures import Signature, signature
from bobine.tui.online.rows import ItemOnline, OnlineEpisode


class OnlineRead:
    """The episodes of the desk's show that are, or were, online."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: dict[date, tuple[Signature, OnlineEpisode | None]] = {}

    def read(self) -> tuple[OnlineEpisode, ...]:
        """Every one of them; reads the files that changed since the last time."""
        downloads = self._downloads()
        found = []
        for day in self._desk.days():
            folder = self._desk.workspace.folder(self._desk.show, day)
            own = (edits_path(folder.path), corrections_path(folder.path), transcript_path(folder.path))
            seen = signature((folder.release, folder.plan, folder.manifest, folder.as_run, *own))
            known = self._found.get(day)
            if known is None or known[0] != (*seen, downloads.get(day)):
                known = (*seen, downloads.get(day)), self._episode(day, downloads.get(day))
                self._found[day] = known
            if known[1] is not None:
                found.append(known[1])
        return tuple(found)

    def _downloads(self) -> dict[date, int]:
        """Downloads by episode; none where they were never counted, or cannot be read (« bobine ecoutes » says why)."""
        try:
            found = figures_known(self._desk.workspace, self._desk.show).by_episode()
            return {read_episode_day(day): count for day, count in found.items()}
        except (BobineError, ValueError):
            return {}

    def _episode(self, day: date, downloads: int | None) -> OnlineEpisode | None:
        desk = self._desk
        folder = desk.workspace.folder(desk.show, day)
        try:
            releases = tuple(one for _, one in sorted(read_releases(folder.release).items()))
        except BobineError as error:
            return OnlineEpisode(day=day, title="", fault=sentence(error))
        if not releases:
            return None
        title, fault, since, trail = releases[0].release.title, "", None, AuditTrail()
        try:
            trail = read_corrections(corrections_path(folder.path))
            episode = read_episode(desk.workspace, desk.show, day)
            title, since = episode.title, read_since_online(folder, episode)
        except BobineError as error:
            fault = sentence(error)
        return OnlineEpisode(
            day=day, title=title, releases=releases, since=since, trail=trail, downloads=downloads,
            items=_items(releases), fault=fault, wanted=_wanted(desk),
        )  # fmt: skip


def _items(releases: tuple[LocalRelease, ...]) -> tuple[ItemOnline, ...]:
    """The items heard online, by the plan that was published, else by the release itself."""
    found: dict[str, ItemOnline] = {}
    for one in releases:
        if one.release.withdrawn is not None:
            continue
        if one.plan is not None:
            names = {person.id: person.name for person in one.plan.people}
            for item in one.plan.items:
                if item.heard:
                    found[item.id] = ItemOnline(item.id, item.title, tuple(names.get(who, who) for who in item.people))
        else:
            found |= {item.id: ItemOnline(item.id, item.title, item.people) for item in one.release.items}
    return tuple(found.values())


def _wanted(desk: Desk) -> tuple[str, ...]:
    """The destinations of a show that has several; one that moved from one to another lacks nothing."""
    podcast = desk.show.podcast
    return podcast.destinations if podcast.mirrors else ()
