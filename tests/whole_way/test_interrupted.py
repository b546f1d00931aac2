"""Mastering that is interrupted, killed, or runs out of disk leaves the earlier master whole."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Atelier, Evening
from tests.disks import small_disk

pytestmark = pytest.mark.slow

DAY = "2026-11-19"


@pytest.fixture(scope="module", autouse=True)
def _forked_ffmpeg() -> None:
    """Here an ffmpeg begins from nothing: what is killed, and what is left of it, is the real one."""


@pytest.fixture
def atelier(evening: Evening, tmp_path: Path) -> Atelier:
    """The evening's workspace without what was kept of earlier mastering: all of it is work again."""
    copy = evening.atelier.copy(tmp_path)
    shutil.rmtree(copy.episode / "master" / ".cache")
    return copy


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")
    }


def begin_to_master(atelier: Atelier, kept: int) -> subprocess.Popen[str]:
    """Begin mastering, and wait until it works and has kept so many parts of it (about a hundred when all is done)."""
    process = atelier.start("monter", DAY)
    master = atelier.episode / "master"
    while process.poll() is None:
        if (master / ".work").exists() and len([*(master / ".cache").glob("*")]) >= kept:
            return process
        time.sleep(0.01)
    raise AssertionError(f"mastering ended before it was interrupted: {process.communicate()}")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("kept", [0, 20, 60])
def test_an_interruption_changes_nothing_and_leaves_no_process(atelier: Atelier, sent: int, kept: int) -> None:
    before = contents(atelier.episode / "master")
    process = begin_to_master(atelier, kept)
    process.send_signal(sent)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Interrompu" in err
    assert "Traceback" not in err
    assert contents(atelier.episode / "master") == before
    assert not (atelier.episode / "master" / ".work").exists()
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(atelier.root) not in "\n".join(line for line in listed.splitlines() if "ffmpeg" in line)


def test_a_kill_leaves_the_earlier_master_and_the_next_run_cleans_up(atelier: Atelier) -> None:
    before = contents(atelier.episode / "master")
    process = begin_to_master(atelier, 40)
    process.kill()
    process.communicate()
    assert contents(atelier.episode / "master") == before
    atelier.run("monter", DAY)
    assert contents(atelier.episode / "master") == before
    assert not (atelier.episode / "master" / ".work").exists()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB: too small for the podcast."""
    with small_disk(tmp_path / "disk", 3) as folder:
        yield folder


def test_a_full_disk_is_said_and_loses_nothing(atelier: Atelier, disk: Path) -> None:
    master = atelier.episode / "master"
    shutil.rmtree(master)
    master.symlink_to(disk / "master")
    (disk / "master").mkdir()
    (disk / "master" / "podcast.mp3").write_bytes(b"the earlier master")
    done = atelier.run("monter", DAY, code=1)
    assert "plein" in done.stderr or "place" in done.stderr
    assert contents(disk / "master") == {"podcast.mp3": b"the earlier master"}


def test_a_recording_that_must_be_converted_fills_a_disk_as_politely(
    atelier: Atelier, evening: Evening, tmp_path: Path, disk: Path
) -> None:
    shutil.rmtree(atelier.episode / "recording")
    flac = tmp_path / "studio.flac"
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(evening.recording), str(flac)], check=True)
    marks = evening.recording.parent / "marks.json"
    atelier.run("importer", DAY, str(flac), "--reperes", str(marks), "--quand-meme")
    shutil.rmtree(atelier.episode / "master")
    (atelier.episode / "master").symlink_to(disk / "master")
    (disk / "master").mkdir()
    done = atelier.run("monter", DAY, code=1)
    assert "plein" in done.stderr or "place" in done.stderr
    assert contents(disk / "master") == {}
