import threading
import time

import pytest

from bobine.errors import Interrupted, SoundError
from bobine.master.work import Gauge, spread_over_cores


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
