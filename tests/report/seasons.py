"""Seasons for tests of the report: a show, its episodes as facts, drawn or made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from hypothesis import strategies as st

from bobine.model.counted.objectives import Objective
from bobine.model.episode import Episode, Item, ItemKind, Work, WorkUse
from bobine.model.hours import HourlyRate, HoursLine, Task
from bobine.model.people import Person, Role
from bobine.model.podcast import Podcast
from bobine.model.show import Chronique, SeasonCalendar, Show, Slot, Station, Weekday
from bobine.report.facts import EpisodeFacts, HeardItem, SeasonFacts

SHOW = Show(
    slug="fil",
    title="Le Fil",
    description="",
    station=Station(name="Radio"),
    slot=Slot(day=Weekday.THURSDAY, start=time(18), end=time(18, 55)),
    season=SeasonCalendar(first_year=2023),
    podcast=Podcast(link="https://fil.example/", author="Le Fil"),
    chroniques=(Chronique(id="agenda", title="Agenda"), Chronique(id="feuilleton", title="Feuilleton", serial=True)),
    hourly_rates=(
        HourlyRate(start=date(2023, 5, 1), euros=11.52),
        HourlyRate(start=date(2024, 1, 1), euros=11.65, source="SMIC"),
    ),
)
FIRST = date(2023, 10, 5)
NAMES = ("Samira Benhaddou", "Loïc Chastel", "Claire Dumollard", "Awa Traoré", "La Fanfare")


def item(name: str, seconds: int = 60, kind: ItemKind = ItemKind.TALK, **more: Any) -> Item:
    return Item(id=name, title=name.capitalize(), kind=kind, duration=timedelta(seconds=seconds), **more)


def person(name: str, role: Role, **more: Any) -> Person:
    return Person(id=name.lower().replace(" ", "-"), name=name, role=role, **more)


def hours(name: str, minutes: int, task: Task = Task.TECHNICAL, **more: Any) -> HoursLine:
    return HoursLine(id=f"{name}-{task}-{minutes}".lower(), name=name, task=task,
                     duration=timedelta(minutes=minutes), **more)  # fmt: skip


def show_of(day: date, *items: Item, people: tuple[Person, ...] = (), lengths: tuple[int, ...] | None = None,
            given: tuple[HoursLine, ...] | None = None, traced: bool = True, **more: Any) -> EpisodeFacts:  # fmt: skip
    """The facts of a show; its items took as long as planned but where ``lengths`` says how long, in seconds."""
    episode = Episode(show="fil", date=day, season=1, number=1, title=f"Le {day}", people=people, items=items, **more)
    real = lengths if lengths is not None else tuple(one.duration // timedelta(seconds=1) for one in items)
    heard = tuple(HeardItem(item=one, length=timedelta(seconds=s)) for one, s in zip(items, real, strict=True))
    return EpisodeFacts(episode=episode, traced=traced, heard=heard if traced else None, hours=given,
                        length=timedelta(seconds=sum(real)) if traced else None)  # fmt: skip


def season_of(*episodes: EpisodeFacts, **more: Any) -> SeasonFacts:
    return SeasonFacts(show=SHOW, number=1, episodes=episodes, **more)


@st.composite
def episodes(draw: st.DrawFn, day: date) -> EpisodeFacts:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
    people = tuple(
        person(name, draw(st.sampled_from(Role)), persons=draw(st.sampled_from([1, 1, 9]))) for name in names
    )
    count = draw(st.integers(0, 3))
    items = tuple(
        item(
            f"e{number}",
            draw(st.integers(1, 600)),
            draw(st.sampled_from(ItemKind)),
            chronique=draw(st.sampled_from([None, "agenda", "feuilleton", "inconnue"])),
            objectives=tuple(draw(st.lists(st.sampled_from(Objective), unique=True, max_size=2))),
            people=tuple(one.id for one in people if draw(st.booleans())),
            works=tuple(
                Work(title=title, use=WorkUse.LIVE) for title in draw(st.lists(st.sampled_from("AB"), max_size=1))
            ),
            partners=tuple(draw(st.lists(st.sampled_from(["MJC", "Médiathèque"]), unique=True, max_size=2))),
        )
        for number in range(count)
    )
    given = tuple(
        hours(draw(st.sampled_from(NAMES)), number * 15, draw(st.sampled_from(Task)))
        for number in range(1, draw(st.integers(1, 4)))
    )
    made = show_of(
        day,
        *items,
        people=people,
        lengths=tuple(draw(st.integers(1, 900)) for _ in items),
        given=draw(st.sampled_from([None, given])),
        traced=draw(st.booleans()),
        cancelled=draw(st.sampled_from([False, False, True])),
        replay=draw(st.sampled_from([None, None, FIRST])),
    )
    return replace(made, online=draw(st.booleans()))


@st.composite
def seasons(draw: st.DrawFn) -> list[EpisodeFacts]:
    """The episodes of a season, one a week."""
    return [draw(episodes(FIRST + timedelta(weeks=week))) for week in range(draw(st.integers(0, 5)))]
