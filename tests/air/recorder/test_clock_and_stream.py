"""The computer's clock is set while it records; the station's stream breaks and comes back."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.air.recorder.conftest import Played
from tests.air.recorder.studio import RATE, Desk, Server, judge, until
from tests.air.recorder.test_faults import MOST_LOST_S, TRUE_S, Report, begin

pytestmark = pytest.mark.slow


def false_clock(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """From now on, what is started believes that the wall clock is off by what was set; steady clocks stay."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        if os.environ.get("CI"):
            pytest.fail("there is no C compiler")
        pytest.skip("a C compiler and Linux are needed to give a program a false clock")
    library, offset = folder / "false_clock.so", folder / "offset"
    source = Path(__file__).with_name("false_clock.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source)], check=True)

    def step(seconds: int) -> None:
        # in place: it is mapped
        with offset.open("r+b") as stream:
            stream.write(struct.pack("=q", seconds))

    offset.write_bytes(bytes(8))
    monkeypatch.setenv("LD_PRELOAD", str(library))
    monkeypatch.setenv("BOBINE_FALSE_CLOCK", str(offset))
    return step


def test_the_clock_is_set_by_an_hour(
    desk: Desk, server: Server, played: Played, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        step = false_clock(tmp_path, patch)
        begin(desk, server, played)
    assert abs((desk.status().utc - datetime.now(UTC)).total_seconds()) < 60
    for number, seconds in enumerate((3600, -3600, 0), start=1):
        before = desk.status().utc
        step(seconds)
        until(lambda before=before: abs((desk.status().utc - before).total_seconds()) > 3000)  # type: ignore[misc]
        desk.wait_for(1)
        assert desk.status().gaps == number - 1
        os.kill(desk.processes()[number % 2 * 2], signal.SIGKILL)
        until(lambda number=number: desk.status().gaps == number)  # type: ignore[misc]
        desk.wait_for(0.5)
    desk.stop()
    truth = judge(desk, played.sound)
    report("clock set by ±1 h, then a kill", truth.lost_s, truth.errors_s)
    assert len(truth.lost_s) == 3
    assert max(truth.lost_s) <= MOST_LOST_S
    assert max(map(abs, truth.errors_s)) <= TRUE_S


class Station(ThreadingHTTPServer):
    """A stream in real time that begins with its last seconds, as Icecast's do; its sound is found again exactly."""

    BURST_S = 2.0
    daemon_threads = True

    def __init__(self, sound: bytes) -> None:
        self.sound = sound
        self.began = time.monotonic()
        self.on = threading.Event()
        self.on.set()
        super().__init__(("127.0.0.1", 0), _Listener)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A listener that leaves is no error."""


class _Listener(BaseHTTPRequestHandler):
    server: Station

    def do_GET(self) -> None:
        if not self.server.on.is_set():
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "audio/wav")
        self.end_headers()
        form = struct.pack("<HHIIHH", 1, 2, RATE, RATE * 4, 4, 16)
        self.wfile.write(b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0" + form + b"data\xff\xff\xff\xff")
        sent = max(0, self.live() - round(Station.BURST_S * RATE))
        with suppress(OSError):
            while self.server.on.is_set():
                now = self.live()
                self.wfile.write(self.server.sound[sent * 4 : now * 4])
                sent = now
                time.sleep(0.05)

    def live(self) -> int:
        return round((time.monotonic() - self.server.began + 5) * RATE)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@pytest.mark.parametrize(("outage_s", "lost_s"), [(1.0, 0.0), (4.0, 2.0)])
def test_a_stream_breaks_and_comes_back(
    desk: Desk, played: Played, report: Report, outage_s: float, lost_s: float
) -> None:
    station = Station(played.sound)
    threading.Thread(target=station.serve_forever, daemon=True).start()
    try:
        desk.start(f"http://127.0.0.1:{station.server_port}/live")
        until(lambda: desk.status().position > 4 * RATE)
        station.on.clear()
        time.sleep(outage_s)
        station.on.set()
        held = desk.status().position
        until(lambda: desk.status().position > held + 2 * RATE)
        desk.stop()
    finally:
        station.shutdown()
        station.server_close()
    truth = judge(desk, played.sound)
    report(f"stream gone for {outage_s:g} s, with a burst of 2 s", truth.lost_s or [0.0], truth.errors_s)
    assert sum(truth.lost_s) == pytest.approx(lost_s, abs=0.7)
    assert max(map(abs, truth.errors_s), default=0) <= TRUE_S
