"""The rundown on paper and in files, help on what is chosen, and commands found by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import DAY, make_app
from tests.tui.hands import run, seat


@pytest.mark.parametrize(
    ("downs", "name", "start"),
    [
        (0, "conducteur-2026-11-26.pdf", b"%PDF-"),
        (1, "conducteur-2026-11-26.pdf", b"%PDF-"),
        (2, "conducteur-2026-11-26.html", b"<!"),
        (3, "conducteur-2026-11-26.csv", b""),
    ],
    ids=["pdf", "cards", "html", "csv"],
)
def test_the_rundown_is_written_to_the_current_folder(
    atelier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, downs: int, name: str, start: bytes
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("i", *["down"] * downs, "enter")
            await hands.until(lambda: "Écrit : " in hands.told())
        assert [path.name for path in here.iterdir()] == [name]
        content = (here / name).read_bytes()
        assert content.startswith(start)
        if not name.endswith("pdf"):
            assert "Politique locale" in content.decode("utf-8-sig")
            assert "18:02:40" in content.decode("utf-8-sig")

    run(test)


def test_help_is_about_what_has_the_keyboard(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), (120, 40)) as hands:
            await hands.press("question_mark")
            for words in ("Le conducteur, élément par élément", "Marques à droite", "Modifier l'élément choisi"):
                assert words in hands.dialog()
            await hands.press("escape", "f5", "question_mark")
            assert "les rôles de l'émission choisie" in hands.dialog()
            assert "Choisir qui est en doublure" in hands.dialog()
            await hands.press("q")
            assert "[ Équipe ]" in hands.text(), "Q closes the help, not the program"
            assert hands.app.is_running

    run(test)


def test_a_command_is_found_by_its_words_and_run(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            before = hands.rundown.episode
            await hands.press("down", "ctrl+p")
            await hands.write("dupliquer")
            assert "touche K" in hands.dialog()
            await hands.press("enter")
            await hands.settled()
            assert len(hands.rundown.episode.items) == len(before.items) + 1
            await hands.press("ctrl+p")
            await hands.write("theme")
            assert "Passer au thème clair ou sombre" in hands.dialog()
            await hands.press("enter")
            assert hands.app.theme == "bobine-clair"
        async with seat(make_app(atelier)) as hands:
            assert hands.app.theme == "bobine-clair", "it is remembered"

    run(test)


def test_leaving_writes_what_is_under_way(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "enter")
            await hands.fill("Bonsoir")
            await hands.press("escape", "+", "q")
            await hands.until(lambda: not hands.app.is_running)
        async with seat(make_app(atelier, day=DAY)) as hands:
            assert "Bonsoir" in hands.line("18:00:40")
            assert "2'00" in hands.line("18:00:40")

    run(test)
