"""Small terminals: every screen and dialog opens, keys work, nothing falls."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import DAY, make_app, on_disk
from tests.tui.hands import Hands, run, seat
from tests.tui.kit.test_contrast import TOUR

SIZES = [(20, 5), (40, 10)]


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_screen_and_dialog_opens(atelier: Path, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), size, toasts=True) as hands:
            for keys, _ in TOUR:
                await hands.press(*keys)
                lines = hands.lines()
                assert len(lines) == size[1]
                assert all(len(line) <= size[0] for line in lines)
            assert on_disk(atelier) == hands.rundown.episode

    run(test)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_rundown_is_edited_there(atelier: Path, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), size) as hands:
            assert "18:00:00" in hands.text()
            assert "TOMBE JUSTE" in hands.text()
            await hands.press("down", "down", "down", "down")
            assert "18:08:40" in hands.text(), "the cursor's row is in sight"
            await hands.press("d")
            await hands.write("5'00")
            assert "5'00" in hands.text(), "what is typed is in sight"
            await hands.press("enter")
            assert "DÉPASSE DE 1'" in hands.text()
            await in_the_form(hands)
            await hands.press("u", "u")
            assert "TOMBE JUSTE" in hands.text()

    async def in_the_form(hands: Hands) -> None:
        await hands.press("enter")
        await hands.fill("Autre")
        assert "Autre" in hands.text()
        await hands.press("escape")
        assert hands.rundown.episode.items[4].title == "Autre"

    run(test)


def test_the_terminal_is_made_smaller_and_larger(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), (120, 40)) as hands:
            wide = hands.text()
            for size in ((20, 5), (80, 24), (1, 1), (40, 10), (120, 40)):
                await hands.pilot.resize_terminal(*size)
                await hands.press("down", "up")
                assert len(hands.lines()) == size[1]
            assert hands.text() == wide

    run(test)


SHOWN = {
    "f2": ("[ Saison ]", ("Jour", "État"), ("26 nov. 2026 ✓ prêt",)),
    "f3": ("[ Conducteur ]", ("Heure", "Durée", "Élément"), ("6'00", "Politique l", "18:08:40")),
    "f4": ("[ Idées ]", ("Sujet", "État"), ("○ à prendre", "✓ programmée")),
    "f5": ("[ Équipe ]", ("Rôle", "Tenu par"), ("Samira Benhaddou", "★ forme")),
}
"""By key: the name of the screen, the columns that matter most, and what stands whole in them."""


@pytest.mark.slow
@pytest.mark.parametrize("width", [40, 48, 59, 60, 72, 80])
def test_tables_are_readable_in_little_room(atelier: Path, width: int) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), (width, 20)) as hands:
            for key, (name, columns, cells) in SHOWN.items():
                await hands.press(key)
                await hands.look()
                for text in (name, *columns, *cells):
                    assert text in hands.text(), text
                assert "? Aide" in hands.lines()[-1], "the key that tells the others"
                assert not hands.lines()[-1].endswith("…")
            await hands.press("tab", *["right"] * 4)
            assert "Accueil" in hands.line("Qui sait"), "the cell under the cursor is in sight"

    run(test)


@pytest.mark.parametrize("size", [(40, 20), (48, 24), (60, 20)], ids=str)
def test_no_box_is_too_narrow_for_words(atelier: Path, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), size) as hands:
            await hands.press("f2")
            for box in hands.place.query("#season-day-box, #season-due-box"):
                assert not box.display or box.region.width >= 24

    run(test)
