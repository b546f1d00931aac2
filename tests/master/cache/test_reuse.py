"""What a correction costs, and that its bytes are those of a master made from nothing."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bobine.master.cache import cache as caches
from bobine.master.cache.cache import Cache
from bobine.master.produce import produce
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.model.aired.edits import Cut, Edits
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights
from bobine.model.published.master import Manifest
from bobine.model.show import AudioFormat, Sound
from tests.master.test_produce import record

pytestmark = pytest.mark.slow

RATE = 48_000
BOTH = (AudioFormat.MP3, AudioFormat.OPUS)
NAMES = ("podcast.mp3", "podcast.opus")
MARKS = (0, 60_000, 118_000, 200_001)
"""Bounds of the items of a short show, samples."""

KILLS = int(os.environ.get("BOBINE_KILLS", "3"))


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recording")
    return record(folder / "r.wav", [(0.5, 1.3), (0.1, 1.2), (0.7, 1.7)])


def master(
    recording: Path,
    folder: Path,
    cache: Cache | None,
    marks: tuple[int, ...] = MARKS,
    left_out: tuple[int, ...] = (),
    edits: Edits | None = None,
    sound: Sound | None = None,
) -> Manifest:
    items = tuple(
        Item(
            id=f"i{n}",
            title=f"Élément {n}",
            kind=ItemKind.TALK,
            duration=timedelta(seconds=1),
            podcast=PodcastRights.CUT if n in left_out else PodcastRights.CLEARED,
        )
        for n in range(len(marks) - 1)
    )
    episode = Episode(show="s", date=date(2026, 11, 26), season=1, number=1, title="t", items=items)
    aired = tuple(AiredItem(id=f"i{n}", start=marks[n], end=marks[n + 1]) for n in range(len(marks) - 1))
    described = Recording(file="r.wav", rate=RATE, channels=2, samples=MARKS[-1], sha256="a" * 64)
    as_run = AsRun(recording=described, source=MarksSource.MARKS, items=aired)
    folder.mkdir()
    aims = sound or Sound(spread_lu=30, tolerance_lu=3)
    return produce(episode, as_run, recording, aims, BOTH, folder, lambda *_: None, threading.Event(),
                   edits=edits or Edits(), cache=cache)  # fmt: skip


def assert_same(one: Path, other: Path) -> None:
    for name in NAMES:
        assert (one / name).read_bytes() == (other / name).read_bytes()


@st.composite
def corrections(draw: st.DrawFn) -> dict[str, object]:
    moved = list(MARKS)
    kind = draw(st.sampled_from(["moved", "left out", "cut", "gain"]))
    if kind == "moved":
        moved[draw(st.integers(0, 2))] += draw(st.integers(1, 20_000))
    cut = Cut(item="i1", sound="a" * 64, rate=RATE, start=70_000, end=draw(st.integers(75_000, 85_000)))
    return {
        "marks": tuple(moved),
        "left_out": (draw(st.integers(0, 2)),) if kind == "left out" else (),
        "edits": Edits(cuts=(cut,)) if kind == "cut" else Edits(),
        "sound": replace(Sound(spread_lu=30, tolerance_lu=3), max_gain_db=6.0 if kind == "gain" else 24.0),
    }


@pytest.fixture(scope="module")
def mastered(recording: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a master, ``first``, and the cache that it left."""
    folder = tmp_path_factory.mktemp("mastered")
    cache = Cache(folder / "cache")
    master(recording, folder / "first", cache)
    assert (cache.reused, cache.encoded) == (0, 6)
    return folder


@pytest.fixture
def cache_folder(mastered: Path, tmp_path: Path) -> Path:
    """A copy of that cache."""
    return Path(shutil.copytree(mastered / "cache", tmp_path / "cache"))


@given(changes=st.lists(corrections(), min_size=1, max_size=2))
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
def test_corrected_again_and_again_it_is_what_it_would_be_from_nothing(
    recording: Path, mastered: Path, tmp_path_factory: pytest.TempPathFactory, changes: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("corrected")
    shutil.copytree(mastered / "cache", folder / "cache")
    for n, change in enumerate(changes):
        manifest = master(recording, folder / f"{n}", Cache(folder / "cache"), **change)  # type: ignore[arg-type]
    assert master(recording, folder / "cold", None, **changes[-1]) == manifest  # type: ignore[arg-type]
    assert_same(folder / f"{len(changes) - 1}", folder / "cold")


def test_nothing_is_encoded_twice_nor_an_item_beyond_its_neighbours(
    recording: Path, mastered: Path, cache_folder: Path, tmp_path: Path
) -> None:
    again = Cache(cache_folder)
    master(recording, tmp_path / "again", again)
    assert (again.reused, again.encoded) == (6, 0)
    assert_same(mastered / "first", tmp_path / "again")
    moved = Cache(cache_folder)
    master(recording, tmp_path / "moved", moved, marks=(0, 60_000, 118_000, 190_000))
    assert moved.encoded == 4, "the last item, and the end of the one before it, in both formats"
    back = Cache(cache_folder)
    master(recording, tmp_path / "back", back)
    assert back.encoded == 0


def test_damaged_entries_are_made_again(recording: Path, mastered: Path, cache_folder: Path, tmp_path: Path) -> None:
    for n, path in enumerate(sorted(cache_folder.iterdir())):
        content = bytearray(path.read_bytes())
        content[(n * 7919) % len(content)] ^= 1
        path.write_bytes(content if n % 3 else content[: len(content) // 2])
    cache = Cache(cache_folder)
    master(recording, tmp_path / "again", cache)
    assert (cache.reused, cache.encoded) == (0, 6)
    assert_same(mastered / "first", tmp_path / "again")


def test_a_full_disk_in_the_cache_costs_nothing_but_time(
    recording: Path, mastered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def full(*_: object) -> None:
        calls.append(1)
        if len(calls) > 5:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(caches, "write_entry", full)
    monkeypatch.setattr(caches, "_named_again", full)
    master(recording, tmp_path / "again", Cache(tmp_path / "cache"))
    assert len(calls) > 5
    assert_same(mastered / "first", tmp_path / "again")


def test_killed_at_any_moment_the_next_run_ends_in_the_same_bytes(
    recording: Path, mastered: Path, tmp_path: Path
) -> None:
    code = (
        "import sys; from pathlib import Path; from bobine.master.cache.cache import Cache;"
        "from tests.master.cache.test_reuse import master;"
        "master(Path(sys.argv[1]), Path(sys.argv[2]), Cache(Path(sys.argv[3])))"
    )
    chance = random.Random(13)
    kept = len(list((mastered / "cache").glob("[0-9a-f]*")))
    for kill in range(KILLS):
        cache = tmp_path / f"cache{kill % 2}"  # one of them fills up from kill to kill, the other one begins anew
        if kill % 2:
            shutil.rmtree(cache, ignore_errors=True)
        wanted = chance.randint(0, kept)
        command = [sys.executable, "-c", code, str(recording), str(tmp_path / f"killed{kill}"), str(cache)]
        process = subprocess.Popen(command, start_new_session=True)
        while process.poll() is None and len(list(cache.glob("[0-9a-f]*"))) < wanted:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.3))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if kill % 2:
            master(recording, tmp_path / f"again{kill}", Cache(cache))
            assert_same(mastered / "first", tmp_path / f"again{kill}")
    master(recording, tmp_path / "again", Cache(tmp_path / "cache0"))
    assert_same(mastered / "first", tmp_path / "again")
