"""The ways to « Heures », and the files that « Équipe » gives one person."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.screen import Screen

from bobine.plan.season.calendar import DayFacts, SeasonDay
from bobine.store.workspace import open_workspace
from bobine.tui.documents.desk import Desk
from bobine.tui.messages import OpenEpisode
from bobine.tui.onair.gestures.before_and_after import _after
from bobine.tui.season.hours import hours_line
from tests.tui.conftest import DAY, NOW, make_app, on_disk
from tests.tui.hands import run, seat


def test_from_the_season_the_rundown_and_the_team_and_back(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            for way in (("b",), ("enter", "b"), ("f5", "b")):
                await hands.press(*way)
                await hands.until(lambda: hands.place.PLACE == "hours", str(way))
                assert "Heures du jeudi 26 novembre 2026" in hands.text()
                await hands.press("s", "p", "escape")
                await hands.until(lambda: hands.place.PLACE == "season", "the season")
            await hands.press("down", "b")
            assert "il n'y a pas d'heures à noter" in hands.told()

    run(test)


def test_the_season_says_after_a_show_that_its_hours_are_to_be_noted(atelier: Path) -> None:
    after: datetime = NOW + timedelta(days=4)

    async def test() -> None:
        async with seat(make_app(atelier, lambda: after), size=(120, 40)) as hands:
            await hands.press("b")
            await hands.until(lambda: "Heures du jeudi 26 novembre 2026" in hands.text(), "those of the last show")
            await hands.press("escape", "up")
            await hands.sees("Heures de bénévolat à noter")
            await hands.press("b", "t")
            await hands.settled()
            await hands.press("escape", "down", "up")
            assert "Heures de bénévolat à noter" not in hands.text()

    run(test)


@pytest.mark.parametrize("changes", [{}, {"cancelled": True}, {"replay": date(2026, 11, 5)}])
def test_hours_are_asked_for_only_where_somebody_was_on_the_air(atelier: Path, changes: dict[str, Any]) -> None:
    workspace = open_workspace(atelier)
    desk = Desk(workspace, workspace.shows[0], lambda: NOW)
    episode = replace(on_disk(atelier), **changes)
    day = SeasonDay(date=DAY, past=True, facts=DayFacts(episode=episode))
    assert bool(hours_line(desk, day)) == (changes == {})


class Evening:
    """A show that is over: its technician chooses the hours, if they are offered."""

    day = DAY
    is_attached = is_active = True

    def __init__(self, desk: Desk) -> None:
        self.turns = asyncio.Lock()
        self.workshop = SimpleNamespace(keyboard=SimpleNamespace(count=0))
        self.desk = desk
        self.offered: list[str] = []
        self.posted: list[Any] = []

    async def answer(self, dialog: Screen[Any]) -> Any:
        self.offered = [option.key for option in dialog._options]  # type: ignore[attr-defined]
        return "hours" if "hours" in self.offered else "later"

    def post_message(self, message: Any) -> bool:
        self.posted.append(message)
        return True


def test_once_the_show_is_over_the_hours_are_offered_until_they_are_noted(atelier: Path) -> None:
    workspace = open_workspace(atelier)
    evening = Evening(Desk(workspace, workspace.shows[0], lambda: NOW))
    asyncio.run(_after(evening, 3))  # type: ignore[arg-type]
    assert evening.offered == ["master", "publish", "hours", "later"]
    (message,) = evening.posted
    assert isinstance(message, OpenEpisode)
    assert (message.day, message.place) == (DAY, "hours")
    workspace.folder(workspace.shows[0], DAY).hours.write_text("", "utf-8")
    asyncio.run(_after(evening, 3))  # type: ignore[arg-type]
    assert "hours" not in evening.offered


FILES = ("agenda-samira-benhaddou.ics", "heures-saison-8-samira-benhaddou.pdf", "parcours-samira-benhaddou.pdf")


@pytest.mark.parametrize(("down", "name"), list(enumerate(FILES)))
def test_one_persons_files(atelier: Path, monkeypatch: pytest.MonkeyPatch, down: int, name: str) -> None:
    monkeypatch.chdir(atelier)

    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await hands.press("f5", "i")
            assert "Seulement si la personne le demande" in hands.dialog()
            await hands.press(*["down"] * down, "enter")
            await hands.until(lambda: "Écrit" in hands.told(), "written")

    run(test)
    assert (atelier / name).stat().st_size > 500
