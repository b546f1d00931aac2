"""Applause in a talk and two voices in one item, measured on the decoded podcast: real speech where there is some."""

from __future__ import annotations

import functools
import re
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bobine import ffmpeg
from bobine.master.produce import produce
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights
from bobine.model.published.master import Manifest
from bobine.model.show import AudioFormat, Sound
from bobine.sound.survey import survey
from tests.conftest import sound_folder
from tests.inputs import made, read
from tests.sound.made import wav
from tests.whole_way.measures import measured

pytestmark = pytest.mark.slow

SPOKEN = (
    "aevalsrc='0.4*(0.6*sin(2*PI*{pitch}*t+2*sin(2*PI*3*t))+0.4*sin(2*PI*920*t)+0.2*(random({seed})-0.5))"
    "*pow(abs(sin(2*PI*1.7*t)),0.6)*(1-0.995*between(mod(t,4),3.3,4))':s=48000:d={seconds}"
)
CLAPS = (
    "aevalsrc='(random({seed})-0.5)*(0.6+0.4*sin(2*PI*9*t))|(random(9)-0.5)*(0.6+0.4*sin(2*PI*9*t))'"
    ":s=48000:d={seconds}"
)
Part = tuple[str, float, float]
"""What sounds (``one``, ``other``: voices; ``claps``, ``music``), how long in seconds, and how loud in LUFS."""


