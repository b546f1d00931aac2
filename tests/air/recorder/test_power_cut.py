"""A power cut: all processes gone, and of each file what was last synced. What is missing then?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bobine.air.live.state.events import Marked
from bobine.air.recorder.link import control
from tests.air.recorder.conftest import Played
from tests.air.recorder.studio import RATE, Desk, Server, judge, until
from tests.air.recorder.test_faults import MONITOR, Report
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

MOST_LOST_S = 2.0
TRUE_S = 0.1
TIMES = 5

MARKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from bobine.air.live.journal import Journal
from bobine.air.live.show import Live
from bobine.air.recorder.link import control

journal, recording = Path(sys.argv[1]), Path(sys.argv[2])
live = Live(Journal(journal), lambda: datetime.now(UTC), lambda: control.position_now(recording))
for line in sys.stdin:
    live.mark(line.strip())
    print(line.strip(), flush=True)
"""
"""Sets a mark for each line, and says the line once the mark is kept."""

STARTER = """
import sys
from pathlib import Path
from bobine.air.recorder.link import control
from bobine.model.recording import RecordingSettings

root = Path(sys.argv[1])
control.start(root / "recording", root / "journal.jsonl", RecordingSettings(input=sys.argv[2]), root=root)
"""


def start(desk: Desk) -> None:
    """Start the recorder from a program whose files are watched."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", STARTER, str(desk.root), MONITOR], check=True, env=environment)
    until(lambda: desk.status().standby != 0)


def keep_what_is_synced(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """From now on, what is started leaves there what a power cut would leave of the desk."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        if os.environ.get("CI"):
            pytest.fail("there is no C compiler")
        pytest.skip("a C compiler and Linux are needed to know what is on the disk")
    library, synced = folder / "last_synced.so", folder / "synced"
    source = Path(__file__).with_name("last_synced.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
    monkeypatch.setenv("LD_PRELOAD", str(library))
    monkeypatch.setenv("BOBINE_WATCHED", str(desk.root.resolve()))
    monkeypatch.setenv("BOBINE_SYNCED", str(synced))
    return synced


def test_a_power_cut_costs_two_seconds_at_most_and_no_mark(
    desk: Desk, server: Server, played: Played, tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = keep_what_is_synced(desk, tmp_path, monkeypatch)
    server.play(played.path)
    start(desk)
    desk.wait_for(1)
    lost: list[float] = []
    acknowledged: list[str] = []
    for turn in range(TIMES):
        command = [sys.executable, "-c", MARKER, str(desk.journal), str(desk.recording)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        marker = subprocess.Popen(
            command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, bufsize=1
        )
        assert marker.stdin is not None
        assert marker.stdout is not None
        for number in range(3):
            marker.stdin.write(f"{turn}-{number}\n")
            acknowledged.append(marker.stdout.readline().strip())
        desk.wait_for(0.3 + 0.37 * turn)
        reached = control.position_now(desk.recording)
        desk.kill_all()
        marker.kill()
        marker.communicate()
        shutil.rmtree(desk.root)
        shutil.copytree(synced, desk.root, ignore=shutil.ignore_patterns("*.part"))
        assert reached is not None
        lost.append((reached - len(desk.sound()) // 4) / RATE)
        assert [event.label for event in desk.events() if isinstance(event, Marked)] == acknowledged
        (desk.root / "stick").mkdir(exist_ok=True)
        assert control.was_interrupted(desk.recording)
        start(desk)
        desk.wait_for(0.5)
    desk.stop()
    truth = judge(desk, played.sound)
    report("power cut: of each file, what was last synced", lost, truth.errors_s)
    assert max(lost) <= MOST_LOST_S
    assert len(truth.errors_s) == TIMES
    assert max(map(abs, truth.errors_s)) <= TRUE_S


def test_what_is_synced_is_known(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The measure itself: what was written after the last sync is not there."""
    synced = keep_what_is_synced(desk, tmp_path, monkeypatch)
    code = (
        "import os\n"
        f"f = open({str(desk.root / 'a')!r}, 'wb', buffering=0)\n"
        "f.write(b'kept'); os.fsync(f.fileno()); f.write(b'lost')\n"
        f"os.rename({str(desk.root / 'a')!r}, {str(desk.root / 'b')!r})\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert (desk.root / "b").read_bytes() == b"keptlost"
    assert (synced / "b").read_bytes() == b"kept"
