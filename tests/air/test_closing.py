from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.live.state import events as e
from bobine.air.live.state.outcome import aired_items, lost_sound, main_file, named_points
from bobine.air.live.state.session import fold
from bobine.model.aired.as_run import AiredItem, NamedPoint
from bobine.store.rules.texts import one_line
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


@pytest.mark.parametrize(
    ("takes", "kept"),
    [
        # the longest one stays whichever comes first, and the earlier one of two alike
        ((10, 40, 50, 60), (10, 40)),
        ((10, 15, 50, 80), (50, 80)),
        ((60, 85, 90, 120), (90, 120)),
        ((10, 20, 50, 60), (10, 20)),
        # what lasted no time is no stretch
        ((10, 10, 50, 51), (50, 51)),
    ],
)
def test_the_longest_of_two_stretches_is_kept(takes: tuple[int, int, int, int], kept: tuple[int, int]) -> None:
    first, left, again, end = takes
    events = [
        second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=2),
        second(e.Taken, first, item=ITEMS[0]),
        second(e.Ended, left),
        second(e.Taken, again, item=ITEMS[0]),
        second(e.Ended, end),
    ]
    start, after = kept
    assert aired_items(fold(events), "antenne.wav", 200 * RATE) == (
        AiredItem(id="i0", start=start * RATE, end=after * RATE),
    )


def test_what_begins_where_the_file_ends_is_not_in_it() -> None:
    events = [
        second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=2),
        second(e.Taken, 10, item=ITEMS[0]),
        second(e.Taken, 20, item=ITEMS[1]),
    ]
    session = fold(events)
    assert [item.id for item in aired_items(session, "antenne.wav", 20 * RATE)] == ["i0"]
    assert [item.id for item in aired_items(session, "antenne.wav", 20 * RATE + 1)] == ["i0", "i1"]
    assert main_file(fold([])) is None
    assert main_file(fold([second(e.Taken, 1, item=ITEMS[0])])) is None


def test_a_mark_lies_in_an_item_from_its_first_sample_to_before_its_last() -> None:
    events = [
        second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=2),
        second(e.Taken, 10, item=ITEMS[0]),
        second(e.Ended, 20),
        second(e.Taken, 30, item=ITEMS[1]),
        *[second(e.Marked, at) for at in (9, 10, 19.99, 20, 25, 30, 50)],
    ]
    points = named_points(fold(events), "antenne.wav", 60 * RATE, ["i0", "i1"])
    assert [point.item for point in points] == [None, "i0", "i0", None, None, "i1", "i1"]


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


@given(journals())
def test_every_mark_that_was_recorded_is_a_point_in_order(events: list[e.Event]) -> None:
    session = fold(events)
    points = named_points(session, "antenne.wav", 3000 * RATE, [item.id for item in ITEMS])
    assert [point.position for point in points] == sorted(mark.position or 0 for mark in session.marks)
    for point in points:
        inside = {
            one.item.id
            for one in session.progress.stretches
            if (one.first or 0) <= point.position
            and ((last := getattr(one, "last", None)) is None or point.position < last)
        }
        assert point.item in inside if inside else point.item is None


def test_a_mark_is_named_and_lies_in_what_was_on_air() -> None:
    events = [
        second(e.Marked, -1),
        second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=2),
        second(e.Marked, 5),
        second(e.Taken, 10, item=ITEMS[0]),
        second(e.Marked, 12),
        second(e.Taken, 15, item=ITEMS[1]),
        second(e.Marked, 15, label="  un\nbeau \x07 moment "),
        second(e.Marked, 18),
        second(e.Undone, 19),
        e.RecordingStarted(at=second(e.Ended, 40).at, position=0, file="antenne-2.wav", rate=RATE, channels=2),
        e.Marked(at=second(e.Ended, 45).at, position=5 * RATE),
    ]
    events[0] = e.Marked(at=events[0].at, position=None)
    assert named_points(fold(events), "antenne.wav", 30 * RATE, ["i0"]) == (
        NamedPoint(position=5 * RATE, text="Repère 2"),
        NamedPoint(position=12 * RATE, text="Repère 3", item="i0"),
        NamedPoint(position=15 * RATE, text="un beau · moment"),
    )
    assert len(named_points(fold(events), "antenne.wav", 12 * RATE, [])) == 2
    assert [point.text for point in named_points(fold(events), "antenne-2.wav", 30 * RATE, [])] == ["Repère 5"]


def test_a_mark_follows_a_take_that_was_moved_back() -> None:
    events = [
        second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=2),
        second(e.Taken, 0, item=ITEMS[0]),
        second(e.Marked, 9),
        second(e.Taken, 10, item=ITEMS[1]),
        second(e.MovedBack, 11, seconds=5),
    ]
    (point,) = named_points(fold(events), "antenne.wav", 30 * RATE, ["i0", "i1"])
    assert (point.position, point.item) == (9 * RATE, "i1")


@given(st.text(max_size=300))
def test_the_name_of_a_mark_can_be_written_and_read(label: str) -> None:
    events = [
        second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=2),
        second(e.Marked, 1, label=label),
    ]  # fmt: skip
    for point in named_points(fold(events), "antenne.wav", 30 * RATE, []):
        assert one_line(point.text) is None


def test_lost_sound_is_told_with_its_instant() -> None:
    events = [
        second(e.RecordingGap, 0, start=0, end=5),
        second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=2),
        second(e.RecordingGap, 10, start=6 * RATE, end=10 * RATE),
    ]
    assert lost_sound(events) == ((second(e.Ended, 6).at, timedelta(seconds=4)),)
    # an impossible one hides none that comes after it
    impossible = second(e.RecordingGap, 8, start=5, end=4)
    assert lost_sound([*events[:2], impossible, events[2]]) == lost_sound(events)
