"""Pasted text: one safe line, or several where lines are wanted; nothing of a text is taken for markup."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from bobine.french import is_one_safe_line
from bobine.plan.files.editing import commit_episode
from bobine.store.workspace import open_workspace
from tests.tui.conftest import DAY, NOW, PLAN, make_app, on_disk
from tests.tui.hands import Hands, run, seat

NASTY = "Bonjour\r\nà\ttou\u2028tes \x1b[31mrouge\x1b[0m\x1b]0;titre\x07 \x00\x07\u202e fin " + "très long " * 1000
MARKUP = {"[red]x[/][@click=app.quit]y[/]": (80, 24), "[/nothing] $primary [on": (120, 40)}
"""What Textual would take for markup, or stumble over; and the terminal that it is looked at in."""


def test_pasted_into_a_title_it_is_one_safe_line(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "enter", "end")
            await hands.paste(NASTY)
            assert "trop long : coupé à 255 caractères" in hands.told()
            await hands.press("enter", "escape")
            await hands.settled()
            title = on_disk(atelier).items[1].title
            assert title.startswith("Accueil, sommaireBonjour à tou tes rouge")
            assert is_one_safe_line(title)
            assert 240 < len(title) <= 255
            tomllib.loads((atelier / PLAN).read_text(encoding="utf-8"))

    run(test)


def test_pasted_into_the_names_it_is_one_safe_line(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "p")
            await hands.paste("Zoé\n\x1b[1mBlandine\x1b[0m Arnaud,\r\nPaul")
            await hands.press("enter")
            await hands.settled()
            names = [person.name for person in on_disk(atelier).people]
            assert "Zoé Blandine Arnaud" in names
            await hands.press("p")
            await hands.paste(NASTY)
            await hands.press("enter")
            await hands.settled()
            assert all(len(person.name) <= 255 and is_one_safe_line(person.name) for person in on_disk(atelier).people)

    run(test)


def test_pasted_into_the_notes_it_keeps_its_lines_and_no_more_than_may_be(atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(atelier, day=DAY)) as hands:
            await hands.press("down", "enter")
            hands.place.query_one("#field-notes").focus()
            await hands.paste("Deux\r\nlignes \x1b[31met\x1b[0m\x07 c'est\ttout")
            await hands.press("escape")
            await hands.settled()
            notes = on_disk(atelier).items[1].notes
            assert notes.startswith("Deux\nlignes ")
            assert notes.endswith("c'est tout")
            assert all(is_one_safe_line(line) for line in notes.splitlines())
            await hands.press("enter")
            hands.place.query_one("#field-notes").focus()
            await hands.paste(NASTY)
            await hands.press("escape", "escape")
            await hands.settled()
            notes = on_disk(atelier).items[1].notes
            assert len(notes.encode()) <= 4000
            assert all(is_one_safe_line(line) for line in notes.splitlines())

    run(test)


@pytest.mark.slow
@pytest.mark.parametrize("text", MARKUP)
def test_nothing_is_taken_for_markup(atelier: Path, text: str) -> None:
    workspace = open_workspace(atelier)
    seen = on_disk(atelier)
    person = replace(seen.people[0], name=text)
    item = replace(seen.items[1], title=text, notes=text, source=text)
    mine = replace(seen, title=text, people=(person, *seen.people[1:]), items=(seen.items[0], item, *seen.items[2:]))
    commit_episode(workspace, workspace.shows[0], DAY, seen, mine, NOW)

    async def test() -> None:
        async with seat(make_app(atelier, day=DAY), MARKUP[text], toasts=True) as hands:
            await hands.press("down")
            assert text in hands.line("n° 7"), "the episode's title"
            assert text[:14] in hands.line("18:00:40"), "the list"
            await in_the_dialogs(hands, text)
            await hands.press("+")
            await hands.sees(text)
            await hands.press("u")
            await hands.until(lambda: f"Annulé : « {text} »" in hands.told())
            assert f"« {text[:20]}" in hands.text(), "the message"
            await hands.press("f2")
            await hands.sees("[ Saison ]")
            assert text[:9] in hands.text(), "the day"
            assert hands.app.is_running

    async def in_the_dialogs(hands: Hands, text: str) -> None:
        for keys, where in ((("d",), f"Durée de « {text}"), (("l",), text), (("o",), f"Œuvres de « {text}"),
                            (("enter", "escape", "enter"), text), (("e",), text)):  # fmt: skip
            await hands.press(*keys)
            assert where in hands.text()
            await hands.press("escape")
        await hands.press(*(("escape",) if "Échap Fermer" in hands.text() else ()))

    run(test)
