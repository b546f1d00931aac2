"""The live screen beside the other screens: its clock goes on, and they say what is on air."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.air.live.state import events as e
from tests.tui.conftest import DAY, make_app, on_disk
from tests.tui.hands import run, seat
from tests.tui.onair.test_onair_screen import SIX, Clock, journal, on_air

pytestmark = pytest.mark.boundary


def test_the_clock_goes_on_after_another_screen_was_shown(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space", "f3")
            await hands.pilot.pause(0.3)
            await hands.press("f7")
            clock.on(seconds=7)
            await hands.sees("18:00:07")

    run(test)


# The other screens


def test_other_screens_say_what_is_on_air_elsewhere(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(make_app(atelier, now=clock, day=DAY)) as hands:
            await hands.look()
            assert "À L'ANTENNE" not in hands.lines()[0]
            # another program puts an item on air
            journal(atelier).append(e.Taken(at=SIX, item=on_disk(atelier).items[0]))
            for key in ("f2", "f3", "f4", "f5"):
                await hands.press(key)
                await hands.look()
                assert "● À L'ANTENNE · SANS ENR" in hands.lines()[0], key
            await hands.press("x", "u")
            assert "À L'ANTENNE" in hands.lines()[0]
            journal(atelier).append(e.Ended(at=SIX))
            await hands.look()
            assert "À L'ANTENNE" not in hands.lines()[0]
            journal(atelier).append(e.Undone(at=SIX))
            clock.on(hours=3)
            await hands.look()
            assert "À L'ANTENNE" not in hands.lines()[0]

    run(test)
