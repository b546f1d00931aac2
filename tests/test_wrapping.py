"""Wherever lines are broken, what French keeps together stays together: no sign begins a line, no « ends one."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console as Terminal
from textual.content import Content

from bobine.commands.console import Console
from bobine.french import typeset
from bobine.plan.paper.page import Face, Paper
from bobine.publish.cover.lettering import MEDIUM, Style, drawable, fit
from bobine.tui.kit.lists.lines import wrapped
from bobine.usage import FrenchParser

words = st.sampled_from(
    ["« Jeu »", "oui !", "quoi ?", "12 %", "prévu : 3'00", "a ;", "de", "l'agenda", "été", "x", "« A » : b"]
)
sentences = st.lists(words, min_size=1, max_size=14).map(" ".join)


def astray(lines: list[str]) -> list[str]:
    texts = [line.strip(" │┃") for line in lines]
    return [text for text in texts if (text and text[0] in ":;!?»%") or text[-1:] == "«"]


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def at_width(width: int) -> tuple[Console, Screen]:
    console, screen = Console(as_json=False), Screen()
    console._out = Terminal(file=screen, width=width, highlight=False, force_terminal=True, color_system=None)
    return console, screen


@given(text=sentences, width=st.integers(16, 60))
def test_sentences_and_tables_of_a_command(text: str, width: int) -> None:
    console, screen = at_width(width)
    console.say(text)
    console.warn(text)
    console.table("", [("Élément", "left")], [[text], [text]])
    console.table(text, [("N°", "right"), ("Élément", "left")], [["1", text]])
    assert not astray(screen.getvalue().splitlines())


@given(text=sentences, width=st.integers(16, 60))
def test_lines_of_a_screen(text: str, width: int) -> None:
    Console(as_json=False)  # sets what an app sets when it is made
    shown = Content(typeset(text))._wrap_and_format(width)
    assert not astray([line.content.plain for line in shown])
    assert not astray(wrapped(text, width).splitlines())


@given(text=sentences, room=st.integers(35, 120))
def test_lines_of_paper(text: str, room: int) -> None:
    assert not astray(PAPER.wrap(text, FACE, room))


@given(text=sentences, width=st.integers(420, 1500))
def test_lines_of_a_cover(text: str, width: int) -> None:
    shown = drawable(text)
    if shown:
        assert not astray(list(fit(shown, Style(MEDIUM, (96, 72, 60)), width, 2000).lines))


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_lines_of_the_help(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    parser = FrenchParser(prog="bobine", description="Voici : « une » description ; est-elle longue ? Oui ! " * 4)
    parser.add_argument("--mot", help="« un mot » : lequel ? un autre ! " * 6)
    assert not astray(parser.format_help().splitlines())


FACE = Face("", 10)
PAPER = Paper(title="", author="", created=datetime(2026, 11, 26, tzinfo=UTC))
PAPER.add_page()
