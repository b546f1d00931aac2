"""Which decisions are looked at first, and how the rest is shared among the elastic items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.plan.repair.search import ComingItem, Goal, Option, decisions, possible, share, span

STEP = 10
DROP_10, DROP_60, DROP_110, DROP_120 = (ComingItem(decided=Option(seconds)) for seconds in (10, 60, 110, 120))
TALK = ComingItem(kept=Option(0, 600))


@pytest.mark.parametrize(
    ("places", "target", "sign", "found"),
    [
        # nothing decided first, then the decision that asks least of the elastic item
        ((DROP_10, DROP_60, DROP_110, DROP_120, TALK), 120, 1, [(), (3,), (2,), (1,), (0,)]),
        ((TALK, DROP_120, DROP_110, DROP_60, DROP_10), 120, 1, [(), (1,), (2,), (3,), (4,)]),
        # more is dropped than needed, the rest is stretched
        ((DROP_120, DROP_110, DROP_60, TALK), 50, -1, [(2,), (1,), (0,)]),
        ((DROP_60, DROP_110, DROP_120, TALK), 110, -1, [(1,), (2,)]),
        # too short: added
        ((ComingItem(decided=Option(-60)), ComingItem(decided=Option(-110)), TALK), -120, -1, [(), (1,), (0,)]),
        # of two that save the same, the one that has somebody
        ((ComingItem(decided=Option(60), poor=True), DROP_60), 60, 1, [(1,)]),
        ((DROP_60, ComingItem(decided=Option(60), poor=True)), 60, 1, [(0,)]),
        # an anchor asks for so much after it: what stands before cannot give it
        ((DROP_60, ComingItem(least=60), DROP_60), 60, 1, [(2,)]),
        ((DROP_60, ComingItem(least=61), DROP_60), 60, 1, []),
        ((), 0, 1, [()]),
        ((), 10, 1, []),
    ],
)
def test_decisions_by_what_they_ask_of_the_others(
    places: tuple[ComingItem, ...], target: int, sign: int, found: list[tuple[int, ...]]
) -> None:
    goal = Goal(target, 0, sign, STEP)
    assert list(decisions(places, goal, 1)) == found
    assert possible(places, goal) is bool(found)


@pytest.mark.parametrize(
    ("options", "least", "goal", "shared"),
    [
        # in proportion to the room, by whole steps, the whole of it shared out
        ([(0, 60), (0, 30), (0, 30)], None, Goal(60, 0, 1, STEP), [30, 20, 10]),
        ([(0, 90), (0, 30)], None, Goal(40, 0, 1, STEP), [30, 10]),
        ([(0, 90), (0, 30)], None, Goal(-40, 0, -1, STEP), [-30, -10]),
        ([(0, 10), (0, 50), (0, 60)], None, Goal(60, 0, 1, STEP), [0, 30, 30]),
        ([(0, 7), (0, 2)], None, Goal(9, 0, 1, 1), [7, 2]),
        # what has no room gives nothing
        ([(0, 0), (0, 60), (0, 0)], None, Goal(20, 0, 1, STEP), [0, 20, 0]),
        # a decision saves its own time, the others bend into the rest
        ([(180, 0), (0, 60), (0, 60)], None, Goal(120, 0, -1, STEP), [180, -30, -30]),
        ([(0, 60), (180, 0), (0, 60)], None, Goal(240, 0, 1, STEP), [30, 180, 30]),
        ([(-180, 60), (0, 60)], None, Goal(-240, 0, -1, STEP), [-210, -30]),
        ([(-180, 60), (0, 60)], None, Goal(-120, 0, 1, STEP), [-150, 30]),
        # an anchor's share comes first, and no more than it
        ([(0, 60), (0, 60)], [None, 50], Goal(60, 0, 1, STEP), [10, 50]),
        ([(0, 60), (0, 60), (0, 60)], [None, 110, None], Goal(120, 0, 1, STEP), [10, 60, 50]),
        ([(0, 60), (0, 60), (0, 60)], [None, None, 45], Goal(90, 0, 1, STEP), [30, 10, 50]),
        ([(0, 60), (0, 60)], [None, 61], Goal(60, 0, 1, STEP), None),
        # a little more will do where the steps do not fall right
        ([(0, 60)], None, Goal(55, 9, 1, STEP), [60]),
        ([(0, 60)], None, Goal(55, 4, 1, STEP), None),
        ([(0, 60)], None, Goal(61, 9, 1, STEP), None),
        ([(7, 0), (0, 60)], None, Goal(20, 9, 1, STEP), [7, 20]),
        ([], None, Goal(0, 0, 1, STEP), []),
        ([], None, Goal(1, 0, 1, STEP), None),
    ],
)
def test_the_rest_is_shared(
    options: list[tuple[int, int]], least: list[int | None] | None, goal: Goal, shared: list[int] | None
) -> None:
    made = [Option(*option) for option in options]
    assert share(made, least or [None] * len(made), goal) == shared


@given(
    st.lists(st.tuples(st.sampled_from([0, 0, 37, -180]), st.integers(0, 12), st.none() | st.integers(-300, 60))),
    st.integers(-400, 400),
    st.sampled_from([1, -1]),
)
def test_shares_keep_within_their_room_and_their_anchors(
    places: list[tuple[int, int, int | None]], target: int, sign: int
) -> None:
    options = [Option(fixed, STEP * steps) for fixed, steps, _ in places]
    least = [asked for _, _, asked in places]
    goal = Goal(target, STEP - 1, sign, STEP)
    shared = share(options, least, goal)
    if shared is None:
        return
    assert target <= sum(shared) < target + STEP
    for index, (option, part, asked) in enumerate(zip(options, shared, least, strict=True)):
        few, many = span(option, sign)
        assert few <= part <= many
        assert (part - option.fixed) % STEP == 0
        assert asked is None or sum(shared[index:]) >= asked
