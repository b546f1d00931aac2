"""A workspace on a disk that nobody can write: all can be read, an edit says why it is none, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.disks import make_read_only, small_disk
from tests.tui.conftest import DAY, copy_atelier, make_app, on_disk
from tests.tui.hands import run, seat

REFUSED = "✗ "


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 8) as disk:
        copy_atelier(disk)
        make_read_only(disk)
        yield disk


def test_everything_can_be_read(read_only: Path) -> None:
    async def test() -> None:
        async with seat(make_app(read_only)) as hands:
            await hands.sees("✓ prêt")
            await hands.press("enter")
            await hands.sees("Politique locale")
            await hands.press("h")
            await hands.sees("Aucun état gardé encore")
            await hands.press("escape", "f4")
            await hands.sees("La passerelle")
            await hands.press("f5")
            await hands.sees("Samira Benhaddou")
            await hands.look()
            assert hands.told() == ""

    run(test)


@pytest.mark.parametrize("edit", [("+",), ("x",), ("d", "4", "'", "enter"), ("enter", "Z", "enter", "escape")])
def test_an_edit_says_why_not_and_the_screen_goes_back(read_only: Path, edit: tuple[str, ...]) -> None:
    async def test() -> None:
        async with seat(make_app(read_only, day=DAY)) as hands:
            await hands.press("down")
            before = hands.lines()
            await hands.press(*edit)
            await hands.settled()
            assert REFUSED in hands.told()
            assert "lecture seule" in hands.told()
            assert hands.rundown.episode == on_disk(read_only)
            await hands.press("up", "up", "down")
            assert hands.lines()[:6] == before[:6]
            await hands.press("u")
            assert "Rien à annuler" in hands.told(), "what was never written cannot be undone"

    run(test)


@pytest.mark.parametrize("keys", [("f4", "x"), ("f5", "tab", "space"), ("f2", "down", "enter", "enter")])
def test_elsewhere_too(read_only: Path, keys: tuple[str, ...]) -> None:
    async def test() -> None:
        async with seat(make_app(read_only)) as hands:
            await hands.press(*keys)
            await hands.settled()
            assert REFUSED in hands.told()
            assert "lecture seule" in hands.told()

    run(test)
