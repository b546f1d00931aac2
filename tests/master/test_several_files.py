"""A recording in several files makes the very podcast that it would have made in one."""

from __future__ import annotations

import dataclasses
import hashlib
import threading
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from bobine import ffmpeg
from bobine.master.produce import produce
from bobine.master.source import readable_source
from bobine.model.aired.as_run import AiredItem, AsRun, FollowingFile, MarksSource, Recording
from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.show import AudioFormat, Sound
from bobine.sound.joining import FileSpan
from tests.inputs import made, read

pytestmark = pytest.mark.integration

CUTS = (0, 4.2, 9.5001, 16)


def sound(path: Path, *options: str) -> Path:
    """Sixteen seconds whose level steps up and down."""
    volume = "volume='0.1+0.08*sin(t*2)':eval=frame"
    noise = made("anoisesrc=d=16:c=pink:r=48000:seed=3:a=0.5")
    ffmpeg.run([*noise, "-af", volume, "-ac", "2", *options, ffmpeg.local_file(path)])
    return path


def split(whole: Path, rate: int, suffix: str) -> list[FileSpan]:
    """The same in three files, cut at odd samples; each but the first begins a tenth of a second early."""
    bounds = [int(cut * rate) for cut in CUTS]
    pieces = []
    for n in range(3):
        start = max(0, bounds[n] - rate // 10 * (n > 0))
        path = whole.with_name(f"part{n}{suffix}")
        trim = f"atrim=start_sample={start}:end_sample={bounds[n + 1]},asetpts=PTS-STARTPTS"
        codec = ["-c:a", "pcm_s24le"] if suffix == ".wav" else []
        ffmpeg.run(["-y", *read(whole), "-af", trim, *codec, ffmpeg.local_file(path)])
        pieces.append(FileSpan(path, start, bounds[n + 1] - start))
    return pieces


def described(pieces: list[FileSpan], rate: int) -> Recording:
    first, *following = [
        FollowingFile(file=one.path.name, start=one.start, samples=one.samples, sha256=one.path.name * 3)
        for one in pieces
    ]
    return Recording(
        file=first.file, rate=rate, channels=2, samples=pieces[-1].end, sha256=first.sha256,
        first_samples=first.samples if following else 0, following=tuple(following),
    )  # fmt: skip


def decoded(path: Path) -> np.ndarray:
    done = ffmpeg.run([*read(path), "-ar", "48000", "-ac", "2", "-f", "f32le", "-"])
    return np.frombuffer(done.output, "<f4").reshape(-1, 2)


@pytest.mark.parametrize(
    ("rate", "suffix"),
    [(48_000, ".wav"), (44_100, ".wav"), (96_000, ".wav"), (48_000, ".flac"), (44_100, ".flac"), (32_000, ".flac")],
)
def test_the_source_is_the_sound_that_was_cut(tmp_path: Path, rate: int, suffix: str) -> None:
    whole = sound(tmp_path / "whole.wav", "-ar", str(rate), "-c:a", "pcm_s24le")
    pieces = split(whole, rate, suffix)
    out = [tmp_path / "one", tmp_path / "three"]
    for folder in out:
        folder.mkdir()
    alone = [FileSpan(whole, 0, 16 * rate)]
    one = readable_source(described(alone, rate), alone, out[0], threading.Event())
    three = readable_source(described(pieces, rate), pieces, out[1], threading.Event())
    assert (one == whole) == (rate == 48_000)
    a, b = decoded(one), decoded(three)
    assert np.array_equal(a, b)


def test_the_podcast_is_the_same_to_the_byte(tmp_path: Path) -> None:
    whole = sound(tmp_path / "whole.wav", "-c:a", "pcm_s24le")
    pieces = split(whole, 48_000, ".wav")
    bounds = [0, 5 * 48_000, 11 * 48_000, 16 * 48_000]
    episode = Episode(
        show="s", date=date(2026, 11, 26), season=1, number=1, title="Essai",
        items=tuple(Item(id=f"i{n}", title=f"Titre {n}", kind=ItemKind.TALK, duration=timedelta(seconds=5))
                    for n in range(3)),
    )  # fmt: skip
    aired = tuple(AiredItem(id=f"i{n}", start=bounds[n], end=bounds[n + 1]) for n in range(3))
    digests, manifests = [], []
    for name, files in (("one", [FileSpan(whole, 0, 16 * 48_000)]), ("three", pieces)):
        folder = tmp_path / name
        folder.mkdir()
        as_run = AsRun(recording=described(files, 48_000), source=MarksSource.MARKS, items=aired)
        manifests.append(
            produce(episode, as_run, files, Sound(), (AudioFormat.MP3, AudioFormat.OPUS), folder,
                    lambda _label, _done: None, threading.Event())
        )  # fmt: skip
        digests.append([hashlib.sha256((folder / f"podcast.{kind}").read_bytes()).hexdigest() for kind in AudioFormat])
        assert manifests[-1].recording_sha256 == as_run.recording.digest
    assert digests[0] == digests[1]
    assert dataclasses.replace(manifests[0], recording_sha256=manifests[1].recording_sha256) == manifests[1]


def test_a_digest_is_of_all_files_and_of_where_they_lie() -> None:
    pieces = [FileSpan(Path("a"), 0, 100), FileSpan(Path("b"), 100, 100), FileSpan(Path("c"), 200, 100)]
    whole = described(pieces, 48_000)
    assert described(pieces[:1], 48_000).digest == "aaa"
    first, second = whole.following
    others = [
        dataclasses.replace(whole, following=(first,), samples=200),
        dataclasses.replace(whole, following=(first, dataclasses.replace(second, start=201)), samples=301),
        dataclasses.replace(whole, following=(first, dataclasses.replace(second, sha256="d"))),
        dataclasses.replace(whole, sha256="d"),
        dataclasses.replace(whole, rate=44_100),
        dataclasses.replace(whole, first_samples=101),
    ]
    assert len({whole.digest, *(other.digest for other in others)}) == 7
    assert dataclasses.replace(whole, following=(dataclasses.replace(first, origin="x"), second)).digest == whole.digest
