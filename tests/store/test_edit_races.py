"""Two programs on one plan at the same time, and programs that are killed while they write it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from bobine.store.documents.edit_episode import edit_episode
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.history import read_state, states
from bobine.store.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 26)

pytestmark = pytest.mark.integration

WRITER = """\
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from bobine.errors import BusyError
from bobine.plan.files.editing import commit_episode
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace

root, item_id, field, count = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
workspace, day = open_workspace(root), date(2026, 11, 26)
show = workspace.show("fil")
seen = read_episode(workspace, show, day)
print("prêt", flush=True)
sys.stdin.readline()
for number in range(1, count + 1):
    value = timedelta(seconds=number) if field == "duration" else f"{item_id} {number}"
    rows = tuple(replace(row, **{field: value}) if row.id == item_id else row for row in seen.items)
    while True:
        try:
            done = commit_episode(workspace, show, day, seen, replace(seen, items=rows), datetime.now(timezone.utc))
            break
        except BusyError:
            pass  # on a loaded machine the other one may hold the lock for long: as a screen does, try again
    assert not done.conflicts, done.conflicts
    seen = done.value
    print(number, flush=True)
"""


def writer(root: Path, item_id: str, field: str, count: int) -> subprocess.Popen[str]:
    """A process that waits for a line, then edits one field of one item over and over, from what it last saw."""
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root), item_id, field, str(count)],
        stdin=pipe, stdout=pipe, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def start(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("partez\n")
    process.stdin.flush()


def test_two_programs_that_edit_two_fields_at_once_both_win_every_time(workspace_root: Path) -> None:
    count = 40
    workspace = open_workspace(workspace_root)
    plan = workspace.folder("fil", DAY).plan
    before = plan.read_text("utf-8")
    writers = [writer(workspace_root, "live", "source", count), writer(workspace_root, "agenda", "notes", count)]
    for process in writers:
        assert process.stdout is not None
        assert process.stdout.readline() == "prêt\n"
    for process in writers:
        start(process)
    for process in writers:
        process.communicate()
        assert process.returncode == 0
    found = {item.id: item for item in read_episode(workspace, workspace.show("fil"), DAY).items}
    assert found["live"].source == f"live {count}"
    assert found["agenda"].notes == f"agenda {count}"
    added = [f'source = "live {count}"', f'notes = "agenda {count}"']
    assert [line for line in plan.read_text("utf-8").splitlines() if line not in added] == before.splitlines()


@pytest.mark.slow
def test_a_program_killed_at_any_instant_leaves_a_whole_file(workspace_root: Path) -> None:
    workspace = open_workspace(workspace_root)
    show, folder = workspace.show("fil"), workspace.folder("fil", DAY)
    chance = random.Random(7)
    leftovers = edits = 0
    for _ in range(100):
        before = read_episode(workspace, show, DAY)
        process = writer(workspace_root, "live", "source", 100_000)
        assert process.stdout is not None
        assert process.stdout.readline() == "prêt\n"
        start(process)
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        said = [int(line) for line in process.communicate()[0].splitlines()]
        last = said[-1] if said else 1
        after = read_episode(workspace, show, DAY)
        sources = {item.id: item.source for item in after.items}
        assert sources["live"] in (f"live {last}", f"live {last + 1}")
        assert replace(after, items=()) == replace(before, items=())
        assert all(read_state(workspace, show, DAY, state) for state in states(folder))
        leftovers += len(list(folder.path.rglob("*.tmp.toml")))
        edits += last
        edit_episode(workspace, show, DAY, partial(replace, summary=f"après {edits}"), datetime.now(UTC))
        assert not list(folder.path.rglob("*.tmp.*"))
        assert read_state(workspace, show, DAY, states(folder)[0]).summary == f"après {edits}"
    assert leftovers, "no kill fell into a write: the test proves nothing"
