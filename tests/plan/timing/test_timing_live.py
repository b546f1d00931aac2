from collections import Counter
from dataclasses import replace
from datetime import time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bobine.model.aired.progress import Airing, OnAir, Progress
from bobine.model.episode import Item, ItemKind
from bobine.plan.timing.rundown import State, time_rundown
from tests.plan.rundowns import SECOND, SLOT, item, live, paris, plain_rundowns, rundowns, worked_example

ZERO = timedelta()
MINUTE = 60 * SECOND


def total(items: tuple[Item, ...]) -> timedelta:
    return sum((one.duration for one in items), ZERO)


@given(plain_rundowns(), st.data())
def test_the_gap_is_the_delay_of_the_current_item_plus_its_overtime(
    items: tuple[Item, ...], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(items) - 1))
    due = time_rundown(items, SLOT).lines[place].start
    assert due is not None
    delay = data.draw(st.integers(-600, 600)) * SECOND
    spent = data.draw(st.integers(0, 1800)) * SECOND
    started = due + delay
    aired = tuple(Airing(item=one, started=started - MINUTE, ended=started) for one in items[:place])
    progress = Progress(on_air=OnAir(item=items[place], started=started), aired=aired)
    timing = time_rundown(items, (SLOT[0], SLOT[0] + total(items)), progress, started + spent)
    assert timing.gap == delay + max(ZERO, spent - items[place].duration)
    line = timing.on_air
    assert line is not None
    assert line.back_time is not None
    assert timing.gap == started - line.back_time + max(ZERO, -line.remaining)


@given(plain_rundowns(least=2), st.integers(-3, 10))
def test_what_is_added_on_air_is_late_until_it_is_spent(items: tuple[Item, ...], halves: int) -> None:
    added = halves * 30 * SECOND
    on_air = OnAir(item=items[0], started=SLOT[0], added=added)
    timing = time_rundown(items, SLOT, Progress(on_air=on_air), SLOT[0])
    assert timing.on_air is not None
    assert timing.on_air.remaining == items[0].duration + added
    assert timing.gap == time_rundown(items, SLOT).gap + max(added, -items[0].duration)


@given(rundowns(), st.data())
def test_what_was_aired_is_not_rewritten_by_edits(items: tuple[Item, ...], data: st.DataObject) -> None:
    progress, now = data.draw(live(items))
    before = time_rundown(items, SLOT, progress, now)
    gone = {airing.item.id for airing in progress.aired} | ({progress.on_air.item.id} if progress.on_air else set())
    edited = [replace(one, title="Autre", duration=7 * SECOND, min=None, max=None) for one in items if one.id in gone]
    edits = {one.id: one for one in edited if data.draw(st.booleans())}  # the others are removed from the plan
    plan = [edits.get(one.id, one) for one in items if one.id not in gone or one.id in edits]
    after = time_rundown(plan, SLOT, progress, now)
    assert (after.gap, after.expected_end, after.planned_total) == (
        before.gap, before.expected_end, before.planned_total
    )  # fmt: skip
    kept = [line._replace(planned_start=None) for line in before.lines]
    assert Counter(line._replace(planned_start=None) for line in after.lines) == Counter(kept)
    aired = [line.item.id for line in after.lines if line.item.id in gone]
    assert aired == [line.item.id for line in before.lines if line.item.id in gone]


def test_choosing_another_next_changes_nothing_on_air_and_what_it_jumps_over_still_comes() -> None:
    items = tuple(item(name, 600) for name in "abcd")
    progress = Progress(on_air=OnAir(item=items[0], started=SLOT[0]))
    now = SLOT[0] + MINUTE
    plain, chosen = (time_rundown(items, SLOT, run, now) for run in (progress, replace(progress, next="c")))
    assert chosen.gap == plain.gap
    assert chosen.on_air == plain.on_air
    assert chosen.next is not None
    assert chosen.next.item.id == "c"
    assert [one.id for one in replace(progress, next="c").coming(items)] == ["c", "b", "d"]


def test_a_standby_written_after_the_closing_theme_comes_before_it() -> None:
    items = (
        item("a", 600),
        item("merci", 60, at=time(18, 53)),
        item("fin", 60, kind=ItemKind.CLOSING_THEME),
        item("reserve", 120, standby=True),
    )
    progress = Progress(on_air=OnAir(item=items[0], started=SLOT[0]), taken_in=frozenset({"reserve"}))
    assert [one.id for one in progress.coming(items)] == ["reserve", "merci", "fin"]


def test_before_the_start_nothing_is_late_and_after_it_everything_is() -> None:
    items = worked_example()
    for now, late in ((paris(17, 30), ZERO), (paris(18), ZERO), (paris(18, 1), MINUTE)):
        timing = time_rundown(items, SLOT, Progress(), now)
        assert timing.gap == late
        assert timing.lines[0].state is State.NEXT
        assert timing.lines[0].overlap == late


def test_once_the_show_has_ended_the_gap_stands_still() -> None:
    a, b = item("a", 600), item("b", 600)
    airing = Airing(item=a, started=SLOT[0], ended=SLOT[1] - MINUTE)
    ended = Progress(aired=(airing,), ended=SLOT[1] - 30 * SECOND)
    for hours_later in (0, 1, 24):
        timing = time_rundown((a, b), SLOT, ended, SLOT[1] + timedelta(hours=hours_later))
        assert timing.gap == -30 * SECOND
        assert [line.state for line in timing.lines] == [State.AIRED, State.SKIPPED]
        assert time_rundown((a,), SLOT, replace(ended, ended=None), SLOT[1] + MINUTE).gap == -MINUTE
