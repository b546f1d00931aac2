from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from bobine.air import events as e
from bobine.air.closing import aired_items
from bobine.air.session import fold
from bobine.model.as_run import AiredItem
from tests.air.test_session import ITEMS, RATE, journals, second


@given(journals())
def test_positions_are_in_the_recording_in_order_and_once_an_item(events: list[e.Event]) -> None:
    samples = 600 * RATE
    items = aired_items(fold(events), samples)
    assert len({item.id for item in items}) == len(items)
    for item in items:
        assert 0 <= item.start < item.end <= samples
    for before, after in pairwise(items):
        assert before.end <= after.start


def test_an_item_that_came_back_keeps_its_longest_stretch() -> None:
    first, other = ITEMS[0], ITEMS[1]
    events = [
        second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=2),
        second(e.Taken, 10, item=first),
        second(e.Taken, 15, item=other),
        second(e.Taken, 40, item=first),
    ]
    assert aired_items(fold(events), 100 * RATE) == (
        AiredItem(id="i1", start=15 * RATE, end=40 * RATE),
        AiredItem(id="i0", start=40 * RATE, end=100 * RATE),
    )
    assert aired_items(fold(events), 12 * RATE) == (AiredItem(id="i0", start=10 * RATE, end=12 * RATE),)
