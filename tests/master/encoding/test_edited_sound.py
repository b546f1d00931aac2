"""What is heard of a show with cuts and takes, measured: nothing of what was cut, no click, the rest as it was."""

from __future__ import annotations

import functools
import math
import threading
import wave
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bobine import ffmpeg
from bobine.master.edit import RATE, Segment, edit_list
from bobine.master.encoding import graphs
from bobine.master.encoding.inputs import Inputs
from bobine.master.pieces import JOIN, Join
from bobine.master.produce import produce
from bobine.master.source import readable_sources
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.model.aired.edits import NO_EDITS, Edits, edits_digest
from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.published.master import Manifest
from bobine.model.show import AudioFormat, Sound
from bobine.sound.joining import FileSpan
from tests.inputs import read
from tests.master.edits import OTHER, OWN, cut, take

pytestmark = pytest.mark.slow

Samples = NDArray[np.float64]

MARKER_HZ = 5_000
TAKE_HZ = 3_100


@functools.cache
def noise() -> Samples:
    return np.random.default_rng(1).standard_normal(60 * RATE)


def tone(hz: float, seconds: float, level: float = 0.3, rate: int = RATE) -> Samples:
    return level * np.sin(2 * math.pi * hz * np.arange(round(seconds * rate)) / rate)


def speech(seconds: float, level: float = 0.2) -> Samples:
    """Noise and a tone that come and go as words do."""
    t = np.arange(round(seconds * RATE)) / RATE
    return level * np.abs(np.sin(2 * math.pi * 1.7 * t)) * (noise()[: t.size] * 0.3 + np.sin(2 * math.pi * 180 * t))


def write(path: Path, sound: Samples, rate: int = RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, rate, 0, "NONE", ""))
        file.writeframes((np.repeat(sound, 2) * 32_767).astype("<i2").tobytes())
    return path


def decoded(path: Path) -> Samples:
    """One channel of a file at 48 kHz, as it plays."""
    raw = ffmpeg.run([*read(path), "-f", "f32le", "-ac", "1", "-ar", str(RATE), "pipe:1"]).output
    return np.frombuffer(raw, "<f4").astype(np.float64)


