"""Every hour of every line of a live show, to the second, whatever zone the clock is told in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bobine.model.aired.progress import Airing, OnAir, Progress
from bobine.plan.timing.lines import Line, State
from bobine.plan.timing.rundown import time_rundown
from tests.plan.rundowns import PARIS, SECOND, SLOT, THURSDAY, item, paris

NOTHING = timedelta()
ITEMS = (item("a", 600), item("b", 300), item("c", 240), item("d", 120), item("reserve", 60, standby=True))
OLD = item("ancien", 30)
"""It was aired, and is no longer in the plan."""


def utc(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 26, hour, minute, second, tzinfo=UTC)


def lines(progress: Progress, now: datetime) -> dict[str, Line]:
    return {line.item.id: line for line in time_rundown(ITEMS, SLOT, progress, now).lines}


def past(name: str, state: State, planned: datetime | None, start: datetime | None, end: datetime | None) -> Line:
    one = next(one for one in (*ITEMS, OLD) if one.id == name)
    return Line(one, state, planned, start, end, None, NOTHING, NOTHING, None, False, NOTHING)


def test_every_hour_of_a_live_show() -> None:
    progress = Progress(
        aired=(
            Airing(item=ITEMS[0], started=utc(17, 0, 10), ended=utc(17, 9)),
            Airing(item=OLD, started=utc(17, 9), ended=utc(17, 10)),
        ),
        on_air=OnAir(item=ITEMS[1], started=utc(17, 10), added=30 * SECOND),
        skipped=frozenset({"d"}),
    )
    found = time_rundown(ITEMS, SLOT, progress, utc(17, 12)).lines
    assert [line.item.id for line in found] == ["a", "ancien", "b", "c", "d", "reserve"]
    assert found == (
        past("a", State.AIRED, paris(18), paris(18, 0, 10), paris(18, 9)),
        past("ancien", State.AIRED, None, paris(18, 9), paris(18, 10)),
        Line(
            ITEMS[1], State.ON_AIR, paris(18, 10), paris(18, 10), paris(18, 15, 30), None, NOTHING, NOTHING,
            paris(18, 45, 30), False, 210 * SECOND,
        ),
        Line(
            ITEMS[2], State.NEXT, paris(18, 15), paris(18, 15, 30), paris(18, 19, 30), None, NOTHING, NOTHING,
            paris(18, 51), False, 240 * SECOND,
        ),
        past("d", State.SKIPPED, paris(18, 19), None, None),
        past("reserve", State.STANDBY, None, None, None),
    )  # fmt: skip
    for line in found:
        for hour in (line.planned_start, line.start, line.end, line.back_time):
            assert hour is None or hour.utcoffset() == timedelta(hours=1)
        assert line.impossible is False


def test_the_zone_is_the_one_of_the_slot_s_start_or_the_one_that_is_asked_for() -> None:
    start, end = SLOT[0], SLOT[1].astimezone(UTC)
    assert {line.start and line.start.utcoffset() for line in time_rundown(ITEMS[:4], (start, end)).lines} == {
        timedelta(hours=1)
    }
    timing = time_rundown(ITEMS[:4], (start.astimezone(UTC), end), zone=start.tzinfo)
    assert timing.lines[0].start == paris(18)
    assert {line.start and line.start.utcoffset() for line in timing.lines} == {timedelta(hours=1)}


def test_what_was_aired_twice_and_left_the_plan_stands_once_and_last_where_it_ran() -> None:
    progress = Progress(
        aired=(
            Airing(item=OLD, started=utc(17), ended=utc(17, 1)),
            Airing(item=ITEMS[0], started=utc(17, 1), ended=utc(17, 9)),
            Airing(item=OLD, started=utc(17, 9), ended=utc(17, 10)),
        ),
        on_air=OnAir(item=ITEMS[1], started=utc(17, 10)),
    )
    found = time_rundown(ITEMS, SLOT, progress, utc(17, 12)).lines
    assert [line.item.id for line in found] == ["ancien", "a", "b", "c", "d", "reserve"]
    assert (found[0].start, found[0].end) == (paris(18, 9), paris(18, 10))


def anchored(at: time, start: datetime, end: datetime) -> datetime | None:
    return time_rundown([item("a", 60, at=at)], (start, end), zone=PARIS).lines[0].anchor


def test_an_hour_that_comes_twice_is_the_one_that_the_show_reaches() -> None:
    day = date(2026, 10, 25)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2:30 in summer time
    second = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 2:10 in winter time
    assert anchored(time(2, 45), first, first + timedelta(minutes=90)) == datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
    assert anchored(time(2, 30), second, second + timedelta(hours=1)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert anchored(time(2, 10), second, second + timedelta(hours=1)) == second
    assert anchored(time(2, 5), second, second + timedelta(hours=1)) == datetime(2026, 10, 25, 0, 5, tzinfo=UTC)
    assert anchored(time(4), second, second + timedelta(hours=1)) == paris(4, day=day)


def test_an_hour_outside_of_the_slot_is_of_the_nearest_day() -> None:
    start, end = paris(23, 30), paris(0, 30, day=THURSDAY + timedelta(days=1))
    assert anchored(time(0, 10), start, end) == paris(0, 10, day=THURSDAY + timedelta(days=1))
    assert anchored(time(23, 0), start, end) == paris(23)
    early = paris(0, 10)
    assert anchored(time(23, 50), early, paris(1)) == paris(23, 50, day=THURSDAY - timedelta(days=1))
