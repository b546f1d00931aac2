"""A show that is mastered while it is on air ends in the bytes of one that was mastered after it."""

from __future__ import annotations

import os
import random
import re
import time

import pytest

from bobine.air.live.state import events as e
from bobine.errors import MarksError
from tests.ahead.evening import RATE, Evening

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("BOBINE_KILLS", "5"))


def left_out(evening: Evening, n: int) -> None:
    """Write in the plan that the podcast must not hold an item."""
    plan = evening.folder.plan
    start, middle, end = plan.read_text(encoding="utf-8").partition(f'id = "{evening.items[n].id}"\n')
    end, more, rest = end.partition("\n[[")
    end = re.sub(r"(?m)^podcast = .*\n", "", end)
    plan.write_text(f'{start}{middle}podcast = "cut"\n{end}{more}{rest}', encoding="utf-8")


def takes_the_sound_before_the_end(evening: Evening) -> None:
    """Have the show published to a bucket that takes the sound while it is on air."""
    shows = evening.root / "shows.toml"
    text = shows.read_text(encoding="utf-8")
    text = re.sub(r'(?m)^destination = ".*"', 'destination = "avance"', text)
    bucket = 'kind = "bucket"\nbucket = "mon-podcast"\npublic_url = "https://b.example/"\nupload_ahead_kbps = 500'
    shows.write_text(f"{text}\n[destinations.avance]\n{bucket}\n", encoding="utf-8")


def test_nothing_is_left_to_be_encoded_after_the_show(evening: Evening) -> None:
    takes_the_sound_before_the_end(evening)
    evening.begin_ahead()
    for n, (seconds, level) in enumerate([(4, 0.2), (3, 0.05), (2.5, 0.6)]):
        evening.air(n, seconds, level)
    evening.wait_for(0)
    evening.air(3, 3)
    evening.wait_for(1)
    evening.end()
    evening.wait_for_end()
    said = evening.said()
    assert said is not None
    assert (said.ready, said.total) == (4, 4)
    assert not evening.place.work.exists()
    evening.stop()
    given_away = evening.place.sound.read_bytes()
    mastered = evening.master()
    assert (mastered.reused, mastered.encoded) == (8, 0)
    assert evening.files()["podcast.mp3"].endswith(given_away)
    assert not evening.place.sound.exists()
    assert evening.files() == evening.cold()


def test_what_is_taken_back_or_left_out_costs_what_it_touches(evening: Evening) -> None:
    evening.begin_ahead()
    evening.air(0, 3)
    evening.air(1, 3)
    evening.air(2, 3)
    evening.air(3, 3)
    evening.wait_for(1)
    evening.write(e.Undone)  # the third goes on
    evening.play_more(1)
    evening.air(4, 0.3)
    evening.air(5, 3)
    evening.wav.pad(evening.wav.samples + RATE)  # the input was lost for a second
    evening.wav.sync()
    evening.air(6, 3)
    evening.wait_for(2)
    evening.write(e.MovedBack, seconds=1)
    evening.end()
    evening.wait_for_end()
    evening.stop()
    with pytest.raises(MarksError, match="moins d'une demi-seconde"):
        evening.master()
    left_out(evening, 4)
    mastered = evening.master()
    assert mastered.reused >= 2
    assert mastered.reused + mastered.encoded == 10
    assert evening.files() == evening.cold()


def test_whenever_it_is_killed_the_bytes_are_the_same(evening: Evening) -> None:
    chance = random.Random(13)
    for n in range(4):
        evening.air(n, 3, 0.1 * (n + 1))
    for kill in range(KILLS):
        process = evening.begin_ahead()
        time.sleep(chance.uniform(0.3, 4.0))
        process.kill()
        if kill == KILLS // 2:
            evening.end()
    evening.begin_ahead()
    evening.wait_for_end()
    evening.stop()
    assert evening.master().encoded == 0
    assert evening.files() == evening.cold()
