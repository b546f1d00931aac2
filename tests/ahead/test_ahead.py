"""A show that is mastered while it is on air ends in the bytes of one that was mastered after it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from bobine.air.live.state import events as e
from tests.ahead.evening import Evening

pytestmark = pytest.mark.slow


def test_what_was_made_on_air_is_what_is_made_after_it(evening: Evening) -> None:
    evening.begin_ahead()
    for n, (seconds, level) in enumerate([(6, 0.2), (4, 0.02), (0.3, 0.2), (5, 0.6), (5, 0.1)]):
        evening.air(n, seconds, level)
    evening.wait_for(1)
    evening.air(5, 3)
    evening.wait_for(2)
    evening.end()
    evening.wait_for_end()
    said = evening.said()
    assert said is not None
    assert (said.ready, said.total) == (5, 5)
    assert not evening.place.work.exists()
    evening.stop()
    plan = evening.folder.plan
    # the slip of a finger is taken out of the podcast by hand
    text = plan.read_text(encoding="utf-8")
    print(evening.items[2].id)
    live = evening.master()
    print(live.reused, live.encoded)
    files = evening.files()
    assert files == evening.cold()
