"""A workspace of one's own for the screens, a clock that stands still, and nothing left over from another test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual._compositor import Compositor
from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from bobine.model.episode import Episode
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace
from bobine.tui.app import BobineApp
from bobine.tui.attaching import asking
from bobine.tui.documents import failures
from bobine.tui.documents.desk import Desk
from bobine.tui.kit import drafts
from bobine.tui.kit.dialogs import ask
from bobine.tui.kit.forms import form
from bobine.tui.kit.screens import late_keys
from tests.conftest import ATELIER

DAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=ZoneInfo("Europe/Paris"))
PLAN = Path("episodes/bobine-romanaise/2026-11-26/episode.toml")


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new_state: Callable[[], Path]) -> None:
    monkeypatch.setenv("BOBINE_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("BOBINE_STATE", str(new_state()))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session", autouse=True)
def _styles_parsed_once() -> Iterator[None]:
    """The style sheets are parsed once for all the applications of one theme, of which each would parse them anew."""
    parsed: dict[frozenset[tuple[str, str]], LRUCache[Any, Any]] = {}
    parse = Stylesheet.parse

    def parse_once(self: Stylesheet) -> None:
        own, self._parse_cache = (
            self._parse_cache,
            parsed.setdefault(frozenset(self._variables.items()), LRUCache(1000)),
        )
        try:
            parse(self)
        finally:
            self._parse_cache = own

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "parse", parse_once)
        # as before a rule is equal to itself alone, which Python finds without calling anything
        patch.setattr(RuleSet, "__hash__", object.__hash__)
        yield


@pytest.fixture(autouse=True)
def _drawn_when_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw only what a test looks at: a terminal that nobody sees costs more than all the rest."""

    def render_update(self: Compositor, *_: object, **__: object) -> None:
        self._dirty_regions.clear()

    monkeypatch.setattr(Compositor, "render_update", render_update)


@pytest.fixture(autouse=True)
def _calm_and_forgetful(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A hand that waits until a dialog is gone; nothing is left of what another test typed."""
    monkeypatch.setattr(late_keys, "DRAIN_S", 0)
    monkeypatch.setattr(drafts, "DRAFTS", drafts.Drafts())
    for module in (ask, form, asking):
        monkeypatch.setattr(module, "DRAFTS", drafts.DRAFTS)
    yield
    unexpected = [*failures.UNEXPECTED]
    failures.UNEXPECTED.clear()
    assert not unexpected, "a screen outlived what nobody foresaw"


@pytest.fixture(autouse=True)
def outlived(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[Exception]]:
    """What the screens outlived: nothing, unless the test takes it out of this list."""
    found: list[Exception] = []
    outlive = BobineApp.outlive

    def noted(self: BobineApp, error: Exception) -> None:
        found.append(error)
        outlive(self, error)

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(BobineApp, "outlive", noted)
    yield found
    assert found == []


@pytest.fixture
def atelier(tmp_path: Path) -> Path:
    """The workspace of the worked example, to be changed at will."""
    root = tmp_path / "atelier"
    root.mkdir()
    copy_atelier(root)
    return root


@pytest.fixture
def empty_atelier(atelier: Path) -> Path:
    """The same without an episode: the team and the ideas are known."""
    for folder in (atelier / "episodes").glob("*/2*"):
        shutil.rmtree(folder)
    return atelier


def copy_atelier(root: Path) -> None:
    """Copy the workspace of the worked example into a folder."""
    shutil.copyfile(ATELIER / "shows.toml", root / "shows.toml")
    shutil.copytree(ATELIER / "episodes", root / "episodes", ignore=shutil.ignore_patterns("*.lock", "history"))


def make_app(root: Path, now: Callable[[], datetime] = lambda: NOW, day: date | None = None) -> BobineApp:
    workspace = open_workspace(root)
    return BobineApp(Desk(workspace, workspace.shows[0], now), day)


def on_disk(root: Path, day: date = DAY) -> Episode:
    """The episode as anybody else would read it."""
    workspace = open_workspace(root)
    return read_episode(workspace, workspace.shows[0], day)
