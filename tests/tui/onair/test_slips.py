"""Slips of the hand on air, none of which can hurt: held keys, pastes, clicks, any keys at all."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bobine.air.live.state import events as e
from bobine.air.live.state.session import fold
from bobine.tui.keystrokes import BURST, HELD
from bobine.tui.kit.dialogs.dialog import Dialog
from tests.tui.conftest import DAY, copy_atelier, make_app
from tests.tui.hands import run, seat
from tests.tui.onair.live_screen import GESTURES, SIZES, Attempt, begin, rehearse, rehearsed
from tests.tui.onair.test_onair_screen import SIX, Clock, journal, on_air

pytestmark = pytest.mark.boundary


@pytest.mark.parametrize("speed", [1, 20])
def test_a_held_key_does_its_action_once(atelier: Path, speed: int, attempt: Attempt) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(rehearse(atelier, clock, speed)) as hands:
            await begin(hands, clock)
            for key in ("space", "enter", "u", "r", "s", "n", "m", "t", "+", "-", "1", "x"):
                with attempt("a key held on air"):
                    before = len(rehearsed(atelier))
                    await hands.hold(key, 8)
                    clock.on(seconds=10)
                    assert len(rehearsed(atelier)) - before <= 1, key
                    if key not in "1x":
                        assert len(rehearsed(atelier)) - before == 1 or "Rien n'est fait" in hands.told(), key
                        assert HELD.replace("\u00a0", " ") in hands.told(), key
            for key in GESTURES:
                with attempt("a key held on air"):
                    before = len(rehearsed(atelier))
                    await hands.hold(key, 3)
                    assert len(hands.app.screen_stack) <= 3, key
                    assert len(rehearsed(atelier)) == before, key
                    while isinstance(hands.app.screen, Dialog):
                        await hands.press("escape")

    run(test)


def test_plus_and_minus_count_at_a_hands_speed(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await begin(hands, clock, 2)
            await hands.hold("+", 1.5, delay_s=0.2, every_s=0.2)
            await hands.hold("-", 0.7, delay_s=0.2, every_s=0.2)
            seconds = [event.seconds for event in journal(atelier).read() if isinstance(event, e.Lengthened)]
            assert seconds == [30] * 8 + [-30] * 4

    run(test)


def test_a_pasted_text_does_nothing_and_says_so(attempt: Attempt) -> None:
    texts = st.text(st.sampled_from("abcefjkmnpqstuvwx UNMS\n\t1234567890+-,.'éàçè"), min_size=2, max_size=400)

    @settings(max_examples=25, suppress_health_check=[*HealthCheck])
    @given(texts, st.booleans())
    def paste(text: str, bracketed: bool) -> None:
        async def test(root: Path) -> None:
            clock = Clock(SIX)
            async with seat(on_air(root, clock)) as hands:
                await begin(hands, clock, 2)
                before = journal(root).read()
                await (hands.paste(text) if bracketed else hands.pour(text))
                assert journal(root).read() == before
                assert hands.app.screen is hands.place
                said = "Un texte a été collé" if bracketed else BURST[:30]
                # one key, pasted twice in a row within no time, is a burst too
                assert said in hands.told()

        with TemporaryDirectory() as folder, attempt("text pasted into the live screen"):
            root = Path(folder) / "atelier"
            root.mkdir()
            copy_atelier(root)
            run(lambda: test(root))

    paste()


def test_caps_lock_the_keypad_and_no_break_spaces_are_keys_as_any(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            for key, kind in (("\u00a0", e.Taken), ("M", e.Marked), ("\u202f", e.Taken), ("add", e.Lengthened),
                              ("subtract", e.Lengthened), ("minus_sign", e.Lengthened), ("T", e.StopwatchTurned),
                              ("U", e.Undone), ("R", e.Redone)):  # fmt: skip
                clock.on(seconds=10)
                await hands.press(key)
                assert type(journal(atelier).read()[-1]) is kind, key
            await hands.press("J")
            await hands.write("ÉCRIT en Capitales")
            await hands.press("enter")
            assert fold(journal(atelier).read()).notes[-1].text == "ÉCRIT en Capitales"
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "A")
            assert isinstance(hands.app.screen, Dialog)

    run(test)


def test_what_was_undone_is_done_again_also_after_a_restart(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await begin(hands, clock)
            before = fold(journal(atelier).read())
            await hands.press("u", "u")
            assert "Annulé" in hands.told()
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("r", "r")
            assert "Rétabli" in hands.told()
            assert fold(journal(atelier).read()) == before
            await hands.press("r")
            assert "rien à rétablir" in hands.told()

    run(test)


@pytest.mark.parametrize("size", SIZES)
def test_clicks_anywhere_add_nothing_to_the_journal(atelier: Path, size: tuple[int, int], attempt: Attempt) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock), size) as hands:
            await begin(hands, clock, 2)
            before = journal(atelier).read()
            spots = [(x, size[1] - 1) for x in range(0, size[0], 3)]
            chance = random.Random(9)
            spots += [(chance.randrange(size[0]), chance.randrange(size[1])) for _ in range(100)]
            for spot in spots:
                with attempt("a click on the live screen"):
                    await hands.pilot.click(offset=spot, times=chance.choice((1, 2)))
                    await hands.idle()
                    assert journal(atelier).read() == before
                    assert hands.app.screen is hands.place

    run(test)


@pytest.mark.slow
def test_any_keys_at_all_never_end_the_program(
    atelier: Path, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(atelier)  # a sheet may be printed
    keys = [*"abcdefghijklmnopqrstuvwxyzABCDEÉéèç&\"'(-_1234567890+ ?/", "space", "enter", "escape", "up", "down",
            "tab", "pageup", "home", "delete", "backspace", "left", "f3", "f7", "f6", "ctrl+p", "ctrl+t", "ctrl+r",
            "ctrl+c", "add", "no_break_space", "unheard+of", "shift+f9"]  # fmt: skip

    async def test() -> None:
        clock = Clock(SIX)
        chance = random.Random(5)
        async with seat(on_air(atelier, clock)) as hands:
            at_s = 1e6
            for n in range(5000):
                at_s += chance.choice((0.0, 0.01, 0.04, 0.2, 1.2, 5))
                hands._key(chance.choice(keys), at_s)
                if n % 50 == 0:
                    clock.on(seconds=1)
                    await hands.idle()
                    if not hands.app.is_running:  # « quitter » can be typed by chance
                        break
            await hands.idle()
            with attempt("5,000 random keys on air"):
                assert hands.app._exception is None
        fold(journal(atelier).read())

    run(test)
