"""Write a season made up from nothing whose true figures are known as it is drawn, for tests of the report.

By default it has the figures of the real season 2017-2018: 39 shows of 55 minutes, 40 volunteer hours each, 15 active
volunteers, more than a hundred guests, 27 musicians live, a dozen chroniques.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from typing import Any

from bobine.air.live.journal import JOURNAL_FILE
from bobine.air.live.journal_lines import line_of
from bobine.air.live.state.events import Ended, Taken
from bobine.demo.season import RATE, made_release
from bobine.errors import WorkspaceError
from bobine.evening.seasons.made_up_cast import (
    BOARD,
    CHRONIQUES,
    Drawn,
    Ledger,
    draw_show,
    made_up_team,
)
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.model.hours import HoursLine, Task
from bobine.model.show import Show
from bobine.store.codec.encode import encode
from bobine.store.documents.hours import edit_hours, edit_other_hours
from bobine.store.documents.shows import SHOWS_FILE
from bobine.store.documents.team import edit_team
from bobine.store.files import atomic_write
from bobine.store.records.derived import write_document
from bobine.store.records.recordings import write_as_run
from bobine.store.records.releases import write_release
from bobine.store.toml.write import table_text, toml_table
from bobine.store.workspace import Workspace, open_workspace

FIRST = date(2017, 10, 5)
"""The first Thursday of season 1."""

PAUSES = (date(2017, 12, 28), date(2018, 1, 4), date(2018, 5, 10), date(2018, 7, 26))
"""The Thursdays without a show."""

LAST = date(2018, 7, 26)

_MARGIN_S = 5
_NOT_ONLINE = 2
"""So many of the last shows are not online yet."""

_MEETINGS = (date(2017, 11, 6), date(2018, 2, 5), date(2018, 6, 4))

_SHOWS = """\
# Un atelier inventé, pour essayer le bilan.

[shows.bobine-inventee]
title = "La Bobine inventée"
description = "Une saison inventée, dont on connaît les vrais chiffres."
station = { name = "Radio inventée" }
slot = { day = "thursday", start = 18:00:00, end = 18:55:00 }
season = { first_month = 10, last_month = 7, first_year = 2017 }
podcast = { link = "https://bobine.example/", author = "La Bobine inventée" }

[[shows.bobine-inventee.hourly_rates]]
start = 2017-01-01
euros = 9.76
source = "SMIC horaire brut 2017"

[[shows.bobine-inventee.hourly_rates]]
start = 2018-01-01
euros = 9.88
source = "SMIC horaire brut 2018"
"""


def season_thursdays() -> tuple[date, ...]:
    """The days that may have a show: 39 of them."""
    days = (FIRST + timedelta(weeks=week) for week in range(44))
    return tuple(day for day in days if day <= LAST and day not in PAUSES)


def make_season(root: Path, shows: int, seed: int) -> dict[str, Any]:
    """Write the workspace of a season; the same arguments give the same bytes.

    Args:
        root: a folder for the workspace, which is made.
        shows: how many shows, from 1 to 39.
        seed: draws who came, who gave how many hours to what, and how long each chronique took.

    Returns:
        The true figures, under the names that ``bobine bilan --json`` gives them.

    Raises:
        ValueError: if the season has not so many days.
        WorkspaceError: if something is in the folder already.
        DiskError: if there is no room, or the folder cannot be written.
    """
    days = season_thursdays()[:shows]
    if not 1 <= shows <= len(season_thursdays()):
        raise ValueError(f"{shows} shows, in a season of {len(season_thursdays())} days")
    if root.is_dir() and any(root.iterdir()):
        raise WorkspaceError(f"« {root} » n'est pas vide : donnez un dossier à créer, rien n'y a été écrit.")
    chroniques = "\n".join(table_text("shows.bobine-inventee.chroniques", encode(one, sparse=True))
                           for one in CHRONIQUES)  # fmt: skip
    atomic_write(root / SHOWS_FILE, f"{_SHOWS}\n{chroniques}".encode())
    workspace = open_workspace(root)
    show = workspace.shows[0]
    random, ledger = Random(seed), Ledger()  # noqa: S311 - a made-up season, no secret
    overruns = {one.id: random.randint(-30, 60) for one in CHRONIQUES}
    for place, day in enumerate(days):
        drawn = draw_show(show, day, place, random, overruns)
        online = place < max(1, shows - _NOT_ONLINE)
        _write(workspace, show, drawn, place, online=online)
        ledger.add(drawn, online=online)
    meetings = [
        HoursLine(id=f"bureau-{day}-{number}", name=name, task=Task.BOARD, duration=timedelta(hours=2), date=day)
        for day in _MEETINGS
        for number, name in enumerate(BOARD)
    ]
    edit_other_hours(workspace, show, lambda _: meetings)
    edit_team(workspace, show, lambda _: made_up_team())
    return ledger.figures(season=1, board_hours=2 * len(meetings))


def _write(workspace: Workspace, show: Show, drawn: Drawn, place: int, *, online: bool) -> None:
    """The plan of a show, its trace (a journal, or a recording with its items), its hours, its release."""
    episode = drawn.episode
    folder = workspace.folder(show, episode.date)
    table = toml_table(encode(episode, omit=frozenset({"show"}), sparse=True))
    write_document(folder.plan, table, "Une émission inventée.")
    if place % 3:
        write_as_run(folder.as_run, _as_run(drawn))
    else:
        start = show.slot.bounds(episode.date)[0].astimezone(UTC)
        atomic_write(folder.path / JOURNAL_FILE, _journal(drawn, start))
    edit_hours(workspace, show, episode.date, lambda _: drawn.hours)
    if online:
        write_release(folder.release, made_release(workspace, show, episode))


def _journal(drawn: Drawn, start: datetime) -> bytes:
    instants = [start + timedelta(seconds=second) for second in accumulate(drawn.lengths_s, initial=0)]
    lines = [line_of(Taken(at=at, item=item)) for item, at in zip(drawn.episode.items, instants[:-1], strict=True)]
    return "".join([*lines, line_of(Ended(at=instants[-1]))]).encode()


def _as_run(drawn: Drawn) -> AsRun:
    bounds = [RATE * second for second in accumulate(drawn.lengths_s, initial=_MARGIN_S)]
    aired = tuple(
        AiredItem(id=item.id, start=start, end=end)
        for item, (start, end) in zip(drawn.episode.items, pairwise(bounds), strict=True)
    )
    samples = bounds[-1] + _MARGIN_S * RATE
    recording = Recording(file="antenne.wav", rate=RATE, channels=2, samples=samples, sha256="0" * 64)
    return AsRun(recording=recording, source=MarksSource.MARKS, items=aired)
