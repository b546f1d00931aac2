"""The recorder keeps to one source: what the sound server does meanwhile is seen, told, and never recorded for it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest

from bobine.air.preflight.input_check import input_check, sources_check
from bobine.air.preflight.machine import Verdict
from bobine.air.recorder.link import control
from bobine.air.recorder.link.alarms import alarms, lost
from bobine.air.recorder.link.status import State
from bobine.model.recording import RecordingSettings
from tests.air.recorder.conftest import Played
from tests.air.recorder.studio import FRAME, RATE, Desk, Server, judge, noise, until

Attempt = Callable[[str], AbstractContextManager[None]]

pytestmark = [pytest.mark.slow, pytest.mark.boundary]

OTHER = ["module-null-sink", "sink_name=other", f"rate={RATE}", "channels=2", "format=s16le",
         "sink_properties=device.description=Micro"]  # fmt: skip


def pactl(*words: str) -> str:
    return subprocess.run(["pactl", *words], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def other(server: Server, tmp_path: Path) -> bytes:
    """Another source, that something else is heard from."""
    pactl("load-module", *OTHER)
    path = tmp_path / "other.wav"
    sound = noise(path, 120, seed=7)
    server._players.append(subprocess.Popen(["paplay", "--latency-msec=300", "--device=other", str(path)]))
    return sound


def foreign_s(desk: Desk, other: bytes) -> float:
    """How much of the recording came from the other source, seconds: counted in steps of 10 ms."""
    sound, step = desk.sound(), RATE // 100 * FRAME
    found = 0
    for at in range(0, len(sound) - step, step):
        piece = sound[at : at + 64 * FRAME]
        found += any(piece) and piece in other
    return found / 100


def strayed(desk: Desk, times: int) -> bool:
    return desk.status().strays == times


def is_recording(desk: Desk) -> bool:
    status = desk.status()
    return status.state is State.RECORDING and not status.detail


@pytest.mark.parametrize("asked", ["pulse:default", "pulse:studio.monitor", "alsa:default"])
def test_a_source_that_vanishes_is_waited_for_and_no_other_recorded(
    attempt: Attempt, server: Server, desk: Desk, played: Played, other: bytes, asked: str
) -> None:
    pactl("set-default-source", "studio.monitor")
    server.play(played.path)
    desk.start(asked)
    desk.wait_for(2)
    until(lambda: desk.status().source == "studio.monitor")
    assert desk.status().source_words == "Monitor of Null Output"
    with attempt("a sound server that puts another source in the place of ours"):
        server.unplug_only("studio")
        until(lambda: bool(alarms(desk.status())))
        until(lambda: desk.status().state is State.WAITING)
        time.sleep(1.5)
        assert desk.status().state is State.WAITING
        assert "« Monitor of Null Output »" in alarms(desk.status())[0]
        server.plug()
        server.play(played.path)
        until(lambda: is_recording(desk))
        assert desk.status().source == "studio.monitor"
        desk.wait_for(1.5)
        assert lost(desk.status()).startswith("Il manque ")
        desk.stop()
        assert foreign_s(desk, other) < 0.5
        assert sum(gap.end - gap.start for gap in desk.gaps()) / RATE > 1


def test_a_change_of_the_default_does_not_last(
    attempt: Attempt, server: Server, desk: Desk, played: Played, other: bytes
) -> None:
    pactl("set-default-source", "studio.monitor")
    server.play(played.path)
    desk.start("pulse:default")
    desk.wait_for(1)
    with attempt("a default source that changes during the show"):
        for _ in range(3):
            pactl("set-default-source", "other.monitor")
            desk.wait_for(1)
            pactl("set-default-source", "studio.monitor")
        pactl("set-default-source", "other.monitor")
        # who takes over keeps to it too, though the default is another one
        recorder = desk.processes()[0]
        os.kill(recorder, signal.SIGKILL)
        until(lambda: desk.status().pid != recorder and is_recording(desk))
        desk.wait_for(1)
        assert desk.status().source == "studio.monitor"
        desk.stop()
        assert foreign_s(desk, other) < 0.5
        assert len(desk.gaps()) >= 1


def test_one_that_was_interrupted_goes_on_with_the_same_source(
    attempt: Attempt, server: Server, desk: Desk, played: Played, other: bytes
) -> None:
    pactl("set-default-source", "studio.monitor")
    server.play(played.path)
    desk.start("pulse:default")
    desk.wait_for(1)
    with attempt("a default source that changed while the recorder was dead"):
        desk.kill_all()
        pactl("set-default-source", "other.monitor")
        desk.start("pulse:default")
        until(lambda: is_recording(desk))
        desk.wait_for(1)
        assert desk.status().source == "studio.monitor"
        desk.stop()
        assert foreign_s(desk, other) == 0
    desk.start("pulse:default")
    until(lambda: desk.status().source == "other.monitor")
    desk.stop()


def test_a_stream_that_is_moved_by_hand_is_taken_back(
    attempt: Attempt, server: Server, desk: Desk, played: Played, other: bytes
) -> None:
    server.play(played.path)
    desk.start("pulse:studio.monitor")
    desk.wait_for(2)
    for count in (1, 2):
        with attempt("a sound server that puts another source in the place of ours"):
            stream = pactl("list", "short", "source-outputs").split()[0]
            pactl("move-source-output", stream, "other.monitor")
            until(partial(strayed, desk, count))
            until(lambda: is_recording(desk))
            desk.wait_for(1.5)
    assert "une autre source a été entendue" in lost(desk.status())
    desk.stop()
    assert foreign_s(desk, other) < 0.5
    assert len(desk.gaps()) == 2
    assert max(map(abs, judge(desk, played.sound).errors_s)) < 0.1


@pytest.mark.parametrize("channel_map", ["aux0,aux1,aux2,aux3", "front-left,front-right,rear-left,rear-right"])
@pytest.mark.parametrize("pair", [(3, 4), (4, 3), (1, 2), (2, 2), (3,)])
def test_a_pair_of_a_mixers_channels_is_recorded_as_it_is(
    server: Server, desk: Desk, tmp_path: Path, channel_map: str, pair: tuple[int, ...]
) -> None:
    pactl("load-module", "module-null-sink", "sink_name=mixer", f"rate={RATE}", "channels=4", "format=s16le",
          f"channel_map={channel_map}")  # fmt: skip
    path = tmp_path / "four.raw"
    # each channel tells its own number
    path.write_bytes(b"".join((1000 * (n + 1)).to_bytes(2, "little") for n in range(4)) * RATE * 60)
    options = ["--raw", "--format=s16le", f"--rate={RATE}", "--channels=4", f"--channel-map={channel_map}"]
    player = ["paplay", *options, "--no-remix", "--no-remap", "--device=mixer", str(path)]
    server._players.append(subprocess.Popen(player))
    desk.start("pulse:mixer.monitor", pair=pair, channels=len(pair))
    desk.wait_for(2)
    desk.stop()
    sound = desk.sound()
    frame = len(pair) * 2
    middle = sound[RATE * frame : RATE * frame + frame]
    heard = tuple(int.from_bytes(middle[at : at + 2], "little", signed=True) for at in range(0, frame, 2))
    assert heard == tuple(1000 * channel for channel in pair)


def test_channels_that_a_source_does_not_have_are_told(server: Server, desk: Desk) -> None:
    settings = RecordingSettings(input="pulse:studio.monitor", pair=(3, 4))
    found = input_check(settings, desk.root, desk.recording, seconds=0.5)
    assert found.verdict is Verdict.BAD
    assert "elle n'a que 2 voies : corrigez « pair »" in found.words


def test_the_preflight_names_the_source_and_lists_the_others(server: Server, desk: Desk, other: bytes) -> None:
    found = sources_check()
    assert found is not None
    assert "pulse:studio.monitor (Monitor of Null Output)" in found.words
    assert "pulse:other.monitor (Monitor of Micro)" in found.words
    pactl("set-default-source", "other.monitor")
    until(lambda: "« Monitor of Micro (other.monitor) » : du son" in heard(desk, "pulse:default"))
    assert "c'est ce que joue cet ordinateur" in heard(desk, "pulse:default")
    assert "c'est ce que joue cet ordinateur" not in heard(desk, "pulse:other.monitor")
    absent = input_check(RecordingSettings(input="pulse:mixer"), desk.root, desk.recording, seconds=0.5)
    assert absent.verdict is Verdict.BAD
    assert absent.words.startswith("la source « mixer » n'est pas là")
    assert not control.is_running(desk.recording)


def heard(desk: Desk, asked: str) -> str:
    return input_check(RecordingSettings(input=asked), desk.root, desk.recording, seconds=0.5).words
