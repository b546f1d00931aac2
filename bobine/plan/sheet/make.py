"""Make the sheet from a plan and its hours. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from bobine.french import enumerate_words, long_date
from bobine.model.episode import Episode, Item, PodcastRights, WorkUse
from bobine.model.episode_day import plain_day
from bobine.model.people import Person, Role, Verdict
from bobine.model.show import Show
from bobine.model.written.durations import format_duration
from bobine.plan.fields.words import KINDS, ROLES, consent_words, gap_sentence, gap_sign
from bobine.plan.sheet.alerts import alerts_of_the_hours, alerts_of_the_item
from bobine.plan.sheet.content import VISITORS, Group, Row, Sheet
from bobine.plan.timing.rundown import Line, Timing


def make_sheet(show: Show, episode: Episode, timing: Timing) -> Sheet:
    """The sheet of an episode.

    Args:
        show: its show.
        episode: its plan.
        timing: what ``time_rundown`` made of its items.
    """
    people = {person.id: person for person in episode.people}
    lines = {line.item.id: line for line in timing.lines}
    day = plain_day(episode.date)
    numbers = {item.id: number for number, item in enumerate(episode.counted_items, 1)}
    plan = tuple(
        _row(item, people, day) if item.standby else _timed(lines[item.id], numbers[item.id], people, day)
        for item in episode.items
    )
    return Sheet(
        reference=episode.reference,
        show=show.title,
        station=show.station.full_name,
        date=episode.date,
        day=long_date(episode.date),
        title=episode.title,
        season=f"saison {episode.season}, n° {episode.number}",
        slot_start=timing.slot_start,
        slot_end=timing.slot_end,
        hours=f"{_hour(timing.slot_start)} – {_hour(timing.slot_end)}",
        expected_end=_hour(timing.expected_end),
        planned_total=timing.planned_total,
        total=format_duration(timing.planned_total),
        gap=timing.gap,
        gap_words=gap_sentence(timing.gap),
        gap_sign=gap_sign(timing.gap),
        plan=plan,
        team=_team(episode),
        people=episode.people,
        to_settle=_to_settle(episode),
    )


def _hour(instant: datetime) -> str:
    return f"{instant:%H:%M:%S}"


def _timed(line: Line, number: int, people: dict[str, Person], day: date) -> Row:
    row = _row(line.item, people, day)
    return replace(
        row,
        number=number,
        start=line.start,
        end=line.end,
        back_time=line.back_time,
        hour="" if line.start is None else _hour(line.start),
        back_hour="" if line.back_time is None else _hour(line.back_time),
        alerts=(*alerts_of_the_hours(line), *row.alerts),
    )


def _row(item: Item, people: dict[str, Person], day: date) -> Row:
    """An item without its hours."""
    mics = " ".join(item.mics)
    return Row(
        item=item,
        number=None,
        start=None,
        end=None,
        back_time=None,
        hour="",
        duration=format_duration(item.duration),
        back_hour="",
        kind=_kind(item),
        people=_groups(people[person_id] for person_id in item.people),
        mics=mics,
        source="" if item.source == mics else item.source,
        works=tuple(
            _work(work.title, work.performer) for work in item.works if work.use in (WorkUse.LIVE, WorkUse.FULL)
        ),
        notes=tuple(line.strip() for line in item.notes.splitlines() if line.strip()),
        marks=_marks(item),
        alerts=alerts_of_the_item(item, people, day),
    )


def _kind(item: Item) -> str:
    words = KINDS[item.kind]
    return f"{words} n° {item.instalment}" if item.instalment is not None else words


def _groups(people: Iterable[Person]) -> tuple[Group, ...]:
    """Names, one group for each stretch of people of the same role."""
    groups = groupby(people, lambda one: one.role)
    return tuple(
        Group(tuple(one.name for one in group), ROLES[role] if role in VISITORS else "") for role, group in groups
    )


def _work(title: str, performer: str) -> str:
    return f"« {title} » ({performer})" if performer else f"« {title} »"


def _marks(item: Item) -> tuple[str, ...]:
    marks = []
    if item.fixed_start is not None:
        marks.append(f"à heure fixe : {item.fixed_start:%H:%M:%S}")
    if item.droppable:
        marks.append("coupable")
    if item.min is not None or item.max is not None:
        marks.append(_elastic(item))
    if item.political:
        marks.append("temps de parole à minuter")
    if item.podcast_rights is PodcastRights.CUT:
        marks.append("hors podcast")
    return tuple(marks)


def _elastic(item: Item) -> str:
    if item.min is None or item.max is None:
        return (
            f"{format_duration(item.min)} au moins"
            if item.min
            else f"{format_duration(item.max or item.duration)} au plus"
        )
    return f"de {format_duration(item.min)} à {format_duration(item.max)}"


def _team(episode: Episode) -> tuple[tuple[str, tuple[str, ...]], ...]:
    by_role = {role: _holders(episode, role) for role in Role}
    return tuple((ROLES[role], names) for role, names in by_role.items() if names)


def _holders(episode: Episode, role: Role) -> tuple[str, ...]:
    """The people who have a role, followed by those who learn it."""
    learners = [person.name for person in episode.people if role in person.understudy]
    named = [f"doublure{'s' if len(learners) > 1 else ''} : {', '.join(learners)}"] if learners else []
    return (*(person.name for person in episode.people if person.holds(role)), *named)


def _to_settle(episode: Episode) -> tuple[str, ...]:
    day = plain_day(episode.date)
    sentences = [
        f"{person.name} : {consent_words(person, day)}"
        for person in episode.people
        if person.podcast_consent_on(day) is not Verdict.GRANTED
    ]
    unknown = [item.title for item in episode.items if item.podcast_rights is PodcastRights.UNKNOWN]
    if unknown:
        titles = enumerate_words([f"« {title} »" for title in unknown])
        sentences.append(f"droits podcast inconnus : {titles}")
    return tuple(sentences)
