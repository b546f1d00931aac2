"""Dialogs on air: one at a time, never over the board, and no slip chooses in them or under them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.air.live.state.session import fold
from bobine.tui.kit.dialogs.choice import Choice
from bobine.tui.kit.dialogs.dialog import Dialog
from bobine.tui.onair.board.board import Board
from bobine.tui.onair.gestures.asking import choose
from bobine.tui.onair.screen import AirScreen
from tests.tui.hands import run, seat
from tests.tui.onair.live_screen import GESTURES, SIZES, Attempt, air, begin
from tests.tui.onair.test_onair_screen import SIX, Clock, journal, on_air

pytestmark = pytest.mark.boundary


@pytest.mark.parametrize("key", list("ckbapwf"))
def test_a_text_pasted_into_a_dialog_chooses_nothing(atelier: Path, key: str, attempt: Attempt) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await begin(hands, clock)
            await hands.press("down", "down", key)
            before = journal(atelier).read()
            with attempt("text pasted into a dialog on air"):
                await hands.pour("Bonjour à tous\nvoici un mot\n u m n s\n\nb\n")
                assert journal(atelier).read() == before

    run(test)


def test_the_key_that_closes_a_dialog_does_nothing_under_it(atelier: Path, attempt: Attempt) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await begin(hands, clock, 2)
            for gap in (0.05, 0.2, 0.5, 1, 2, 2.9):
                with attempt("the key that closes a dialog, again"):
                    clock.on(seconds=10)
                    await hands.press("k")
                    at_s = hands._at_s + 4
                    hands._key("enter", at_s)
                    await hands.idle()
                    assert "OUI" in hands.told() or "NON" in hands.told()
                    hands._key("enter", at_s + gap)
                    await hands.idle()
                    assert len(journal(atelier).read()) == 2
            await hands.press("space")
            assert len(journal(atelier).read()) == 3

    run(test)


def test_dialogs_come_one_at_a_time(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await begin(hands, clock, 2)
            screen = air(hands)
            for key in GESTURES:
                screen.action_ask({"c": "repair", "v": "check"}.get(key, "note"))
            await hands.idle()
            assert len(hands.app.screen_stack) == 3
            first = hands.app.screen
            await hands.press("escape")
            await hands.until(lambda: isinstance(hands.app.screen, Dialog) and hands.app.screen is not first, "next")
            assert len(hands.app.screen_stack) == 3
            # nobody waited for this one: what is typed at once is not for it
            second = hands.app.screen
            assert isinstance(second, Dialog)
            assert second.late

    run(test)


def test_a_late_dialog_takes_nothing_from_a_note(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await begin(hands, clock, 2)
            await hands.press("j")
            await hands.write("bon")
            screen = air(hands)
            screen.run_worker(choose(screen, "En retard", []))
            await hands.idle()
            await hands.write("jour")
            assert "bonjour" in hands.dialog()
            at_s = hands._at_s + 4
            for n in range(4):
                hands._key("enter", at_s + n / 10)
            await hands.until(lambda: isinstance(hands.app.screen, Choice), "the late dialog")
            assert fold(journal(atelier).read()).notes[-1].text == "bonjour"
            await hands.press("escape")
            assert len(journal(atelier).read()) == 3

    run(test)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_covers_the_board_and_its_clock_goes_on(atelier: Path, size: tuple[int, int], attempt: Attempt) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock), size, toasts=True) as hands:
            await begin(hands, clock)
            board = air(hands).query_one(Board).region
            for what in [*GESTURES.replace("w", ""), "question_mark", "ctrl+p", "toast"]:
                with attempt("a dialog or a message over the board"):
                    if what == "toast":
                        for n in range(5):
                            hands.app.notify(f"Attention {n}. " * 12, severity="warning")
                    else:
                        await hands.press(what)
                        await hands.until(lambda: isinstance(hands.app.screen, Dialog), what)
                        await hands.idle()
                        box = hands.app.screen.query_one("#dialog")
                        assert box.region.y >= board.bottom, what
                        assert box.region.bottom <= size[1], what
                        keys = hands.app.screen.query("#dialog-keys")
                        assert all(box.region.contains_region(one.region) for one in keys), what
                    clock.on(seconds=7)
                    air(hands).tick()
                    await hands.idle()
                    seen = drawn_under(air(hands))
                    assert f"{clock.moment:%H:%M:%S}" in seen[board.y]
                    assert "PAS D'ENREGISTREMENT" in seen[board.y]
                    assert "EN COURS" in "".join(seen[board.y : board.bottom])
                    assert not hands.app._notifications
                    while isinstance(hands.app.screen, Dialog):
                        await hands.press("escape")

    run(test)


def drawn_under(screen: AirScreen) -> list[str]:
    """What the live screen draws, line by line, also while a dialog stands over a part of it."""
    strips = screen._compositor.render_strips()
    return ["".join(segment.text for segment in line).replace("\u00a0", " ") for line in strips]
