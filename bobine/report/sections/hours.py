"""Volunteer hours: in all, by task, by person and by show, and their value. Pure.

The value of an hour is the rate of its day, as ``shows.toml`` has it; meetings of the board are counted apart (French
associations value them in a line of their own).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bobine.model.hours import TASKS, HourlyRate, HoursLine, rate_on
from bobine.report.facts import SeasonFacts
from bobine.report.figures import Basis, Figure, Section, Source, Unit, in_order, total
from bobine.report.names import Names
from bobine.report.sections.volunteers import season_hours
from bobine.report.words import counted, length_words

_HOUR_S = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """One line of hours, with its day, its person, and the show it went to."""

    line: HoursLine
    day: date
    name: str
    show: date | None
    title: str

    @property
    def seconds(self) -> int:
        return round(self.line.duration.total_seconds())

    def source(self, what: str) -> Source:
        return Source(what=what, date=self.day, people=(self.name,), amount=self.seconds)


def hours_sections(facts: SeasonFacts, names: Names) -> tuple[Section, ...]:
    """The hours, then those of each task, person and show."""
    given = _given(facts, names)
    made = [one for one in given if one.line.task.for_the_show]
    board = [one for one in given if not one.line.task.for_the_show]
    aired = [one for one in facts.episodes if one.aired or one.replayed]
    basis = Basis(known=sum(one.hours is not None for one in aired), of=len(aired))
    of_shows = [one for one in made if one.show is not None]
    shows = len({one.show for one in of_shows})
    figures = (
        _sum("hours_total", "Heures de bénévolat", made, basis=basis),
        replace(
            _sum("hours_per_show", "Heures par émission", of_shows, note="en moyenne, quand elles sont notées"),
            value=_nearest(sum(one.seconds for one in of_shows), shows) if shows else None,
            basis=basis,
        ),
        _value("hours_value", "Valeur de ces heures", made, facts.show.hourly_rates),
        _sum("hours_board", "Réunions du bureau ou du conseil", board, note="à part : non comptées au-dessus"),
        _value("hours_board_value", "Valeur de ces réunions", board, facts.show.hourly_rates),
    )
    return (
        Section(key="hours", title="Heures de bénévolat", figures=figures,
                note="Ce qui est noté dans les fichiers hours.toml, au taux de shows.toml à sa date."),
        Section(key="hours_by_task", title="Heures par tâche",
                figures=_grouped("task", made, lambda one: (one.line.task, _capital(TASKS[one.line.task])))),
        Section(key="hours_by_person", title="Heures par personne", of_people=True,
                figures=_grouped("person", made, lambda one: (one.name, one.name))),
        Section(key="hours_by_show", title="Heures par émission", of_shows=True,
                figures=_by_show(of_shows)),
    )  # fmt: skip


def _given(facts: SeasonFacts, names: Names) -> list[_Given]:
    found = [
        _Given(line=line, day=line.date or one.episode.date, name=names.spelled(line.name), show=one.episode.date,
               title=one.episode.title)
        for one in facts.episodes
        for line in one.hours or ()
    ]  # fmt: skip
    found += [
        _Given(line=line, day=line.date, name=names.spelled(line.name), show=None, title="")
        for line in season_hours(facts)
        if line.date is not None
    ]
    return found


def _sum(key: str, label: str, given: Iterable[_Given], *, note: str = "", basis: Basis | None = None) -> Figure:
    sources = [one.source(one.line.task.french) for one in given]
    return total(key, label, Unit.SECONDS, sources, note=note, basis=basis)


def _value(key: str, label: str, given: Sequence[_Given], rates: Sequence[HourlyRate]) -> Figure:
    """The value in cents, rounded once at the end; one source for each rate and person."""
    cents: dict[tuple[HourlyRate, str], int] = defaultdict(int)
    unvalued = 0
    for one in given:
        rate = rate_on(rates, one.day)
        if rate is None:
            unvalued += one.seconds
        else:
            cents[rate, one.name] += one.seconds * rate.cents
    note = f"{length_words(unvalued)} sans taux à leur date" if unvalued else ""
    sources = in_order(
        Source(what=_rate_words(rate), date=rate.start, people=(name,), amount=_nearest(amount, _HOUR_S))
        for (rate, name), amount in cents.items()
    )
    known = bool(cents) or not given
    value = _nearest(sum(cents.values()), _HOUR_S) if known else None
    if not rates and given:
        note = "aucun taux dans shows.toml : notez-en un dans hourly_rates"
    return Figure(key=key, label=label, unit=Unit.CENTS, value=value, note=note, sources=sources)


def _rate_words(rate: HourlyRate) -> str:
    return f"{rate.cents // 100},{rate.cents % 100:02} € l'heure" + (f" ({rate.source})" if rate.source else "")


def _nearest(amount: int, by: int) -> int:
    """A quotient to the nearest whole number, halves up."""
    return (2 * amount + by) // (2 * by)


def _grouped(prefix: str, given: Iterable[_Given], group: Callable[[_Given], tuple[str, str]]) -> tuple[Figure, ...]:
    """A figure for each group, the most hours first."""
    groups: dict[tuple[str, str], list[_Given]] = defaultdict(list)
    for one in given:
        groups[group(one)].append(one)
    figures = [_sum(f"{prefix}/{key}", label, of_group) for (key, label), of_group in groups.items()]
    return tuple(sorted(figures, key=lambda figure: (-(figure.value or 0), figure.label)))


def _by_show(given: Iterable[_Given]) -> tuple[Figure, ...]:
    """A figure for each show, in order of date; its sources have the day of the show, whenever the hours were given."""
    figures = _grouped(
        "show", (replace(one, day=one.show or one.day) for one in given), lambda one: (str(one.show), one.title)
    )
    ordered = sorted(figures, key=lambda figure: figure.key)
    return tuple(replace(figure, note=counted(len(figure.people), "personne")) for figure in ordered)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
