"""All that a workspace holds of somebody: where it stands, what would be kept of it, and whose voice is heard."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bobine.errors import BobineError
from bobine.evening.keeping import stock
from bobine.evening.privacy.keeping import Kept, kept_by_law
from bobine.evening.privacy.looking import HEADER, Found, Looked, look
from bobine.evening.privacy.places import known_files
from bobine.evening.privacy.words.folded import fold
from bobine.evening.privacy.words.pseudonyms import Kind
from bobine.evening.privacy.words.search import NameSearch
from bobine.evening.sound_files import seen_in
from bobine.model.episode_day import suffix_of
from bobine.model.fields.tables import FIELDS
from bobine.model.hours import TASK_OF_ROLE
from bobine.model.team import Member
from bobine.report.names import likenesses
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.hours import read_hours, read_other_hours
from bobine.store.documents.team import read_team
from bobine.store.workspace import EpisodeFolder, Workspace

_PSEUDONYMS = re.compile(rf"\b({'|'.join(fold(kind.value) for kind in Kind)})[\s_+.-]{{0,2}}(\d{{1,6}})\b")


@dataclass(frozen=True, slots=True)
class Heard:
    """An item in which somebody speaks, whose voice no text can take away.

    Attributes:
        reference: the episode, as commands name it.
        item: the item's id.
        title: what it is called.
    """

    reference: str
    item: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The findings about somebody in a whole workspace.

    Attributes:
        search: the names that were looked for.
        looked: the files that hold something, with where in them.
        kept: what a removal would leave, and why.
        heard: the items in which they speak.
        near: other names in the workspace that may be theirs.
        taken: pseudonyms that are somebody's.
        by_hand: files that name them and that no program can change.
        spared: files that were left out because somebody asked for it.
    """

    search: NameSearch
    looked: tuple[Looked, ...]
    kept: tuple[Kept, ...] = ()
    heard: tuple[Heard, ...] = ()
    near: tuple[str, ...] = ()
    taken: frozenset[tuple[Kind, int]] = frozenset()
    by_hand: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()

    @property
    def found(self) -> tuple[Found, ...]:
        """Every place, in order of files."""
        return tuple(found for one in self.looked for found in one.found)

    @property
    def changeable(self) -> tuple[Looked, ...]:
        """The files that a removal changes: all but those that are kept."""
        kept = {one.place for one in self.kept if one.names}
        return tuple(one for one in self.looked if one.file.name not in kept)

    @property
    def kind(self) -> Kind:
        """The word for the person: a volunteer is one who is of the team, gave hours, or held a role of it."""
        for row in (row for one in self.looked for row in one.rows):
            if row.kind != "people" or row.values.get("role") in {role.value for role in TASK_OF_ROLE}:
                return Kind.VOLUNTEER
        return Kind.OTHER


def spellings(workspace: Workspace, names: Collection[str]) -> tuple[str, ...]:
    """Names with the other spellings that the team knows of the same person."""
    search = NameSearch(names)
    found = dict.fromkeys(names)
    for show in workspace.shows:
        for member in _members(workspace, show.slug):
            if any(search.is_name(one) for one in (member.name, *member.aliases)):
                found |= dict.fromkeys((member.name, *member.aliases))
    return tuple(found)


def search_for(workspace: Workspace, names: Collection[str]) -> NameSearch:
    """The search for a person in a workspace: what identifies shows and what files are made of stays.

    Short names of shows, chroniques and destinations, suffixes of episodes, and the words of files are no people.
    """
    search = NameSearch(names)
    words = {one.name for one in workspace.destinations}
    for show in workspace.shows:
        words |= {show.slug, *(one.id for one in show.chroniques)}
        words |= {suffix_of(day) for day in workspace.episode_dates(show)}
    vocabulary = {choice.value for fields in FIELDS.values() for one in fields.values() for choice in one.choices or ()}
    vocabulary |= {name for fields in FIELDS.values() for name in fields}
    kept = {word for word in words if word and search.holds(word)}
    kept |= {word for word in vocabulary if search.is_name(word)}
    return NameSearch(names, kept)