def loudest_at(sound: Samples, hz: float) -> float:
    """The highest level of a frequency over 50 ms, dBFS."""
    size = RATE // 20
    window = np.hanning(size) * 2 / size * 2
    wave_ = np.exp(-2j * math.pi * hz * np.arange(size) / RATE)
    blocks = sound[: sound.size // size * size].reshape(-1, size)
    return float(20 * np.log10(np.max(np.abs((blocks * window) @ wave_)) + 1e-9))


def raw_sound(path: Path, segments: tuple[Segment, ...], takes: dict[str, Path], folder: Path) -> Samples:
    """The edit list as it is read, before any gain."""
    folder.mkdir()
    own = run_of(100).recording
    sources = readable_sources(own, [FileSpan(path, 0, 0)], takes, segments, folder, threading.Event())
    found = []
    for segment in segments:
        sound = Inputs(sources).read(segment.pieces)
        raw = ffmpeg.run(graphs._arguments(sound.output("pipe:1", f="f32le", acodec="pcm_f32le"))).output
        found.append(np.frombuffer(raw, "<f4").astype(np.float64)[::2])
    return np.concatenate(found)


def run_of(*seconds: float) -> AsRun:
    recording = Recording(file="r.wav", rate=RATE, channels=2, samples=10**9, sha256=OWN)
    items, position = [], 0
    for n, one in enumerate(seconds):
        items.append(AiredItem(id=f"i{n}", start=position, end=position + round(one * RATE)))
        position += round(one * RATE)
    return AsRun(recording=recording, source=MarksSource.MARKS, items=tuple(items))


def mastered(run: AsRun, recording: Path, edits: Edits, takes: dict[str, Path], folder: Path) -> Manifest:
    folder.mkdir()
    items = tuple(
        Item(
            id=one.id, title=one.id, kind=ItemKind.TALK, duration=timedelta(seconds=round((one.end - one.start) / RATE))
        )
        for one in run.items
    )
    episode = Episode(show="s", date=date(2026, 11, 26), season=1, number=1, title="t", items=items)
    formats = (AudioFormat.MP3,)
    return produce(episode, run, recording, Sound(), formats, folder, lambda _label, _done: None, threading.Event(),
                   edits=edits, takes=takes)  # fmt: skip


@pytest.mark.parametrize("at", [12_345, 24_000, 47_999, 100_001, 143_217])
@pytest.mark.parametrize("hz", [60, 100, 1_000])
def test_a_join_has_no_step(tmp_path: Path, at: int, hz: int) -> None:
    """A tone cut by an odd number of half periods, the worst: no step, and no bend beyond that of the fades' ends."""
    path = write(tmp_path / "r.wav", tone(hz, 8, 0.5))
    segments = edit_list(run_of(8), (), Edits(cuts=(cut("i0", at, at + RATE + RATE // hz // 2),)))
    found = raw_sound(path, segments, {}, tmp_path / "w")
    slope, kink = 0.5 * 2 * math.pi * hz / RATE, 0.5 * math.pi / 2 / JOIN
    assert np.abs(np.diff(found)).max() < 1.42 * slope + 1.42 * kink + 2 / 32_768
    assert np.abs(np.diff(found, 2)).max() < 1.42 * slope * 2 * math.pi * hz / RATE + 2 * kink + 4 / 32_768


def test_a_hard_splice_would_not_pass() -> None:
    sound = tone(100, 8, 0.5)
    spliced = np.concatenate([sound[:12_120], sound[12_120 + RATE + 240 :]])
    assert np.abs(np.diff(spliced)).max() > 0.9


@pytest.mark.parametrize("at_s", [1.0, 2.5, 3.3, 4.71, 5.9])
def test_room_tone_neither_dips_nor_swells_at_a_join(tmp_path: Path, at_s: float) -> None:
    path = write(tmp_path / "r.wav", 0.02 * noise()[: 10 * RATE])
    start = round(at_s * RATE)
    segments = edit_list(run_of(10), (), Edits(cuts=(cut("i0", start, start + RATE),)))
    found = raw_sound(path, segments, {}, tmp_path / "w")
    join = found[start - JOIN : start]
    level = 20 * math.log10(math.sqrt(np.mean(join**2)) / 0.02)
    assert abs(level) < 1.0


CUTS = [
    [("i0", 2.0, 2.4)],
    [("i0", 0.0, 1.5)],
    [("i0", 6.2, 8.0), ("i1", 0.0, 1.0)],
    [("i1", 1.0, 1.11), ("i1", 3.0, 4.0), ("i1", 4.02, 5.0)],
    [("i2", 5.0, 8.0)],
    [("i1", 1.0, 1.2), ("i1", 1.3, 1.4), ("i1", 1.5, 1.6), ("i1", 1.8, 1.9)],
]


@pytest.mark.parametrize("cuts", CUTS)
def test_a_marker_inside_a_cut_is_heard_nowhere(tmp_path: Path, cuts: Sequence[tuple[str, float, float]]) -> None:
    run = run_of(8, 8, 8)
    sound = speech(24, 0.1)
    starts = {one.id: one.start for one in run.items}
    made = []
    for item, a, b in cuts:
        first, last = starts[item] + round(a * RATE), starts[item] + round(b * RATE)
        sound[first:last] = tone(MARKER_HZ, b - a, 0.5)[: last - first]
        made.append(cut(item, first, last))
    path = write(tmp_path / "r.wav", sound)
    edits = Edits(cuts=tuple(made))
    manifest = mastered(run, path, edits, {}, tmp_path / "m")
    out = decoded(tmp_path / "m" / "podcast.mp3")
    plain = mastered(run, write(tmp_path / "p.wav", speech(24, 0.1)), edits, {}, tmp_path / "p")
    same = decoded(tmp_path / "p" / "podcast.mp3")
    assert loudest_at(sound, MARKER_HZ) > -10
    assert loudest_at(out, MARKER_HZ) < loudest_at(same, MARKER_HZ) + 1
    assert manifest.items == plain.items
    assert len(manifest.kept_items) == 3
    cut_s = sum(b - a for _, a, b in cuts)
    assert manifest.files[0].duration_s == pytest.approx(24 - cut_s, abs=0.12 + 0.05 * len(cuts))
    assert sum(item.cut_s for item in manifest.items) == pytest.approx(cut_s, abs=0.001)
    assert manifest.edits_sha256 == edits_digest(edits)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """Three items as they were recorded."""
    folder = tmp_path_factory.mktemp("plain")
    return mastered(run_of(8, 8, 8), write(folder / "r.wav", speech(24)), NO_EDITS, {}, folder / "p")


@pytest.mark.parametrize(("seconds", "rate", "item"), [(5, RATE, 1), (11.3, 44_100, 1), (3, 22_050, 0), (6, 96_000, 2),
                                                       (0.7, 8_000, 1)])  # fmt: skip
def test_a_take_is_heard_in_its_item_alone_and_chapters_follow(
    tmp_path: Path, plain: Manifest, seconds: float, rate: int, item: int
) -> None:
    run = run_of(8, 8, 8)
    path = write(tmp_path / "r.wav", speech(24))
    other = write(tmp_path / "t.wav", tone(TAKE_HZ, seconds + 1, rate=rate), rate)
    made = take(f"i{item}", seconds, rate=rate, start=rate // 2)
    files = {made.file: other}
    manifest = mastered(run, path, Edits(takes=(made,)), files, tmp_path / "m")
    lengths = [(one.end_s or 0) - (one.start_s or 0) for one in manifest.items]
    before = [(one.end_s or 0) - (one.start_s or 0) for one in plain.items]
    assert lengths[item] == pytest.approx(seconds, abs=0.12)
    assert [n for n in range(3) if lengths[n] != pytest.approx(before[n])] == [item]
    out = decoded(tmp_path / "m" / "podcast.mp3")
    for n, one in enumerate(manifest.items):
        inner = out[round(((one.start_s or 0) + 0.1) * RATE) : round(((one.end_s or 0) - 0.1) * RATE)]
        assert (loudest_at(inner, TAKE_HZ) > -25) == (n == item)
    assert [one.take for one in manifest.items] == [f"i{n}.wav" if n == item else "" for n in range(3)]


def test_what_is_undone_gives_the_same_bytes(tmp_path: Path) -> None:
    run = run_of(8, 8)
    path = write(tmp_path / "r.wav", speech(16))
    other = write(tmp_path / "t.wav", tone(TAKE_HZ, 5))
    edits = Edits(takes=(take("i1", 4, rate=RATE),), cuts=(cut("i0", RATE, 2 * RATE),))
    before = mastered(run, path, NO_EDITS, {}, tmp_path / "a")
    edited = mastered(run, path, edits, {"i1.wav": other}, tmp_path / "b")
    after = mastered(run, path, Edits(), {}, tmp_path / "c")
    assert before == after != edited
    one, two, three = ((tmp_path / name / "podcast.mp3").read_bytes() for name in "abc")
    assert one == three != two


def test_a_take_may_be_cut_too(tmp_path: Path) -> None:
    sound = np.concatenate([speech(3), tone(MARKER_HZ, 1, 0.5), speech(4)])
    other = write(tmp_path / "t.wav", sound)
    made = take("i0", 8, rate=RATE)
    edits = Edits(takes=(made,), cuts=(cut("i0", 3 * RATE, 4 * RATE, OTHER),))
    segments = edit_list(run_of(8, 8), (), edits)
    assert {piece.file for piece in segments[0].pieces} == {"i0.wav"}
    path = write(tmp_path / "r.wav", speech(16))
    found = raw_sound(path, segments, {made.file: other}, tmp_path / "w")
    assert loudest_at(found[: segments[0].samples], MARKER_HZ) < -40


def test_a_join_is_exactly_as_long_as_it_says(tmp_path: Path) -> None:
    path = write(tmp_path / "r.wav", 0.1 * noise()[: 5 * RATE])
    for before, after in ((0, 100_000), (47_999, 48_001), (150_000, 200_001), (96_000, 144_000), (1, 239_000)):
        target = tmp_path / f"{before}.wav"
        ffmpeg.run(graphs.crossfade(path, Join("", before, after, JOIN), target))
        raw = decoded(target)
        assert raw.size == JOIN
