"""A workspace of one's own, and an old host."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bobine.evening.moving.taking_over import TakenOver, take_over
from bobine.model.show import Show
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.store import Store
from bobine.store.workspace import Workspace, open_workspace
from tests.conftest import ATELIER
from tests.publish.check.site import Site, serving
from tests.publish.shelf import NOW


class Room:
    """A workspace with one show, and its local destination."""

    def __init__(self, root: Path) -> None:
        shutil.copytree(ATELIER, root)
        self.root = root

    @property
    def workspace(self) -> Workspace:
        return open_workspace(self.root)

    @property
    def show(self) -> Show:
        return self.workspace.shows[0]

    @property
    def store(self) -> Store:
        return open_store(self.workspace.destinations[0], self.root)

    def take(self, source: str, **options: Any) -> TakenOver:
        options = {"waits_s": (), "at_home": True, **options}
        return take_over(self.workspace, self.show, source, self.workspace.destinations[0], NOW, **options)

    def serve_at(self, address: str) -> None:
        """Say in ``shows.toml`` that the local folder is served at another address."""
        shows = self.root / "shows.toml"
        text = shows.read_text("utf-8")
        assert "http://localhost:8470/" in text
        shows.write_text(text.replace("http://localhost:8470/", address), "utf-8")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "atelier")


@pytest.fixture
def rooms(tmp_path: Path) -> Callable[[str], Room]:
    return lambda name: Room(tmp_path / name)
