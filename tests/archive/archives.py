"""A workspace with a few episodes of some seconds, recorded and not mastered yet."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.store.records.recordings import write_as_run
from tests.conftest import ATELIER, Atelier
from tests.master.test_produce import record

SHOW = "bobine-romanaise"
FIRST = date(2026, 9, 3)
RATE = 48_000
ITEM_S = 3

_EPISODE = """\
date = {day}
season = 1
number = {number}
title = "Le numéro {number}"
summary = "Rien."

[[items]]
id = "a"
title = "Ouverture"
kind = "talk"
duration = "3 s"

[[items]]
id = "b"
title = "Fin"
kind = "talk"
duration = "3 s"
"""


def make_archive(root: Path, count: int) -> Atelier:
    """So many episodes with a recording, and one planned without."""
    root.mkdir(parents=True)
    shows = (ATELIER / "shows.toml").read_text("utf-8")
    (root / "shows.toml").write_text(shows.replace('formats = ["mp3", "opus"]', 'formats = ["mp3"]'), "utf-8")
    sound = record(root / "son.wav", [(0.5, ITEM_S), (0.2, ITEM_S)])
    digest = hashlib.sha256(sound.read_bytes()).hexdigest()
    for number in range(1, count + 2):
        day = FIRST + timedelta(weeks=number - 1)
        folder = root / "episodes" / SHOW / day.isoformat()
        (folder / "recording").mkdir(parents=True)
        (folder / "episode.toml").write_text(_EPISODE.format(day=day, number=number), "utf-8")
        if number > count:
            break
        shutil.copy(sound, folder / "recording" / "antenne.wav")
        cut = ITEM_S * RATE
        described = Recording(file="antenne.wav", rate=RATE, channels=2, samples=2 * cut, sha256=digest)
        items = (AiredItem(id="a", start=0, end=cut), AiredItem(id="b", start=cut, end=2 * cut))
        write_as_run(
            folder / "recording" / "as_run.toml", AsRun(recording=described, source=MarksSource.MARKS, items=items)
        )
    return Atelier(root)


def folders(atelier: Atelier) -> list[Path]:
    """The folders of its episodes, the earliest first."""
    return sorted((atelier.root / "episodes" / SHOW).glob("????-??-??"))


def masters(atelier: Atelier) -> dict[str, bytes]:
    """Every file of every master, without what is only there to make the next one faster."""
    return {
        path.relative_to(atelier.root).as_posix(): path.read_bytes()
        for path in atelier.root.rglob("master/*")
        if path.is_file() and not path.name.endswith(".lock")
    }


def in_work(atelier: Atelier) -> list[Path]:
    """The masters that are being made."""
    return [path for path in atelier.root.rglob("master/.work") if any(path.iterdir())]


def seen_in_work(atelier: Atelier, count: int, over: Callable[[], bool]) -> bool:
    """Wait until so many masters are being made; false where the work was over before that was seen."""
    while not over():
        if len(in_work(atelier)) >= count:
            return True
        time.sleep(0.005)
    return False
