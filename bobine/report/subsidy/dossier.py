"""The file of a year: actions by theme, what is missing, own production, training and jobs. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bobine.french import sort_key
from bobine.model.counted.subsidy import ActionTheme, Job
from bobine.model.episode import ItemKind
from bobine.model.hours import Task
from bobine.report.facts import EpisodeFacts
from bobine.report.figures import Basis, Figure, Section, Source, Unit, total
from bobine.report.names import Names
from bobine.report.sections.volunteers import people_figure
from bobine.report.subsidy.actions import Action, sum_of, year_actions
from bobine.report.subsidy.facts import YearFacts
from bobine.report.words import WHO, counted, length_words


@dataclass(frozen=True, slots=True, kw_only=True)
class JobShare:
    """A job in a year; ``permille`` is its part of one full-time job over the whole year, in thousandths."""

    job: Job
    permille: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The file of a year.

    Attributes:
        show: its slug.
        title: its title.
        station: name and frequency.
        year: of the actions.
        due: the day by which the file is due.
        themes: of the fund, in the file's order.
        actions: in order of date, those that do not count included.
        sections: own production, training.
        jobs: those of the year, in order of their first day.
        remarks: what could not be read, in French.
    """

    show: str
    title: str
    station: str
    year: int
    due: date
    themes: tuple[ActionTheme, ...]
    actions: tuple[Action, ...]
    sections: tuple[Section, ...]
    jobs: tuple[JobShare, ...]
    remarks: tuple[str, ...] = ()

    def of_theme(self, theme: ActionTheme) -> tuple[Action, ...]:
        """The actions that count in a theme."""
        return tuple(one for one in self.actions if one.counts and theme.id in one.themes)

    @property
    def missing(self) -> tuple[Action, ...]:
        """The actions that lack something, by whom to ask."""
        lacking = (one for one in self.actions if not one.counts)
        return tuple(sorted(lacking, key=lambda one: (sort_key(one.asked), one.date, one.id)))


def year_dossier(facts: YearFacts) -> Dossier:
    """Work out the file of a year."""
    names = Names(facts.team)
    subsidy, station = facts.show.subsidy, facts.show.station
    return Dossier(
        show=facts.show.slug,
        title=facts.show.title,
        station=station.full_name,
        year=facts.year,
        due=due_day(facts.year + 1, subsidy.due_month, subsidy.due_day),
        themes=subsidy.themes,
        actions=year_actions(facts, names),
        sections=(_production(facts.episodes), _training(facts, names)),
        jobs=tuple(_share(job, facts.year) for job in sorted(subsidy.jobs, key=_order) if _days(job, facts.year)),
        remarks=tuple(sorted(set(facts.remarks))),
    )


def due_day(year: int, month: int, day: int) -> date:
    """A day of a year; the month's last one where it has no such day."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _production(episodes: Iterable[EpisodeFacts]) -> Section:
    """Air time that the association made: all of its new shows but the discs in them."""
    aired = [one for one in episodes if one.aired]
    replayed = [one for one in episodes if one.replayed]
    made = _air_time("own_air_time", "Temps d'antenne de nos émissions", aired)
    discs = total("discs", "Dont disques", Unit.SECONDS, [
        Source(what=heard.item.title, date=one.episode.date, amount=round(heard.length.total_seconds()))
        for one in aired
        for heard in one.content
        if heard.item.kind is ItemKind.MUSIC and heard.length is not None
    ])  # fmt: skip
    whole = made.value or 0
    share = (2000 * (whole - (discs.value or 0)) + whole) // (2 * whole) if whole else None
    return Section(
        key="own_production",
        title="Production propre",
        figures=(
            made,
            discs,
            Figure(key="own_share", label="Part de production propre", unit=Unit.PERMILLE, value=share,
                   note="le temps d'antenne de nos émissions, disques ôtés"),
            _air_time("replayed", "Rediffusions, à part", replayed),
        ),
    )  # fmt: skip


def _air_time(key: str, label: str, episodes: list[EpisodeFacts]) -> Figure:
    sources = [
        Source(what=one.episode.title, date=one.episode.date, amount=round(one.length.total_seconds()))
        for one in episodes
        if one.length is not None
    ]
    return total(key, label, Unit.SECONDS, sources, basis=Basis(known=len(sources), of=len(episodes)))


def _training(facts: YearFacts, names: Names) -> Section:
    learned = [
        Source(what=f"doublure : {WHO[role]}", date=one.episode.date, people=(names.of(person),))
        for one in facts.episodes
        if one.aired
        for person in one.episode.people
        for role in person.understudy
    ]
    lines = [(line, line.date or one.episode.date) for one in facts.episodes for line in one.hours or ()]
    lines += [(line, line.date) for line in facts.hours if line.date is not None]
    hours = [
        Source(what=line.task.french, date=day, people=(names.spelled(line.name),),
               amount=round(line.duration.total_seconds()))
        for line, day in lines
        if line.task is Task.LEARNING
    ]  # fmt: skip
    return Section(
        key="training",
        title="Formation",
        figures=(
            people_figure("trained", "Personnes formées", [*learned, *hours],
                          note="en doublure d'un rôle, ou en formation"),
            total("training_hours", "Heures de formation suivies", Unit.SECONDS, hours),
        ),
    )  # fmt: skip


def _order(job: Job) -> tuple[date, str]:
    return job.start, job.title


def _days(job: Job, year: int) -> int:
    """Days of a year on which a job was held."""
    first = max(job.start, date(year, 1, 1))
    last = min(job.end or date(year, 12, 31), date(year, 12, 31))
    return max(0, (last - first) // timedelta(days=1) + 1)


def _share(job: Job, year: int) -> JobShare:
    whole = 366 if calendar.isleap(year) else 365
    return JobShare(job=job, permille=round(1000 * job.share * _days(job, year) / whole))


def theme_words(dossier: Dossier, theme: ActionTheme) -> str:
    """The sum of a theme in words: « 12 actions, 1 h 24, 31 personnes, 4 partenaires »."""
    whole = sum_of(dossier.of_theme(theme))
    if not whole.actions:
        return "aucune action qui compte"
    return ", ".join([
        counted(whole.actions, "action"), length_words(whole.length // timedelta(seconds=1)),
        f"{counted(whole.people, 'personne')} ({counted(whole.appearances, 'passage')})",
        counted(len(whole.partners), "partenaire"),
    ])  # fmt: skip
