"""Files as they really come, surveyed and brought to what mastering reads: all is heard, each second where it was."""

from __future__ import annotations

import itertools
import random
import struct
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bobine import ffmpeg
from bobine.errors import Interrupted, SoundError
from bobine.sound.blocks import Samples
from bobine.sound.conform import conform, is_plain
from bobine.sound.layouts import matrix, speakers_of_mask
from bobine.sound.survey import SoundInfo, survey
from tests.sound.made import RATE, chunk, coded, content, form, level_db, noise, riff, wav

pytestmark = pytest.mark.integration

SECONDS = 6
QUIET_DB = -60


def bursts(channels: int = 2, rate: int = RATE, seconds: int = SECONDS) -> NDArray[np.int16]:
    """Noise in the first half of each second, silence in the second half."""
    sound = noise(seconds, channels, rate)
    sound[np.arange(len(sound)) % rate >= rate // 2] = 0
    return sound


def conformed(path: Path, info: SoundInfo | None = None) -> Samples:
    """What mastering reads of a file."""
    target = path.with_name(f"{path.name}.out.wav")
    conform(path, info, target)
    assert is_plain(target)
    return content(target)


def is_loud(sound: Samples, start_s: float, end_s: float) -> bool:
    return level_db(sound[round(start_s * RATE) : round(end_s * RATE)]) > QUIET_DB


def pattern(sound: Samples, first: int, last: int) -> bool:
    """Whether each of some whole seconds has its burst where it belongs, to 30 ms."""
    return all(
        is_loud(sound, n + 0.03, n + 0.07) and not is_loud(sound, n + 0.53, n + 0.97) for n in range(first, last)
    )


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wav(tmp_path_factory.mktemp("base") / "base.wav", bursts())


# F2: channels


@pytest.mark.parametrize(
    ("channels", "rate"),
    [*((channels, RATE) for channels in (3, 4, 5, 6, 8, 10, 16, 32, 64)), (3, 44_100), (10, 44_100), (64, 44_100)],
)
def test_each_channel_is_heard_on_both_sides(tmp_path: Path, channels: int, rate: int) -> None:
    sound = np.zeros((rate * channels // 10 + rate, channels), "<i2")
    one = noise(0.1, 1, rate)[:, 0]
    for channel in range(channels):
        sound[channel * rate // 10 : channel * rate // 10 + len(one), channel] = one
    path = wav(tmp_path / "many.wav", sound, rate)
    info = survey(path)
    assert (info.channels, info.samples) == (channels, len(sound))
    heard = conformed(path, info)
    assert abs(len(heard) - len(sound) * RATE / rate) <= 1
    levels = [[level_db(heard[n * 4800 + 480 : n * 4800 + 4320, side]) for side in (0, 1)] for n in range(channels)]
    wanted = level_db(one.astype(np.float32) / 32768)
    assert np.abs(np.array(levels) - wanted).max() < 1


@pytest.mark.parametrize(
    ("mask", "channels"), [(0x3F, 6), (0x60F, 6), (0x63F, 8), (0x33, 4), (0x7, 3), (0xB, 3), (0x107, 4)]
)
def test_a_declared_layout_is_followed(tmp_path: Path, mask: int, channels: int) -> None:
    gains = matrix(channels, speakers_of_mask(mask, channels))
    for channel in range(channels):
        sound = np.zeros((4800, channels), "<i2")
        sound[:, channel] = 16384
        path = wav(tmp_path / "layout.wav", sound, mask=mask)
        assert np.allclose(conformed(path)[2000], gains[channel] / 2, atol=1e-3)


@pytest.mark.parametrize(("mask", "channels"), [(0, 6), (0x3, 6), (0x3F, 8), (0x1FF, 6), (1 << 20, 3)])
def test_a_mask_that_does_not_fit_is_none(tmp_path: Path, mask: int, channels: int) -> None:
    sound = np.full((4800, channels), 1000, "<i2")
    heard = conformed(wav(tmp_path / "mask.wav", sound, mask=mask))
    assert np.allclose(heard, channels * 1000 / 32768, atol=1e-4)


@pytest.mark.parametrize("name", ["six.flac", "six.m4a", "six.ogg", "six.wv", "six.opus"])
def test_six_microphones_are_no_cinema_in_any_coding(tmp_path: Path, name: str) -> None:
    sound = np.zeros((RATE * 6, 6), "<i2")
    for channel in range(6):
        sound[channel * RATE : (channel + 1) * RATE, channel] = noise(1, 1)[:, 0]
    options = {"strict": -2} if name.endswith(("m4a", "opus")) else {}
    path = coded(tmp_path / name, wav(tmp_path / "six.wav", sound, mask=0x3F), **options)
    heard = conformed(path)
    levels = np.array([[level_db(heard[s * RATE + 9600 : s * RATE + 38_400, c]) for c in (0, 1)] for s in range(6)])
    assert np.abs(levels[:, 0] - levels[:, 1]).max() < 0.1
    # a coder takes what it is told is the bass channel for bass
    full = [level for level in levels[:, 0] if level > -35]
    assert len(full) >= 5


@pytest.mark.parametrize("channels", [65, 100, 255])
def test_more_than_can_be_mastered_is_refused(tmp_path: Path, channels: int) -> None:
    path = wav(tmp_path / "much.wav", noise(0.1, channels))
    with pytest.raises(SoundError, match=f"a {channels} canaux"):
        survey(path)


# F4: headers

OF_SECONDS = (RATE * 4, RATE * 4 * 3)
SIZES = [0, 40, *OF_SECONDS, 0x7FFFF000, 0x80000000, 0xFFFFFFFF]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("rate", [RATE, 16_000])
def test_a_header_is_not_believed_against_the_file(tmp_path: Path, size: int, rate: int) -> None:
    path = tmp_path / "h.wav"
    said = size * rate // RATE if size in OF_SECONDS else size
    path.write_bytes(riff(form(rate=rate), chunk(b"data", bursts(rate=rate).tobytes(), said)))
    info = survey(path)
    assert (info.samples, info.declared_s, info.damage) == (SECONDS * rate, SECONDS, "")
    assert not is_plain(path)
    heard = conformed(path, info)
    assert abs(len(heard) - SECONDS * RATE) <= 1
    assert pattern(heard, 0, SECONDS)


@pytest.mark.parametrize("after", [chunk(b"LIST", b"INFO" + bytes(400)), chunk(b"id3 ", bytes(3000)), bytes(512)])
@pytest.mark.parametrize("rate", [RATE, 44_100])
def test_chunks_after_the_sound_are_not_heard(tmp_path: Path, after: bytes, rate: int) -> None:
    path = tmp_path / "h.wav"
    path.write_bytes(riff(form(rate=rate), chunk(b"data", bursts(rate=rate).tobytes()), after))
    assert survey(path).samples == SECONDS * rate
    assert abs(len(conformed(path)) - SECONDS * RATE) <= 1
    assert is_plain(path) == (rate == RATE)


def test_plain_sound_is_conformed_to_itself(tmp_path: Path) -> None:
    for samples in (noise(1), noise(1, 1), noise(1).astype(np.float32) / 4000):
        path = wav(tmp_path / "plain.wav", samples)
        assert is_plain(path)
        scale = 1 if samples.dtype.kind == "f" else 32768
        assert np.array_equal(conformed(path), np.broadcast_to(samples / np.float32(scale), (RATE, 2)))


@pytest.mark.parametrize("mask", [0xC, 0x30, 0x5])
def test_two_channels_with_odd_speakers_are_left_and_right(tmp_path: Path, mask: int) -> None:
    path = wav(tmp_path / "odd.wav", noise(1), mask=mask)
    assert not is_plain(path)
    assert np.array_equal(conformed(path), noise(1) / np.float32(32768))


# F8: time and tracks


def shifted(base: Path, name: str, rule: str) -> Path:
    """A copy whose time stamps follow a rule, in any container."""
    film = coded(base.with_name("shifted.mp4"), base, acodec="aac", **{"bsf:a": f"setts=pts='{rule}':dts='{rule}'"})
    return (
        film.rename(base.with_name(name)) if name.endswith("mp4") else coded(base.with_name(name), film, acodec="copy")
    )


@pytest.mark.parametrize(("suffix", "hole_s"), [("mp4", 0.5), ("mp4", 20), ("mkv", 0.5), ("mkv", 5), ("mov", 2)])
def test_a_hole_in_time_stamps_is_silence(base: Path, suffix: str, hole_s: float) -> None:
    path = shifted(base, f"hole{hole_s}.{suffix}", f"if(gte(PTS*TB,3),PTS+{hole_s}/TB,PTS)")
    info = survey(path)
    assert info.duration_s == pytest.approx(SECONDS + hole_s, abs=0.06)
    assert [place.lasts_s for place in info.holes] == [pytest.approx(hole_s, abs=0.03)]
    assert info.holes[0].at_s == pytest.approx(3, abs=0.05)
    assert not info.torn
    heard = conformed(path, info)
    assert abs(len(heard) - info.samples) <= 1
    assert not is_loud(heard, 3.05, 3 + hole_s - 0.05)
    assert pattern(heard[round(hole_s * RATE) :], 4, SECONDS)


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "mov", "avi", "ts"])
def test_a_longer_picture_is_no_truncation(base: Path, suffix: str) -> None:
    path = base.with_name(f"film.{suffix}")
    ffmpeg.run(["-y", *_guarded("testsrc=s=64x64:r=5:d=9"), *_input(base), "-c:v", "mpeg4", "-c:a", "aac", _out(path)])
    info = survey(path)
    assert info.duration_s == pytest.approx(SECONDS, abs=0.15)
    assert (info.declared_s or 0) - info.duration_s < 0.2


def _guarded(source: str) -> list[str]:
    return ["-format_whitelist", "lavfi", "-protocol_whitelist", "pipe", "-f", "lavfi", "-i", source]


def _input(path: Path) -> list[str]:
    return ["-format_whitelist", "wav", "-protocol_whitelist", "file", "-i", _out(path)]


def _out(path: Path) -> str:
    return ffmpeg.local_file(path)


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "mka", "mov", "m4a"])
def test_a_silent_first_track_hides_nothing(base: Path, suffix: str) -> None:
    silent = wav(base.with_name("silent.wav"), np.zeros((SECONDS * RATE, 2), "<i2"))
    info = survey(path := coded(base.with_name(f"second.{suffix}"), silent, base, acodec="aac"))
    assert info.plan is not None
    assert [source.track for source in info.plan.sources] == [1]
    assert len(info.plan.tracks) == 2
    assert pattern(conformed(path), 0, SECONDS)


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "mka", "mov"])
def test_a_guest_on_the_second_track_is_heard(base: Path, suffix: str) -> None:
    host, guest = bursts(), noise(SECONDS, seed=2)
    guest[: 3 * RATE] = 0
    host[3 * RATE :] = 0
    tracks = (wav(base.with_name("host.wav"), host), wav(base.with_name("guest.wav"), guest))
    path = coded(base.with_name(f"guest.{suffix}"), *tracks, acodec="aac", **{"metadata:s:a:1": "title=Invité"})
    info = survey(path)
    assert info.plan is not None
    assert [source.track for source in info.plan.sources] == [0, 1]
    heard = conformed(path)
    assert pattern(heard, 0, 3)
    assert level_db(heard[4 * RATE : 5 * RATE]) == pytest.approx(level_db(guest[4 * RATE :] / np.float32(32768)), abs=2)


