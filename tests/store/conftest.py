"""A small workspace that reads without a fault, for tests that break one thing of it at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bobine.errors import Fault, PlanError
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace

SHOWS = """\
# l'atelier
[shows.fil]
title = "Le Fil"
description = "Une émission d'essai."

[shows.fil.station]
name = "Radio Essai"

[shows.fil.slot]
day = "thursday"
start = 18:00:00
end = 18:55:00
timezone = "Europe/Paris"

[shows.fil.season]
first_month = 10
holidays = [
    { name = "Noël", start = 2026-12-19, end = 2027-01-03 },
]

[shows.fil.sound]
integrated_lufs = -16
dead_air = "3 s"
formats = ["mp3", "opus"]
mp3_kbps = 128

[[shows.fil.chroniques]]
id = "agenda"
title = "Agenda"
duration = "3'00"

[[shows.fil.chroniques]]
id = "cinema"
title = "Cinéma"

[shows.fil.podcast]
link = "https://fil.example/"
author = "Le Fil"
category = "Society & Culture"
subcategory = "Documentary"
copyright = "Le Fil"
image = ""
guid = ""
destination = "local"

[[shows.fil.template]]
id = "agenda"
title = "Agenda"
kind = "chronique"
duration = "3'00"
chronique = "agenda"

[destinations.local]
kind = "folder"
path = "feed"
public_url = "http://localhost:8470/"

[destinations.loin]
kind = "bucket"
bucket = "le-fil"
public_url = "https://media.fil.example/"
endpoint = "https://s3.example/"
prefix = "podcast/"
"""

EPISODE = """\
# le conducteur
date = 2026-11-26
season = 8
number = 7
title = "Essai"
summary = ""

[[people]]
id = "samira"
name = "Samira"
role = "host"

[[people]]
id = "ines"
name = "Inès"
role = "guest"
consent = "signed"

[[items]]
id = "accueil"
title = "Accueil"
kind = "talk"
duration = "1'50"
min = "1'00"
max = "2'30"
people = ["samira"]
mics = ["M1"]

[[items]]
id = "live"
title = "Live"
kind = "live-music"
duration = "4'00"
podcast = "cleared"

[[items.works]]
title = "La passerelle"
use = "live"
duration = "3'30"

[[items]]
id = "agenda"
title = "Agenda"
kind = "chronique"
chronique = "agenda"
duration = "3'00"
fixed_start = 18:20:00
people = ["samira", "ines"]
"""

DAY = date(2026, 11, 26)

Faults = tuple[Fault, ...]


@pytest.fixture
def workspace_root(tmp_path: Path) -> Path:
    (tmp_path / "shows.toml").write_text(SHOWS, encoding="utf-8")
    plan = tmp_path / "episodes/fil/2026-11-26/episode.toml"
    plan.parent.mkdir(parents=True)
    plan.write_text(EPISODE, encoding="utf-8")
    return tmp_path


def _broken(text: str, old: str, new: str) -> tuple[str, int]:
    """The text with one change, and the line it starts on."""
    assert text.count(old) == 1, f"{text.count(old)} times: {old}"
    start = text.index(old)
    same = len(old) - len(old.lstrip("\n"))
    return text.replace(old, new), text.count("\n", 0, start + same) + 1


@pytest.fixture
def shows_faults(workspace_root: Path) -> Callable[[str, str], tuple[Faults, int]]:
    """Break ``shows.toml`` in one place: its faults, and the line of that place."""

    def read(old: str, new: str) -> tuple[Faults, int]:
        text, line = _broken(SHOWS, old, new)
        (workspace_root / "shows.toml").write_text(text, encoding="utf-8")
        with pytest.raises(PlanError) as caught:
            open_workspace(workspace_root)
        return caught.value.faults, line

    return read


@pytest.fixture
def episode_faults(workspace_root: Path) -> Callable[[str, str], tuple[Faults, int]]:
    """Break ``episode.toml`` in one place: its faults, and the line of that place."""
    workspace = open_workspace(workspace_root)

    def read(old: str, new: str) -> tuple[Faults, int]:
        text, line = _broken(EPISODE, old, new)
        workspace.folder("fil", DAY).plan.write_text(text, encoding="utf-8")
        with pytest.raises(PlanError) as caught:
            read_episode(workspace, workspace.show("fil"), DAY)
        return caught.value.faults, line

    return read
