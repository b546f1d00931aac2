from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.aired.progress import OnAir, Progress
from bobine.model.episode import Item
from bobine.model.show import Slot, Weekday
from bobine.plan.timing.rundown import Timing, time_rundown
from tests.plan.rundowns import SECOND, SLOT, item, paris, plain_rundowns

ZERO = timedelta()
MINUTE = 60 * SECOND


def hours(timing: Timing, field: str = "start") -> list[str]:
    return [f"{getattr(line, field):%H:%M:%S}" for line in timing.lines if line.state.counts]


def night(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    return Slot(day=Weekday.SATURDAY, start=start, end=end).bounds(day)


def test_a_show_may_cross_midnight() -> None:
    slot = night(date(2026, 12, 31), time(23, 30), time(0, 25))
    items = (item("a", 1500), item("b", 600, at=time(23, 55)), item("c", 900, at=time(0, 10)))
    timing = time_rundown(items, slot)
    assert timing.planned_total == 50 * MINUTE
    assert (timing.gap, timing.waits) == (-5 * MINUTE, 5 * MINUTE)
    assert timing.lines[2].start == paris(0, 10, 0, date(2027, 1, 1))
    assert hours(timing, "back_time") == ["23:35:00", "00:00:00", "00:10:00"]


def test_the_hour_that_comes_twice_is_an_hour_longer() -> None:
    slot = night(date(2026, 10, 25), time(1, 30), time(3, 30))
    items = tuple(item(name, 3600) for name in "abc")
    timing = time_rundown(items, slot)
    assert timing.gap == ZERO
    assert [line.start.isoformat() for line in timing.lines if line.start] == [
        "2026-10-25T01:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"
    ]  # fmt: skip
    assert timing.slot_end - timing.slot_start == timedelta(hours=3)
    on_air = OnAir(item=items[0], started=paris(1, 30, 0, date(2026, 10, 25)))
    late = datetime(2026, 10, 25, 2, 30, tzinfo=slot[0].tzinfo, fold=1)
    assert time_rundown(items, slot, Progress(on_air=on_air), late).gap == timedelta(hours=1)


def test_what_counts_for_nothing_has_no_hour_on_such_a_night_either() -> None:
    slot = night(date(2026, 10, 25), time(1, 30), time(3, 30))
    timing = time_rundown((item("a", 3600), item("kept", 600, standby=True)), slot)
    assert [line.planned_start is None for line in timing.lines] == [False, True]


def test_what_was_taken_before_the_change_has_the_hour_of_before() -> None:
    day = date(2026, 10, 25)
    slot = night(day, time(3, 0), time(4, 0))
    early = OnAir(item=item("a", 600), started=paris(2, 50, 0, day))
    timing = time_rundown((item("a", 600), item("b", 600)), slot, Progress(on_air=early), early.started + MINUTE)
    assert [line.start.isoformat() for line in timing.lines if line.start] == [
        "2026-10-25T02:50:00+02:00", "2026-10-25T02:00:00+01:00"
    ]  # fmt: skip


def test_the_hour_that_does_not_exist_is_not_counted() -> None:
    slot = night(date(2027, 3, 28), time(1, 30), time(3, 30))
    items = (item("a", 1800), item("b", 1800, at=time(3, 0)))
    timing = time_rundown(items, slot)
    assert (timing.gap, timing.waits) == (ZERO, ZERO)
    assert hours(timing) == ["01:30:00", "03:00:00"]
    assert timing.slot_end - timing.slot_start == timedelta(hours=1)


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28), date(2026, 11, 26)])
@given(plain_rundowns(), st.integers(0, 4 * 3600))
def test_all_days_are_timed_as_if_in_utc(day: date, items: tuple[Item, ...], offset: int) -> None:
    start = paris(0, 0, 0, day).astimezone(UTC) + offset * SECOND
    slot = start, start + timedelta(hours=2)
    local = slot[0].astimezone(SLOT[0].tzinfo), slot[1].astimezone(SLOT[0].tzinfo)
    here, there = time_rundown(items, local), time_rundown(items, slot)
    assert here == there
    for line in here.lines:
        assert line.start is not None
        assert line.start.replace(tzinfo=None) == line.start.astimezone(SLOT[0].tzinfo).replace(tzinfo=None)


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 26, 18)  # noqa: DTZ001
    with pytest.raises(ValueError, match="names no instant"):
        time_rundown((), (naive, naive))
    with pytest.raises(ValueError, match="takes the instant"):
        time_rundown((), SLOT, Progress())
