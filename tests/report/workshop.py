"""A small workspace with journals, for tests of what is read from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bobine.air.live.journal import JOURNAL_FILE
from bobine.air.live.journal_lines import line_of
from bobine.air.live.state import events as e
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import Workspace, open_workspace

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 12, 1, 12, tzinfo=PARIS)

SHOWS = """\
[shows.fil]
title = "Le Fil"
description = "Le Fil."
station = { name = "Radio", frequency = "99.2" }
slot = { day = "thursday", start = 18:00:00, end = 18:55:00 }
season = { first_month = 10, last_month = 7, first_year = 2025 }
podcast = { link = "https://fil.example/", author = "Le Fil" }
chroniques = [{ id = "politique", title = "Politique locale", political = true }]
carts = [
    { title = "Virgule", file = "sons/virgule.wav", works = [
        { title = "Zip", composer = "Nous", performer = "Nous", own = true },
    ] },
    { title = "Rires", file = "sons/./rires.wav" },
]

[[shows.fil.elections]]
name = "Municipales 2026"
start = 2026-02-01
end = 2026-03-22
"""

PEOPLE = """
[[people]]
id = "claire"
name = "Claire Dumollard"
role = "host"

[[people]]
id = "elue"
name = "Awa Traoré"
role = "guest"
political_list = "Romans ensemble"

[[people]]
id = "trio"
name = "Trio du Jacquemart"
role = "musician"
persons = 3
"""

ITEMS = """
[[items]]
id = "generique"
title = "Générique"
kind = "opening-theme"
duration = "0'40"
file = "pad/generique.wav"
works = [
    { title = "La Bobine", composer = "Anouar Ketfi", performer = "Anouar Ketfi", label = "Nous", use = "theme" },
]

[[items]]
id = "politique"
title = "Politique locale"
kind = "chronique"
duration = "6'00"
chronique = "politique"
people = ["claire", "elue"]
themes = ["Vie locale"]
partners = ["Conseil de quartier"]

[[items]]
id = "live"
title = "Live 1"
kind = "live-music"
duration = "4'00"
people = ["trio"]
works = [{ title = "Passerelle", composer = "Trio du Jacquemart" }]

[[items]]
id = "pause"
title = "Pause"
kind = "music"
duration = "3'00"
droppable = true
works = [{ title = "Jamais passée", performer = "X" }]
"""


def episode(root: Path, day: date, *, head: str = "", items: str = ITEMS, shows: str = SHOWS) -> Path:
    """Write an episode, and the workspace where there is none yet; its folder."""
    if not (root / "shows.toml").exists():
        (root / "shows.toml").write_text(shows, "utf-8")
    folder = root / "episodes" / "fil" / day.isoformat()
    folder.mkdir(parents=True)
    start = f'date = {day:%Y-%m-%d}\nseason = 1\nnumber = 1\ntitle = "Le {day}"\n{head}\n'
    (folder / "episode.toml").write_text(start + PEOPLE + items, "utf-8")
    return folder


def opened(root: Path) -> tuple[Workspace, Show]:
    workspace = open_workspace(root)
    return workspace, workspace.shows[0]


def planned(root: Path, day: date) -> Episode:
    workspace, show = opened(root)
    return read_episode(workspace, show, day)


def journal(
    root: Path, start: datetime, events: Sequence[tuple[float, str | e.Event]], day: date | None = None
) -> None:
    """Write a journal: the item of an id was taken, or anything happened, so many seconds after the start.

    An event's own instant is counted from there; « fin » gives the air back.
    """
    on = day or start.date()
    items = {item.id: item for item in planned(root, on).items}
    lines = []
    for seconds, what in events:
        at = start + timedelta(seconds=seconds)
        match what:
            case "fin":
                event: e.Event = e.Ended(at=at)
            case str():
                event = e.Taken(at=at, item=items[what])
            case _:
                event = what
        lines.append(line_of(event))
    (root / "episodes" / "fil" / on.isoformat() / JOURNAL_FILE).write_text("".join(lines), "utf-8")
