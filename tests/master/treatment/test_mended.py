"""Recordings with a fault in one item, mastered: what comes out is measured, and what was done is said."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from bobine import ffmpeg
from bobine.master.encoding import graphs
from bobine.master.produce import produce
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights
from bobine.model.published.master import Manifest
from bobine.model.show import AudioFormat
from bobine.model.show import Sound as Aims
from tests.inputs import read
from tests.sound.faults.sounds import RATE, Sound, music, noise, stereo, voice
from tests.whole_way.measures import measured

pytestmark = pytest.mark.slow

LENGTH = 10


def both(mono: Sound) -> Sound:
    return stereo(mono, mono)


def in_room(seed: int, pitch: float = 140) -> Sound:
    return voice(LENGTH, seed, pitch) + noise(LENGTH, -65, seed)


def master(folder: Path, faulty: Sound, *, remove_hum: bool = False) -> Manifest:
    """A talk that is right, the faulty one, and music, in one uncut recording of floats."""
    whole = np.concatenate([both(in_room(7)), faulty, music(LENGTH, 3)])
    path = folder / "r.wav"
    pcm = ffmpeg.read_pipe("f32le", ar=RATE, ac=2).output(ffmpeg.local_file(path), acodec="pcm_f32le")
    ffmpeg.run(["-y", *graphs._arguments(pcm)], feed=whole.astype("<f4").tobytes())
    kinds = (ItemKind.TALK, ItemKind.INTERVIEW, ItemKind.MUSIC)
    items = tuple(
        Item(
            id=f"i{n}",
            title=f"Élément {n}",
            kind=kind,
            duration=timedelta(seconds=LENGTH),
            podcast=PodcastRights.CLEARED,
            remove_hum=remove_hum,
        )
        for n, kind in enumerate(kinds)
    )
    bounds = [n * LENGTH * RATE for n in range(3)] + [len(whole)]
    aired = tuple(AiredItem(id=f"i{n}", start=bounds[n], end=bounds[n + 1]) for n in range(3))
    described = Recording(file="r.wav", rate=RATE, channels=2, samples=len(whole), sha256="0" * 64)
    as_run = AsRun(recording=described, source=MarksSource.MARKS, items=aired)
    episode = Episode(show="s", date=date(2026, 11, 26), season=1, number=1, title="t", items=items)
    (folder / "out").mkdir()
    formats = (AudioFormat.MP3,)
    return produce(episode, as_run, path, Aims(), formats, folder / "out", lambda _l, _d: None, threading.Event())


def podcast(folder: Path) -> Sound:
    """The decoded podcast at 48 kHz, the faulty item only, but for its bounds."""
    span = ["-ss", f"{LENGTH + 0.5}", "-t", f"{LENGTH - 1}", *read(folder / "out" / "podcast.mp3")]
    out = ffmpeg.run([*span, "-ac", "2", "-f", "f32le", "-"]).output
    return np.frombuffer(out, np.float32).reshape(-1, 2).astype(np.float64)


def level(sound: Sound) -> float:
    return float(10 * np.log10(np.mean(sound**2) + 1e-12))


def one_side_lost() -> Sound:
    return stereo(noise(LENGTH, -80, 1), in_room(2))


def inverted() -> Sound:
    return both(in_room(2)) * [1, -1]


def voices_apart() -> Sound:
    turns = (np.arange(LENGTH * RATE) // (2 * RATE)) % 2
    host, guest = voice(LENGTH, 2, 120) * (turns == 0), 0.15 * voice(LENGTH, 4, 210) * (turns == 1)
    return stereo(host + 0.03 * guest, guest + 0.03 * host) + stereo(noise(LENGTH, -75, 1), noise(LENGTH, -75, 2))


def side_lost_for_a_while() -> Sound:
    sound = both(in_room(2))
    sound[3 * RATE : 7 * RATE, 1] = noise(4, -85)
    return sound


@pytest.mark.parametrize(
    ("sound", "kind", "words"),
    [
        (one_side_lost, "one-sided", "le côté gauche est muet"),
        (inverted, "inverted", "sont inversés"),
        (voices_apart, "voices-apart", "une voix est à gauche et l'autre à droite"),
        (side_lost_for_a_while, "one-sided", "le côté droit est muet de 0:13 à 0:17 de l'enregistrement"),
    ],
)
def test_both_ears_hear_all_of_it_and_one_speaker_too(tmp_path: Path, sound: object, kind: str, words: str) -> None:
    manifest = master(tmp_path, sound())  # type: ignore[operator]
    assert [item.treated for item in manifest.items] == [(), (kind,), ()]
    assert any("« Élément 1 »" in warning and words in warning for warning in manifest.warnings)
    found = podcast(tmp_path)
    for first in range(0, len(found) - 48_000, 48_000):
        part = found[first : first + 48_000]
        left, right, middle = level(part[:, 0]), level(part[:, 1]), level(part.mean(axis=1))
        assert left == pytest.approx(right, abs=1.0)
        assert middle == pytest.approx(left, abs=1.0)
    assert measured(tmp_path / "out" / "podcast.mp3").lufs == pytest.approx(-16, abs=0.3)


@pytest.mark.parametrize("offset", [0.005, 0.03, -0.1, 0.25])
def test_direct_current_is_gone(tmp_path: Path, offset: float) -> None:
    sound = both(0.3 * in_room(2))
    sound[:, 0] += offset
    manifest = master(tmp_path, sound)
    assert "dc" in manifest.items[1].treated
    assert any("courant continu" in warning for warning in manifest.warnings)
    assert np.abs(podcast(tmp_path).mean(axis=0)).max() < 0.001


@pytest.mark.parametrize("asked", [True, False])
def test_hum_is_taken_out_where_it_is_asked(tmp_path: Path, *, asked: bool) -> None:
    t = np.arange(LENGTH * RATE) / RATE
    hum = sum(0.008 * np.sin(2 * np.pi * 50 * k * t + k) for k in (1, 2, 3))
    manifest = master(tmp_path, both(in_room(2) + hum), remove_hum=asked)
    assert manifest.items[1].treated == (("hum",) if asked else ())
    assert any("ronflement" in warning for warning in manifest.warnings)
    found = podcast(tmp_path).mean(axis=1)
    line = np.exp(-2j * np.pi * 50 * np.arange(len(found)) / 48_000)
    heard = 20 * np.log10(abs((found * line).mean()) * 2 + 1e-9) - level(found)
    assert heard < -40 if asked else heard > -25


@pytest.mark.parametrize("peak", [100.0, 17_782.0])
def test_a_spike_of_a_few_samples_does_not_keep_the_item_from_being_mastered(tmp_path: Path, peak: float) -> None:
    sound = both(in_room(2))
    sound[4 * RATE : 4 * RATE + 3] = peak
    manifest = master(tmp_path, sound)
    assert manifest.items[1].treated == ("damage",)
    assert any("vers 0:14" in warning and "crête" in warning for warning in manifest.warnings)
    assert manifest.items[1].lufs_after == pytest.approx(-16, abs=2)


def test_what_is_right_is_not_touched(tmp_path: Path) -> None:
    manifest = master(tmp_path, both(in_room(2)))
    assert [item.treated for item in manifest.items] == [(), (), ()]
    assert not any("côté" in warning or "courant" in warning for warning in manifest.warnings)
