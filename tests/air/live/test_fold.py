"""What each event changes in the session, and what it leaves as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.live.state import events as e
from bobine.air.live.state.session import LiveMark, Note, RecordingFile, Session, Stopwatch, fold
from bobine.model.aired.progress import Airing, OnAir, Progress
from bobine.model.episode import Item
from tests.air.test_session import ITEMS, RATE, START, journals, second

SOUND = e.RecordingStarted(at=START, position=0, file="antenne.wav", rate=RATE, channels=2)
FILE = RecordingFile(file="antenne.wav", rate=RATE)


def mute(event: type[e.Event], at: float, **fields: object) -> e.Event:
    """An event while nothing records."""
    return replace(second(event, at, **fields), position=None)


def progress_of(*events: e.Event) -> Progress:
    return fold(events).progress


@given(st.lists(st.tuples(st.sampled_from(("skip", "restore", "take in", "put back", "choose", "take")),
                          st.sampled_from(ITEMS)), max_size=20))  # fmt: skip
def test_decisions_add_up(steps: list[tuple[str, Item]]) -> None:
    events: list[e.Event] = []
    skipped: set[str] = set()
    taken_in: set[str] = set()
    chosen: str | None = None
    for at, (step, item) in enumerate(steps):
        name = item.id
        match step:
            case "skip":
                events.append(second(e.Skipped, at, item_id=name))
                skipped.add(name)
                chosen = None if chosen == name else chosen
            case "restore":
                events.append(second(e.Restored, at, item_id=name))
                skipped.discard(name)
            case "take in":
                events.append(second(e.TakenIn, at, item_id=name))
                taken_in.add(name)
            case "put back":
                events.append(second(e.PutBack, at, item_id=name))
                taken_in.discard(name)
            case "choose":
                events.append(second(e.Chosen, at, item_id=name))
                chosen = name
            case _:
                events.append(second(e.Taken, at, item=item))
                skipped.discard(name)
                taken_in |= {name} if item.standby else set()
                chosen = None
    found = progress_of(*events)
    assert (set(found.skipped), set(found.taken_in), found.next) == (skipped, taken_in, chosen)
    assert isinstance(found.skipped, frozenset)
    assert isinstance(found.taken_in, frozenset)


def test_a_choice_is_given_back_to_the_order() -> None:
    chosen = second(e.Chosen, 1, item_id="i2")
    assert progress_of(chosen).next == "i2"
    assert progress_of(chosen, second(e.Chosen, 2, item_id=None)).next is None
    assert progress_of(chosen, second(e.Ended, 2)) == Progress(ended=second(e.Ended, 2).at)


def test_what_is_skipped_is_no_longer_the_next_one() -> None:
    chosen = second(e.Chosen, 1, item_id="i2")
    assert progress_of(chosen, second(e.Skipped, 2, item_id="i2")).next is None
    assert progress_of(chosen, second(e.Skipped, 2, item_id="i1")).next == "i2"


def test_what_is_taken_after_the_end_is_on_air() -> None:
    found = progress_of(SOUND, second(e.Taken, 0, item=ITEMS[0]), second(e.Ended, 5), second(e.Taken, 9, item=ITEMS[1]))
    assert found.ended is None
    assert found.on_air == OnAir(item=ITEMS[1], started=second(e.Ended, 9).at, first=9 * RATE, file="antenne.wav")


@given(st.lists(st.integers(-86_400, 86_400), max_size=6))
def test_time_given_on_air_adds_up_to_a_day_at_most(given_s: list[int]) -> None:
    events = [second(e.Lengthened, 0, seconds=60), second(e.Taken, 0, item=ITEMS[0])]
    total, left_out = 0, 0
    for seconds in given_s:
        events.append(second(e.Lengthened, 1, seconds=seconds))
        if abs(total + seconds) <= 86_400:
            total += seconds
        else:
            left_out += 1
    session = fold([*events, second(e.Marked, 2)])
    on_air = session.progress.on_air
    assert on_air is not None
    assert on_air == OnAir(item=ITEMS[0], started=START, added=timedelta(seconds=total), first=0, file=None)
    assert session.left_out == left_out
    assert len(session.marks) == 1, "what comes after is not lost"


@given(journals(), st.integers(0, 3))
def test_what_is_impossible_is_counted_and_changes_nothing(events: list[e.Event], count: int) -> None:
    wrong = [second(e.Lengthened, 0, seconds=86_401)] * count
    assert fold([*wrong, *events]) == replace(fold(events), left_out=count) == fold([*events, *wrong])
    too_long = [
        second(e.Taken, 0, item=ITEMS[0]),
        second(e.Lengthened, 0, seconds=86_400),
        *[second(e.Lengthened, 0, seconds=1)] * count,
    ]
    assert fold([*wrong, *too_long]) == replace(fold(too_long[:2]), left_out=2 * count)


def test_a_mark_lies_in_the_file_that_is_recorded() -> None:
    session = fold([mute(e.Marked, 1, label="a"), SOUND, second(e.Marked, 2, label="b"), mute(e.Marked, 3)])
    assert session.marks == (
        LiveMark(at=START + timedelta(seconds=1), position=None, label="a"),
        LiveMark(at=START + timedelta(seconds=2), position=2 * RATE, label="b", file="antenne.wav"),
        LiveMark(at=START + timedelta(seconds=3), position=None, label=""),
    )
    assert fold([second(e.Marked, 1, label="a")]).marks[0].file is None, "a position, and no file yet"


def test_notes_keep_their_order_and_instants() -> None:
    session = fold([second(e.Noted, 1, text="un"), SOUND, second(e.Noted, 2, text="deux")])
    assert session.notes == (
        Note(at=START + timedelta(seconds=1), text="un"),
        Note(at=START + timedelta(seconds=2), text="deux"),
    )
    assert session.recording == FILE


def test_a_show_that_begins_again_keeps_its_recording_and_what_can_be_done_again() -> None:
    begun = [SOUND, second(e.Taken, 1, item=ITEMS[0]), second(e.Marked, 2), second(e.Noted, 3, text="x"),
             second(e.StopwatchTurned, 4, of="", running=True), second(e.Skipped, 5, item_id="i4")]  # fmt: skip
    again = second(e.BegunAgain, 6)
    assert fold([*begun, again]) == Session(recording=FILE, last=again)
    undone = second(e.Marked, 7, label="non")
    assert fold([*begun, again, undone, second(e.Undone, 8)]) == Session(recording=FILE, last=again, undone=undone)


def test_a_recording_that_goes_on_in_another_file() -> None:
    other = replace(SOUND, file="antenne-2.wav", rate=44_100)
    assert fold([SOUND, other]).recording == RecordingFile(file="antenne-2.wav", rate=44_100)
    # the same file again, after the recorder was started anew, keeps its rate
    assert fold([SOUND, replace(SOUND, rate=44_100)]).recording == FILE
    late = replace(SOUND, position=3 * RATE)
    on_air = progress_of(mute(e.Taken, 0, item=ITEMS[0]), late).on_air
    assert on_air == OnAir(item=ITEMS[0], started=START, first=3 * RATE, file="antenne.wav")
    assert progress_of(mute(e.Taken, 0, item=ITEMS[0]), late, other).on_air == on_air
    on_air = progress_of(mute(e.Taken, 0, item=ITEMS[0]), replace(SOUND, position=None)).on_air
    assert on_air is not None
    assert on_air.first == 0


@pytest.mark.parametrize(
    ("events", "total_s", "since_s"),
    [
        ([(1, True)], 0, 1),
        ([(1, True), (5, True)], 0, 1),
        ([(1, True), (5, False)], 4, None),
        ([(1, False)], 0, None),
        ([(1, True), (5, False), (8, False)], 4, None),
        ([(1, True), (5, False), (8, True)], 4, 8),
        ([(1, True), (5, False), (8, True), (10, False)], 6, None),
        ([(5, True), (1, False)], 0, None),
        ([(1, None)], 0, None),
        ([(1, True), (5, None)], 0, 5),
        ([(1, True), (5, False), (9, None)], 0, None),
        ([(1, True), (5, None), (7, False)], 2, None),
    ],
)
def test_a_stopwatch_runs_stands_and_is_cleared(
    events: list[tuple[int, bool | None]], total_s: int, since_s: int | None
) -> None:
    made = [
        second(e.StopwatchCleared, at, of="claire")
        if running is None
        else second(e.StopwatchTurned, at, of="claire", running=running)
        for at, running in events
    ]
    since = None if since_s is None else START + timedelta(seconds=since_s)
    other = second(e.StopwatchTurned, 0, of="paul", running=True)
    assert fold([other, *made]).stopwatches == {
        "claire": Stopwatch(total=timedelta(seconds=total_s), since=since),
        "paul": Stopwatch(since=START),
    }


@pytest.mark.parametrize(
    ("before", "after", "first", "last"),
    [
        (SOUND, None, 1 * RATE, 5 * RATE),
        (None, None, None, None),
        # recorded only at its end: how long it lasted in the file is not known
        (None, SOUND, 0, 5 * RATE),
    ],
)
def test_an_airing_keeps_the_samples_that_are_known(
    before: e.Event | None, after: e.Event | None, first: int | None, last: int | None
) -> None:
    make = second if before is not None or after is not None else mute
    taken = second(e.Taken, 1, item=ITEMS[0]) if before is not None else mute(e.Taken, 1, item=ITEMS[0])
    events = [one for one in (before, taken, after, make(e.Ended, 5)) if one is not None]
    (airing,) = progress_of(*events).aired
    assert (airing.first, airing.last) == (first, last)
    assert (airing.started, airing.ended) == (START + timedelta(seconds=1), START + timedelta(seconds=5))


def test_an_airing_ends_no_sooner_than_it_began_and_where_a_position_lacks_nowhere() -> None:
    taken = second(e.Taken, 10, item=ITEMS[0])
    assert progress_of(SOUND, taken, replace(second(e.Ended, 20), position=RATE)).aired[0].last == 10 * RATE
    (airing,) = progress_of(SOUND, taken, mute(e.Ended, 20)).aired
    assert airing == Airing(
        item=ITEMS[0], started=taken.at, ended=second(e.Ended, 20).at, first=10 * RATE, last=None, file="antenne.wav"
    )
    # taken while the recorder told no position, ended with one
    (airing,) = progress_of(SOUND, mute(e.Taken, 10, item=ITEMS[0]), second(e.Ended, 20)).aired
    assert (airing.first, airing.last, airing.file) == (None, None, None)
