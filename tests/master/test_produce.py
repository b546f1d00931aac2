"""Whole masters of short recordings, as odd as people bring them."""

from __future__ import annotations

import functools
import threading
import wave
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import imageio_ffmpeg
import pytest

from bobine import ffmpeg
from bobine.errors import Interrupted, MasterError, RightsError, SoundError
from bobine.master.produce import produce
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights
from bobine.model.published.master import Manifest
from bobine.model.show import AudioFormat, Sound
from bobine.sound.survey import survey
from tests.inputs import made, read
from tests.whole_way.measures import measured

pytestmark = pytest.mark.slow

SPEECH = (
    "aevalsrc='{a}*(0.6*sin(2*PI*150*t+2*sin(2*PI*3*t))+0.4*sin(2*PI*920*t)+0.2*(random(0)-0.5))"
    "*pow(abs(sin(2*PI*1.7*t)),0.6)*(1-0.8*between(mod(t,4),3.4,4))':s=48000:d={d}"
)
BOTH = (AudioFormat.MP3, AudioFormat.OPUS)


@functools.lru_cache(maxsize=32)
def spoken(amplitude: float, seconds: float) -> bytes:
    """Speech-like sound: two sides of 16 bits at 48 kHz."""
    sound = made(SPEECH.format(a=amplitude, d=seconds))
    return ffmpeg.run([*sound, "-ac", "2", "-f", "s16le", "pipe:1"]).output


def record(path: Path, parts: Sequence[tuple[float, float]]) -> Path:
    """A recording of speech-like parts: (amplitude, seconds) each."""
    with wave.open(str(path), "wb") as out:
        out.setparams((2, 2, 48_000, 0, "NONE", ""))
        out.writeframes(b"".join(spoken(*part) for part in parts))
    return path


def master(
    recording: Path,
    lengths: Sequence[float],
    folder: Path,
    *,
    aims: Sound | None = None,
    rights: PodcastRights | None = None,
    cancel: threading.Event | None = None,
) -> Manifest:
    info = survey(recording)
    items, aired, position = [], [], 0.0
    for n, length in enumerate(lengths):
        items.append(Item(id=f"i{n}", title=f"Élément {n}", kind=ItemKind.TALK, duration=timedelta(seconds=length)))
        start, position = position, position + length
        aired.append(AiredItem(id=f"i{n}", start=round(start * info.rate), end=round(position * info.rate)))
    if rights:
        items[-1] = replace(items[-1], podcast=rights)
    episode = Episode(show="s", date=date(2026, 11, 26), season=1, number=1, title="t", items=tuple(items))
    described = Recording(
        file=recording.name, rate=info.rate, channels=info.channels, samples=info.samples, sha256="0" * 64
    )
    as_run = AsRun(recording=described, source=MarksSource.MARKS, items=tuple(aired))
    event = cancel or threading.Event()
    return produce(episode, as_run, recording, aims or Sound(), BOTH, folder, lambda _label, _done: None, event)


def assert_on_target(manifest: Manifest, folder: Path) -> None:
    for file in manifest.files:
        found = measured(folder / file.file)
        assert found.lufs == pytest.approx(-16.0, abs=0.3)
        assert found.dbtp <= -1.0


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("8-bit-mono-8k.wav", ("-ac", "1", "-ar", "8000", "-c:a", "pcm_u8")),
        ("surround.wav", ("-af", "pan=5.1|FL=c0|FR=c0|FC=c0|LFE=c0|BL=c0|BR=c0", "-c:a", "pcm_s16le")),
        ("studio.wav", ("-ac", "2", "-ar", "192000", "-c:a", "pcm_s24le")),
        ("floats.wav", ("-ac", "2", "-c:a", "pcm_f32le")),
        ("phone.mp3", ("-ac", "1", "-ar", "22050", "-b:a", "48k")),
        ("tablet.m4a", ("-ac", "2", "-ar", "44100", "-c:a", "aac")),
        ("recorder.flac", ("-ac", "2", "-ar", "44100")),
        ("messenger.ogg", ("-ac", "1", "-c:a", "libopus", "-b:a", "24k")),
        ("film.mkv", ("-ac", "2", "-c:a", "flac")),
        ("-i 'odd; [name]%d.wav", ("-ac", "2")),
    ],
)
def test_any_recording_reaches_the_targets(tmp_path: Path, name: str, options: tuple[str, ...]) -> None:
    recording = record(tmp_path / "plain.wav", [(0.5, 8), (0.05, 8)])
    odd = tmp_path / name
    has_filter = "-af" in options
    filters = options if has_filter else ("-af", "anull", *options)
    ffmpeg.run(["-y", *read(recording), *filters, ffmpeg.local_file(odd)])
    out = tmp_path / "out"
    out.mkdir()
    manifest = master(odd, [8, 7.5], out)
    assert_on_target(manifest, out)
    assert [item.gain_db > 0 for item in manifest.items] == [manifest.items[0].gain_db > 0, True]
    assert manifest.items[1].gain_db > manifest.items[0].gain_db + 15


