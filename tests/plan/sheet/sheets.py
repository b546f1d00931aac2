"""The sheet of the worked example and what it must say, and items that are hard to print."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pypdf

from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.show import Show
from bobine.plan.sheet.content import Sheet
from bobine.plan.sheet.make import make_sheet
from bobine.plan.timing.rundown import time_rundown
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace
from tests.conftest import ATELIER

DAY = date(2026, 11, 26)
HOURS = [
    "18:00:00", "18:00:40", "18:02:30", "18:02:40", "18:08:40", "18:12:40", "18:17:40", "18:17:50", "18:21:20",
    "18:30:20", "18:30:40", "18:34:40", "18:39:10", "18:43:40", "18:46:40", "18:49:40", "18:53:10", "18:54:20",
]  # fmt: skip
LENGTHS = ["0'40", "1'50", "0'10", "6'00", "4'00", "5'00", "0'10", "3'30", "9'00", "0'20", "4'00", "4'30", "4'30",
           "3'00", "3'00", "3'30", "1'10", "0'40"]  # fmt: skip
NASTY = [
    '<script>alert("&")</script>',
    "Qu'est-ce ; que : ça ? — « rien » !",
    '=HYPERLINK("http://x")',
    "Мария λόγος Nguyễn 🎸 日本 عربى",
    "Anticonstitutionnellement" * 9,
    "%s {} \\n $x (parenthèse",
]


def the_show() -> Show:
    """The show of the worked example."""
    return open_workspace(ATELIER).show("bobine-romanaise")


def the_episode(show: Show) -> Episode:
    """The episode of the worked example."""
    return read_episode(open_workspace(ATELIER), show, DAY)


def sheet_of(show: Show, episode: Episode) -> Sheet:
    return make_sheet(show, episode, time_rundown(episode.items, show.slot.bounds(episode.date)))


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def items_of(count: int, **fields: Any) -> tuple[Item, ...]:
    base = Item(id="x", title="Chronique", kind=ItemKind.CHRONIQUE, duration=timedelta(seconds=80))
    return tuple(replace(base, id=f"i{n}", title=f"Chronique {n}", **fields) for n in range(1, count + 1))
