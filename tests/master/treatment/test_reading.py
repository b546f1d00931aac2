"""A treated stretch, to the sample: what comes out is what was asked, and a change of treatment leaves no step."""

from __future__ import annotations

import threading
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from bobine import ffmpeg
from bobine.master.edit import RATE, Segment, Stretch
from bobine.master.encoding import graphs
from bobine.master.encoding.inputs import Inputs
from bobine.master.pieces import Piece
from bobine.master.treatment.hearing import hear
from bobine.master.treatment.plan import Patch, Patches, Treatment
from bobine.master.treatment.reading import CROSSFADE, read
from bobine.master.work import Gauge
from bobine.sound.faults.sides import LEFT_ONLY, RIGHT_ONLY, TURNED_BACK
from tests.sound.faults.sounds import Sound

pytestmark = pytest.mark.integration

SECONDS = 6


def wav(path: Path, sound: Sound) -> Path:
    raw = sound.astype("<f4").tobytes()
    pcm = ffmpeg.read_pipe("f32le", ar=RATE, ac=2).output(ffmpeg.local_file(path), acodec="pcm_f32le")
    ffmpeg.run(["-y", *graphs._arguments(pcm)], feed=raw)
    return path


def heard(path: Path, stretch: Stretch, plan: Patches) -> Sound:
    out = ffmpeg.run(
        graphs._arguments(read(Inputs({"": path}), stretch, plan).output("pipe:1", f="f32le", acodec="pcm_f32le"))
    )
    return np.frombuffer(out.output, np.float32).reshape(-1, 2).astype(np.float64)


def tones() -> Sound:
    t = np.arange(SECONDS * RATE) / RATE
    return np.stack((0.4 * np.sin(2 * np.pi * 220 * t), 0.3 * np.sin(2 * np.pi * 333 * t + 1)), axis=1)


@pytest.mark.parametrize(
    "matrix", [LEFT_ONLY, RIGHT_ONLY, TURNED_BACK, ((1.0, 3.5), (1.0, 3.5)), ((0.5, -0.25), (0.0, 2.0))]
)
def test_the_sides_become_what_the_matrix_says(tmp_path: Path, matrix: tuple[tuple[float, float], ...]) -> None:
    sound = tones()
    stretch = Stretch((Piece("", RATE + 77, 3 * RATE),), 0, 3 * RATE, opens=False, closes=False)
    treatment = Treatment(matrix=(matrix[0], matrix[1]))
    found = heard(wav(tmp_path / "r.wav", sound), stretch, (Patch(0, 3 * RATE, treatment),))
    wanted = sound[RATE + 77 : 4 * RATE + 77] @ np.array(matrix).T
    assert found.shape == wanted.shape
    assert np.abs(found - wanted).max() < 1e-6


def test_what_is_not_treated_is_the_same_graph_as_without_a_plan(tmp_path: Path) -> None:
    segment = Segment("a", 1000, 0, RATE, follows=False)
    elsewhere = (Patch(2 * RATE, 3 * RATE, Treatment(matrix=LEFT_ONLY)),)
    assert graphs.treated({"": tmp_path / "r.wav"}, segment, ()) == graphs.treated(
        {"": tmp_path / "r.wav"}, segment, elsewhere
    )


