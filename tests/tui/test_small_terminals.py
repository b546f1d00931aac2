"""Small terminals: every screen and dialog opens, keys work, nothing falls."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import DAY, Hands, make_app, on_disk, run, seat
from tests.tui.test_contrast import TOUR

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
