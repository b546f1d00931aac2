import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import Interrupted, SoundError
from bobine.master.making import _Clock
from bobine.master.work import Gauge, on_cores, shares, spread_over_cores


def test_every_job_is_done_and_the_longest_begins_first() -> None:
    begun: list[str] = []

    def work(key: str) -> str:
        begun.append(key)
        return key * 2

    found = spread_over_cores([("a", 1), ("b", 3), ("c", 2)], work, threading.Event())
    assert found == {"a": "aa", "b": "bb", "c": "cc"}
    assert begun[0] == "b"


def test_one_failure_stops_the_others_and_is_the_one_reported() -> None:
    cancel = threading.Event()

    def work(key: str) -> None:
        if key == "bad":
            time.sleep(0.05)
            raise SoundError("bad")
        if not cancel.wait(20):
            raise AssertionError("never stopped")
        raise Interrupted

    with pytest.raises(SoundError):
        spread_over_cores([("bad", 2), ("other", 3)], work, cancel)
    assert cancel.is_set()


def test_the_gauge_goes_from_nothing_to_the_whole() -> None:
    seen: list[float] = []
    gauge = Gauge(lambda _, done: seen.append(done))
    gauge.step("a", 0.5, 10)
    gauge.add(5)
    gauge.add(50)
    gauge.step("b", 0.5, 10)
    gauge.add(10)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0.0, 1.0)
    assert 0.25 in seen


@given(
    st.dictionaries(st.integers(), st.floats(0.1, 1000), max_size=60),
    st.integers(1, 12),
    st.integers(1, 3),
    st.sampled_from([0, 1, 100, 10_000]),
)
def test_shares_hold_every_job_once_and_none_too_many(
    lengths: dict[int, float], most: int, each: int, least: float
) -> None:
    with on_cores(2):
        found = shares(lengths, most, each, least)
    assert sorted(key for share in found for key in share) == sorted(lengths)
    assert all(1 <= len(share) <= most for share in found)
    assert len(found) <= max(2 * each, -(-len(lengths) // most))
    if len(found) > max(1, -(-len(lengths) // most)):
        assert sum(lengths.values()) / len(found) >= least


def test_shares_are_about_as_long_as_one_another() -> None:
    lengths = {n: float(n % 7 + 1) for n in range(40)}
    with on_cores(2):
        sizes = [sum(lengths[n] for n in share) for share in shares(lengths, 40)]
    assert len(sizes) <= 2
    assert max(sizes) - min(sizes) <= 7


def test_segments_encoded_side_by_side_are_counted_as_far_as_they_go() -> None:
    told: list[float] = []
    gauge = Gauge(lambda _label, done: told.append(round(done, 6)))
    gauge.step("", 1.0, 20.0)
    clock = _Clock([4.0, 16.0], gauge)
    for piece in (
        b"out_time_us=N/A\nout_ti",
        b"me_us=2000000\nprogress=continue\n",
        b"out_time_us=8000000\nspeed=4x\n",
    ):
        clock.take(piece)
    assert told == [0.0, 0.2, 0.6]
    clock.end()
    assert told[-1] == 1.0
