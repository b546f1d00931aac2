"""The live screen as several tests begin it: some items on air, a rehearsal, and what its journal holds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.rehearsal import REHEARSAL
from bobine.air.live.state import events as e
from bobine.store.workspace import open_workspace
from bobine.tui.app import BobineApp
from bobine.tui.documents.desk import Desk
from bobine.tui.onair.rehearsals import Rehearsals
from bobine.tui.onair.screen import AirScreen
from tests.tui.conftest import DAY
from tests.tui.hands import Hands
from tests.tui.onair.test_onair_screen import Clock, journal

Attempt = Callable[[str], AbstractContextManager[None]]
SIZES = [(80, 24), (120, 40)]
GESTURES = "cbakpjevwfq"
"""The keys that ask something on air."""


def air(hands: Hands) -> AirScreen:
    assert isinstance(hands.place, AirScreen)
    return hands.place


def rehearse(root: Path, clock: Clock, speed: int) -> BobineApp:
    workspace = open_workspace(root)
    rehearsals = Rehearsals(Desk(workspace, workspace.shows[0], clock), DAY, speed)
    desk, stage = rehearsals.begin()
    return BobineApp(desk, DAY, on_air=stage, rehearsals=rehearsals)


def rehearsed(root: Path) -> tuple[e.Event, ...]:
    return Journal(journal(root).path.parent / REHEARSAL / JOURNAL_FILE).read()


async def begin(hands: Hands, clock: Clock, items: int = 4) -> None:
    for _ in range(items):
        await hands.press("space")
        clock.on(seconds=10)
