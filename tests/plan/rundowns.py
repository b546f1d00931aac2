"""Rundowns made up for the tests of timing and of what to cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bobine.model.aired.progress import Airing, OnAir, Progress
from bobine.model.episode import Item, ItemKind
from bobine.model.show import Slot, Weekday
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace
from tests.conftest import ATELIER

PARIS = ZoneInfo("Europe/Paris")
SECOND = timedelta(seconds=1)
THURSDAY = date(2026, 11, 26)
SLOT = Slot(day=Weekday.THURSDAY, start=time(18), end=time(18, 55)).bounds(THURSDAY)


def worked_example() -> tuple[Item, ...]:
    """The rundown of the worked example."""
    workspace = open_workspace(ATELIER)
    return read_episode(workspace, workspace.show("bobine-romanaise"), THURSDAY).items


def item(
    name: str,
    seconds: int,
    *,
    low: int | None = None,
    high: int | None = None,
    droppable: bool = False,
    standby: bool = False,
    at: time | None = None,
    kind: ItemKind = ItemKind.TALK,
) -> Item:
    """An item of so many seconds, elastic from ``low`` to ``high``."""
    return Item(
        id=name,
        title=name.capitalize(),
        kind=kind,
        duration=seconds * SECOND,
        min=None if low is None else low * SECOND,
        max=None if high is None else high * SECOND,
        droppable=droppable,
        standby=standby,
        fixed_start=at,
    )


def paris(hour: int, minute: int = 0, second: int = 0, day: date = THURSDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=PARIS)


def plain_rundowns(*, least: int = 1, most: int = 8) -> st.SearchStrategy[tuple[Item, ...]]:
    """Items without anchors, all of which count."""
    durations = st.lists(st.integers(1, 900), min_size=least, max_size=most)
    return durations.map(lambda all_: tuple(item(f"i{n}", seconds) for n, seconds in enumerate(all_)))


@st.composite
def rundowns(draw: st.DrawFn, most: int = 8) -> tuple[Item, ...]:
    """Items of every sort; anchors in order, now and then too early or too late."""
    made = []
    position = 0
    for n in range(draw(st.integers(0, most))):
        seconds = draw(st.integers(1, 600))
        low = draw(st.none() | st.integers(1, seconds))
        high = draw(st.none() | st.integers(seconds, seconds + 300))
        at = None
        if draw(st.integers(0, 4)) == 0:
            second = max(0, 18 * 3600 + position + draw(st.integers(-200, 200)))
            at = time(second // 3600, second // 60 % 60, second % 60)
        standby = draw(st.integers(0, 5)) == 0
        droppable = draw(st.booleans())
        made.append(item(f"i{n}", seconds, low=low, high=high, droppable=droppable, standby=standby, at=at))
        position += 0 if standby else seconds
    return tuple(made)


@st.composite
def live(draw: st.DrawFn, items: Sequence[Item]) -> tuple[Progress, datetime]:
    """A show in which some of the items were aired, at any pace, and the instant it is."""
    counted = [item for item in items if not item.standby]
    clock = SLOT[0].astimezone(ZoneInfo("UTC")) + draw(st.integers(0, 300)) * SECOND
    aired: list[Airing] = []
    for one in counted[: draw(st.integers(0, len(counted)))]:
        end = clock + draw(st.integers(1, 1200)) * SECOND
        aired.append(Airing(item=one, started=clock, ended=end))
        clock = end
    rest = counted[len(aired) :]
    on_air = OnAir(item=rest[0], started=clock, added=draw(st.integers(-2, 4)) * 30 * SECOND) if rest else None
    now = clock + draw(st.integers(0, 1200)) * SECOND
    coming = [one.id for one in rest[1:]]
    skipped = frozenset(name for name in coming if draw(st.integers(0, 4)) == 0)
    standbys = frozenset(one.id for one in items if one.standby and draw(st.booleans()))
    following = draw(st.none() | st.sampled_from(coming)) if coming else None
    return Progress(on_air=on_air, aired=tuple(aired), skipped=skipped, taken_in=standbys, next=following), now


def at_length(one: Item, seconds: int) -> Item:
    """The item with another planned duration."""
    return replace(one, duration=seconds * SECOND)
