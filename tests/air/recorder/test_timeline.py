"""Positions stay true: whatever the delays, a gap is what was missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bobine.air.recorder.timeline import Timeline

RATE = 48000
PIECE = 2400


def sound(count: int) -> bytes:
    return bytes(count * 4)


def feed(line: Timeline, begin: float, pieces: int, delays: list[float]) -> tuple[int, int]:
    """Let sound that began at an instant arrive late; gives the silence and the samples that were placed."""
    silence = placed = 0
    last = 0.0
    for index in range(pieces):
        at = max(last, begin + (index + 1) * PIECE / RATE + delays[index % len(delays)])
        last = at
        found = line.arrive(at, sound(PIECE))
        if found is not None:
            silence += found.silence
            placed += len(found.sound) // 4
    return silence, placed


DELAYS = st.lists(st.floats(0, 0.1), min_size=5, max_size=20).map(lambda late: [*late, 0.0])


@given(DELAYS, st.floats(0.05, 1500), DELAYS)
def test_a_gap_is_what_was_missing(before: list[float], missing_s: float, after: list[float]) -> None:
    line = Timeline(RATE, 4)
    assert feed(line, 100, 60, before) == (0, 60 * PIECE)
    line.interrupt()
    resumed = 100 + 60 * PIECE / RATE + missing_s
    silence, placed = feed(line, resumed, 60, after)
    placed_late = line.release()
    assert placed_late is None
    assert placed == 60 * PIECE
    assert abs(silence - missing_s * RATE) <= 0.1 * RATE
    assert line.position == 120 * PIECE + silence


def test_without_delays_it_is_exact() -> None:
    line = Timeline(RATE, 4)
    feed(line, 5, 40, [0.02])
    for number in range(1, 200):
        line.interrupt()
        begin = 5 + 40 * number * PIECE / RATE + number * 0.3
        assert feed(line, begin, 40, [0.02])[0] in (14399, 14400, 14401)
    assert abs(line.position - (200 * 40 * PIECE + 199 * 14400)) <= 2


def test_what_an_input_repeats_is_left_out() -> None:
    line = Timeline(RATE, 4)
    feed(line, 10, 40, [0.0])
    line.interrupt()
    # one second later the input comes back with its last two seconds at once
    assert line.arrive(13.0, sound(2 * RATE)) is None
    found = line.arrive(13.3, sound(round(0.3 * RATE)))
    assert found is not None
    assert (found.silence, len(found.sound) // 4) == (0, round(1.3 * RATE))


def test_a_stall_that_lost_nothing_leaves_no_gap() -> None:
    line = Timeline(RATE, 4)
    feed(line, 10, 40, [0.0])
    assert line.arrive(14.0, sound(2 * RATE)) is None
    found = line.arrive(14.3, sound(round(0.3 * RATE)))
    assert found is not None
    assert (found.silence, len(found.sound) // 4) == (0, round(2.3 * RATE))


def test_a_stall_that_lost_sound_leaves_its_gap() -> None:
    line = Timeline(RATE, 4)
    feed(line, 10, 40, [0.0])
    silence, placed = feed(line, 16, 40, [0.0])
    assert (silence, placed) == (4 * RATE, 40 * PIECE)


def test_the_epoch_follows_a_clock_that_drifts() -> None:
    line = Timeline(RATE, 4)
    for index in range(1, 72_000):
        line.arrive(index * PIECE / RATE * 1.0001, sound(PIECE))
    assert line.epoch is not None
    now = 71_999 * PIECE / RATE * 1.0001
    assert abs(line.position_at(now) - line.position) < 0.002 * RATE


def test_frames_may_be_cut_in_the_middle() -> None:
    line = Timeline(RATE, 4)
    whole = bytes(range(256)) * 4
    got = b"".join(
        placed.sound
        for index in range(0, len(whole), 7)
        if (placed := line.arrive(1 + index / 1000, whole[index : index + 7])) is not None
    )
    assert got == whole
    assert line.position == len(whole) // 4


def test_time_without_sound_counts_when_it_is_filled() -> None:
    line = Timeline(RATE, 4)
    feed(line, 10, 20, [0.0])
    assert line.fill_to(13) == 2 * RATE
    assert line.position == 3 * RATE
