"""A studio for the recorder's tests: a sound server, noise that is nowhere twice the same, and measures."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from bobine.air.live.journal import Journal
from bobine.air.live.state.events import Event, RecordingGap
from bobine.air.recorder.link import control
from bobine.air.recorder.link.status import Status
from bobine.air.recorder.wav import HEADER_SIZE
from bobine.model.recording import RecordingSettings

RATE = 48000
FRAME = 4
SINK = ["module-null-sink", "sink_name=studio", f"rate={RATE}", "channels=2", "format=s16le"]


def until(true: Callable[[], bool]) -> None:
    """Wait for something that must come."""
    while not true():
        time.sleep(0.02)


def noise(path: Path, seconds: float, seed: int = 1) -> bytes:
    """Write a WAV of noise at about -20 dBFS, and return its samples; no two stretches of it are alike."""
    drawn = np.frombuffer(random.Random(seed).randbytes(round(seconds * RATE) * FRAME), "<u2")
    words = ((drawn & 0x1FFF).astype("<i2") - 0x1000).tobytes()
    with wave.open(str(path), "wb") as out:
        out.setparams((2, 2, RATE, 0, "NONE", ""))
        out.writeframes(words)
    return words


class Server:
    """A PulseAudio with one null sink, « studio »."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.environment = {
            "PULSE_RUNTIME_PATH": str(folder / "run"),
            "PULSE_STATE_PATH": str(folder / "state"),
            "PULSE_SERVER": f"unix:{folder / 'native'}",
        }
        os.environ.update(self.environment)
        options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=1", "--use-pid-file=no"]
        modules = [f"module-native-protocol-unix socket={folder / 'native'} auth-anonymous=1", " ".join(SINK)]
        loads = [part for module in modules for part in ("-L", module)]
        with (folder / "log").open("wb") as log:
            self._server = subprocess.Popen(["pulseaudio", *options, *loads], stderr=log)
        self._players: list[subprocess.Popen[bytes]] = []
        until(lambda: subprocess.run(["pactl", "info"], capture_output=True).returncode == 0)

    def play(self, path: Path, latency_ms: int = 300) -> None:
        """Play a file to the sink, from now on; with more latency, a player that the machine lets wait is not heard."""
        command = ["paplay", f"--latency-msec={latency_ms}", "--device=studio", str(path)]
        self._players.append(subprocess.Popen(command))

    def unplug(self) -> None:
        """The sink and its monitor are gone."""
        subprocess.run(["pactl", "unload-module", "module-null-sink"], check=True)

    def unplug_only(self, sink: str) -> None:
        """One sink and its monitor are gone."""
        listed = subprocess.run(
            ["pactl", "list", "short", "modules"], check=True, capture_output=True, text=True
        ).stdout
        (module,) = [line.split()[0] for line in listed.splitlines() if f"sink_name={sink} " in line]
        subprocess.run(["pactl", "unload-module", module], check=True)

    def plug(self) -> None:
        """They are there again."""
        subprocess.run(["pactl", "load-module", *SINK], check=True, capture_output=True)

    def close(self) -> None:
        for process in (*self._players, self._server):
            process.kill()
            process.wait()
        for name in self.environment:
            del os.environ[name]


@contextmanager
def sound_server(folder: Path) -> Iterator[Server]:
    """A server; the test is skipped where PulseAudio is not installed, and fails so in CI."""
    if shutil.which("pulseaudio") is None or shutil.which("pactl") is None:
        reason = "PulseAudio is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    server = Server(folder)
    try:
        yield server
    finally:
        server.close()


@dataclass
class Desk:
    """A folder with a recorder, and what a technician does with it."""

    root: Path

    @property
    def recording(self) -> Path:
        return self.root / "recording"

    @property
    def file(self) -> Path:
        return self.recording / "antenne.wav"

    @property
    def second(self) -> Path:
        return self.root / "stick" / "show" / "day" / "antenne.wav"

    @property
    def journal(self) -> Path:
        return self.root / "journal.jsonl"

    def start(self, source: str, *, second: str = "", speed: float = 1, **settings: object) -> None:
        chosen = RecordingSettings(input=source, second=second, **settings)  # type: ignore[arg-type]
        where = Path("show/day") if second else None
        control.start(self.recording, self.journal, chosen, root=self.root, second=where, speed=speed)

    def status(self) -> Status:
        found = control.status(self.recording)
        assert found is not None
        return found

    def wait_for(self, seconds: float) -> None:
        """Until so much more was recorded."""
        goal = self.status().position + seconds * RATE
        until(lambda: self.status().position >= goal)

    def stop(self) -> None:
        control.request_stop(self.recording)
        until(lambda: self.status().stop_asked)
        time.sleep(0.3)
        control.request_stop(self.recording)
        until(lambda: not control.is_running(self.recording))

    def processes(self) -> tuple[int, int, int]:
        """The recorder, its standby, its ffmpeg, once all are there."""
        until(lambda: bool(self.status().standby and self.status().capture))
        found = self.status()
        return found.pid, found.standby, found.capture

    def present(self) -> list[int]:
        """Those of them that are there now."""
        found = self.status()
        return [pid for pid in (found.pid, found.standby, found.capture) if pid]

    def kill_all(self) -> None:
        """As a power cut does: none can help another."""
        pids = self.present()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        until(lambda: not control.is_running(self.recording))

    def events(self) -> tuple[Event, ...]:
        return Journal(self.journal).read()

    def gaps(self) -> list[RecordingGap]:
        return [event for event in self.events() if isinstance(event, RecordingGap)]

    def sound(self) -> bytes:
        return self.file.read_bytes()[HEADER_SIZE:]

    def close(self) -> None:
        """Leave no process behind, whatever a test did."""
        if control.is_running(self.recording) and control.status(self.recording) is not None:
            for pid in self.present():
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue


def place_in(played: bytes, sound: bytes, position: int, frames: int = 64) -> int | None:
    """Where in the played file lies what was recorded at a position; None where it is not from there."""
    needle = sound[position * FRAME : (position + frames) * FRAME]
    if len(needle) < frames * FRAME or not any(needle):
        return None
    at = played.find(needle)
    while at >= 0 and at % FRAME:
        at = played.find(needle, at + 1)
    return at // FRAME if at >= 0 else None


@dataclass
class Truth:
    """What a recording was worth, beside what was played.

    Attributes:
        lost_s: of each gap, what the journal says is missing, seconds.
        errors_s: by how much positions are off after each gap, against those before the first one, seconds.
    """

    lost_s: list[float]
    errors_s: list[float]


def judge(desk: Desk, played: bytes) -> Truth:
    """Compare a recording with what was played, around each of its gaps."""
    sound = desk.sound()
    margin = RATE // 50
    lost: list[float] = []
    errors: list[float] = []
    for gap in desk.gaps():
        before = place_in(played, sound, gap.start - margin)
        after = place_in(played, sound, gap.end + margin)
        assert not any(sound[gap.start * FRAME : gap.end * FRAME])
        assert before is not None, gap
        assert after is not None, gap
        lost.append((gap.end - gap.start) / RATE)
        off = ((after - before) - (gap.end - gap.start + 2 * margin)) / RATE
        errors.append(off + (errors[-1] if errors else 0))
    return Truth(lost, errors)
