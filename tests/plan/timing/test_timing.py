from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bobine.model.aired.progress import OnAir, Progress
from bobine.model.episode import Item
from bobine.plan.timing.rundown import State, Timing, countdown_seconds, late_seconds, time_rundown
from tests.plan.rundowns import SECOND, SLOT, at_length, item, live, paris, plain_rundowns, rundowns, worked_example

ZERO = timedelta()
MINUTE = 60 * SECOND
HOURS = [
    *("18:00:00", "18:00:40", "18:02:30", "18:02:40", "18:08:40", "18:12:40", "18:17:40", "18:17:50", "18:21:20"),
    *("18:30:20", "18:30:40", "18:34:40", "18:39:10", "18:43:40", "18:46:40", "18:49:40", "18:53:10", "18:54:20"),
]


def hours(timing: Timing, field: str = "start") -> list[str]:
    return [f"{getattr(line, field):%H:%M:%S}" for line in timing.lines if line.state.counts]


def total(items: tuple[Item, ...]) -> timedelta:
    return sum((one.duration for one in items), ZERO)


# The facts that are given


def test_the_worked_example_has_its_hours_and_no_gap() -> None:
    timing = time_rundown(worked_example(), SLOT)
    assert hours(timing) == HOURS
    assert hours(timing, "back_time") == HOURS
    assert hours(timing, "planned_start") == HOURS
    assert timing.gap == timing.waits == ZERO
    assert timing.planned_total == 55 * MINUTE
    assert timing.shortest_total == 55 * MINUTE - 390 * SECOND
    assert timing.longest_total == 56 * MINUTE
    assert timing.expected_end == SLOT[1]
    assert all(line.state in (State.COMING, State.STANDBY) and not line.impossible for line in timing.lines)
    assert timing.slot_start.isoformat() == "2026-11-26T18:00:00+01:00"


def test_the_guest_who_started_and_stayed_late_makes_two_minutes() -> None:
    guest, rest = item("portrait", 15 * 60), item("suite", 23 * 60 + 45)
    on_air = OnAir(item=guest, started=paris(18, 17, 30))
    timing = time_rundown((guest, rest), SLOT, Progress(on_air=on_air), paris(18, 33, 15))
    assert timing.gap == 2 * MINUTE
    assert timing.on_air is not None
    assert timing.on_air.remaining == -45 * SECOND
    assert timing.next is not None
    assert timing.next.back_time == paris(18, 31, 15)
    assert timing.expected_end == paris(18, 57)


def test_countdowns_round_up_and_overtime_waits_for_a_whole_second() -> None:
    shown = {left: countdown_seconds(left * SECOND) for left in (1.0, 0.2, 0.0, -0.2, -0.999, -1.0, -1.5, -2.0)}
    assert list(shown.values()) == [1, 1, 0, 0, 0, -1, -1, -2]
    assert [late_seconds(gap * SECOND) for gap in (-0.2, 0.0, 0.999, 1.0, 120.5)] == [-1, 0, 0, 1, 120]


# The identities of the plan


@given(rundowns())
def test_the_gap_of_a_plan_is_its_length_less_the_slot(items: tuple[Item, ...]) -> None:
    timing = time_rundown(items, SLOT)
    counted = tuple(one for one in items if not one.standby)
    assert timing.planned_total == timing.to_come == total(counted)
    assert timing.gap == total(counted) - 55 * MINUTE
    assert timing.shortest_total == total(counted) - sum((i.duration - (i.min or i.duration) for i in counted), ZERO)
    assert timing.longest_total == total(counted) + sum(((i.max or i.duration) - i.duration for i in counted), ZERO)


@given(rundowns(), st.data())
def test_the_whole_is_the_sum_of_its_parts(items: tuple[Item, ...], data: st.DataObject) -> None:
    progress, now = data.draw(live(items)) if data.draw(st.booleans()) else (None, None)
    timing = time_rundown(items, SLOT, progress, now)
    parts = [max(ZERO, line.remaining) for line in timing.lines if line.state is not State.ON_AIR]
    assert timing.to_come == sum(parts, ZERO)
    assert timing.gap == (timing.ready - timing.slot_end) + timing.to_come
    assert timing.waits == sum((line.wait for line in timing.lines), ZERO)
    assert timing.expected_end == timing.slot_end + timing.gap + timing.waits
    assert timing.planned_total == sum((line.item.duration for line in timing.lines if line.state.counts), ZERO)


@given(rundowns(), st.data())
def test_lines_follow_one_another_and_anchors_hold(items: tuple[Item, ...], data: st.DataObject) -> None:
    progress, now = data.draw(live(items)) if data.draw(st.booleans()) else (None, None)
    timing = time_rundown(items, SLOT, progress, now)
    lines = {line.item.id: line for line in timing.lines}
    before = timing.ready
    back = timing.slot_end - timing.to_come
    for one in progress.coming(items) if progress else (one for one in items if not one.standby):
        line = lines[one.id]
        assert line.start is not None
        assert line.end == line.start + one.duration
        assert line.back_time == back
        if line.anchor is None:
            assert line.start == before
            assert line.wait == line.overlap == ZERO
        else:
            assert f"{line.anchor:%H:%M:%S}" == f"{one.fixed_start}"
            assert line.start == max(before, line.anchor)
            assert line.wait == line.start - before
            assert line.overlap == line.start - line.anchor
        before, back = line.end, back + one.duration
    assert before == timing.expected_end
    assert back == timing.slot_end


