"""Guests and their appearances, musicians and acts, works played live. Pure.

People and appearances are two figures: « plus de cent invités » does not say which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bobine.model.episode import ItemKind, WorkUse
from bobine.model.people import Person, Role
from bobine.report.facts import EpisodeFacts, HeardItem, SeasonFacts
from bobine.report.figures import Figure, Section, Source, Unit, in_order, total
from bobine.report.names import Names, plain
from bobine.report.sections.volunteers import activity, people_figure, season_hours
from bobine.report.words import counted


def guests_section(facts: SeasonFacts, names: Names) -> Section:
    """The people invited, and how many times."""
    came = [
        Source(what=one.episode.title, date=one.episode.date, people=(names.of(person),), amount=1)
        for one in facts.episodes
        if one.aired
        for person in _who_came(one, Role.GUEST)
    ]
    came = list(in_order(set(came)))
    volunteers = {name for one in activity(facts.episodes, season_hours(facts), names) for name in one.people}
    both = [one for one in came if set(one.people) & volunteers]
    return Section(
        key="guests",
        title="Personnes invitées",
        note="Une personne compte une fois dans la saison, un passage à chaque émission où elle est venue. Qui n'est "
        "noté que dans des éléments qui ne sont pas passés n'est pas venu.",
        figures=(
            people_figure("guests", "Personnes invitées", came),
            total("appearances", "Passages", Unit.COUNT, came),
            people_figure("guests_who_volunteer", "Dont bénévoles", both,
                          note="comptées ici et parmi les bénévoles"),
        ),
    )  # fmt: skip


def _who_came(facts: EpisodeFacts, role: Role) -> Iterator[Person]:
    """The people of a role, but for those who stand only in items that were not heard."""
    named = {person for item in facts.episode.items for person in item.people}
    heard = {person for one in facts.content for person in one.item.people}
    return (one for one in facts.episode.people if one.role is role and (one.id in heard or one.id not in named))


@dataclass(frozen=True, slots=True)
class _Act:
    """Those who play an item together."""

    source: Source
    persons: dict[str, int]


def music_section(facts: SeasonFacts, names: Names) -> Section:
    """The live music: who played, and what."""
    acts = [act for one in facts.episodes if one.aired for act in _acts(one, names)]
    persons: dict[str, int] = {}
    for act in acts:
        for name, number in act.persons.items():
            persons[name] = max(number, persons.get(name, 0))
    bands = {frozenset(act.persons) for act in acts if act.persons}
    nameless = sum(not act.persons for act in acts)
    played = [act.source for act in acts]
    note = f"{counted(nameless, 'passage')} sans nom noté, non compté{'s' if nameless > 1 else ''}" if nameless else ""
    works = list(_works(facts))
    return Section(
        key="music",
        title="Musique en direct",
        note="Un groupe compte pour toutes ses personnes (persons) ; une formation est l'ensemble de qui joue un "
        "morceau.",
        figures=(
            replace(people_figure("live_musicians", "Musiciennes et musiciens en direct", played, note=note),
                    value=sum(persons.values())),
            Figure(key="live_acts", label="Formations", unit=Unit.COUNT, value=len(bands), sources=in_order(played)),
            total("live_items", "Passages en direct", Unit.COUNT, (replace(one, amount=1) for one in played)),
            total("works_live", "Œuvres jouées en direct", Unit.COUNT, works),
            Figure(key="works_distinct", label="Œuvres différentes", unit=Unit.COUNT,
                   value=len({one.what for one in works}), sources=in_order(works)),
        ),
    )  # fmt: skip


def _acts(facts: EpisodeFacts, names: Names) -> Iterator[_Act]:
    people = {person.id: person for person in facts.episode.people}
    for heard in facts.content:
        if heard.item.kind is not ItemKind.LIVE_MUSIC:
            continue
        playing = [people[one] for one in heard.item.people if one in people and people[one].role is Role.MUSICIAN]
        persons = {names.of(person): person.persons for person in playing}
        yield _Act(
            Source(what=heard.item.title, date=facts.episode.date, people=tuple(sorted(persons))),
            persons,
        )


def _works(facts: SeasonFacts) -> Iterable[Source]:
    for one in facts.episodes:
        for heard in one.content if one.aired else ():
            yield from _of_item(one, heard)


def _of_item(facts: EpisodeFacts, heard: HeardItem) -> Iterator[Source]:
    for work in heard.item.works:
        live = work.use is WorkUse.LIVE or (heard.item.kind is ItemKind.LIVE_MUSIC and work.use is WorkUse.FULL)
        if live:
            by = plain(work.performer)
            words = f"{plain(work.title)} ({by})" if by else plain(work.title)
            yield Source(what=words, date=facts.episode.date, amount=1)
