"""What is forked from an ffmpeg that waits is that program, and ends as its stand-in does."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from bobine import ffmpeg_tool

pytestmark = pytest.mark.integration

SOUND = ("-nostdin", "-v", "error", "-f", "lavfi", "-i", "sine=d=1")
ENDLESS = (*SOUND[:3], "-re", "-f", "lavfi", "-i", "sine", "-flush_packets", "1")


@pytest.fixture
def forked(waiting_ffmpeg: Path | None) -> str:
    if waiting_ffmpeg is None:
        reason = "this ffmpeg does not wait, or there is no compiler"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return str(waiting_ffmpeg)


def run(program: str, *words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([program, *words], stdin=subprocess.DEVNULL, capture_output=True, **options)  # type: ignore[call-overload,no-any-return]


def test_it_says_and_writes_what_the_real_one_does(forked: str, tmp_path: Path) -> None:
    real = ffmpeg_tool.find().path
    for words in ((*SOUND, "-f", "wav", "pipe:1"), ("-version",), ("-nostdin", "-i", "nothing here.wav"), ("-x",)):
        found, wanted = run(forked, *words), run(real, *words)
        assert (found.returncode, found.stdout) == (wanted.returncode, wanted.stdout)
        assert found.stderr.splitlines()[-1:] == wanted.stderr.splitlines()[-1:]
    assert run(forked, *SOUND, "out.wav", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out.wav").stat().st_size > 80_000
    report = {**os.environ, "FFREPORT": "file=report.txt:level=32"}
    assert run(forked, *SOUND, "-f", "null", "-", cwd=tmp_path, env=report).returncode == 0
    assert "sine=d=1" in (tmp_path / "report.txt").read_text()


def running(forked: str, sound: Path) -> tuple[subprocess.Popen[bytes], set[int]]:
    """A run without an end that has begun to write a sound, and the process that was forked for it."""
    process = subprocess.Popen([forked, *ENDLESS, str(sound)], stdin=subprocess.DEVNULL, start_new_session=True)
    while not (sound.exists() and sound.stat().st_size):
        time.sleep(0.01)
    found = forked_now(forked)
    assert len(found) == 1
    return process, found


def forked_now(forked: str) -> set[int]:
    """The processes that come from the ffmpeg which waits beside this stand-in."""
    began_with = f"WAITING_SOCKET={Path(forked).with_name('socket')}".encode()
    of_it = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if began_with in (folder / "environ").read_bytes().split(b"\0"):
                of_it.add(int(folder.name))
    return {pid for pid in of_it if parent(pid) in of_it}


def parent(pid: int) -> int:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_does_not_outlive_what_stands_for_it(forked: str, tmp_path: Path, number: signal.Signals) -> None:
    process, found = running(forked, tmp_path / "sound.wav")
    process.send_signal(number)
    assert process.wait() == (-9 if number is signal.SIGKILL else 255)
    while forked_now(forked) & found:
        time.sleep(0.01)
