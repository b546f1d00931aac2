"""A workspace with two episodes that are online, and its figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bobine.evening.audience import LogsRead, count_logs, figures_known
from bobine.model.published.listening import ListeningFigures
from bobine.model.published.release import LocalRelease, ReleaseStatus
from bobine.publish.listening.requests import Request
from bobine.store.records.listening import listening_path, states_folder
from bobine.store.records.releases import write_release
from bobine.store.workspace import Workspace, open_workspace
from tests.conftest import ATELIER
from tests.listening.logs import NOON, combined
from tests.publish.samples import FEED, release

SLUG = "bobine-romanaise"
LATER = NOON + timedelta(days=30)
"""When every day of the samples is over."""


@dataclass
class Listening:
    """A workspace, and what is read into it."""

    workspace: Workspace
    folder: Path

    def log(self, name: str, requests: Iterable[Request | str], more: bool = False) -> Path:
        path = self.folder / name
        lines = [one if isinstance(one, str) else combined(one) for one in requests]
        with path.open("a" if more else "w", encoding="utf-8") as stream:
            stream.writelines(f"{line}\n" for line in lines)
        return path

    def read(self, *paths: Path, now: datetime = LATER) -> LogsRead:
        return count_logs(self.workspace, list(paths), now)

    @property
    def figures(self) -> ListeningFigures:
        return figures_known(self.workspace, self.workspace.shows[0])

    @property
    def total(self) -> int:
        return self.figures.total

    @property
    def file(self) -> Path:
        return listening_path(self.workspace.root, SLUG)

    @property
    def states(self) -> list[Path]:
        folder = states_folder(self.workspace.root, SLUG)
        return sorted(folder.iterdir()) if folder.exists() else []


@pytest.fixture
def listening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Listening:
    monkeypatch.setenv("BOBINE_STATE", str(tmp_path / "state"))
    return make_listening(tmp_path)


def make_listening(folder: Path) -> Listening:
    root = folder / "atelier"
    root.mkdir(parents=True)
    (root / "shows.toml").write_bytes((ATELIER / "shows.toml").read_bytes())
    plan = (ATELIER / "episodes" / SLUG / "2026-11-26" / "episode.toml").read_bytes()
    workspace = open_workspace(root)
    for week in (0, 1):
        one = release(week)
        place = workspace.folder(SLUG, one.date)
        place.path.mkdir(parents=True)
        place.plan.write_bytes(plan)
        write_release(
            place.release, LocalRelease(destination="local", feed_url=FEED, status=ReleaseStatus.ONLINE, release=one)
        )
    (folder / "logs").mkdir()
    return Listening(workspace, folder / "logs")
