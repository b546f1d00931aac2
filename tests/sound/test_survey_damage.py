"""Damage in files as they really come: what is lost is told, and what is no sound is refused by a sentence."""

from __future__ import annotations

import itertools
import random
import struct
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bobine.errors import Interrupted, SoundError
from bobine.sound.conform import conform
from bobine.sound.survey import survey
from tests.sound.bursts import SECONDS, base_in, conformed, is_loud
from tests.sound.made import RATE, coded, noise, wav

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base_in(tmp_path_factory.mktemp("base"))


# F10: damage


def torn(path: Path, share: float = 0.5, size: int = 8000) -> Path:
    """A copy with noise in the place of some bytes."""
    whole = path.read_bytes()
    at = int(len(whole) * share)
    target = path.with_name(f"torn{share}-{path.name}")
    target.write_bytes(whole[:at] + random.Random(7).randbytes(size) + whole[at + size :])
    return target


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("cbr.mp3", {"b:a": "128k"}),
        ("bare.mp3", {"b:a": "128k", "write_xing": 0, "id3v2_version": 0}),
        ("low.mp3", {"b:a": "64k", "ar": 24_000}),
        ("two.mp2", {"b:a": "192k"}),
        ("a.aac", {}),
        ("a.m4a", {}),
        ("a.ogg", {"acodec": "libvorbis"}),
        ("a.opus", {}),
        ("a.ts", {"acodec": "aac"}),
    ],
)
def test_what_is_lost_is_told_and_later_marks_stay_right(base: Path, name: str, options: dict[str, Any]) -> None:
    whole = coded(base.with_name(name), base, **options)
    expected = survey(whole)
    assert (expected.torn, expected.holes, expected.damage) == ((), (), "")
    info = survey(path := torn(whole))
    assert info.torn
    assert info.damage
    assert info.torn[0].at_s == pytest.approx(SECONDS / 2, abs=1.1)  # a page of Ogg is a second long
    # frames of AAC have any size: what they held is known by their mean
    assert info.duration_s == pytest.approx(expected.duration_s, abs=0.4 if name == "a.aac" else 0.06)
    heard = conformed(path, info)
    assert name == "a.aac" or all(
        is_loud(heard, n + 0.07, n + 0.12) and not is_loud(heard, n + 0.6, n + 0.9) for n in (0, 1, 5)
    )


def test_a_torn_flac_keeps_its_time(base: Path) -> None:
    whole = coded(base.with_name("a.flac"), wav(base.with_name("noise.wav"), noise(SECONDS)))
    info = survey(torn(whole, size=20_000))
    assert info.torn
    assert info.duration_s == pytest.approx(SECONDS, abs=0.01)


FLOATS = {"+9 dB": 2.8, "+20 dB": 10.0, "full scale": 1.0, "quiet": 0.1, "huge": 17_000.0}


@pytest.mark.parametrize("peak", FLOATS.values(), ids=FLOATS.keys())
def test_floats_have_room(tmp_path: Path, peak: float) -> None:
    sound = noise(2).astype(np.float32)
    sound *= peak / np.abs(sound).max()
    info = survey(wav(tmp_path / "f.wav", sound))
    assert info.peak_dbfs == pytest.approx(20 * np.log10(peak), abs=0.01)
    assert info.full_scale_samples < 10


@pytest.mark.parametrize("gain", [2, 4, 8])
@pytest.mark.parametrize("kind", ["<i2", "<f4"])
def test_flat_tops_are_clipping(tmp_path: Path, kind: str, gain: float) -> None:
    time = np.arange(2 * RATE) / RATE
    wave = np.clip(gain * np.sin(2 * np.pi * 100 * time), -1, 1) * 32767
    samples = wave.astype("<i2") if kind == "<i2" else (wave / 60_000).astype(np.float32)
    info = survey(wav(tmp_path / "c.wav", np.stack([samples, samples], axis=1)))
    flat = float(np.mean(np.abs(wave) >= 32766.9))
    assert info.full_scale_samples / (2 * info.samples) == pytest.approx(flat, abs=0.02)


def test_not_a_number_is_silence(tmp_path: Path) -> None:
    sound = noise(1).astype(np.float32) / 32768
    sound[100] = np.nan
    sound[200] = np.inf
    info = survey(wav(tmp_path / "nan.wav", sound))
    assert info.peak_dbfs == 0
    assert np.isfinite(conformed(tmp_path / "nan.wav")).all()


# refusals


def test_a_film_that_was_never_finished_is_named(base: Path) -> None:
    whole = coded(base.with_name("never.m4a"), base).read_bytes()
    path = base.with_name("unfinished.m4a")
    path.write_bytes(whole[: whole.index(b"moov") - 4])
    with pytest.raises(SoundError, match="n'a jamais été terminé"):
        survey(path)


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.m4a", "a.aac", "a.ogg"])
def test_nothing_that_is_sound_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for filling in (b"", b"x", struct.pack("<I", 7) * 900, "18 h 00 : générique\n".encode() * 50):
        path.write_bytes(filling)
        with pytest.raises(SoundError):
            survey(path)


@pytest.mark.parametrize("suffix", ["wav", "mp3", "ogg"])
def test_it_stops_when_told(base: Path, suffix: str) -> None:
    path = coded(base.with_name(f"stop.{suffix}"), base)
    cancel = threading.Event()
    cancel.set()
    before = threading.active_count()
    for work in (lambda: survey(path, cancel), lambda: conform(path, None, base.with_name("x.wav"), cancel)):
        with pytest.raises(Interrupted):
            work()
    assert not base.with_name("x.wav").exists()
    assert threading.active_count() <= before + 1
    assert list(itertools.islice(path.parent.glob("x.wav*"), 1)) == []