def given(what: str, seconds: float, seed: int) -> list[str]:
    if what == "claps":
        return made(CLAPS.format(seed=seed, seconds=seconds))
    real = sorted((sound_folder() or Path("nowhere")).glob("paroles/*.mp3"))
    if not real:
        return made(SPOKEN.format(pitch=150 if what == "one" else 210, seed=seed, seconds=seconds))
    file = real[0 if what == "one" else len(real) // 2]
    return ["-ss", f"{6 + 3 * seed}", "-t", f"{seconds}", *read(file)]


@functools.lru_cache(maxsize=32)
def part(what: str, seconds: float, seed: int) -> tuple[NDArray[np.float32], float]:
    """The sound of a part, two sides, and its loudness as it is, LUFS."""
    exact = f"aresample=48000,aformat=channel_layouts=stereo,apad,atrim=end={seconds},ebur128=framelog=verbose"
    words = [*given(what, seconds, seed), "-af", exact, "-f", "f32le", "pipe:1"]
    done = ffmpeg.run(["-nostats", *words], level="info")
    return np.frombuffer(done.output, "<f4").reshape(-1, 2), lufs_in(done.log)


def record(folder: Path, parts: list[Part]) -> Path:
    """A recording in which each part has the loudness that it was given."""
    sounds = []
    for n, (what, seconds, level) in enumerate(parts):
        sound, loudness = part(what, seconds, n)
        sounds.append(sound * np.float32(10 ** ((level - loudness) / 20)))
    return wav(folder / "recording.wav", np.concatenate(sounds))


def master(folder: Path, parts: list[Part], item: Item, aims: Sound | None = None) -> Manifest:
    recording = record(folder, parts)
    info = survey(recording)
    described = Recording(file=recording.name, rate=info.rate, channels=2, samples=info.samples, sha256="0" * 64)
    aired = (AiredItem(id=item.id, start=0, end=info.samples),)
    as_run = AsRun(recording=described, source=MarksSource.MARKS, items=aired)
    episode = Episode(show="s", date=date(2026, 11, 26), season=1, number=1, title="t", items=(item,))
    out = folder / "out"
    out.mkdir()
    formats = (AudioFormat.MP3,)
    return produce(episode, as_run, recording, aims or Sound(), formats, out, lambda _l, _d: None, threading.Event())


def lufs_in(log: str) -> float:
    """What ffmpeg's own ebur128 says in the end."""
    return float(re.findall(r"\bI:\s+(-?[\d.]+)", log[log.rindex("Summary:") :])[0])


def lufs_of(path: Path, start: float, end: float) -> float:
    """The loudness of a stretch; true peaks, which take longest, are not measured."""
    stretch = f"atrim=start={start}:end={end},ebur128=framelog=verbose"
    return lufs_in(ffmpeg.run(["-nostats", *read(path), "-af", stretch, "-f", "null", "-"], level="info").log)


def heard(folder: Path, start: float, end: float) -> float:
    return lufs_of(folder / "out" / "podcast.mp3", start, end)


TALK = Item(id="talk", title="Plateau", kind=ItemKind.TALK, duration=timedelta(minutes=1))


@pytest.mark.parametrize(
    ("level", "claps", "seconds", "before"),
    [
        (-32, -19, 1, 40),
        (-32, -13, 3, 40),
        (-32, -13, 10, 40),
        (-24, -8, 0.5, 30),
        (-38, -15, 2, 45),
        (-30, -18, 1.5, 3),
    ],
)
def test_a_talk_with_applause_is_made_and_its_voice_is_at_the_target(
    tmp_path: Path, level: float, claps: float, seconds: float, before: float
) -> None:
    parts: list[Part] = [("one", before, level), ("claps", seconds, claps), ("one", 40, level)]
    manifest = master(tmp_path, parts, TALK)
    assert manifest.files[0].integrated_lufs == pytest.approx(-16, abs=0.3)
    whole = measured(tmp_path / "out" / "podcast.mp3")
    assert whole.lufs == pytest.approx(-16, abs=0.3)
    assert whole.dbtp <= -1
    assert heard(tmp_path, before + seconds + 3, before + seconds + 38) == pytest.approx(-16, abs=1.2)
    assert heard(tmp_path, before, before + max(seconds, 0.6)) < -16 + 8


@pytest.mark.parametrize(
    "parts",
    [
        [("one", 30, -14), ("other", 30, -24)],
        [("one", 30, -20), ("other", 30, -32), ("one", 20, -20)],
        [("one", 15, -18), ("other", 15, -28), ("one", 15, -18), ("other", 15, -28)],
        [("one", 40, -24), ("other", 12, -36), ("one", 20, -24)],
        [("other", 25, -34), ("one", 25, -22)],
        [("one", 20, -16), ("other", 60, -27)],
    ],
)
def test_two_voices_in_one_item_are_brought_together(tmp_path: Path, parts: list[Part]) -> None:
    manifest = master(tmp_path, parts, replace(TALK, kind=ItemKind.INTERVIEW))
    spread = manifest.items[0].inside_spread_lu
    assert spread is not None
    assert spread <= 3.0
    start, found = 0.0, []
    for _, seconds, _ in parts:
        found.append(heard(tmp_path, start + 4, start + seconds - 3))
        start += seconds
    assert max(found) - min(found) <= 3.0
    whole = measured(tmp_path / "out" / "podcast.mp3")
    assert whole.lufs == pytest.approx(-16, abs=0.3)
    assert whole.lra <= 6.0


@pytest.mark.parametrize("how", ["the item's key", "the show's setting", "music"])
def test_where_it_is_off_the_voices_keep_their_differences(tmp_path: Path, how: str) -> None:
    item, aims = TALK, Sound()
    if how == "music":
        item = replace(TALK, kind=ItemKind.MUSIC, podcast=PodcastRights.CLEARED)
    elif how == "the item's key":
        item = replace(TALK, leveling=False)
    else:
        aims = Sound(leveling_db=0.0)
    master(tmp_path, [("one", 20, -24), ("other", 20, -34)], item, aims)
    assert heard(tmp_path, 1, 19) - heard(tmp_path, 21, 39) == pytest.approx(10, abs=1.0)


@pytest.mark.parametrize("guest", [-44, -52, -56])
def test_a_quiet_guest_is_no_dead_air_and_a_hole_is(tmp_path: Path, guest: float) -> None:
    parts: list[Part] = [("one", 20, -24), ("other", 12, guest), ("one", 10, -24), ("claps", 6, -69), ("one", 10, -24)]
    manifest = master(tmp_path, parts, TALK)
    assert [hole.recording_s for hole in manifest.dead_air] == [pytest.approx(42, abs=0.8)]


def test_a_spike_beyond_all_sound_is_held_and_named(tmp_path: Path) -> None:
    parts: list[Part] = [("one", 20, -24), ("claps", 0.5, 40), ("one", 20, -24)]
    manifest = master(tmp_path, parts, TALK)
    assert any("vers 0:20" in warning and "abîmé" in warning for warning in manifest.warnings)
    assert heard(tmp_path, 24, 39) == pytest.approx(-16, abs=1.2)


def test_noise_between_words_rises_no_more_than_the_words(tmp_path: Path) -> None:
    """The rise of each stretch is measured from the recording to the decoded podcast."""
    parts: list[Part] = [("one", 20, -22), ("claps", 1.4, -58), ("one", 20, -22), ("claps", 12, -58)]
    parts += [("other", 20, -34), ("claps", 1.4, -58), ("other", 20, -34)]
    master(tmp_path, parts, TALK)
    start, rises = 0.0, []
    for _, seconds, _ in parts:
        span = (start + 0.2, start + seconds - 0.2) if seconds < 20 else (start + 6, start + seconds - 4)
        rises.append(heard(tmp_path, *span) - lufs_of(tmp_path / "recording.wav", *span))
        start += seconds
    first, gap, second, long_gap, third, other_gap, last = rises
    assert gap <= max(first, second) + 3
    assert other_gap <= max(third, last) + 3
    assert long_gap <= max(second, third) + 0.5
    assert third - second == pytest.approx(12, abs=3)