@pytest.mark.parametrize("rates", [("128k", "128k"), ("128k", "96k"), ("192k", "128k")])
def test_the_same_track_twice_is_heard_once(base: Path, rates: tuple[str, str]) -> None:
    options = {f"b:a:{number}": rate for number, rate in enumerate(rates)}
    path = coded(base.with_name(f"twice{rates[1]}.mkv"), base, base, acodec="aac", **options)
    info = survey(path)
    assert info.plan is not None
    assert len(info.plan.sources) == 1


@pytest.mark.parametrize("late_s", [0.5, 1.0, 3.0])
def test_sound_that_begins_after_the_picture_is_put_there(base: Path, late_s: float) -> None:
    path = base.with_name(f"late{late_s}.mkv")
    late = ["-itsoffset", str(late_s), *_input(base)]
    ffmpeg.run(["-y", *_guarded("testsrc=s=64x64:r=5:d=6"), *late, "-c:v", "mpeg4", "-c:a", "flac", _out(path)])
    info = survey(path)
    assert info.duration_s == pytest.approx(SECONDS + late_s, abs=0.01)
    assert pattern(conformed(path)[round(late_s * RATE) :], 0, SECONDS)


# F9: the format changes inside


def joined(target: Path, *parts: Path) -> Path:
    target.write_bytes(b"".join(part.read_bytes() for part in parts))
    return target


