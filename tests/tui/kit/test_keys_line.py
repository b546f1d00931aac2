"""The line of keys follows what works now, and stays as it is while nothing of it changes."""

from __future__ import annotations

from pathlib import Path

from textual.widgets._footer import FooterKey

from tests.tui.conftest import DAY, make_app
from tests.tui.hands import Hands, run, seat


def told(hands: Hands) -> list[FooterKey]:
    return list(hands.app.screen.query(FooterKey))


def test_the_keys_follow_a_sheet_and_the_width(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), (120, 24)) as hands:
            of_the_list = hands.lines()[-1]
            keys = told(hands)
            assert "Annuler" in of_the_list
            await hands.press("down")
            assert told(hands) == keys, "none was made again"
            await hands.press("enter")
            assert "Fermer" in hands.lines()[-1]
            assert "Annuler" not in hands.lines()[-1]
            await hands.press("escape")
            assert hands.lines()[-1] == of_the_list
            await hands.pilot.resize_terminal(60, 24)
            await hands.idle()
            narrow = hands.lines()[-1]
            assert of_the_list.startswith(narrow.split("?")[0].rstrip())
            assert "? Aide" in narrow
            assert len(narrow) < len(of_the_list)

    run(test)
