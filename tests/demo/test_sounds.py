"""The synthesised sounds: exact lengths, the same for the same seed, and shaped like what they stand for."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

import pytest

from bobine.demo import music, voices
from bobine.demo.rundown import RUNDOWN, SHORTEST_ITEM_S, planned_seconds


def rms_db(samples: array[int]) -> float:
    return 10 * math.log10(sum(sample * sample for sample in samples) / len(samples) / 32768**2 + 1e-12)


def crest_db(samples: array[int]) -> float:
    return 20 * math.log10(max(map(abs, samples)) / 32768) - rms_db(samples)


def test_a_voice_speaks_exactly_as_long_as_wanted_and_pauses() -> None:
    samples = array("h", voices.Speaker(voices.VOICES["host"], "1").speak(8.2))
    assert len(samples) == round(8.2 * voices.RATE)
    assert 12 < crest_db(samples) < 22
    levels = [rms_db(samples[at : at + 2400]) for at in range(0, len(samples) - 2400, 2400)]
    assert sum(level < -60 for level in levels) > 3
    assert max(levels) > -25


def test_the_same_seed_says_the_same_and_another_does_not() -> None:
    spoken = [voices.Speaker(voices.VOICES["bass"], seed).speak(2) for seed in ("1", "1", "2")]
    assert spoken[0] == spoken[1] != spoken[2]
    played = [music.Band(music.SONGS["sting"], seed).play(2) for seed in ("1", "1", "2")]
    assert played[0] == played[1] != played[2]


@pytest.mark.parametrize("name", music.SONGS)
def test_a_song_lasts_exactly_as_long_as_wanted_and_fades(name: str) -> None:
    played = array("h", music.Band(music.SONGS[name], "1").play(12.34))
    assert len(played) == 2 * round(12.34 * music.RATE)
    assert 8 < crest_db(played) < 22
    assert rms_db(played[-9600:]) < rms_db(played) - 10
    assert any(left != right for left, right in zip(played[::2], played[1::2], strict=True))


def test_a_loop_joins_without_a_click() -> None:
    band = music.Band(music.SONGS["ballad"], "1")
    played = array("h", band.play(30))[::2]
    steps = sorted(abs(one - other) for one, other in pairwise(played))
    assert steps[-1] < 20 * steps[len(steps) * 99 // 100]


def test_the_rundown_is_the_worked_example() -> None:
    assert len(RUNDOWN) == 18
    assert sum(planned_seconds(55)) == 55 * 60
    assert planned_seconds(55) == tuple(item.seconds for item in RUNDOWN)
    assert sum(planned_seconds(4)) == pytest.approx(240, abs=10)
    assert min(planned_seconds(1)) == SHORTEST_ITEM_S
    assert len({item.id for item in RUNDOWN}) == 18
    assert all(item.sound in (music.SONGS if item.musical else voices.VOICES) for item in RUNDOWN)
