"""« Enregistrement » is said of what lives and records; a recorder that hangs is replaced; nothing starts by itself."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.recorder.clocks import steady
from bobine.air.recorder.link import control, status
from bobine.air.recorder.link.alive import birth, end, is_recorder
from bobine.air.recorder.link.folder import RecorderFolder
from bobine.air.recorder.standby import Pulse
from bobine.errors import BobineError
from tests.air.recorder.conftest import Played
from tests.air.recorder.studio import FRAME, RATE, Desk, until

Attempt = Callable[[str], AbstractContextManager[None]]
Report = Callable[[str, list[float], list[float]], None]
REPLACED_S = 3.0

pytestmark = pytest.mark.boundary


def place(desk: Desk) -> RecorderFolder:
    made = RecorderFolder(desk.recording)
    made.make()
    return made


def begin(desk: Desk, played: Played) -> None:
    desk.start(f"file:{played.path}")
    desk.processes()
    desk.wait_for(0.3)


@pytest.mark.slow
@pytest.mark.parametrize("old", ["lock", "start", ".start.lock"])
def test_whoever_holds_a_lock_of_the_folder_is_not_taken_for_a_recorder(
    attempt: Attempt, desk: Desk, played: Played, old: str
) -> None:
    folder = place(desk).status.parent
    with attempt("a foreign holder of the recorder's lock"), FileLock(str(folder / old), thread_local=False):
        assert not control.is_running(desk.recording)
        began = steady()
        try:
            begin(desk, played)
        except BobineError:
            assert not control.is_running(desk.recording)
        else:
            assert control.is_running(desk.recording)
        assert steady() - began < 30
    if control.is_running(desk.recording):
        desk.stop()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["link", "folder", "fifo"])
@pytest.mark.parametrize("name", ["lock", "status", "stops", "order.json", "log.txt", ".start.lock", "../.recorder"])
def test_what_stands_in_the_place_of_its_files_is_told_or_left_alone(
    attempt: Attempt, desk: Desk, played: Played, tmp_path: Path, name: str, kind: str
) -> None:
    folder = desk.recording / ".recorder"
    folder.mkdir(parents=True)
    taken, target = folder / name, tmp_path / "papers"
    target.write_text("mine", encoding="utf-8")
    if name.startswith(".."):
        folder.rmdir()
        taken = folder
    match kind:
        case "link":
            taken.symlink_to(target)
        case "folder" if name.startswith(".."):
            taken.write_text("a file", encoding="utf-8")
        case "folder":
            taken.mkdir()
        case _:
            os.mkfifo(taken)
    with attempt("a link, folder or pipe in the place of the recorder's files"):
        assert not control.is_running(desk.recording)
        try:
            begin(desk, played)
        except BobineError:
            assert not control.is_running(desk.recording)
        else:
            desk.stop()
        assert target.read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
@pytest.mark.parametrize("which", ["link", "hanging link", "folder", "fifo"])
def test_a_recording_is_never_written_through_a_link(
    attempt: Attempt, desk: Desk, played: Played, tmp_path: Path, which: str
) -> None:
    desk.recording.mkdir()
    target = tmp_path / "papers"
    if "hanging" not in which:
        target.write_text("mine", encoding="utf-8")
    match which:
        case "folder":
            desk.file.mkdir()
        case "fifo":
            os.mkfifo(desk.file)
        case _:
            desk.file.symlink_to(target)
    with attempt("a link, folder or pipe in the place of the recorder's files"):
        begin(desk, played)
        assert desk.status().file == "antenne-2.wav"
        desk.stop()
        assert target.exists() is ("hanging" not in which)
        assert not target.exists() or target.read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
def test_a_recorder_that_hangs_is_replaced_and_never_writes_again(
    attempt: Attempt, desk: Desk, played: Played, report: Report
) -> None:
    begin(desk, played)
    lost = []
    for number in range(1, 6):
        with attempt("a recorder that hangs (kill -STOP)"):
            frozen, standby, _ = desk.processes()
            born = birth(frozen)
            os.kill(frozen, signal.SIGSTOP)
            began = steady()
            until(lambda standby=standby: desk.status().pid == standby)  # type: ignore[misc]
            until(lambda number=number: desk.status().gaps >= number)  # type: ignore[misc]
            until(lambda: control.position_now(desk.recording) is not None)
            lost.append(steady() - began)
            assert birth(frozen) != born, "the frozen one is gone for good: there are never two writers"
            desk.wait_for(0.5)
    desk.stop()
    gaps = [(gap.end - gap.start) / RATE for gap in desk.gaps()]
    report("kill -STOP of the recorder", gaps, [])
    assert max(gaps) <= REPLACED_S + 1, "the standby looks ten times within the time that it is given"
    sound = desk.sound()
    offset = 0
    for gap in desk.gaps():
        assert sound[offset * FRAME : gap.start * FRAME] == played.sound[offset * FRAME : gap.start * FRAME]
        offset = gap.end


@pytest.mark.slow
def test_a_recorder_and_a_standby_that_hang_both_are_replaced_by_one_key(
    attempt: Attempt, desk: Desk, played: Played
) -> None:
    begin(desk, played)
    frozen, standby, _ = desk.processes()
    for pid in (standby, frozen):
        os.kill(pid, signal.SIGSTOP)
    try:
        with attempt("a recorder that hangs (kill -STOP)"):
            watch = control.watch(desk.recording)
            until(lambda: not watch.look().alive)
            time.sleep(2.5)
            desk.start(f"file:{played.path}")
            assert desk.status().pid not in (frozen, standby)
            assert birth(frozen) == ""
            desk.wait_for(0.3)
            desk.stop()
    finally:
        with suppress(ProcessLookupError):
            os.kill(standby, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["another computer", "another folder", "put back from a backup"])
def test_a_folder_that_was_copied_records_nothing_by_itself(
    attempt: Attempt, desk: Desk, played: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    begin(desk, played)
    copy = tmp_path / "copy"
    shutil.copytree(desk.recording, copy, ignore=shutil.ignore_patterns("*.lock"))
    desk.stop()
    with attempt("a recording folder copied or put back"):
        match how:
            case "another computer":
                monkeypatch.setenv("BOBINE_STATE", str(tmp_path / "another"))
                there = copy
            case "another folder":
                there = copy
            case _:
                shutil.rmtree(desk.recording)
                shutil.copytree(copy, desk.recording)
                there = desk.recording
        assert not control.was_interrupted(there)
        assert control.came_from_elsewhere(there)


@pytest.mark.slow
def test_what_was_cut_here_is_taken_up_again(desk: Desk, played: Played) -> None:
    begin(desk, played)
    desk.kill_all()
    assert control.was_interrupted(desk.recording)
    assert not control.came_from_elsewhere(desk.recording)


def test_only_that_very_recorder_is_ended(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "import time; print(flush=True); time.sleep(600)"]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        born = birth(process.pid)
        assert born
        assert not is_recorder(process.pid, born, tmp_path)
        assert not end(process.pid, born, tmp_path), "it is another program"
        assert not end(process.pid, "1", tmp_path)
        assert process.poll() is None
        process.kill()


def test_a_process_that_stood_still_itself_ends_nobody() -> None:
    pulse = Pulse()
    assert not pulse.is_gone(0, 100)
    assert not pulse.is_gone(0, 5000), "the computer slept"
    assert not pulse.is_gone(5000.1, 5000.2)
    now = 5000.2
    looks = 0
    while not pulse.is_gone(5000.1, now):
        now += 0.25
        looks += 1
    assert now - 5000.2 <= status.HUNG_S + 0.5
    assert looks >= 3


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_no_status(
    attempt: Attempt, tmp_path_factory: pytest.TempPathFactory, junk: bytes, crc: bool
) -> None:
    import zlib

    path = tmp_path_factory.mktemp("any") / "status"
    body = b"7 " + junk
    path.write_bytes(f"{zlib.crc32(body):08x} ".encode() + body if crc else junk)
    with attempt("any bytes as a recorder's status"):
        assert status.read(path) is None
        assert not status.Watch(path).look().recording
