"""« Bilan »: the real report's figures at both sizes, where each comes from, another season, the files it writes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bobine.evening.seasons.made_up import make_season
from bobine.model.hours import Task
from bobine.store.workspace import open_workspace
from bobine.tui.app import BobineApp
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.report.screen import ReportScreen
from tests.tui.conftest import make_app
from tests.tui.hands import Hands, run, seat

AFTER = datetime(2018, 8, 1, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
SHOW = "bobine-inventee"


def app_of(root: Path) -> BobineApp:
    return make_app(root, lambda: AFTER)


def cells(hands: Hands) -> dict[str, str]:
    """The value of each figure, by its key."""
    found = {}
    for row in hands.place.query_one("#report-list", Listing).rows:
        value = row.cells[1]
        found[row.key] = (value if isinstance(value, str) else value.text).replace("\u202f", " ")
    return found


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    root = tmp_path_factory.mktemp("season")
    return root, make_season(root, 39, seed=1)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_screen_says_exactly_the_real_figures(real: tuple[Path, dict[str, Any]], size: tuple[int, int]) -> None:
    root, true = real

    async def test() -> None:
        async with seat(app_of(root), size) as hands:
            await hands.press("f12")
            await hands.sees("39 émissions diffusées · 15 bénévoles · 1\u202f560 h données")
            said = cells(hands)
            expected = {
                "aired": "39", "hours_total": "1 560 h", "hours_per_show": "40 h", "volunteers_active": "15",
                "guests": str(true["guests"]), "appearances": str(true["appearances"]), "live_musicians": "27",
                "chroniques": "12", "minutes_aired": "35 h 45",
            }  # fmt: skip
            assert {key: said[key] for key in expected} == expected
            listing = hands.place.query_one("#report-list", Listing)
            for key in ("hours_total", "chroniques"):
                listing.go(key)
                await hands.idle()
                assert max(len(line) for line in hands.lines()) <= size[0]
                assert any("█" in line for line in hands.lines()), "a chart is seen"
            listing.go("hours_total")
            await hands.idle()
            assert hands.line("novembre").endswith("█ 200 h"), "a bar and its value stand on one line"
            listing.go("planned")
            await hands.idle()
            assert "octobre 2017    •  5  • 12" in hands.text()
            assert "[ Bilan ]" in hands.lines()[0]

    run(test)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    make_season(tmp_path / "a", 3, seed=2)
    return tmp_path / "a"


def test_a_figure_says_where_it_comes_from_and_opens_the_episode(short: Path) -> None:
    async def test() -> None:
        async with seat(app_of(short), (120, 40)) as hands:
            await hands.press("f12")
            await hands.sees("3 émissions diffusées")
            hands.place.query_one("#report-list", Listing).go("hours_total")
            await hands.press("enter")
            await hands.until(lambda: "d'où vient-il ?" in hands.dialog(), "the days behind it")
            assert "jeudi 5 octobre 2017 : 40 h" in hands.dialog().replace("\u00a0", " ")
            await hands.press("down", "enter")
            await hands.until(lambda: "[ Conducteur ]" in hands.lines()[0], "the episode is opened")
            assert hands.app.made_screens.day == date(2017, 10, 12)

    run(test)


def test_a_heading_asks_for_its_first_figure_and_what_has_no_show_is_said(short: Path) -> None:
    folder = short / "episodes" / SHOW
    (folder / "hours.toml").write_text(
        f'[[hours]]\nid = "a"\nname = "Ana"\ntask = "{Task.PREPARATION}"\nduration = "2 h"\ndate = 2018-01-02\n',
        "utf-8",
    )

    async def test() -> None:
        async with seat(app_of(short)) as hands:
            await hands.press("f12")
            await hands.sees("3 émissions diffusées")
            hands.place.query_one("#report-list", Listing).go("section:hours")
            await hands.press("enter")
            await hands.until(lambda: "Heures de bénévolat : 122 h" in hands.dialog().replace("\u00a0", " "), "the sum")
            await hands.press("down", "down", "down", "enter")
            assert "Pas d'émission le mardi 2 janvier 2018." in hands.told()

    run(test)


def test_another_season_is_a_key_away_and_an_empty_one_says_so(short: Path) -> None:
    async def test() -> None:
        async with seat(app_of(short)) as hands:
            await hands.press("f12")
            await hands.sees("3 émissions diffusées")
            await hands.press("p")
            assert "C'est la première saison." in hands.told()
            await hands.press("s")
            await hands.sees("Saison 2 (2018-2019) : aucune émission.")
            await hands.press("enter")
            await hands.press("i")
            assert "rien à imprimer" in hands.told()
            await hands.press("p")
            await hands.sees("3 émissions diffusées")

    run(test)


def test_what_changes_on_the_disk_is_counted_anew(short: Path) -> None:
    async def test() -> None:
        async with seat(app_of(short)) as hands:
            await hands.press("f12")
            await hands.sees("3 émissions diffusées")
            workspace = open_workspace(short)
            show = workspace.shows[0]
            for day in workspace.episode_dates(show)[:2]:
                workspace.folder(show, day).hours.unlink()
            await hands.look()
            await hands.sees("40 h données")
            assert isinstance(hands.place, ReportScreen)
            assert cells(hands)["hours_total"] == "40 h"
            assert "d'après 1 émission sur 3" in hands.text()

    run(test)


def test_the_report_is_written_where_the_program_was_started(
    short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def test() -> None:
        async with seat(app_of(short)) as hands:
            await hands.press("f12")
            await hands.sees("3 émissions diffusées")
            for steps in (2, 5):  # a spreadsheet with names, and one without
                await hands.press("i", *["down"] * steps, "enter")
                await hands.until(lambda: "Écrit" in hands.told(), "the file is written")
                text = (tmp_path / f"bilan-{SHOW}-2017-2018.csv").read_text("utf-8-sig")
                assert ("Personne 1" in text) is (steps == 5)

    run(test)


def test_what_cannot_be_read_is_said_and_the_screen_stays(short: Path) -> None:
    (short / "episodes" / SHOW / "2017-10-12" / "episode.toml").write_text("date = 3\n", "utf-8")

    async def test() -> None:
        async with seat(app_of(short)) as hands:
            await hands.press("f12")
            await hands.sees("2 émissions diffusées")
            assert "dont 1 illisible" in hands.text()
            assert "? 12" in hands.text()

    run(test)
