"""Two programs on one plan at the same time, and programs that are killed while they write it."""

from __future__ import annotations

import random
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from bobine.store.documents.edit_episode import edit_episode
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.history import SavedState, read_state, states
from bobine.store.workspace import open_workspace
from tests.store.writing import DAY, Writer

pytestmark = pytest.mark.integration


def test_two_programs_that_edit_two_fields_at_once_both_win_every_time(workspace_root: Path) -> None:
    count = 40
    workspace = open_workspace(workspace_root)
    plan = workspace.folder("fil", DAY).plan
    before = plan.read_text("utf-8")
    writers = [Writer(workspace_root, "live", "source", count), Writer(workspace_root, "agenda", "notes", count)]
    for one in writers:
        one.begin()
    for one in writers:
        assert list(one.heard()) == list(range(1, count + 1))
        assert one.end() == 0
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
    whole: set[SavedState] = set()
    leftovers = edits = 0
    for _ in range(100):
        before = read_episode(workspace, show, DAY)
        writer = Writer(workspace_root, "live", "source", 100_000)
        writer.begin()
        last = next(writer.heard())
        time.sleep(chance.uniform(0, 0.05))
        writer.process.kill()
        last = max([last, *writer.heard()])
        assert writer.end() == -signal.SIGKILL
        after = read_episode(workspace, show, DAY)
        sources = {item.id: item.source for item in after.items}
        assert sources["live"] in (f"live {last}", f"live {last + 1}")
        assert replace(after, items=()) == replace(before, items=())
        kept = states(folder)
        assert all(read_state(workspace, show, DAY, state) for state in kept if state not in whole)
        whole.update(kept)
        leftovers += len(list(folder.path.rglob("*.tmp.toml")))
        edits += last
        edit_episode(workspace, show, DAY, partial(replace, summary=f"après {edits}"), datetime.now(UTC))
        assert not list(folder.path.rglob("*.tmp.*"))
        assert read_state(workspace, show, DAY, states(folder)[0]).summary == f"après {edits}"
    assert all(read_state(workspace, show, DAY, state) for state in states(folder))
    assert leftovers, "no kill fell into a write: the test proves nothing"
