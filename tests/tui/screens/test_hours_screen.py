"""« Heures »: who was at a show, in seconds; meetings; what others write meanwhile."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bobine.evening.seasons.presence import USUAL
from bobine.model.hours import HoursLine, Task
from bobine.store.documents.hours import edit_hours, read_hours, read_other_hours
from bobine.store.workspace import open_workspace
from tests.tui.conftest import DAY, PLAN, make_app
from tests.tui.hands import Hands, run, seat

QUARTER = timedelta(minutes=15)
OF_THE_PLAN = 7
"""Volunteers of the worked example, one of whom learns something too."""


def noted(root: Path, day: date = DAY) -> dict[str, HoursLine]:
    workspace = open_workspace(root)
    return {f"{one.name}, {one.task}": one for one in read_hours(workspace, workspace.shows[0], day)}


def others(root: Path) -> tuple[HoursLine, ...]:
    workspace = open_workspace(root)
    return read_other_hours(workspace, workspace.shows[0])


async def to_the_hours(hands: Hands) -> int:
    """Go there from the season; gives how many keys that took."""
    before = hands.pressed
    await hands.press("b")
    await hands.until(lambda: hands.place.PLACE == "hours", "the hours")
    await hands.look()
    return hands.pressed - before


def let_thirteen_come(root: Path) -> None:
    """Put six more volunteers in the plan, which makes thirteen."""
    more = "".join(
        f'\n[[people]]\nid = "b{n}"\nname = "Bénévole {n}"\nrole = "contributor"\n' for n in range(13 - OF_THE_PLAN)
    )
    (root / PLAN).write_text((root / PLAN).read_text("utf-8") + more, "utf-8")


def test_thirteen_people_in_twenty_keys(atelier: Path) -> None:
    """Whichever way: all at once but for those who did not come, or one key a line."""
    let_thirteen_come(atelier)

    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            keys = await to_the_hours(hands)
            assert "14 proposées" in hands.line("Heures du jeudi 26 novembre 2026")
            await hands.press("t", "down", "space", "plus", "plus")
            await hands.settled()
            lines = noted(atelier)
            assert len({line.name for line in lines.values()}) == 12
            assert "Loïc Chastel, technical" not in lines
            assert lines["Mireille Vossier, preparation"].duration == USUAL + 2 * QUARTER
            assert keys + 5 <= 20
            before = hands.pressed
            await hands.press("x", *"u" * 5)
            await hands.settled()
            assert "✓" not in hands.text()
            assert noted(atelier) == {}
            await hands.press("home", *["space"] * 14)
            await hands.settled()
            assert len({line.name for line in noted(atelier).values()}) == 13
            assert {line.duration for line in noted(atelier).values()} == {USUAL}
            assert hands.pressed - before - 7 <= 20 - keys
            assert "14 lignes notées, 42 h" in hands.line("Heures du")

    run(test)


def test_a_line_by_its_form_and_its_length_by_d(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await to_the_hours(hands)
            await hands.press("d")
            await hands.fill("2,5")
            await hands.press("enter", "down", "enter")
            assert "Loïc Chastel (technique)" in hands.dialog()
            await hands.press("tab", "tab")
            await hands.fill("trois")
            await hands.press("tab")
            assert "2 h 30, 2,5 ou 45 min" in hands.dialog()
            await hands.press("shift+tab")
            await hands.fill("1:45")
            await hands.press("escape")
            await hands.settled()
            lines = noted(atelier)
            assert lines["Samira Benhaddou, hosting"].duration == timedelta(hours=2, minutes=30)
            assert lines["Loïc Chastel, technical"].duration == timedelta(hours=1, minutes=45)
            await hands.press("minus", "u", "u")
            await hands.settled()
            assert noted(atelier).keys() == {"Samira Benhaddou, hosting"}

    run(test)


def test_somebody_whom_the_plan_does_not_know_was_there(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await to_the_hours(hands)
            await hands.press("a")
            await hands.write("odile, Zoé Blanc")
            await hands.press("enter", "enter")
            await hands.settled()
            assert noted(atelier).keys() == {"Odile Perrachon, preparation", "Zoé Blanc, preparation"}
            await hands.press("x")
            await hands.settled()
            assert noted(atelier).keys() == {"Odile Perrachon, preparation"}

    run(test)


def test_a_meeting_and_who_came(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier), size=(120, 40)) as hands:
            await to_the_hours(hands)
            await hands.press("tab", "a", "enter")
            assert "Quel jour ?" in hands.dialog()
            await hands.fill("2 novembre")
            await hands.press("enter")
            await hands.fill("1 h 30")
            await hands.press("enter")
            await hands.write("Samira, Loïc")
            await hands.press("enter")
            await hands.settled()
            assert [(one.name, one.task, one.date) for one in others(atelier)] == [
                ("Samira Benhaddou", Task.BOARD, date(2026, 11, 2)),
                ("Loïc Chastel", Task.BOARD, date(2026, 11, 2)),
            ]
            assert "2 lignes, 3 h" in hands.line("Hors émissions, saison 8")
            await hands.press("home", "plus")
            await hands.settled()
            assert sorted(one.duration for one in others(atelier)) == [6 * QUARTER, 7 * QUARTER]
            await hands.press("x", "u", "u", "u")
            await hands.settled()
            assert others(atelier) == ()
            assert noted(atelier) == {}

    run(test)


def test_two_people_note_the_same_show(atelier: Path) -> None:
    """Of a line that both note there is one; what only one of them wrote stays."""
    workspace = open_workspace(atelier)
    theirs = (
        HoursLine(id="samira-hosting", name="Samira Benhaddou", task=Task.HOSTING, duration=timedelta(hours=5)),
        HoursLine(id="zoe-other", name="Zoé Blanc", task=Task.OTHER, duration=timedelta(hours=1), notes="gâteau"),
    )

    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await to_the_hours(hands)
            edit_hours(workspace, workspace.shows[0], DAY, lambda _: theirs)
            await hands.press("t")
            await hands.settled()
            lines = noted(atelier)
            assert len(lines) == 9
            assert len(read_hours(workspace, workspace.shows[0], DAY)) == 9
            assert lines["Samira Benhaddou, hosting"].duration == USUAL
            assert "quelqu'un d'autre venait d'écrire 5 h" in hands.told()
            assert lines["Zoé Blanc, other"].notes == "gâteau"
            await hands.press("u")
            await hands.settled()
            assert "Zoé Blanc, other" in noted(atelier)

    run(test)


@pytest.mark.parametrize("form", ["pdf", "csv"])
def test_what_can_be_printed(atelier: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(atelier)

    async def test() -> None:
        async with seat(make_app(atelier)) as hands:
            await to_the_hours(hands)
            await hands.press("t", "i", *["down"] * (form == "csv"), "enter")
            await hands.until(lambda: "Écrit" in hands.told())

    run(test)
    content = (atelier / f"heures-2026-11-26.{form}").read_bytes()
    assert content.startswith(b"%PDF" if form == "pdf" else "\ufeffémission du;".encode())
