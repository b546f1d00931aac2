"""Screens to drive: a workspace of one's own, a clock that stands still, keys and text as they are typed."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.pilot import Pilot

from bobine.store.workspace import open_workspace
from bobine.tui.app import BobineApp
from bobine.tui.desk import Desk
from bobine.tui.kit.desk_screen import DeskScreen

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOBINE_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def atelier(tmp_path: Path) -> Path:
    """The repository's own workspace, to be changed at will."""
    root = tmp_path / "atelier"
    root.mkdir()
    shutil.copyfile(ROOT / "shows.toml", root / "shows.toml")
    shutil.copytree(ROOT / "episodes", root / "episodes", ignore=shutil.ignore_patterns("*.lock", "history"))
    return root


@pytest.fixture
def empty_atelier(atelier: Path) -> Path:
    """The same without an episode: the team and the ideas are known."""
    for folder in (atelier / "episodes").glob("*/2*"):
        shutil.rmtree(folder)
    return atelier


def make_app(root: Path, now: Callable[[], datetime] = lambda: NOW) -> BobineApp:
    workspace = open_workspace(root)
    return BobineApp(Desk(workspace, workspace.shows[0], now))


class Hands:
    """Somebody at the keyboard, who counts what is pressed beyond the text that is typed."""

    def __init__(self, app: BobineApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.pressed = 0

    async def press(self, *keys: str) -> None:
        """Press keys."""
        for key in keys:
            self.pressed += 1
            await self.pilot.press(key)
            await self.pilot.pause()

    async def write(self, text: str) -> None:
        """Type a text into the field that has the keyboard."""
        for char in text:
            self.app.post_message(events.Key(_NAMES.get(char, char), char))
        await self.pilot.pause()

    async def until(self, condition: Callable[[], Any], what: str = "") -> None:
        """Wait for something to come true."""
        for _ in range(400):
            if condition():
                await self.pilot.pause()
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"did not come true: {what or condition}")

    async def settled(self) -> None:
        """Wait until every edit is on the disk."""
        await self.place.settle()
        await self.pilot.pause()

    @property
    def place(self) -> DeskScreen:
        return self.app.place

    def lines(self) -> list[str]:
        """What is seen, line by line."""
        return [
            "".join(segment.text for segment in line).replace("\u00a0", " ").rstrip()
            for line in self.app.screen._compositor.render_strips()
        ]

    def text(self) -> str:
        """What is seen."""
        return "\n".join(self.lines())


_NAMES = {" ": "space", ",": "comma", "(": "left_parenthesis", ")": "right_parenthesis", ":": "colon", "'": "apostrophe",
          "-": "minus", ".": "full_stop", "/": "slash"}  # fmt: skip


@asynccontextmanager
async def seat(app: BobineApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Hands]:
    """The application, running in a terminal of that size."""
    async with app.run_test(size=size) as pilot:
        hands = Hands(app, pilot)
        await hands.until(lambda: app.screen_stack and isinstance(app.screen, DeskScreen), "a screen")
        await app.workers.wait_for_complete()
        await pilot.pause()
        yield hands
        for screen in app._made.values():
            await screen.settle()


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run an asynchronous test to its end."""
    asyncio.run(test())
