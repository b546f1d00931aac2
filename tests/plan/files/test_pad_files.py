"""Ready-to-air sounds, read from real files."""

from __future__ import annotations

import array
import math
import wave
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bobine import ffmpeg
from bobine.plan.files.pad_files import LISTENED_BEYOND, read_pad
from bobine.plan.readiness.report import PadFacts
from tests.inputs import made, read
from tests.sound.odd import ODD, SECONDS

pytestmark = pytest.mark.integration

SLOT = timedelta(seconds=10)


def tone(path: Path, seconds: float, rate: int = 48_000, level: int = 8000, channels: int = 2) -> Path:
    samples = array.array("h")
    for index in range(int(seconds * rate)):
        samples.extend([round(level * math.sin(index / 20))] * channels)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return path


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".ogg", ".flac", ".m4a"])
def test_a_sound_in_any_usual_form_says_its_length(tmp_path: Path, suffix: str) -> None:
    path = tone(tmp_path / "un son d'été.wav", 2)
    if suffix != ".wav":
        made = path.with_suffix(suffix)
        ffmpeg.run([*read(path), ffmpeg.local_file(made)])
        path = made
    found = read_pad(path, SLOT)
    assert (found.exists, found.decodable, found.silent) == (True, True, False)
    assert abs(found.duration - timedelta(seconds=2)) < timedelta(milliseconds=120)


def test_an_odd_rate_in_mono_is_measured_to_the_sample(tmp_path: Path) -> None:
    found = read_pad(tone(tmp_path / "a.wav", 1.5, rate=22_050, channels=1), SLOT)
    assert abs(found.duration - timedelta(seconds=1.5)) < timedelta(milliseconds=2)


def test_silence_is_told_from_sound(tmp_path: Path) -> None:
    assert read_pad(tone(tmp_path / "a.wav", 1, level=0), SLOT).silent


def test_voices_in_opposite_phase_are_not_silence(tmp_path: Path) -> None:
    path = tone(tmp_path / "a.wav", 1)
    made = tmp_path / "b.wav"
    ffmpeg.run([*read(path), "-af", "pan=stereo|c0=c0|c1=-1*c0", ffmpeg.local_file(made)])
    assert not read_pad(made, SLOT).silent


def test_what_is_not_a_sound_is_a_fact(tmp_path: Path) -> None:
    text = tmp_path / "texte.mp3"
    text.write_text("ceci n'est pas un son\n" * 200, encoding="utf-8")
    empty = tmp_path / "vide.wav"
    empty.touch()
    header = tmp_path / "entete.wav"
    header.write_bytes(tone(tmp_path / "a.wav", 1).read_bytes()[:44])
    playlist = tmp_path / "liste.m3u8"
    playlist.write_text(f"#EXTM3U\n#EXTINF:1,\n{tmp_path / 'a.wav'}\n#EXT-X-ENDLIST\n", encoding="utf-8")
    for path in (text, empty, header, playlist):
        assert read_pad(path, SLOT) == PadFacts(exists=True), path


def test_a_missing_file_and_a_folder_are_not_there(tmp_path: Path) -> None:
    assert read_pad(tmp_path / "rien.mp3", SLOT) == PadFacts(exists=False)
    assert read_pad(tmp_path, SLOT) == PadFacts(exists=False)
    assert read_pad(tmp_path / ("x" * 300 + ".mp3"), SLOT) == PadFacts(exists=False)


def test_a_very_long_sound_is_listened_to_no_longer_than_needed(tmp_path: Path) -> None:
    long = tmp_path / "a.wav"
    ffmpeg.run([*made("sine=duration=700:sample_rate=8000"), ffmpeg.local_file(long)])
    assert read_pad(long, SLOT).duration == SLOT + LISTENED_BEYOND


@pytest.mark.parametrize("make", ODD)
def test_a_file_that_is_not_what_it_seems_is_read_as_everywhere(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    found = read_pad(make(tmp_path), SLOT)
    assert (found.decodable, found.silent) == (True, False)
    assert abs(found.duration - timedelta(seconds=SECONDS)) < timedelta(milliseconds=2)