CHANGES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("ogg", {"ar": 44_100, "acodec": "libvorbis"}, {"acodec": "libvorbis", "serial_offset": 9}),
    ("ogg", {"ac": 1, "acodec": "libvorbis"}, {"acodec": "libvorbis", "serial_offset": 9}),
    ("ogg", {"ac": 1, "ar": 32_000, "acodec": "libvorbis"}, {"acodec": "libvorbis", "serial_offset": 9}),
    ("mp3", {"ar": 44_100}, {"ar": 48_000}),
    ("mp3", {"ar": 44_100, "ac": 1}, {"ar": 48_000}),
    ("mp3", {"ar": 22_050, "ac": 1, "write_xing": 0}, {"ar": 44_100, "write_xing": 0}),
    ("mp3", {"ar": 48_000, "ac": 1}, {"ar": 48_000}),
    ("aac", {"ar": 44_100}, {"ar": 48_000}),
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_all_is_heard_where_the_format_changes(base: Path, number: int) -> None:
    suffix, first, second = CHANGES[number]
    parts = [coded(base.with_name(f"c{number}{n}.{suffix}"), base, **how) for n, how in enumerate((first, second))]
    path = joined(base.with_name(f"joined{number}.{suffix}"), *parts)
    info = survey(path)
    assert info.duration_s == pytest.approx(2 * SECONDS, abs=0.15)
    assert [one.at_s for one in info.formats] == [0, pytest.approx(SECONDS, abs=0.15)]
    assert not info.torn
    assert (info.declared_s or 0) < info.duration_s + 1
    heard = conformed(path)
    assert abs(len(heard) - info.samples * RATE / info.rate) <= 2
    assert all(is_loud(heard, n + 0.15, n + 0.4) for n in range(2 * SECONDS))


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
