"""Time stamps, tracks and formats that change, as they really come: each second is heard where it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bobine import ffmpeg
from bobine.sound.survey import survey
from tests.sound.bursts import SECONDS, base_in, bursts, conformed, is_loud, pattern
from tests.sound.made import RATE, coded, level_db, noise, wav

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base_in(tmp_path_factory.mktemp("base"))


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
