"""Draws the screens of the example workspace: Textual makes an SVG of each, and Chromium a PNG of that."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from textual.events import Key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from bobine.air.carts.choose import Cart
from bobine.air.carts.deck import Deck, Face
from bobine.air.carts.player import Playing
from bobine.air.live.journal import Journal
from bobine.air.live.rehearsal import NoRecorder
from bobine.air.live.stage import Stage
from bobine.air.live.state.events import Taken
from bobine.air.live.state.sound import Sound
from bobine.demo.season import make_season
from bobine.evening.corrections.decisions import begun
from bobine.evening.seasons.made_up import make_season as make_whole_season
from bobine.model.published.corrections import Act, Correction
from bobine.model.published.release import FormerFile, Withdrawal
from bobine.store.documents.episodes import read_episode
from bobine.store.records.corrections import change_corrections, corrections_path
from bobine.store.records.releases import read_releases, write_release
from bobine.store.workspace import Workspace, open_workspace
from bobine.tui.app import BobineApp
from bobine.tui.documents.desk import Desk
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.screens.desk_screen import DeskScreen
from bobine.tui.kit.screens.keys_line import Keys
from bobine.tui.onair.board.carts import CartStrip
from bobine.tui.themes import DARK, LIGHT

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=ZoneInfo("Europe/Paris"))
AFTER = datetime(2018, 8, 1, 18, 0, tzinfo=ZoneInfo("Europe/Paris"))
SIZES = ((80, 24), (120, 40))
THEMES = {"clair": LIGHT.name, "sombre": DARK.name}
AT_ONCE = 12
"""Pictures on one page of Chromium, which draws no more than some 16,000 pixels."""

IN_ALL = ("saison", "conducteur", "fiche", "quoi-couper", "idees", "equipe", "heures", "reglages", "en-ligne", "bilan")
"""The scenes that are drawn at each size and in both themes, as the live ones; the others in 80×24 and light."""

SCENES: dict[str, Sequence[str]] = {
    "saison": (),
    "conducteur": ("enter", *["down"] * 8),
    "trop-long": ("enter", "down", *["plus"] * 9),
    "fiche": ("enter", *["down"] * 3, "enter"),
    "ajouter": ("enter", *["down"] * 4, "a"),
    "quoi-couper": ("enter", "down", *["plus"] * 12, "c"),
    "qui": ("enter", *["down"] * 5, "p", "text:Fatou"),
    "participants": ("enter", "l"),
    "imprimer": ("enter", "i"),
    "aide": ("enter", "question_mark"),
    "idees": ("f4", "down"),
    "equipe": ("f5", "tab", "right", "down"),
    "heures": ("b", "t", "down", "space", "plus", "plus"),
    "reunion": ("b", "tab", "a"),
    "reglages": ("f8", "down", "down", "down"),
    "fiche-reglages": ("f8", "enter"),
    "en-ligne": ("f9",),
    "retirer": ("f9", *["down", "up"] * 3, "r", "enter"),
    "bilan": ("f12", *["down"] * 15),
    "d-ou-vient-il": ("f12", *["down"] * 13, "enter"),
    "commandes": ("enter", "ctrl+p"),
}
"""The keys that lead to each picture, from the first screen on."""


ON_AIR: dict[str, tuple[float, Sound]] = {
    "antenne": (
        0,
        Sound(running=True, seconds=2021, peak_db=-18, momentary_lufs=-20, short_term_lufs=-22, free_minutes=212),
    ),
    "antenne-en-retard": (
        135,
        Sound(running=True, seconds=2156, peak_db=-16, momentary_lufs=-19, short_term_lufs=-21, free_minutes=209),
    ),
    "antenne-en-avance": (
        -240,
        Sound(running=True, seconds=1781, peak_db=-20, momentary_lufs=-23, short_term_lufs=-24, free_minutes=216),
    ),
    "antenne-silence": (
        20,
        Sound(running=True, seconds=2041, peak_db=-78, free_minutes=211, alarms=("Silence depuis 12 s.",)),
    ),
    "antenne-sans-enregistrement": (20, Sound()),
    "antenne-sons": (
        0,
        Sound(running=True, seconds=2021, peak_db=-18, momentary_lufs=-20, short_term_lufs=-22, free_minutes=212),
    ),
}
"""The live screen at 18:33:15: how late the show is, in seconds, and what the recorder says."""


class Recorder(NoRecorder):
    """A recorder that says what it is told to."""

    def __init__(self, sound: Sound) -> None:
        self._sound = sound

    def sound(self) -> Sound:
        """That."""
        return self._sound


class Carts(Deck):
    """Carts that are at hand and play without a sound."""

    def __init__(self) -> None:
        """Nothing is opened."""

    trouble, ended = "", None

    def follow(self, *_: object) -> None:
        """They stay what they are."""

    def faces(self) -> tuple[Face, ...]:
        """A report that is about to end, over nothing; a bed and stings wait."""
        said = (("1", "Paroles d'ados", 270, "… des bancs, quoi."), ("2", "Générique de fin", 40, ""),
                ("3", "Marché du samedi", 180, ""), ("7", "Tapis Fil rouge", 61, ""), ("8", "Jingle", 20, ""),
                ("9", "Virgule", 5, ""))  # fmt: skip
        return tuple(
            Face(
                Cart(key=key, title=title, file=key, out_cue=cue, bed=title.startswith("Tapis")),
                timedelta(seconds=length),
                "",
                Playing(key, (length - 7) * 48000, length * 48000, loop=False, fading=False) if key == "1" else None,
            )
            for key, title, length, cue in said
        )

    def close(self) -> None:
        """Nothing to close."""


def live_app(workspace: Workspace, late_s: float, sound: Sound) -> BobineApp:
    """The live screen in the middle of the example's show."""
    show, day = workspace.shows[0], date(2026, 11, 26)
    start = show.slot.bounds(day)[0]
    path = workspace.folder(show, day).path / "journal.jsonl"
    journal = Journal(path)
    items = read_episode(workspace, show, day).items[:11]
    whole = sum((item.duration for item in items[:-1]), timedelta())
    gone = timedelta()
    for item in items:
        journal.append(Taken(at=start + gone * (1 + timedelta(seconds=late_s) / whole), item=item))
        gone += item.duration
    now = datetime(2026, 11, 26, 18, 33, 15, tzinfo=NOW.tzinfo)
    return BobineApp(Desk(workspace, show, lambda: now), day, on_air=Stage(path, Recorder(sound)))


