"""The process that masters ahead is kept alive without a tight loop, and replaced where it is stuck."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bobine.air.live.journal import JOURNAL_FILE
from bobine.air.live.rehearsal import NoRecorder
from bobine.air.live.stage import Stage
from bobine.evening.ahead import worker
from bobine.evening.ahead.status import State
from bobine.evening.ahead.watch import FIRST_AGAIN_S, FROZEN_S, Watch
from bobine.evening.ahead.worker import Task, Worker
from tests.ahead.evening import Evening, speech
from tests.disks import small_disk

pytestmark = pytest.mark.integration


class Clock:
    s = 0.0

    def __call__(self) -> float:
        return self.s


def task(evening: Evening, master: Path | None = None) -> Task:
    folder = evening.folder
    return Task(evening.root, folder.show, folder.date, folder.path / JOURNAL_FILE, folder.recording,
                master or folder.master, folder.path)  # fmt: skip


def until(what: Callable[[], bool]) -> None:
    while not what():
        time.sleep(0.02)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(evening: Evening, clock: Clock) -> Iterator[Watch]:
    evening.air(0, 1)
    folder = evening.folder
    stage = Stage(folder.path / JOURNAL_FILE, NoRecorder(), folder.recording, master=folder.master)
    found = Watch(stage, evening.root, folder, clock)
    found._wanted.set()
    yield found
    found._let_go()


def pid(watch: Watch) -> int:
    return watch._process.pid if watch._process is not None else 0


@pytest.mark.slow
def test_one_that_dies_or_is_stuck_is_replaced_in_time(evening: Evening, watch: Watch, clock: Clock) -> None:
    watch.look()
    first = pid(watch)
    assert first
    until(lambda: (said := evening.said()) is not None and said.total > 0)
    watch.look()
    assert watch.words.startswith("podcast : 0 élément sur")
    os.kill(first, signal.SIGKILL)
    until(lambda: watch._process is not None and not watch._process.is_alive())
    watch.look()
    assert not pid(watch)
    clock.s += FIRST_AGAIN_S
    watch.look()
    second = pid(watch)
    assert second not in (0, first)
    until(lambda: (said := evening.said()) is not None and said.pid == second and said.total > 0)
    os.kill(second, signal.SIGSTOP)
    for _ in range(round(FROZEN_S) + 2):
        watch.look()
        clock.s += 1
    assert "à l'arrêt" in watch.words
    watch.look()
    clock.s += 60
    watch.look()
    assert pid(watch) not in (0, first, second)
    third = watch._process
    shutil.rmtree(evening.folder.path)  # nothing is left to work on: it ends by itself
    until(lambda: third is not None and not third.is_alive())
    assert third is not None
    assert third.code is not None


@pytest.mark.slow
def test_one_at_a_time(evening: Evening) -> None:
    evening.air(0, 1)
    first = evening.begin_ahead()
    until(lambda: evening.said() is not None)
    second = evening.begin_ahead()
    until(lambda: not second.is_alive())
    assert second.code == 3
    assert first.is_alive()
    first.kill()


def test_another_rate_is_said_and_waited_for(evening: Evening) -> None:
    evening.rate = 44_100
    evening.air(0, 1)
    evening.air(1, 3)
    evening.place.folder.mkdir(parents=True)
    worker = Worker(task(evening))
    assert worker._step()
    said = evening.said()
    assert said is not None
    assert said.state is State.OTHER_RATE
    evening.end()
    assert not worker._step()


def test_nothing_is_made_any_more_of_a_show_that_was_mastered_since_it_ended(evening: Evening) -> None:
    evening.rate = 44_100  # so that a step makes nothing
    evening.air(0, 1)
    evening.place.folder.mkdir(parents=True)
    manifest = evening.folder.manifest
    manifest.parent.mkdir(parents=True, exist_ok=True)
    worker = Worker(task(evening))
    manifest.touch()
    worker._step()
    assert not worker._is_useless(), "an earlier master stands there while the show is on air"
    evening.end()
    os.utime(manifest, (1_000_000_000, 1_000_000_000))
    worker._step()
    assert not worker._is_useless(), "an earlier master is not this show's"
    manifest.unlink()
    manifest.touch()
    assert worker._is_useless()


def test_a_setting_turns_it_off(evening: Evening) -> None:
    evening.air(0, 1)
    evening.place.folder.mkdir(parents=True)
    shows = evening.root / "shows.toml"
    text = shows.read_text(encoding="utf-8")
    start, table, rest = text.partition("[shows.bobine-romanaise.sound]\n")
    assert table
    shows.write_text(f"{start}{table}master_on_air = false\n{rest}", encoding="utf-8")
    assert not Worker(task(evening))._step()
    assert evening.said() is None


@pytest.mark.slow
@pytest.mark.parametrize("least", [1 << 30, 0])
def test_a_full_disk_costs_nothing_but_time(
    evening: Evening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least: int
) -> None:
    monkeypatch.setattr(worker, "LEAST_ROOM_BYTES", least)
    for n in range(3):
        evening.air(n, 3)
    with small_disk(tmp_path / "disk", 1) as disk:
        (disk / ".cache" / "ahead").mkdir(parents=True)
        (disk / "filler").write_bytes(bytes((1 << 20) - 90_000))
        worked = Worker(task(evening, disk))
        assert worked._step()
        assert worked._status.state is State.NO_ROOM
        assert not list(disk.rglob("*.frames"))
        assert worked._step()  # not again before a while
    evening.play(speech(1, 0.1, 5))