@pytest.mark.parametrize("source", [0, 100, RATE // 2, RATE, 2 * RATE + 5])
@pytest.mark.parametrize("offset", [(0.03, 0.03), (0.1, -0.2)])
def test_direct_current_is_gone_from_the_first_block_on(
    tmp_path: Path, source: int, offset: tuple[float, float]
) -> None:
    sound = tones() + np.array(offset)
    stretch = Stretch((Piece("", source, 3 * RATE),), 0, 3 * RATE, opens=False, closes=False)
    found = heard(wav(tmp_path / "r.wav", sound), stretch, (Patch(0, 3 * RATE, Treatment(high_pass=True)),))
    assert len(found) == 3 * RATE
    assert np.abs(found.reshape(30, -1, 2).mean(axis=1)).max() < 0.004
    assert np.abs(found.mean(axis=0)).max() < 0.0005
    assert np.abs(found - tones()[source : source + 3 * RATE]).max() < 0.03


@pytest.mark.parametrize("line", [50.0, 60.0, 99.96])
def test_a_notch_takes_its_line_and_leaves_the_rest(tmp_path: Path, line: float) -> None:
    t = np.arange(SECONDS * RATE) / RATE
    sound = tones() + 0.05 * np.sin(2 * np.pi * line * t)[:, None]
    stretch = Stretch((Piece("", 2 * RATE, 3 * RATE),), 0, 3 * RATE, opens=False, closes=False)
    found = heard(wav(tmp_path / "r.wav", sound), stretch, (Patch(0, 3 * RATE, Treatment(notches_hz=(line,))),))
    wave = np.exp(-2j * np.pi * line * t[: 3 * RATE])
    assert np.abs((found * wave[:, None]).mean(axis=0) * 2).max() < 0.05 * 10 ** (-35 / 20)
    assert np.abs(found - tones()[2 * RATE : 5 * RATE]).max() < 0.02


def test_a_spike_is_clipped_and_the_rest_is_the_same_to_the_bit(tmp_path: Path) -> None:
    sound = tones().astype(np.float32).astype(np.float64)
    spiked = sound.copy()
    spiked[RATE] = [17_782.0, -3.0]
    stretch = Stretch((Piece("", 0, 2 * RATE),), 0, 2 * RATE, opens=False, closes=False)
    found = heard(wav(tmp_path / "r.wav", spiked), stretch, (Patch(0, 2 * RATE, Treatment(ceiling=1.5)),))
    assert found[RATE] == pytest.approx([1.5, -1.5], abs=1e-6)
    found[RATE] = sound[RATE]
    assert np.abs(found - sound[: 2 * RATE]).max() < 1e-6


@pytest.mark.parametrize(
    "change",
    [
        (Treatment(matrix=LEFT_ONLY), None),
        (None, Treatment(matrix=TURNED_BACK)),
        (Treatment(matrix=LEFT_ONLY), Treatment(matrix=RIGHT_ONLY)),
        (Treatment(high_pass=True), None),
        (Treatment(high_pass=True, matrix=TURNED_BACK), Treatment(matrix=((1.0, 2.0), (1.0, 2.0)))),
        (Treatment(notches_hz=(50.0,)), Treatment(ceiling=1.0, matrix=LEFT_ONLY)),
    ],
)
def test_where_the_treatment_changes_no_step_is_left(
    tmp_path: Path, change: tuple[Treatment | None, Treatment | None]
) -> None:
    sound = tones() + np.array([0.02, 0.0])
    path = wav(tmp_path / "r.wav", sound)
    bound, samples = 2 * RATE, 4 * RATE
    spans = ((0, bound), (bound, samples))
    plan = tuple(Patch(*span, one) for span, one in zip(spans, change, strict=True) if one is not None)
    stretch = Stretch((Piece("", RATE, samples),), 0, samples, opens=False, closes=False)
    found = heard(path, stretch, plan)
    assert len(found) == samples
    steps = np.abs(np.diff(found, axis=0)).max(axis=1)
    elsewhere = max(steps[: bound - 1].max(), steps[bound + CROSSFADE :].max())
    assert steps[bound - 1 : bound + CROSSFADE].max() <= elsewhere * 1.2 + 1e-4
    # a view of a part is the same sound
    part = heard(
        path, Stretch((Piece("", 2 * RATE, RATE + RATE // 2),), RATE, RATE + RATE // 2, opens=False, closes=False), plan
    )
    assert np.abs(part - found[RATE : 2 * RATE + RATE // 2]).max() < 2e-3


def test_each_segment_is_heard_by_itself(tmp_path: Path) -> None:
    path = wav(tmp_path / "r.wav", tones() * np.repeat(np.arange(1, SECONDS + 1), RATE)[:, None] / 10)
    cuts = [0, 30_000, 100_000, 150_001, SECONDS * RATE]
    segments = [Segment(f"i{n}", a, a, b - a, n not in (0, 2)) for n, (a, b) in enumerate(pairwise(cuts))]
    found = hear({"": path}, segments, Gauge(lambda _label, _done: None), threading.Event())
    sound = tones() * np.repeat(np.arange(1, SECONDS + 1), RATE)[:, None] / 10
    for one, segment in zip(found, segments, strict=True):
        blocks = one.blocks
        own = sound[segment.source : segment.source + segment.samples]
        assert blocks.samples == segment.samples
        assert blocks.peak.max() == pytest.approx(np.abs(own).max(), abs=1e-4)
        assert one.reading.peak_db == pytest.approx(20 * np.log10(np.abs(own).max()), abs=1e-3)
        assert len(one.reading.momentary) == segment.samples // 4800 - 3
        assert blocks.power[0] == pytest.approx((own[:4800] ** 2).mean(axis=0), abs=1e-6)