def amended(workspace: Workspace) -> None:
    """Of what is online, one episode was changed since, one corrected, one withdrawn."""
    show = workspace.shows[0]
    online = [
        folder
        for day in reversed(workspace.episode_dates(show))
        if read_releases((folder := workspace.folder(show, day)).release)
    ]
    changed, corrected, withdrawn = online[:3]
    plan = changed.plan.read_text("utf-8")
    changed.plan.write_text(plan.replace('title = "', 'title = "Jeudi : ', 1), "utf-8")
    at = NOW - timedelta(days=2)
    for folder, act, reason in (
        (corrected, Act.CORRECT, "un nom mal écrit"),
        (withdrawn, Act.WITHDRAW, "à la demande d'une invitée"),
    ):
        (local,) = read_releases(folder.release).values()
        former = (FormerFile(key=local.release.audio[0].file.key, until=at + timedelta(days=7)),)
        withdrawal = Withdrawal(at=at, reason=reason) if act is Act.WITHDRAW else None
        write_release(
            folder.release, replace(local, release=replace(local.release, former=former, withdrawn=withdrawal))
        )
        change = Correction(at=at, act=act, destination=local.destination, reason=reason, done=True)
        change_corrections(corrections_path(folder.path), partial(begun, new=change))


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


def to_pngs(drawings: Mapping[Path, str]) -> None:
    """Let Chromium draw SVGs, several on a page since its start takes a while, and cut them apart.

    Args:
        drawings: the SVG for each file to write.
    """
    chromium = next(
        found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))
    )
    sizes = [_size(svg) for svg in drawings.values()]
    width, height = max(one for one, _ in sizes), sum(one for _, one in sizes)
    with tempfile.TemporaryDirectory() as folder:
        boxes = [
            # the terminal's own font instead of one from the network
            re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
            .replace("Fira Code", "DejaVu Sans Mono")
            .replace("<svg ", f'<svg width="{wide}" height="{high}" ', 1)
            for svg, (wide, high) in zip(drawings.values(), sizes, strict=True)
        ]
        page, picture = Path(folder) / "page.html", Path(folder) / "page.png"
        page.write_text(
            f"<meta charset=utf-8><style>body{{margin:0}}svg{{display:block}}</style>{''.join(boxes)}", encoding="utf-8"
        )
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                   f"--user-data-dir={folder}/profile", f"--window-size={width},{height}", "--hide-scrollbars",
                   f"--screenshot={picture}", page.as_uri()]  # fmt: skip
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with Image.open(picture) as image:
            top = 0
            for path, (wide, high) in zip(drawings, sizes, strict=True):
                part = image.convert("RGB").crop((0, top, wide, top + high))
                part.quantize(64).save(path, optimize=True)
                sys.stdout.write(f"{path}\n")
                top += high


def _size(svg: str) -> tuple[int, int]:
    """Width and height of an SVG, pixels."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found is not None
    width, height = (int(float(part)) + 1 for part in found.groups())
    return width, height


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
