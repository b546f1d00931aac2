"""Volunteers: who is active, who is new, who learned. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bobine.model.hours import TASK_OF_ROLE, HoursLine, Task
from bobine.report.facts import EpisodeFacts, SeasonFacts
from bobine.report.figures import Basis, Figure, Section, Source, Unit, in_order
from bobine.report.names import Names
from bobine.report.words import WHO


def volunteers_section(facts: SeasonFacts, names: Names) -> Section:
    """The number of people who made the shows."""
    active = list(activity(facts.episodes, season_hours(facts), names))
    before = {name for one in activity(facts.earlier, (), names) for name in one.people}
    new = [one for one in active if not set(one.people) & before]
    aired = sum(one.aired for one in facts.episodes)
    told = sum(one.aired and one.hours is not None for one in facts.episodes)
    basis = Basis(known=told, of=aired)
    learned = list(_learning(facts, names))
    return Section(
        key="volunteers",
        title="Bénévoles",
        note="Est active toute personne qui a tenu au moins une tâche : un rôle ou une chronique dans une émission "
        "diffusée, ou une ligne d'heures. Une réunion du bureau seule ne suffit pas.",
        figures=(
            people_figure("volunteers_active", "Bénévoles en activité", active, basis=basis),
            people_figure("newcomers", "Nouvelles et nouveaux", new)
            if facts.earlier
            else Figure(key="newcomers", label="Nouvelles et nouveaux", unit=Unit.COUNT, value=None,
                        note="aucune saison d'avant dans l'atelier"),
            people_figure("trained", "Personnes formées", learned,
                          note="en doublure d'un rôle dans une émission diffusée, ou en formation"),
        ),
    )  # fmt: skip


def people_figure(key: str, label: str, sources: Iterable[Source], *, note: str = "",
                  basis: Basis | None = None) -> Figure:  # fmt: skip
    """A figure that counts the people of its sources, each once."""
    kept = in_order(set(sources))
    count = len({name for source in kept for name in source.people})
    return Figure(key=key, label=label, unit=Unit.COUNT, value=count, note=note, basis=basis, sources=kept)


def activity(episodes: Iterable[EpisodeFacts], other: Iterable[HoursLine], names: Names) -> Iterator[Source]:
    """Each task that somebody held: in an episode that was aired, or in a line of hours."""
    for one in episodes:
        day = one.episode.date
        for person in one.episode.people if one.aired else ():
            for role in (person.role, *person.also):
                if role in TASK_OF_ROLE:
                    yield Source(what=WHO[role], date=day, people=(names.of(person),))
        yield from _of_lines(one.hours or (), names, day)
    yield from _of_lines(other, names, None)


def season_hours(facts: SeasonFacts) -> tuple[HoursLine, ...]:
    """The hours given to no one episode whose day is in the season."""
    calendar = facts.show.season
    return tuple(line for line in facts.hours if line.date is not None and calendar.number(line.date) == facts.number)


def _of_lines(lines: Iterable[HoursLine], names: Names, day: date | None) -> Iterator[Source]:
    for line in lines:
        if line.task.for_the_show:
            yield Source(what=line.task.french, date=line.date or day, people=(names.spelled(line.name),))


def _learning(facts: SeasonFacts, names: Names) -> Iterator[Source]:
    for one in facts.episodes:
        day = one.episode.date
        for person in one.episode.people if one.aired else ():
            for role in person.understudy:
                yield Source(what=f"doublure : {WHO[role]}", date=day, people=(names.of(person),))
        for line in one.hours or ():
            if line.task is Task.LEARNING:
                yield Source(what=line.task.french, date=line.date or day, people=(names.spelled(line.name),))
    for line in season_hours(facts):
        if line.task is Task.LEARNING:
            yield Source(what=line.task.french, date=line.date, people=(names.spelled(line.name),))
