"""The presenter's views follow the show that the technician runs: in a terminal, and in a real browser."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bobine.air.live.stage import real_stage
from bobine.air.live.state.events import Taken
from bobine.prompter.page import create_prompter
from bobine.prompter.view import Follower
from bobine.publish.serve.app import serve
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace
from bobine.tui.app import BobineApp
from bobine.tui.documents.desk import Desk
from tests.tui.hands import run, seat
from tests.tui.onair.test_onair_screen import DAY, SIX, Clock, journal

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


def take_the_portrait(root: Path, title: str = "Portrait") -> None:
    """Eight items have passed; the portrait went on air at 18:21:20."""
    workspace = open_workspace(root)
    at = SIX
    for item in read_episode(workspace, workspace.shows[0], DAY).items[:9]:
        journal(root).append(Taken(at=at, item=item))
        at += item.duration


def follower(root: Path, clock: Clock) -> Follower:
    workspace = open_workspace(root)
    show = workspace.shows[0]
    desk = Desk(workspace, show, clock)
    return Follower(lambda: show, DAY, real_stage(workspace, show, DAY).journal, desk.episode_source(DAY), clock)


def test_the_view_follows_the_journal_and_the_plan(atelier: Path) -> None:
    clock = Clock(SIX + timedelta(minutes=25))
    views = follower(atelier, clock)
    assert (views.view().title, views.view().left, views.view().gap) == ("—", "", "")
    take_the_portrait(atelier)
    assert (views.view().title, views.view().left, views.view().late) == ("Portrait", "5:20", False)
    assert views.view().gap == "✓ À L'HEURE"
    clock.on(minutes=6)
    assert (views.view().left, views.view().late) == ("+0:40", True)
    assert views.view().following == "Ensuite : Jingle 0'20 · doit partir à 18:30:20 · PAD"


def test_the_terminal_shows_it_large(atelier: Path) -> None:
    async def test() -> None:
        take_the_portrait(atelier)
        clock = Clock(SIX + timedelta(minutes=25))
        workspace = open_workspace(atelier)
        show = workspace.shows[0]
        app = BobineApp(Desk(workspace, show, clock), DAY, on_air=real_stage(workspace, show, DAY), prompter=True)
        async with seat(app) as hands:
            assert "Portrait" in hands.text()
            assert "Ensuite : Jingle 0'20" in hands.text()
            await hands.press("space", "n", "u")
            assert len(journal(atelier).read()) == 9

    run(test)


@pytest.mark.slow
def test_a_tablet_follows_in_a_browser(atelier: Path, tmp_path: Path) -> None:
    if CHROMIUM is None:
        assert "CI" not in os.environ, "no Chromium"
        pytest.skip("no Chromium")
    plan = atelier / "episodes/bobine-romanaise" / str(DAY) / "episode.toml"
    plan.write_text(plan.read_text("utf-8").replace('title = "Portrait"', 'title = "<b>Thi-Lan</b>"'), encoding="utf-8")
    take_the_portrait(atelier)
    views = follower(atelier, Clock(SIX + timedelta(minutes=31)))
    ready, ports = threading.Event(), []

    def tell(port: int) -> None:
        ports.append(port)
        ready.set()

    threading.Thread(
        target=serve, args=(create_prompter(views.view, "le-secret"), "127.0.0.1", 0, tell), daemon=True
    ).start()
    assert ready.wait(20)
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
               "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=3000", "--dump-dom",
               f"http://127.0.0.1:{ports[0]}/le-secret/"]  # fmt: skip
    page = subprocess.run(command, capture_output=True, text=True, timeout=120).stdout
    shown = {name: html.unescape(text) for name, text in re.findall(r'<div id="(\w+)"[^>]*>(.*?)</div>', page)}
    assert shown["title"] == "<b>Thi-Lan</b> — ▲ DÉPASSE"
    assert shown["left"] == "+0:40"
    assert "EN RETARD" in shown["gap"]
    assert "<b>Thi-Lan" not in page
    assert 'class="late"' in page
