"""The people that a show knows, so that a name is typed once a season; the quick entry of an item's people. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.people import Person, Role
from bobine.model.team import TEAM_ROLES, Member
from bobine.plan.editing.ids import free_id, slug
from bobine.plan.editing.moves import find_item, replace_item, without_idle
from bobine.plan.people.consents import represented
from bobine.plan.people.name_list import Aside, last_name, plain_name, read_names
from bobine.plan.people.short_names import first_name

_SPEAKS_OF_ONES_OWN = (ItemKind.CHRONIQUE, ItemKind.SERIAL, ItemKind.GAME)
"""Items that one speaks in as a contributor, whatever else one can do."""

_SHORTEST_FIRST_NAME = 4
"""Letters of a first word that does for an id by itself: « Le Trio » is not ``le``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person who may be named in an episode.

    Attributes:
        id: their id in this episode, or the last one they had, or the team's.
        name: as it is said on air.
        role: what they do in this episode, or did the last time, or are best at in the team.
        last_seen: day of the last show before this one that had them; None where none did.
        here: takes part in this episode already.
        team: is of the show's team.
        minor: was under age the last time.
        representative: who signs for a minor.
        away: not available for the time being: completed after everybody else.
    """

    id: str
    name: str
    role: Role
    last_seen: date | None = None
    here: bool = False
    team: bool = False
    minor: bool = False
    representative: str = ""
    away: bool = False


def known_people(episodes: Iterable[Episode], members: Iterable[Member], episode: Episode) -> tuple[KnownPerson, ...]:
    """Everybody known: the episode's own people, the team, then those of past shows, the latest first.

    One name is one person, however its accents and capitals are written; two people of the episode itself who share a
    name are both there.

    Args:
        episodes: the episodes known; those of the day and after are not looked at.
        members: the team.
        episode: the one that is being planned.
    """
    past: dict[str, tuple[date, Person]] = {}
    for one in sorted((one for one in episodes if one.date < episode.date), key=lambda e: e.date, reverse=True):
        for person in one.people:
            past.setdefault(plain_name(person.name), (one.date, person))
    team = {plain_name(member.name): member for member in members}
    own = [_from_past(person, past.get(plain_name(person.name)), team, here=True) for person in episode.people]
    known = {plain_name(one.name): one for one in own}
    for name, member in team.items():
        known.setdefault(name, _from_team(member, past.get(name)))
    for name, (_, person) in past.items():
        if name not in known:
            known[name] = _from_past(person, past[name], team, here=False)
    return (*own, *(one for one in known.values() if not one.here))


def complete(text: str, known: Iterable[KnownPerson]) -> tuple[KnownPerson, ...]:
    """Complete the name being typed after the last comma: names that begin with it first, then names that contain it.

    People named before that comma are left out, and people who are away come last; the rest keeps its order.
    """
    typed, last = last_name(text)
    named, sought = {plain_name(name) for name in typed}, plain_name(last)
    there = sorted(known, key=lambda one: one.away and not one.here)
    found = [(_match(plain_name(one.name), sought), one) for one in there if plain_name(one.name) not in named]
    return tuple(one for rank in (0, 1) for match, one in found if match == rank)


def find_known(name: str, known: Iterable[KnownPerson]) -> KnownPerson | None:
    """Find the person of a name; by a first name alone, the only one in the team or the episode; else None."""
    everybody = tuple(known)
    exact = next((one for one in everybody if plain_name(one.name) == plain_name(name)), None)
    near = [one for one in everybody if (one.here or one.team) and _goes_by(one.name, name)]
    return exact or (near[0] if len(near) == 1 else None)


def people_text(episode: Episode, item: Item) -> str:
    """The names of an item's people, as ``set_people`` reads them back."""
    return ", ".join(episode.person(person_id).name for person_id in item.people)


def set_people(episode: Episode, item_id: str, text: str, known: Iterable[KnownPerson]) -> Episode:
    """The episode with the people of an item as typed: names between commas, « et » before the last if one likes.

    Somebody of the episode is named, somebody known comes in with their usual role (as a contributor where others
    hold that role of the team already, or where a member of the team speaks for the first time in a chronique),
    anybody else is new: what they do is guessed from the item. A first name alone is
    enough for the only one of the team or the episode who bears it. Parentheses after a name set a role or say that
    the person is a minor: « Inès (mineure : Karim Belkacem) », « Paul (technique) ».

    Consents and confirmations of past shows are not carried over: each show asks again. A person no longer named
    leaves the episode as in ``moves.without_idle``.

    Raises:
        ValueError: if the text is not understood; one French sentence.
        KeyError: if there is no such item.
    """
    item = find_item(episode, item_id)
    entry = _Entry(episode, item, tuple(known))
    for name, aside in read_names(text, entry.is_name):
        entry.add(name, aside)
    changed = replace(episode, people=tuple(entry.people.values()))
    changed = replace_item(changed, replace(item, people=tuple(entry.chosen)))
    return without_idle(changed, set(item.people) - set(entry.chosen))


