"""The recorder as its screen uses it, on files played faster than they sound."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from bobine.air.live.state.events import RecordingStarted, RecordingStopped
from bobine.air.recorder.link import control
from bobine.air.recorder.link.status import State
from bobine.errors import SoundError, ToolError
from tests.air.recorder.conftest import Played
from tests.air.recorder.studio import RATE, Desk, place_in, until
from tests.conftest import ROOT
from tests.disks import small_disk

pytestmark = pytest.mark.slow


def test_a_file_is_recorded_to_its_end_sample_for_sample(desk: Desk, played: Played) -> None:
    desk.start(f"file:{played.path}", speed=20)
    until(lambda: desk.status().state is State.ENDED)
    desk.stop()
    assert desk.sound() == played.sound
    assert desk.gaps() == []
    started, stopped = desk.events()
    assert isinstance(started, RecordingStarted)
    assert (started.position, started.file, started.rate, started.channels) == (0, "antenne.wav", RATE, 2)
    assert isinstance(stopped, RecordingStopped)
    assert stopped.position == len(played.sound) // 4


def test_both_copies_are_the_same_and_readable_at_any_instant(desk: Desk, played: Played) -> None:
    desk.start(f"file:{played.path}", speed=4, second="stick")
    until(lambda: desk.status().position > 0)
    lengths = []
    for _ in range(12):
        for path in (desk.file, desk.second):
            with wave.open(str(path)) as stream:
                frames = stream.readframes(stream.getnframes())
            assert played.sound.startswith(frames)
            command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(path)]
            probed = subprocess.run(command, capture_output=True, text=True)
            assert probed.stderr == ""
            lengths.append(float(probed.stdout))
        desk.wait_for(0.8)
    assert lengths[-1] > lengths[0] + 5
    desk.stop()
    assert desk.file.read_bytes() == desk.second.read_bytes()
    with wave.open(str(desk.file)) as stream:
        assert stream.getnframes() == len(desk.sound()) // 4


def test_it_stops_only_when_told_twice(desk: Desk, played: Played) -> None:
    desk.start(f"file:{played.path}", speed=2)
    until(lambda: desk.status().position > 0)
    control.request_stop(desk.recording)
    control.request_stop(desk.recording)  # a key that bounced
    until(lambda: desk.status().stop_asked)
    desk.wait_for(2)
    assert control.is_running(desk.recording)
    for name in ("SIGHUP", "SIGINT"):
        os.kill(desk.status().pid, getattr(signal, name))
    desk.wait_for(1)
    assert desk.gaps() == []
    until(lambda: not desk.status().stop_asked)
    desk.wait_for(1)
    desk.stop()
    final = desk.status()
    assert final.state is State.STOPPED
    assert final.position == len(desk.sound()) // 4
    assert not control.was_interrupted(desk.recording)
    assert control.position_now(desk.recording) is None


def test_the_screen_may_die(desk: Desk, played: Played) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.air.recorder.studio import Desk\n"
        f"Desk(Path({str(desk.root)!r})).start({f'file:{played.path}'!r})\n"
        "print('ready', flush=True); import time; time.sleep(600)"
    )
    screen = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert screen.stdout is not None
    assert screen.stdout.readline() == "ready\n"
    desk.wait_for(0.5)
    os.killpg(screen.pid, signal.SIGHUP)
    os.killpg(screen.pid, signal.SIGKILL)
    screen.communicate()
    desk.wait_for(1)
    assert control.is_running(desk.recording)
    desk.stop()
    assert desk.gaps() == []
    assert played.sound.startswith(desk.sound())


def test_starting_twice_changes_nothing(desk: Desk, played: Played) -> None:
    desk.start(f"file:{played.path}")
    run = desk.status().run
    desk.start(f"file:{played.path}")
    assert desk.status().run == run
    desk.stop()


def test_other_parameters_begin_another_file(desk: Desk, played: Played) -> None:
    desk.start(f"file:{played.path}")
    desk.wait_for(0.5)
    desk.stop()
    kept = desk.file.read_bytes()
    desk.start(f"file:{played.path}", rate=44100, channels=1)
    assert desk.status().file == "antenne-2.wav"
    until(lambda: desk.status().position > 4410)
    desk.stop()
    assert desk.file.read_bytes() == kept
    with wave.open(str(desk.recording / "antenne-2.wav")) as stream:
        assert (stream.getframerate(), stream.getnchannels()) == (44100, 1)


def test_what_cannot_be_started_says_why(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SoundError, match="Aucune entrée son"):
        desk.start("")
    with pytest.raises(SoundError, match=r"absent\.wav.*n'existe pas"):
        desk.start("file:absent.wav")
    with pytest.raises(ToolError, match="ne sait pas lire « avfoundation »"):
        desk.start("avfoundation:0")
    assert not control.is_running(desk.recording)
    assert control.status(desk.recording) is None


@pytest.mark.parametrize("full", ["the second disk", "the main disk"])
def test_a_full_disk_does_not_hold_up_the_other(desk: Desk, played: Played, tmp_path: Path, full: str) -> None:
    main = full == "the main disk"
    with small_disk(tmp_path / "small", 5) as small:
        bulk = small / "bulk"
        bulk.write_bytes(bytes(3_500_000))
        if main:
            desk.recording.symlink_to(small)
        else:
            (desk.root / "stick").rmdir()
            (desk.root / "stick").symlink_to(small)
        desk.start(f"file:{played.path}", speed=4, second="stick")
        which = 0 if main else 1
        until(lambda: bool(desk.status().copies[which].fault))
        copy = desk.status().copies[which]
        assert "plus de place" in copy.fault
        assert copy.is_low
        desk.wait_for(6)
        assert not desk.status().copies[1 - which].fault
        paths = (desk.file, desk.second)
        with wave.open(str(paths[which])) as stream:
            frames = stream.readframes(stream.getnframes())
        assert len(frames) > 500_000
        assert played.sound.startswith(frames)
        bulk.unlink()
        until(lambda: not desk.status().copies[which].fault)
        desk.wait_for(0.5)
        desk.stop()
        assert desk.file.read_bytes() == desk.second.read_bytes()
        assert played.sound.startswith(desk.sound())
        assert desk.gaps() == []


def test_a_stick_may_be_plugged_in_later(desk: Desk, played: Played) -> None:
    (desk.root / "stick").rmdir()
    desk.start(f"file:{played.path}", speed=4, second="stick")
    until(lambda: "branchez ce disque" in desk.status().copies[1].fault)
    desk.wait_for(3)
    (desk.root / "stick").mkdir()
    until(lambda: desk.status().copies[1].samples > 0)
    desk.wait_for(1)
    desk.stop()
    assert desk.file.read_bytes() == desk.second.read_bytes()


def test_recording_is_seen_only_while_the_position_grows(desk: Desk, played: Played) -> None:
    desk.start(f"file:{played.path}")
    watch = control.watch(desk.recording)
    until(lambda: watch.look().recording)
    pids = desk.processes()
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    until(lambda: not watch.look().recording)
    for pid in pids:
        os.kill(pid, signal.SIGCONT)
    until(lambda: watch.look().recording)
    desk.stop()
    assert not watch.look().recording


def test_positions_of_a_rehearsal_follow_its_speed(desk: Desk, played: Played) -> None:
    desk.start(f"file:{played.path}", speed=8)
    desk.wait_for(8)
    os.kill(desk.status().capture, signal.SIGKILL)
    until(lambda: desk.status().gaps == 1)
    desk.wait_for(2)
    now = control.position_now(desk.recording)
    assert now is not None
    assert abs(now - desk.status().position) < 2.5 * RATE
    desk.stop()
    (gap,) = desk.gaps()
    assert place_in(played.sound, desk.sound(), gap.end) == gap.end