def survey(workspace: Workspace, names: Collection[str], now: datetime, spared: Sequence[str] = ()) -> Survey:
    """Look for a person in all of a workspace, and judge what must be kept; nothing is changed.

    Args:
        workspace: where.
        names: the names by which the person is written.
        now: the present instant (aware).
        spared: places that are left out, files or folders: somebody else of that name.
    """
    search = search_for(workspace, spellings(workspace, names))
    looked: list[Looked] = []
    left_out: list[str] = []
    taken: set[tuple[Kind, int]] = set()
    by_slug = {fold(kind.value): kind for kind in Kind}
    for file in known_files(workspace):
        one = look(file, search)
        if one.text is not None:
            found = _PSEUDONYMS.findall(fold(one.text.text))
            taken |= {(by_slug[word], int(number)) for word, number in found}
        if not one.found:
            continue
        if any(file.name == place or file.name.startswith(f"{place}/") for place in spared):
            left_out.append(file.name)
        else:
            looked.append(one)
    kept = (*_protected(search), *_kept(workspace, looked, now))
    kept_places = {one.place for one in kept}
    return Survey(
        search=search,
        looked=tuple(looked),
        kept=kept,
        heard=tuple(_heard(workspace, looked, search)),
        near=_near(workspace, search),
        taken=frozenset(taken),
        by_hand=tuple(one.file.name for one in looked if one.file.name not in kept_places
                      and any(found.key == HEADER for found in one.found)),
        spared=tuple(left_out),
    )  # fmt: skip


def affected(looked: Collection[Looked]) -> dict[str, EpisodeFolder]:
    """The episodes whose files hold something, by reference."""
    return {one.file.episode.reference: one.file.episode for one in looked if one.file.episode is not None}


def _protected(search: NameSearch) -> Iterator[Kept]:
    for word in search.protected:
        why = (
            "nom court d'une émission, d'une chronique ou d'une destination, ou mot des fichiers : il ne change jamais"
        )
        yield Kept(place=word, why=why)


def _kept(workspace: Workspace, looked: Collection[Looked], now: datetime) -> Iterator[Kept]:
    seen = seen_in(workspace)
    for reference, folder in affected(looked).items():
        found = stock(workspace, workspace.show(folder.show), folder.date, now, seen=seen)
        law = kept_by_law(found.verdict)
        own = [one for one in looked if one.file.episode is not None and one.file.episode.path == folder.path]
        for one in own:
            if one.file.is_recording and one.found:
                why = law[0] if law is not None else "un enregistrement ne se réécrit pas ; « bobine purger » l'efface"
                yield Kept(place=one.file.name, why=why, until=law[1] if law is not None else None)
            elif one.file.is_archived and law is not None:
                yield Kept(place=one.file.name, why=f"conducteur gardé avec l'enregistrement : {law[0]}", until=law[1])
        if law is not None and found.files:
            yield Kept(place=f"{reference} : le son de l'antenne", why=law[0], until=law[1], names=False)
    yield from _kept_unnamed(looked)


def _kept_unnamed(looked: Collection[Looked]) -> Iterator[Kept]:
    """The data that stays under the pseudonym."""
    for one in looked:
        if (
            one.file.episode is not None
            and one.file.path != one.file.episode.plan
            and one.file.path.name != "hours.toml"
        ):
            continue
        for row in one.rows:
            paper = row.values.get("consent_reference")
            if row.kind == "people" and paper:
                why = (
                    f"autorisation, sous le pseudonyme ({paper}) : la feuille prouve l'accord tant que la voix s'écoute"
                )
                yield Kept(place=f"{one.file.name}, {row.key}", why=why, names=False)
            elif row.kind == "hours":
                why = "heures de bénévolat, sous le pseudonyme : les comptes de la saison restent justes"
                yield Kept(place=f"{one.file.name}, {row.key}", why=why, names=False)


def _heard(workspace: Workspace, looked: Collection[Looked], search: NameSearch) -> Iterator[Heard]:
    for reference, folder in affected(looked).items():
        try:
            episode = read_episode(workspace, workspace.show(folder.show), folder.date)
        except BobineError:
            continue
        ids = {person.id for person in episode.people if search.is_name(person.name)}
        for item in episode.items:
            if ids & set(item.people):
                yield Heard(reference, item.id, item.title)


def _near(workspace: Workspace, search: NameSearch) -> tuple[str, ...]:
    """Names that are near those that are looked for, and are not among them."""
    known = {name for show in workspace.shows for name in _names(workspace, show.slug)}
    pairs = likenesses({*known, *search.names})
    near = {other for pair in pairs for one, other in (pair, pair[::-1])
            if search.is_name(one) and not search.is_name(other)}  # fmt: skip
    return tuple(sorted(near))


def _names(workspace: Workspace, slug: str) -> Iterator[str]:
    show = workspace.show(slug)
    for member in _members(workspace, slug):
        yield from (member.name, *member.aliases)
    with contextlib.suppress(BobineError):
        yield from (line.name for line in read_other_hours(workspace, show))
    for day in workspace.episode_dates(show):
        try:
            yield from (person.name for person in read_episode(workspace, show, day).people)
            yield from (line.name for line in read_hours(workspace, show, day))
        except BobineError:
            continue


def _members(workspace: Workspace, slug: str) -> tuple[Member, ...]:
    try:
        return read_team(workspace, workspace.show(slug))
    except BobineError:
        return ()
