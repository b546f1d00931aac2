"""Preparing a cart: what comes out is measured."""

from __future__ import annotations

import re
import subprocess
import wave
from array import array
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bobine import ffmpeg
from bobine.air.carts import prepare
from bobine.air.carts.prepare import BED_DB, CEILING_DBTP, FRAME, LOUDNESS_LUFS, RATE, prepared, tidy
from bobine.errors import SoundError
from tests.air.carts.sounds import noise, silence, tone, write
from tests.inputs import read
from tests.sound.odd import ODD, SECONDS, tenth_channel, third_channel

pytestmark = pytest.mark.integration


def loudness(path: Path, times: int = 1) -> tuple[float, float]:
    """What ffmpeg's meter says of a file: integrated loudness and true peak."""
    command = [ffmpeg.find().path, "-hide_banner", "-nostats", "-stream_loop", str(times - 1), "-i", str(path)]
    log = subprocess.run([*command, "-af", "ebur128=peak=true", "-f", "null", "-"], capture_output=True).stderr.decode()
    return float(re.findall(r"I: +(\S+) LUFS", log)[-1]), float(re.findall(r"Peak: +(\S+) dBFS", log)[-1])


def words(path: Path) -> array[int]:
    with wave.open(str(path), "rb") as sound:
        return array("h", sound.readframes(sound.getnframes()))


@pytest.mark.parametrize("peak", [0.9, 0.2, 0.01])
@pytest.mark.parametrize("rate", [48000, 44100])
def test_silence_is_cut_and_the_loudness_is_the_one_wanted(tmp_path: Path, peak: float, rate: int) -> None:
    parts = silence(1.5, rate), noise(4, peak, rate=rate), silence(2, rate)
    found = prepared(write(tmp_path / "a.wav", *parts, rate=rate), tmp_path / "carts")
    assert found.frames / RATE == pytest.approx(4.04, abs=0.03)
    level, top = loudness(found.path)
    assert level == pytest.approx(LOUDNESS_LUFS, abs=1)
    assert top <= CEILING_DBTP + 0.2
    assert max(map(abs, words(found.path))) < 32767


@pytest.mark.parametrize("seconds", [0.15, 0.3])
def test_a_sting_too_short_for_the_meter_is_levelled_too(tmp_path: Path, seconds: float) -> None:
    found = prepared(write(tmp_path / "a.wav", silence(0.5), tone(seconds, 0.02), silence(0.5)), tmp_path / "carts")
    assert found.frames / RATE == pytest.approx(seconds + 0.04, abs=0.03)
    cut = words(found.path)[round(0.05 * RATE) * 2 : round((seconds - 0.05) * RATE) * 2]
    level, _ = loudness(write(tmp_path / "long.wav", *[cut] * 60))
    assert level == pytest.approx(LOUDNESS_LUFS, abs=1.5)


def test_peaks_win_over_the_loudness(tmp_path: Path) -> None:
    # a click every second over a murmur: the loudness wanted would clip it
    second = [tone(0.002, 1.0), noise(0.998, 0.003)]
    found = prepared(write(tmp_path / "a.wav", *second * 5), tmp_path / "carts")
    level, top = loudness(found.path)
    assert top == pytest.approx(CEILING_DBTP, abs=0.3)
    assert level < LOUDNESS_LUFS - 3


def test_a_bed_is_quieter(tmp_path: Path) -> None:
    source = write(tmp_path / "a.wav", noise(4, 0.3))
    bed, plain = prepared(source, tmp_path / "carts", bed=True), prepared(source, tmp_path / "carts")
    assert bed.path != plain.path
    assert loudness(bed.path)[0] - loudness(plain.path)[0] == pytest.approx(BED_DB, abs=0.3)


def test_a_compressed_sound_that_overshoots_does_not_clip(tmp_path: Path) -> None:
    loud = write(tmp_path / "a.wav", noise(3, 1.0))
    mp3 = tmp_path / "a.mp3"
    ffmpeg.run([*read(loud), "-b:a", "64k", str(mp3)])
    found = prepared(mp3, tmp_path / "carts")
    assert max(map(abs, words(found.path))) <= 32767 * 10 ** (CEILING_DBTP / 20) * 1.02


def test_both_ends_fade_without_a_step(tmp_path: Path) -> None:
    found = prepared(write(tmp_path / "a.wav", array("h", [8000, 8000] * RATE)), tmp_path / "carts")
    left = words(found.path)[::2]
    head, tail = left[: 48 * 4], left[-48 * 30 :]
    assert list(head) == sorted(head)
    assert list(tail) == sorted(tail, reverse=True)
    assert head[0] < 0.02 * left[RATE // 2]
    assert tail[-1] < 0.02 * left[RATE // 2]


def test_what_is_prepared_is_found_again_until_the_file_changes(tmp_path: Path) -> None:
    source, cache = write(tmp_path / "a.wav", noise(1, 0.3)), tmp_path / "carts"
    first = prepared(source, cache)
    made = first.path.stat().st_mtime_ns
    assert prepared(source, cache).path.stat().st_mtime_ns == made
    assert first.samples()[: len(first.head)] == first.head
    write(source, noise(2, 0.3))
    second = prepared(source, cache)
    assert second.path != first.path
    tidy(cache, frozenset({second.path}))
    assert list(cache.iterdir()) == [second.path]
    with pytest.raises(SoundError, match="n'est plus ce qui avait été préparé"):
        first.samples()


def test_a_prepared_sound_that_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    source, cache = write(tmp_path / "a.wav", noise(1, 0.3)), tmp_path / "carts"
    first = prepared(source, cache)
    whole = first.path.read_bytes()
    first.path.write_bytes(whole[: len(whole) // 2])
    assert prepared(source, cache).frames == first.frames
    assert first.path.read_bytes() == whole
    assert len(whole) > first.frames * FRAME


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "n'est pas là"), (b"", "n'est pas un son lisible"), (b"du texte", "n'est pas un son lisible")],
)
def test_what_is_no_sound_is_named(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    source = tmp_path / "jingle.mp3"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(SoundError, match=f"« jingle.mp3 » {sentence}"):
        prepared(source, tmp_path / "carts")


def test_silence_and_what_is_too_long_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SoundError, match="que du silence"):
        prepared(write(tmp_path / "a.wav", silence(1)), tmp_path / "carts")
    monkeypatch.setattr(prepare, "LONGEST", timedelta(seconds=2))
    with pytest.raises(SoundError, match="trop long"):
        prepared(write(tmp_path / "b.wav", noise(3, 0.3)), tmp_path / "carts")


def test_a_playlist_opens_no_other_file(tmp_path: Path) -> None:
    write(tmp_path / "secret.wav", noise(1, 0.3))
    (tmp_path / "a.m3u8").write_text("#EXTM3U\n#EXTINF:1,\nsecret.wav\n#EXT-X-ENDLIST\n")
    with pytest.raises(SoundError, match="n'est pas un son lisible"):
        prepared(tmp_path / "a.m3u8", tmp_path / "carts")


@pytest.mark.parametrize("make", ODD)
def test_a_file_that_is_not_what_it_seems_is_read_as_everywhere(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    found = prepared(make(tmp_path), tmp_path / "carts")
    assert found.frames / RATE == pytest.approx(SECONDS, abs=0.03)
    level, _ = loudness(found.path)
    assert level == pytest.approx(LOUDNESS_LUFS, abs=1)
    if make in (third_channel, tenth_channel):
        samples = words(found.path)
        assert samples[::2] == samples[1::2]
