"""Where files lie: overlaps found in their sound to the sample, gaps known from their times."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.importing.several.layout import lay
from bobine.air.importing.several.order import By, Order
from bobine.air.importing.several.overlap import Wave, overlap
from bobine.errors import SoundError
from bobine.model.aired.remarks import RemarkKind
from tests.examples import at_most

RATE = 8000
EDGE = 6 * RATE


def voice(seconds: float, rate: int = RATE, seed: int = 1) -> Wave:
    """Noise of the colour and the slow waves of speech, full scale 1."""
    count = round(seconds * rate)
    noise = np.convolve(np.random.default_rng(seed).normal(size=count), np.hanning(9), "same") * 0.05
    return (noise * (0.1 + np.abs(np.sin(np.arange(count) * 3.7 / rate)))).astype(np.float32)


SHOW = voice(20)


@at_most(60)
@given(amount=st.integers(200, EDGE), noise=st.sampled_from([0.0, 1e-5]), gain=st.sampled_from([1.0, 0.5]))
def test_an_overlap_is_found_to_the_sample(amount: int, noise: float, gain: float) -> None:
    cut = 10 * RATE
    head = SHOW[cut - amount : cut - amount + EDGE] * gain
    head = head + np.random.default_rng(2).normal(size=len(head)).astype(np.float32) * noise
    assert overlap(SHOW[cut - EDGE : cut], head, RATE) == amount


@given(st.integers(0, 4 * RATE))
def test_files_that_follow_without_overlap_share_nothing(cut: int) -> None:
    assert overlap(SHOW[cut : cut + EDGE], SHOW[cut + EDGE : cut + 2 * EDGE], RATE) is None


@pytest.mark.parametrize("kind", ["tone", "loop", "silence", "hum", "dc", "empty", "one sample"])
@pytest.mark.parametrize("shared", [0, 3 * RATE])
def test_what_would_fit_anywhere_is_no_overlap(kind: str, shared: int) -> None:
    times = np.arange(20 * RATE)
    sounds = {
        "tone": np.sin(times * 2 * np.pi * 440 / RATE),
        "loop": np.tile(SHOW[:RATE], 20),
        "silence": np.zeros(20 * RATE),
        "hum": np.sin(times * 2 * np.pi * 50 / RATE) * 0.01,
        "dc": np.full(20 * RATE, 0.2),
        "empty": np.zeros(0),
        "one sample": np.ones(1),
    }
    sound = sounds[kind].astype(np.float32)
    assert overlap(sound[:EDGE], sound[EDGE - shared : 2 * EDGE - shared], RATE) is None


def test_an_overlap_at_48_khz_with_a_constant_is_found() -> None:
    sound = voice(12, 48_000) + np.float32(0.1)
    cut = 6 * 48_000
    assert overlap(sound[:cut], sound[cut - 100_003 :], 48_000) == 100_003


def ordered(starts_s: list[Fraction], by: By) -> Order:
    return Order(tuple(range(len(starts_s))), by, tuple(starts_s))


@given(st.lists(st.tuples(st.integers(RATE, 9 * RATE), st.integers(200, RATE)), min_size=1, max_size=6))
def test_overlaps_are_kept_once(rows: list[tuple[int, int]]) -> None:
    lengths = [length for length, _ in rows]
    shared = [amount if amount < length else None for (length, amount) in rows[:-1]]
    found = lay([f"{n}" for n in range(len(rows))], lengths, RATE, shared)
    place = 0
    for n, start in enumerate(found.starts):
        assert start == place
        place += lengths[n] - ((shared[n] or 0) if n < len(shared) else 0)
    assert [remark.kind for remark in found.remarks] == [RemarkKind.OVERLAP for one in shared if one]
    assert [remark.at_s for remark in found.remarks] == [
        round(found.starts[n + 1] / RATE, 3) for n, one in enumerate(shared) if one
    ]


@given(st.lists(st.tuples(st.integers(1, 99 * RATE), st.integers(0, 99 * RATE)), min_size=2, max_size=6))
def test_gaps_counted_in_samples_are_silence_to_the_sample(rows: list[tuple[int, int]]) -> None:
    starts, place = [], 0
    for length, gap in rows:
        starts.append(place)
        place += length + (gap if gap > RATE // 50 else 0)
    order = ordered([Fraction(start, RATE) for start in starts], By.COUNT)
    found = lay(["x"] * len(rows), [length for length, _ in rows], RATE, [None] * (len(rows) - 1), order)
    assert list(found.starts) == starts
    assert sum(remark.kind is RemarkKind.GAP for remark in found.remarks) == sum(g > RATE // 50 for _, g in rows[:-1])


@pytest.mark.parametrize(
    ("apart", "by", "start", "words"),
    [
        (Fraction(61), By.HOURS, 60, None),
        (Fraction(75), By.HOURS, 75, "Environ 15,0 s manquent entre « a » et « b »"),
        (Fraction(61), By.COUNT, 61, "1,00 s manquent entre « a » et « b »"),
        (
            Fraction(50),
            By.COUNT,
            60,
            "Les heures disent 10,0 s en double entre « a » et « b », le son ne le",
        ),
        (Fraction(6001, 100), By.COUNT, 60, None),
        (Fraction(3000), By.HOURS, 3000, "Environ 49'00 manquent"),
    ],
)
def test_what_times_say(apart: Fraction, by: By, start: int, words: str | None) -> None:
    found = lay(["a", "b"], [60 * RATE, RATE], RATE, [None], ordered([Fraction(0), apart], by))
    assert found.starts == (0, start * RATE)
    assert [remark.text[: len(words or "")] for remark in found.remarks] == ([words] if words else [])


def test_files_of_two_days_are_no_recording() -> None:
    order = ordered([Fraction(0), Fraction(86_400)], By.HOURS)
    with pytest.raises(SoundError, match="ce n'est pas la suite"):
        lay(["a", "b"], [60 * RATE, RATE], RATE, [None], order)
    found = lay(["a", "b"], [60 * RATE, RATE], RATE, [None], order, accept_distance=True)
    assert found.starts == (0, 60 * RATE)
    assert found.remarks[0].kind is RemarkKind.GAP
