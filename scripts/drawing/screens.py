"""The screens of the example workspace, drawn: Textual makes an SVG of each, and Chromium a PNG of that."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from pngs import AT_ONCE, to_pngs
from scenes import AFTER, IN_ALL, NOW, ON_AIR, SCENES, Carts, amended, live_app
from textual.events import Key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from bobine.demo.season import make_season
from bobine.evening.seasons.made_up import make_season as make_whole_season
from bobine.store.workspace import open_workspace
from bobine.tui.app import BobineApp
from bobine.tui.documents.desk import Desk
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.screens.desk_screen import DeskScreen
from bobine.tui.kit.screens.keys_line import Keys
from bobine.tui.onair.board.carts import CartStrip
from bobine.tui.themes import DARK, LIGHT

ROOT = Path(__file__).resolve().parents[2]
SIZES = ((80, 24), (120, 40))
THEMES = {"clair": LIGHT.name, "sombre": DARK.name}


async def drawn(workspace: Path, scene: str, size: tuple[int, int]) -> str:
    """The SVG of a scene."""
    found = open_workspace(workspace)
    keys = SCENES.get(scene, ())
    if "f9" in keys:
        amended(found)
    now = AFTER if "f12" in keys else NOW
    app = live_app(found, *ON_AIR[scene]) if scene in ON_AIR else BobineApp(Desk(found, found.shows[0], lambda: now))
    async with app.run_test(size=size) as pilot:
        while not isinstance(app.screen, DeskScreen):
            await pilot.pause(0.05)
        with contextlib.suppress(WorkerCancelled):  # a season is read again once its screen has its size
            await app.workers.wait_for_complete()
        if scene == "antenne-sons":
            app.screen.query_one(CartStrip).deck = Carts()
        await pilot.pause(0.3)
        for key in keys:
            if key.startswith("text:"):
                for char in key.removeprefix("text:"):
                    app.post_message(Key(char, char))
            else:
                app.post_message(Key(key, None))
            await pilot.pause(0.15)
            while key in ("f9", "f12") and not any(listing.rows for listing in app.screen.query(Listing)):
                await pilot.pause(0.1)
        return await still(app, pilot)


async def still(app: BobineApp, pilot: Pilot[None]) -> str:
    """The SVG of a screen once nothing moves on it any more, its keys are there, or it was waited for long enough."""
    before = ""
    for _ in range(20):
        await pilot.pause(0.4)
        svg = app.export_screenshot()
        if svg == before and all(line.children for line in app.screen.query(Keys)):
            break
        before = svg
    return before


def main() -> None:
    """Draw the scenes."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs" / "images" / "ecrans")
    cli.add_argument(
        "--scene", choices=sorted({**SCENES, **ON_AIR}), action="append", help="only this one; may be given again"
    )
    cli.add_argument("--taille", help="only this size, such as 80x24")
    cli.add_argument("--theme", choices=sorted(THEMES), help="only this theme")
    options = cli.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    os.environ.pop("NO_COLOR", None)
    drawings: dict[Path, str] = {}
    for scene in options.scene or [*SCENES, *ON_AIR]:
        for theme in [options.theme] if options.theme else THEMES:
            for size in SIZES:
                named = f"{size[0]}x{size[1]}"
                spare = scene in (*IN_ALL, *ON_AIR) or options.scene or (size, theme) == (SIZES[0], "clair")
                if options.taille in (None, named) and spare:
                    with tempfile.TemporaryDirectory() as folder:
                        workspace = Path(folder) / "atelier"
                        if "f12" in SCENES.get(scene, ()):
                            make_whole_season(workspace, 39, seed=1)
                        else:
                            make_season(workspace, (ROOT / "shows.toml").read_text("utf-8"), NOW.date(), 14)
                            shutil.copytree(ROOT / "episodes", workspace / "episodes", dirs_exist_ok=True)
                        os.environ["BOBINE_CONFIG"] = folder
                        (Path(folder) / "theme").write_text(THEMES[theme], encoding="utf-8")
                        svg = asyncio.run(drawn(workspace, scene, size))
                    path = options.folder / f"{scene}-{named}-{theme}.png"
                    drawings[path] = svg
                    if len(drawings) == AT_ONCE:
                        to_pngs(drawings)
                        drawings.clear()
    if drawings:
        to_pngs(drawings)


if __name__ == "__main__":
    main()
