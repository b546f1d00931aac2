"""The session is a fold of the journal: undo, as-run, marks and stopwatches follow from the events alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.live.journal import Journal
from bobine.air.live.journal_lines import event_of, line_of
from bobine.air.live.show import Live
from bobine.air.live.state import events as e
from bobine.air.live.state.session import Session, fold
from bobine.air.live.state.undoing import without_undone
from bobine.errors import JournalError
from bobine.model.episode import Item, ItemKind

START = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
RATE = 48_000
RECORDER = (e.RecordingStarted, e.RecordingGap, e.RecordingStopped)
ITEMS = tuple(
    Item(id=f"i{n}", title=f"Élément {n}", kind=ItemKind.TALK, duration=timedelta(seconds=60), standby=n == 3)
    for n in range(5)
)


def second(event: type[e.Event], at: float, **fields: object) -> e.Event:
    return event(at=START + timedelta(seconds=at), position=round(at * RATE), **fields)


@st.composite
def journals(draw: st.DrawFn) -> list[e.Event]:
    """Any events at all, in order of time."""
    made = [second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=2)]
    at = 0.0
    for _ in range(draw(st.integers(0, 25))):
        at += draw(st.integers(0, 90))
        item = draw(st.sampled_from(ITEMS))
        made.append(
            draw(
                st.sampled_from(
                    [
                        second(e.Taken, at, item=item),
                        second(e.Chosen, at, item_id=item.id),
                        second(e.Skipped, at, item_id=item.id),
                        second(e.Restored, at, item_id=item.id),
                        second(e.TakenIn, at, item_id=item.id),
                        second(e.PutBack, at, item_id=item.id),
                        second(e.Lengthened, at, seconds=30),
                        second(e.MovedBack, at, seconds=draw(st.sampled_from((5, 10, 30)))),
                        second(e.Marked, at, label="ici"),
                        second(e.Noted, at, text="\U0001f3a4 « coupé »\n"),
                        second(e.StopwatchTurned, at, of=item.id, running=draw(st.booleans())),
                        second(e.Ended, at),
                        second(e.Undone, at),
                        second(e.Redone, at),
                        second(e.RecordingGap, at, start=round(at * RATE), end=round(at * RATE) + 100),
                    ]
                )
            )
        )
    return made


@given(journals())
def test_events_survive_their_line(events: list[e.Event]) -> None:
    for event in events:
        line = line_of(event)
        assert line.endswith("\n")
        assert line.count("\n") == 1
        assert event_of(line) == event


@given(journals())
def test_what_was_aired_is_in_order_and_does_not_overlap(events: list[e.Event]) -> None:
    session = fold(events)
    airings = session.progress.aired
    for before, after in pairwise(airings):
        assert before.started <= before.ended <= after.started
    on_air = session.progress.on_air
    bounds = [(one.first, one.last) for one in airings]
    if on_air is not None:
        bounds.append((on_air.first, None))
    for (start, end), (following, _) in pairwise(bounds):
        assert start is not None
        assert end is not None
        assert following is not None
        assert start <= end <= following
    if on_air is not None:
        # the wall clock and the samples tell the same start; nothing lies before the first sample
        told = (on_air.started - START).total_seconds() * RATE
        assert on_air.first == max(0, round(told))


@given(journals(), journals())
def test_undo_takes_the_last_action_back_and_never_the_sound(events: list[e.Event], more: list[e.Event]) -> None:
    before = fold(events)
    for action in more:
        if isinstance(action, e.ACTIONS):
            undone = fold([*events, action, second(e.Undone, 9e4)])
            assert replace(undone, undone=None) == replace(before, undone=None)
            assert undone.undone == action
    sound = [event for event in without_undone(events)[0] if isinstance(event, RECORDER)]
    undos = [second(e.Undone, 9e4)] * 100
    assert list(without_undone([*events, *undos])[0]) == sound
    assert fold([*events, *undos]).recording == before.recording


@given(journals(), st.integers(0, 30), st.lists(st.booleans(), max_size=30))
def test_redo_brings_back_what_undo_took_and_nothing_else(
    events: list[e.Event], times: int, sounds: list[bool]
) -> None:
    before = fold(events)
    acted = sum(isinstance(event, e.ACTIONS) for event in without_undone(events)[0])
    undos, redos = [second(e.Undone, 9e4)] * min(times, acted), [second(e.Redone, 9e4)] * min(times, acted)
    gaps = [second(e.RecordingGap, 9e4, start=at, end=at + 1) for at in range(len(sounds))]
    assert replace(fold([*events, *undos, *redos]), undone=before.undone) == before
    # what the recorder tells meanwhile stays where it was told
    mixed = fold([*events, *undos, *gaps, *redos])
    assert replace(mixed, undone=before.undone) == replace(fold([*events, *gaps]), undone=before.undone)
    # once something else was done, nothing is left to be done again
    done = [*events, *undos, second(e.Marked, 9e4)]
    assert fold([*done, *redos]) == fold(done)


@given(journals(), st.data())
def test_a_torn_or_damaged_line_is_left_out(events: list[e.Event], data: st.DataObject) -> None:
    line = line_of(events[0]).rstrip("\n")
    cut = line[: data.draw(st.integers(0, len(line) - 1))]
    with pytest.raises(JournalError):
        event_of(cut)


def test_a_journal_is_read_as_it_grows_and_after_a_tear(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    mine, other = Journal(path), Journal(path)
    assert mine.read() == ()
    first, then = second(e.Marked, 1, label="un"), second(e.Taken, 2, item=ITEMS[0])
    mine.append(first)
    assert other.read() == (first,)
    with path.open("ab") as stream:
        stream.write(line_of(then).encode()[:40])
    assert other.read() == (first,)
    other.append(then)
    assert mine.read() == (first, then)
    assert Journal(path).read() == (first, then)


def live(path: Path, clock: list[float]) -> Live:
    return Live(Journal(path), lambda: START + timedelta(seconds=clock[0]), lambda: round(clock[0] * RATE))


def first(show: Live) -> int | None:
    """The first sample of what is on air."""
    on_air = show.session.progress.on_air
    return on_air.first if on_air is not None else None


def test_a_show_is_taken_item_by_item_and_a_slip_does_nothing(tmp_path: Path) -> None:
    clock = [0.0]
    Journal(tmp_path / "j").append(second(e.RecordingStarted, 0, file="antenne.wav", rate=RATE, channels=2))
    show = live(tmp_path / "j", clock)
    assert show.take(ITEMS, None) == ""
    clock[0] = 0.5
    assert "moins d'une seconde" in show.take(ITEMS, "i0")
    clock[0] = 60
    assert "venait de changer" in show.take(ITEMS, None)
    assert show.take(ITEMS, "i0") == ""
    assert show.skip("i2") == ""
    clock[0] = 100
    assert show.take(ITEMS, "i1") == ""
    on_air = show.session.progress.on_air
    assert on_air is not None
    assert on_air.item.id == "i4"
    assert show.move_back(10) == ""
    assert first(show) == 90 * RATE == show.session.progress.aired[-1].last
    # another program, started after a crash, is where this one was
    again = live(tmp_path / "j", clock)
    assert again.session == show.session
    undone = again.undo()
    assert isinstance(undone, e.MovedBack)
    assert first(show) == 100 * RATE
    redone = live(tmp_path / "j", clock).redo()
    assert isinstance(redone, e.MovedBack)
    assert first(show) == 90 * RATE
    assert show.redo() is None
    show.undo()
    clock[0] = 160
    assert show.take(ITEMS, "i4") == ""
    assert show.session.progress.ended is not None
    assert show.take(ITEMS, None) == "l'antenne est rendue"


def test_speech_is_timed_one_person_at_a_time(tmp_path: Path) -> None:
    clock = [0.0]
    show = live(tmp_path / "j", clock)
    show.turn_stopwatch("claire")
    clock[0] = 20
    show.turn_stopwatch("paul")
    clock[0] = 50
    show.turn_stopwatch("claire")
    clock[0] = 55
    watches = show.session.stopwatches
    now = START + timedelta(seconds=55)
    assert watches["claire"].at(now) == timedelta(seconds=25)
    assert watches["paul"].at(now) == timedelta(seconds=30)
    show.turn_stopwatch()
    assert show.session.stopwatches["claire"].since is not None
    assert fold([]) == Session()
