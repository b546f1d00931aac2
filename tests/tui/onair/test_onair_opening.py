"""The way on air: a show opened on the wrong day asks first, and a rehearsal looks like one."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import OptionList

from bobine.tui.kit.dialogs.choice import Choice
from bobine.tui.onair.gestures.opening import when_words
from tests.tui.conftest import DAY, NOW, make_app
from tests.tui.hands import run, seat
from tests.tui.onair.live_screen import SIZES, Attempt, air, begin, rehearse, rehearsed
from tests.tui.onair.test_onair_screen import SIX, Clock, journal, on_air, ticked

pytestmark = pytest.mark.boundary


# Opening


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 25, 20, 0, tzinfo=SIX.tzinfo), "L'émission est demain à 18 h"),
        (datetime(2026, 11, 26, 9, 0, tzinfo=SIX.tzinfo), "L'émission est aujourd'hui à 18 h"),
        (datetime(2026, 11, 20, 9, 0, tzinfo=SIX.tzinfo), "L'émission est le jeudi 26 novembre à 18 h"),
        (datetime(2026, 11, 27, 9, 0, tzinfo=SIX.tzinfo), "L'émission était hier à 18 h"),
    ],
)
def test_outside_of_its_slot_the_real_show_asks_first(
    atelier: Path, moment: datetime, words: str, attempt: Attempt
) -> None:
    async def test() -> None:
        async with seat(on_air(atelier, Clock(moment))) as hands:
            await hands.until(lambda: isinstance(hands.app.screen, Choice), "the question")
            assert words in hands.dialog()
            with attempt("the real show opened outside of its slot"):
                await hands.press("enter")  # the safe answer stands first
                for key in ("space", "m", "w", "f", "j", "u", "+"):
                    await hands.press(key)
                    assert not journal(atelier).read()
                    assert isinstance(hands.app.screen, Choice), key
                    assert "ouvrir quand même" in hands.dialog()
                    await hands.press("escape")
            await hands.press("space")
            await hands.press("down", "down", "enter")
            await hands.press("space")
            assert len(journal(atelier).read()) == 1
        async with seat(on_air(atelier, Clock(moment))) as hands:
            await hands.press("m")
            assert len(journal(atelier).read()) == 2  # what was begun all the same is not asked again

    run(test)


@pytest.mark.parametrize("minutes", [-60, -5, 0, 54, 70])
def test_in_its_slot_and_around_it_nothing_is_asked(atelier: Path, minutes: int) -> None:
    async def test() -> None:
        clock = Clock(SIX + timedelta(minutes=minutes))
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space")
            assert len(journal(atelier).read()) == 1

    run(test)


def test_who_waits_is_let_in_when_it_is_the_hour(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX - timedelta(hours=1, seconds=10))
        async with seat(on_air(atelier, clock)) as hands:
            await hands.until(lambda: isinstance(hands.app.screen, Choice), "the question")
            await hands.press("enter")
            assert "EN ATTENTE" in await ticked(hands)
            clock.on(seconds=20)
            assert "l'antenne est ouverte" in await ticked(hands)
            await hands.press("m")
            assert len(journal(atelier).read()) == 1

    run(test)


def test_from_the_screens_it_asks_too_and_can_be_rehearsed_there(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("f7")
            await hands.until(lambda: isinstance(hands.app.screen, Choice), "the question")
            await hands.press("down", "enter")
            await hands.until(lambda: bool(air(hands).stage.rehearsal), "the rehearsal")
            await hands.press("space")
            assert len(rehearsed(atelier)) == 1
            assert not journal(atelier).read()
            await hands.press("ctrl+r", "down", "down", "enter")
            await hands.until(lambda: not air(hands).stage.rehearsal, "the real show")
            await hands.until(lambda: isinstance(hands.app.screen, Choice), "the question again")

    run(test)


def test_when_is_said_from_the_day_that_it_is() -> None:
    assert when_words(SIX.replace(minute=30), NOW) == "le jeudi 26 novembre à 18 h 30"
    assert when_words(SIX, SIX + timedelta(days=700)) == "le jeudi 26 novembre 2026 à 18 h"


# Rehearsal


@pytest.mark.parametrize("size", SIZES)
def test_a_rehearsal_looks_like_one_and_begins_again(atelier: Path, size: tuple[int, int]) -> None:
    async def test() -> None:
        clock = Clock(SIX - timedelta(days=3))
        async with seat(rehearse(atelier, clock, 20), size) as hands:
            await begin(hands, clock, 2)
            lines = hands.lines()
            for line in (lines[0], lines[-1]):
                assert line.count("RÉPÉTITION ×20") >= 3
                assert "▚▚▚" in line
            assert all(line[0] != " " for line in lines)
            assert "À L'ANTENNE" not in lines[1]
            assert "RÉPÉTITION" in lines[1]
            assert len(rehearsed(atelier)) == 2
            old = hands.place
            await hands.press("ctrl+r", "enter")
            assert hands.place is old
            await hands.press("ctrl+r", "down", "enter")
            await hands.until(lambda: hands.place is not old, "the rehearsal anew")
            assert rehearsed(atelier) == ()
            assert not old.is_attached
            await hands.press("space")
            assert len(rehearsed(atelier)) == 1
            assert air(hands).live.session.progress.aired == ()

    run(test)


def test_the_real_show_is_not_begun_again(atelier: Path) -> None:
    async def test() -> None:
        clock = Clock(SIX)
        async with seat(on_air(atelier, clock)) as hands:
            await hands.press("space", "ctrl+r")
            assert hands.app.screen is hands.place
            await hands.press("ctrl+p")
            await hands.write("répétition")
            assert hands.app.screen.query_one(OptionList).option_count == 1
            assert "Rien ne correspond" in hands.text()

    run(test)
