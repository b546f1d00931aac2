"""What was just done is said in the top line where it fits, in a corner where it does not or where it matters."""

from pathlib import Path

import pytest

from bobine.tui.kit.screens import top_line
from bobine.tui.kit.screens.top_line import TopLine
from tests.tui.conftest import DAY, make_app
from tests.tui.hands import run, seat


def test_a_sentence_takes_the_place_of_the_names_and_the_next_one_its_place(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            names = hands.lines()[0]
            assert "[ Conducteur ]" in names
            await hands.press("+", "+", "u")
            assert hands.lines()[0].startswith(" Annulé : ")
            await hands.press("u", "u")
            assert hands.lines()[0] == " Rien à annuler."
            assert not list(hands.app._notifications)

    run(test)


def test_the_names_come_back(atelier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(top_line, "SAID_FOR_S", 1)

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            names = hands.lines()[0]
            await hands.press("u")
            assert hands.lines()[0] == " Rien à annuler."
            await hands.until(lambda: hands.lines()[0] == names, "the names are seen again")
            monkeypatch.setattr(top_line, "SAID_FOR_S", 60)
            await hands.press("u")
            assert hands.lines()[0] != names
            await hands.pilot.click(TopLine)
            assert hands.lines()[0] == names

    run(test)


def test_what_is_long_or_matters_is_said_in_a_corner(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), (40, 20)) as hands:
            hands.place.tell("Une phrase qui n'a pas la place de tenir sur une ligne si courte.")
            hands.place.tell("Attention.", warning=True)
            hands.place.tell("Non.", refused=True)
            await hands.idle()
            assert "[ Conducteur ]" in hands.lines()[0]
            assert [one.message[:2] for one in hands.app._notifications] == ["Un", "! ", "✗ "]

    run(test)


def test_a_name_is_clicked(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), (80, 24)) as hands:
            for title in ("Idées", "Équipe", "Saison", "Conducteur"):
                await hands.pilot.click(TopLine, offset=(hands.lines()[0].index(title), 0))
                await hands.idle()
                await hands.until(lambda title=title: f"[ {title} ]" in hands.lines()[0], f"{title} is shown")  # type: ignore[misc]

    run(test)


def test_a_sentence_waits_for_a_dialog_to_go(atelier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(top_line, "SAID_FOR_S", 0.2)

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("u", "d")
            await hands.pilot.pause(0.5)
            assert hands.app.place.query_one(TopLine).said
            await hands.press("escape")
            await hands.until(lambda: "[ Conducteur ]" in hands.lines()[0], "the names are seen again")

    run(test)
