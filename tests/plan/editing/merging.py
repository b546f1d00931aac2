"""Episodes and rows of few ids and few words, so that two edits of them often meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from bobine.model.counted.objectives import Objective
from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.people import Person, Role

DAY = date(2026, 11, 26)
MINUTE = timedelta(minutes=1)
ROW_IDS = ("a", "b", "c", "d", "e")
PERSON_IDS = ("p", "q", "r")

some_minutes = st.sampled_from([MINUTE, 2 * MINUTE, 3 * MINUTE])
words = st.sampled_from(["", "un", "deux"])


def orders(ids: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), unique=True)


@st.composite
def items(draw: st.DrawFn, name: str, people: list[str]) -> Item:
    duration = draw(some_minutes)
    return Item(
        id=name,
        title=draw(st.sampled_from(["T", "U"])),
        kind=ItemKind.TALK,
        duration=duration,
        min=draw(st.none() | some_minutes.filter(lambda shortest: shortest <= duration)),
        standby=draw(st.booleans()),
        people=tuple(draw(st.lists(st.sampled_from(people), unique=True))) if people else (),
        objectives=tuple(draw(st.lists(st.sampled_from(list(Objective)), unique=True, max_size=2))),
        source=draw(words),
    )


@st.composite
def episodes(draw: st.DrawFn) -> Episode:
    people = draw(orders(PERSON_IDS))
    return Episode(
        show="s",
        date=DAY,
        season=1,
        number=draw(st.integers(1, 3)),
        title="T",
        summary=draw(words),
        stopwatch=draw(st.sampled_from(["", *people])),
        people=tuple(
            Person(
                id=name, name=name, role=draw(st.sampled_from([Role.GUEST, Role.HOST])), confirmed=draw(st.booleans())
            )
            for name in people
        ),
        items=tuple(draw(items(name, people)) for name in draw(orders(ROW_IDS))),
    )


@st.composite
def disjoint(draw: st.DrawFn) -> tuple[Episode, Episode, Episode]:
    """An episode, and two that each changed other fields of it."""
    base = draw(episodes())
    free = [(index, name) for index in range(len(base.items)) for name in ("title", "source", "standby", "notes")]
    free += [(-1, name) for name in ("title", "summary", "number")]
    mine, newest = base, base
    for index, name in free:
        value: Any = (
            draw(st.booleans()) if name == "standby" else 7 if name == "number" else draw(st.text("xy", min_size=1))
        )
        match draw(st.sampled_from(["mine", "newest", "nobody"])):
            case "mine":
                mine = with_value(mine, index, name, value)
            case "newest":
                newest = with_value(newest, index, name, value)
    return base, mine, newest


def with_value(episode: Episode, index: int, name: str, value: Any) -> Episode:
    if index < 0:
        return replace(episode, **{name: value})
    rows = list(episode.items)
    rows[index] = replace(rows[index], **{name: value})
    return replace(episode, items=tuple(rows))


def item(name: str, minutes: int = 1, **more: Any) -> Item:
    return Item(id=name, title=name.upper(), kind=ItemKind.TALK, duration=minutes * MINUTE, **more)


def names(rows: Any) -> str:
    return "".join(row.id for row in rows)


def episode(*rows: Item, people: str = "", stopwatch: str = "") -> Episode:
    known = tuple(Person(id=name, name=name.upper(), role=Role.GUEST) for name in people)
    day = date(2026, 11, 26)
    return Episode(show="s", date=day, season=1, number=1, title="T", people=known, items=rows, stopwatch=stopwatch)
