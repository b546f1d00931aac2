from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from bobine.air import events as e
from bobine.air.closing import aired_items, main_file
from bobine.air.session import fold
from bobine.model.as_run import AiredItem
from tests.air.test_session import ITEMS, RATE, journals, second


@given(journals())
def test_positions_are_in_the_recording_in_order_and_once_an_item(events: list[e.Event]) -> None:
    samples = 600 * RATE
    items = aired_items(fold(events), "antenne.wav", samples)
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
    assert aired_items(fold(events), "antenne.wav", 100 * RATE) == (
        AiredItem(id="i1", start=15 * RATE, end=40 * RATE),
        AiredItem(id="i0", start=40 * RATE, end=100 * RATE),
    )
    assert aired_items(fold(events), "antenne.wav", 12 * RATE) == (AiredItem(id="i0", start=10 * RATE, end=12 * RATE),)


def test_what_began_before_the_recording_begins_with_it() -> None:
    events = [
        e.Taken(at=second(e.Ended, 0).at, position=None, item=ITEMS[0]),
        second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=2),
        second(e.Taken, 10, item=ITEMS[1]),
    ]
    assert aired_items(fold(events), "antenne.wav", 20 * RATE) == (
        AiredItem(id="i0", start=0, end=10 * RATE),
        AiredItem(id="i1", start=10 * RATE, end=20 * RATE),
    )


def test_positions_of_two_files_are_kept_apart() -> None:
    def at(seconds: int, position_s: int, item: int) -> e.Taken:
        return e.Taken(at=second(e.Ended, seconds).at, position=position_s * RATE, item=ITEMS[item])

    events = [
        second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=2),
        second(e.Taken, 10, item=ITEMS[0]),
        e.RecordingStarted(at=second(e.Ended, 40).at, position=0, file="antenne-2.wav", rate=RATE, channels=2),
        at(50, 10, 1),
        at(60, 20, 2),
        e.Ended(at=second(e.Ended, 70).at, position=30 * RATE),
    ]
    session = fold(events)
    assert main_file(session) == "antenne-2.wav"
    assert aired_items(session, "antenne.wav", 30 * RATE) == (AiredItem(id="i0", start=10 * RATE, end=30 * RATE),)
    assert aired_items(session, "antenne-2.wav", 30 * RATE) == (
        AiredItem(id="i1", start=10 * RATE, end=20 * RATE),
        AiredItem(id="i2", start=20 * RATE, end=30 * RATE),
    )
