"""The true peak of what may hold it is the true peak of all, by ffmpeg's own meter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bobine import ffmpeg, ffmpeg_input
from bobine.master.encoding import graphs
from bobine.master.meter import measure
from bobine.master.peaks import BLOCK, BOUND_DB, Loudest

RATE = 48_000
Sound = NDArray[np.float32]
PAUSE = np.zeros((2 * 4800, 2), np.float32)


def whole_peak(sound: Sound) -> float:
    """The true peak of sound and of the silence after it, dBTP."""
    rest = np.zeros((-len(sound) % 4800, 2), np.float32)
    return measure(graphs.measure_peak(), feed=np.concatenate((sound, rest, PAUSE)).tobytes()).peak_db


@st.composite
def sounds(draw: st.DrawFn) -> Sound:
    """Noise that comes and goes, with tones between the samples, clicks, and patterns that overshoot."""
    seed = draw(st.integers(0, 10**6))
    random = np.random.default_rng(seed)
    seconds = draw(st.sampled_from([0.02, 0.5, 1.3]))
    count = int(seconds * RATE) + draw(st.integers(0, 300))
    envelope = np.interp(np.arange(count), np.linspace(0, count, 8), 10 ** random.uniform(-3, 0, 8))
    sound = random.uniform(-1, 1, (count, 2)) * envelope[:, None] * draw(st.sampled_from([0.05, 0.5, 1.0]))
    for _ in range(draw(st.integers(0, 5))):
        at, size = int(random.integers(0, count)), int(random.integers(1, 60))
        end = min(count, at + size)
        burst = np.sin(np.pi / 2 * np.arange(end - at) + np.pi / 4) * random.uniform(0.1, 1.2)
        sound[at:end, random.integers(0, 2)] = burst if random.random() < 0.5 else np.sign(burst)
    return sound.astype(np.float32)


@pytest.mark.integration
@given(sounds(), st.integers(1, 50_000))
@settings(max_examples=12, deadline=None)
def test_the_peak_of_the_loudest_blocks_is_the_peak_of_all(sound: Sound, piece: int) -> None:
    loudest = Loudest()
    content = sound.tobytes()
    for at in range(0, len(content), piece):
        loudest.take(content[at : at + piece])
    kept = loudest.stretches()
    assert loudest.highest == float(np.abs(sound).max())
    assert measure(graphs.measure_peak(), feed=kept).peak_db == whole_peak(sound)


def test_quiet_sound_is_left_out_and_the_head_does_not_count() -> None:
    sound = np.full((100 * BLOCK, 2), 0.01, np.float32)
    sound[50 * BLOCK] = 0.5
    sound[3 * BLOCK] = 1.0
    loudest = Loudest(skipped=10 * BLOCK)
    loudest.take(sound.tobytes())
    kept = np.frombuffer(loudest.stretches(), np.float32).reshape(-1, 2)
    assert loudest.highest == 0.5
    assert np.array_equal(kept[: 3 * BLOCK], sound[49 * BLOCK : 52 * BLOCK])
    assert not kept[3 * BLOCK :].any()


def test_sound_that_is_loud_all_along_is_given_up() -> None:
    loudest = Loudest()
    for _ in range(60):
        loudest.take(np.full((RATE, 2), 0.5, np.float32).tobytes())
    assert loudest.stretches() == b""
    assert loudest.too_many


def test_silence_has_no_peak() -> None:
    loudest = Loudest()
    loudest.take(bytes(8 * RATE))
    assert loudest.stretches() == b""
    assert not loudest.too_many


@pytest.mark.integration
def test_no_pattern_of_samples_exceeds_the_bound() -> None:
    """The worst one: the signs of the resampler's own coefficients, turned round."""
    pulse = np.zeros(200)
    pulse[100] = 1.0
    resampled = ffmpeg.run(
        [
            *ffmpeg_input.as_arguments(ffmpeg_input.of_pipe("f64le", ar=RATE, ac=1), "pipe:0"),
            "-af",
            "aresample=192000:internal_sample_fmt=dblp",
            "-f",
            "f64le",
            "pipe:1",
        ],
        feed=pulse.tobytes(),
    ).output
    answer = np.frombuffer(resampled)
    sums = [20 * np.log10(np.abs(answer[phase::4]).sum()) for phase in range(4)]
    worst = []
    for phase in range(4):
        signs = np.sign(answer[phase::4])[::-1]
        sound = np.zeros((4800, 2), np.float32)
        sound[1000 : 1000 + len(signs), :] = signs[:, None]
        worst.append(whole_peak(sound))
    assert max(worst) <= BOUND_DB
    assert max(worst) == pytest.approx(max(sums), abs=0.05)