class _Entry:
    """The people of an episode while an item's names are read.

    Attributes:
        people: by id, in the episode's order, new ones last.
        chosen: ids of those named so far.
    """

    def __init__(self, episode: Episode, item: Item, known: Sequence[KnownPerson]) -> None:
        self.people = {person.id: person for person in episode.people}
        self.chosen: list[str] = []
        self._item = item
        self._known = {plain_name(one.name): one for one in reversed(known) if not one.here}
        self._ids = {*self.people, *(one.id for one in known)}

    def is_name(self, name: str) -> bool:
        """Whether it is the whole name of somebody."""
        return plain_name(name) in self._known or any(
            plain_name(one.name) == plain_name(name) for one in self.people.values()
        )

    def add(self, name: str, aside: Aside) -> None:
        """Choose who bears a name, or somebody new; a name that was chosen already adds nobody."""
        person = self._of_the_episode(name) or self._come_in(self._known.get(plain_name(name)))
        if person is None and aside == Aside():
            person = self._by_first_name(name)
        if person is None:
            person = Person(id=self._new_id(name), name=name, role=self._guess())
        self.people[person.id] = _with_aside(person, aside)
        if person.id not in self.chosen:
            self.chosen.append(person.id)

    def _of_the_episode(self, name: str) -> Person | None:
        """The likeliest bearer of a name: not chosen yet, in the same spelling, and of the item, if there is one."""
        bearers = [one for one in self.people.values() if plain_name(one.name) == plain_name(name)]
        places = {person_id: place for place, person_id in enumerate(self._item.people)}
        return min(
            bearers,
            key=lambda one: (one.id in self.chosen, one.name != name, places.get(one.id, len(places))),
            default=None,
        )

    def _by_first_name(self, name: str) -> Person | None:
        team = [one for one in self._known.values() if one.team and _goes_by(one.name, name)]
        here = [one for one in self.people.values() if _goes_by(one.name, name)]
        if len(team) + len(here) != 1:
            return None
        return here[0] if here else self._come_in(team[0])

    def _come_in(self, known: KnownPerson | None) -> Person | None:
        if known is None:
            return None
        shared = known.role not in TEAM_ROLES or known.role is Role.INTERVIEWER
        alone = shared or not any(person.holds(known.role) for person in self.people.values())
        # for a person never heard yet, the team only says what they can do, not that they come for it
        unheard = known.team and known.last_seen is None and self._item.kind in _SPEAKS_OF_ONES_OWN
        return Person(
            id=known.id if known.id not in self.people else self._new_id(known.name),
            name=known.name,
            role=known.role if alone and not unheard else Role.CONTRIBUTOR,
            minor=known.minor,
            representative=known.representative,
        )

    def _new_id(self, name: str) -> str:
        """The first name where there is one and it is free, else the whole name."""
        first = slug(first_name(name)) if first_name(name) else ""
        short = len(first) >= _SHORTEST_FIRST_NAME and first not in self._ids
        new = first if short else free_id(name, self._ids)
        self._ids.add(new)
        return new

    def _guess(self) -> Role:
        match self._item.kind:
            case ItemKind.LIVE_MUSIC | ItemKind.MUSIC:
                return Role.MUSICIAN
            case ItemKind.INTERVIEW | ItemKind.REPORT | ItemKind.VOX_POP | ItemKind.TALK:
                return Role.GUEST
            case ItemKind.CHRONIQUE if any(not self.people[one].needs_consent for one in self.chosen):
                return Role.GUEST
            case _:
                return Role.CONTRIBUTOR


def _goes_by(name: str, first: str) -> bool:
    """Whether a first name is that of a full name: « Solange » of « Mme Solange », nothing of a duo."""
    own = plain_name(first_name(name))
    return bool(own) and own == plain_name(first)


def _with_aside(person: Person, aside: Aside) -> Person:
    """A person with what stands in parentheses after their name."""
    if aside.role is not None and aside.role is not person.role:
        person = replace(person, role=aside.role, also=tuple(role for role in person.also if role is not aside.role))
    if aside.minor is False:
        person = replace(person, minor=False, representative="")
    elif aside.minor:
        person = represented(person, aside.representative)
    return person


def _match(name: str, sought: str) -> int:
    """0: the name or a word of it begins so; 1: it holds it; 2: neither."""
    if name.startswith(sought) or any(word.startswith(sought) for word in re.split(r"[\s'’-]+", name)):
        return 0
    return 1 if sought in name else 2


def _from_past(person: Person, last: tuple[date, Person] | None, team: dict[str, Member], *, here: bool) -> KnownPerson:
    return KnownPerson(
        id=person.id,
        name=person.name,
        role=person.role,
        last_seen=last[0] if last is not None else None,
        here=here,
        team=plain_name(person.name) in team,
        minor=person.minor,
        representative=person.representative,
    )


def _from_team(member: Member, last: tuple[date, Person] | None) -> KnownPerson:
    skills = [(skill.rank, role) for role in TEAM_ROLES if (skill := member.skill(role)) is not None]
    best = max(skills, key=lambda one: one[0], default=(0, Role.CONTRIBUTOR))[1]
    return KnownPerson(
        id=member.id,
        name=member.name,
        role=last[1].role if last is not None else best,
        last_seen=last[0] if last is not None else None,
        team=True,
        minor=last[1].minor if last is not None else False,
        representative=last[1].representative if last is not None else "",
        away=member.away,
    )
