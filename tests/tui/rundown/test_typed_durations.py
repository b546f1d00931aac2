"""Durations as people type them, in the dialog and in the form; what is none says what is accepted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bobine.model.written.durations import ACCEPTED_FORMS
from tests.tui.conftest import DAY, make_app, on_disk
from tests.tui.hands import Hands, run, seat

FORMS = {
    "3'30": 210,
    "3’30": 210,
    "3:30": 210,
    "3 min 30": 210,
    "210 s": 210,
    "3'": 180,
    '45"': 45,
    "1 h 02": 3720,
}
"""What is typed, and the seconds that it means."""

NOT_ONE = ("abc", "3.30", "0'00", "-3'00", "99 h", "3'75")


def length(hands: Hands) -> float:
    return hands.rundown.episode.items[4].duration.total_seconds()


def test_in_the_dialog(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "down", "down", "down")
            for text, seconds in FORMS.items():
                await hands.press("d")
                await hands.write(text)
                await hands.press("enter")
                assert length(hands) == seconds, text
            before = length(hands)
            await hands.press("d")
            for text in NOT_ONE:
                await hands.fill(text)
                await hands.press("enter")
                assert "✗ " in hands.text(), text
                assert length(hands) == before
            await hands.fill("abc")
            await hands.press("enter")
            assert f"« abc » n'est pas une durée : écrivez {ACCEPTED_FORMS}" in hands.dialog()
            await hands.press("escape")
            await hands.settled()
            assert on_disk(atelier).items[4].duration == timedelta(seconds=before)

    run(test)


def test_in_the_form(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "down", "down", "down", "enter")
            for text, seconds in FORMS.items():
                hands.place.query_one("#field-duration").focus()
                await hands.fill(text)
                await hands.press("enter")
                assert length(hands) == seconds, text
            before = length(hands)
            for text in NOT_ONE[:2]:
                hands.place.query_one("#field-duration").focus()
                await hands.fill(text)
                await hands.press("enter")
                assert "✗ " in hands.text(), text
                assert length(hands) == before
            await hands.press("escape")
            assert "✗ " in hands.text(), "it stays open once, to say what is wrong"
            await hands.press("escape")
            assert "À rebours" in hands.text()
            await hands.settled()
            assert on_disk(atelier).items[4].duration == timedelta(seconds=before)

    run(test)