def test_the_ffmpeg_of_the_wheel_does_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = record(tmp_path / "r.wav", [(0.5, 10), (0.05, 10)])
    monkeypatch.setenv("BOBINE_FFMPEG", imageio_ffmpeg.get_ffmpeg_exe())
    ffmpeg.find.cache_clear()
    try:
        assert ffmpeg.find().origin == "BOBINE_FFMPEG"
        assert ffmpeg.lacks() == ()
        manifest = master(recording, [10, 10], tmp_path)
    finally:
        monkeypatch.undo()
        ffmpeg.find.cache_clear()
    assert_on_target(manifest, tmp_path)


def test_a_clipped_recording_is_mastered_below_the_limit(tmp_path: Path) -> None:
    recording = record(tmp_path / "r.wav", [(4.0, 10), (0.3, 10)])
    assert survey(recording).peak_dbfs == pytest.approx(0, abs=0.1)
    assert_on_target(master(recording, [10, 10], tmp_path), tmp_path)


def test_silence_from_end_to_end_is_refused(tmp_path: Path) -> None:
    ffmpeg.run([*made("anullsrc=r=48000:cl=stereo"), "-t", "10", str(tmp_path / "r.wav")])
    with pytest.raises(SoundError, match="silencieux"):
        master(tmp_path / "r.wav", [5, 5], tmp_path)


def test_one_silent_item_is_kept_and_said(tmp_path: Path) -> None:
    recording = record(tmp_path / "r.wav", [(0.3, 10), (0.0, 5), (0.1, 10)])
    manifest = master(recording, [10, 5, 10], tmp_path)
    assert manifest.items[1].lufs_before is None
    assert any("silencieux" in warning for warning in manifest.warnings)
    assert_on_target(manifest, tmp_path)


def test_an_item_beyond_the_largest_gain_is_an_error_that_says_by_how_much(tmp_path: Path) -> None:
    recording = record(tmp_path / "r.wav", [(0.5, 12), (0.04, 12)])
    with pytest.raises(MasterError) as caught:
        master(recording, [12, 12], tmp_path, aims=Sound(max_gain_db=12.0))
    assert "Élément 1" in str(caught.value)
    assert "LU entre" in str(caught.value)
    assert "max_gain_db" in str(caught.value)
    assert list(tmp_path.glob("podcast.*")) == []


def test_an_item_that_is_nearly_silent_is_named_and_no_setting_is_blamed(tmp_path: Path) -> None:
    recording = record(tmp_path / "r.wav", [(0.5, 12), (0.003, 12)])
    with pytest.raises(MasterError, match=r"« Élément 1 » est presque silencieux") as caught:
        master(recording, [12, 12], tmp_path)
    assert "max_gain_db" not in str(caught.value)


def test_an_impossible_target_is_an_error_too(tmp_path: Path) -> None:
    recording = record(tmp_path / "r.wav", [(0.5, 8)])
    with pytest.raises(MasterError, match=r"LUFS au lieu de −5,0"):
        master(recording, [8], tmp_path, aims=Sound(integrated_lufs=-5.0, true_peak_dbtp=-9.0))


def test_an_unknown_right_is_refused_before_any_work(tmp_path: Path) -> None:
    recording = record(tmp_path / "r.wav", [(0.5, 4), (0.3, 4)])
    with pytest.raises(RightsError, match="Élément 1"):
        master(recording, [4, 4], tmp_path, rights=PodcastRights.UNKNOWN)


def test_a_large_gain_is_said(tmp_path: Path) -> None:
    recording = record(tmp_path / "r.wav", [(0.5, 10), (0.05, 10)])
    manifest = master(recording, [10, 10], tmp_path)
    assert any("Élément 1" in warning and "relevé" in warning for warning in manifest.warnings)


def test_a_cancelled_master_stops(tmp_path: Path) -> None:
    recording = record(tmp_path / "r.wav", [(0.5, 30), (0.1, 30)])
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    with pytest.raises(Interrupted):
        master(recording, [30, 30], tmp_path, cancel=cancel)
    assert list(tmp_path.glob("podcast.*")) == []