@given(rundowns(), st.data())
def test_standby_and_skipped_items_count_nothing(items: tuple[Item, ...], data: st.DataObject) -> None:
    progress, now = data.draw(live(items))
    timing = time_rundown(items, SLOT, progress, now)
    without = tuple(
        one
        for one in items
        if (not one.standby or one.id in progress.taken_in or one.id == progress.next)
        and one.id not in progress.skipped
    )
    again = time_rundown(without, SLOT, replace(progress, skipped=frozenset()), now)
    assert (again.gap, again.waits, again.planned_total) == (timing.gap, timing.waits, timing.planned_total)
    for line in timing.lines:
        if not line.state.counts:
            assert line.start is line.end is line.back_time is None
            assert line.remaining == ZERO


@given(plain_rundowns(least=3), st.data())
def test_skipping_taking_in_and_taking_back_move_the_gap_by_the_item(
    items: tuple[Item, ...], data: st.DataObject
) -> None:
    items = (*items, item("reserve", 200, standby=True))
    progress, now = Progress(on_air=OnAir(item=items[0], started=SLOT[0])), SLOT[0] + 5 * SECOND
    gap = time_rundown(items, SLOT, progress, now).gap
    chosen = data.draw(st.sampled_from(items[1:-1]))
    skipped = replace(progress, skipped=frozenset({chosen.id}))
    assert time_rundown(items, SLOT, skipped, now).gap == gap - chosen.duration
    taken = replace(progress, taken_in=frozenset({"reserve"}))
    assert time_rundown(items, SLOT, taken, now).gap == gap + 200 * SECOND
    assert time_rundown(items, SLOT, replace(skipped, skipped=frozenset()), now).gap == gap


@given(rundowns(), st.integers(-6 * 3600, 5 * 3600))
def test_shifting_the_slot_shifts_everything(items: tuple[Item, ...], seconds: int) -> None:
    shift = seconds * SECOND

    def moved(one: Item) -> Item:
        if one.fixed_start is None:
            return one
        return replace(one, fixed_start=(datetime.combine(date(2026, 1, 1), one.fixed_start) + shift).time())

    here = time_rundown(items, SLOT)
    there = time_rundown([moved(one) for one in items], (SLOT[0] + shift, SLOT[1] + shift))
    assert (there.gap, there.waits, there.planned_total) == (here.gap, here.waits, here.planned_total)
    for mine, other in zip(here.lines, there.lines, strict=True):
        for field in ("start", "end", "anchor", "back_time"):
            instant = getattr(mine, field)
            assert getattr(other, field) == (None if instant is None else instant + shift)
        assert (other.wait, other.overlap, other.impossible) == (mine.wait, mine.overlap, mine.impossible)


@given(plain_rundowns(least=2), st.data())
def test_the_order_of_edits_does_not_matter(items: tuple[Item, ...], data: st.DataObject) -> None:
    lengths = data.draw(st.dictionaries(st.sampled_from([one.id for one in items]), st.integers(1, 900)))
    results = []
    for edits in (list(lengths.items()), data.draw(st.permutations(list(lengths.items())))):
        plan = items
        for name, seconds in edits:
            plan = tuple(at_length(one, seconds) if one.id == name else one for one in plan)
            time_rundown(plan, SLOT)
        results.append(time_rundown(plan, SLOT))
    assert results[0] == results[1]


# Anchors and back times


def test_a_wait_before_an_anchor_and_an_overlap_into_one_are_told() -> None:
    items = (item("a", 600), item("b", 300, at=time(18, 12)), item("c", 60, at=time(18, 15)))
    timing = time_rundown(items, SLOT)
    assert hours(timing) == ["18:00:00", "18:12:00", "18:17:00"]
    assert [line.wait for line in timing.lines] == [ZERO, 2 * MINUTE, ZERO]
    assert [line.overlap for line in timing.lines] == [ZERO, ZERO, 2 * MINUTE]
    assert timing.gap == 960 * SECOND - 55 * MINUTE
    assert timing.expected_end == paris(18, 18)


def test_a_back_time_before_the_slot_or_before_an_anchor_is_impossible() -> None:
    long = (item("a", 1800), item("b", 1800))
    assert [line.impossible for line in time_rundown(long, SLOT).lines] == [True, False]
    anchored = (item("a", 60), item("b", 60, at=time(18, 50)), item("c", 600))
    assert [line.impossible for line in time_rundown(anchored, SLOT).lines] == [False, True, True]
    on_air = Progress(on_air=OnAir(item=item("x", 60), started=SLOT[0]))
    assert [line.impossible for line in time_rundown(long[:1], SLOT, on_air, paris(18, 26)).lines] == [False, True]
