"""What is said of days is true: in the show's own day of the week, and in the tense of now."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from bobine.french import DAYS, in_tense, long_date
from bobine.plan.season import SeasonDay
from bobine.tui.season.rows import day_lines

BOBINE = Path(__file__).resolve().parent.parent / "bobine"


def shown_texts(path: Path) -> list[str]:
    """The texts of a module that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    about = {
        id(statement.value)
        for node in ast.walk(tree)
        for statement in (getattr(node, "body", None) or [] if isinstance(getattr(node, "body", None), list) else [])
        if isinstance(statement, ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about
    ]


def test_no_text_names_a_day_of_the_week_by_itself() -> None:
    named = re.compile(rf"\b({'|'.join(DAYS)})\b", re.IGNORECASE)
    for path in BOBINE.rglob("*.py"):
        if "demo" in path.parts or path.name == "french.py":
            continue
        assert not [text for text in shown_texts(path) if named.search(text)], path


@pytest.mark.parametrize(("today", "word"), [(date(2026, 11, 25), "sera"), (date(2026, 11, 26), "est"),
                                             (date(2026, 11, 27), "était")])  # fmt: skip
def test_a_day_is_in_the_tense_of_now(today: date, word: str) -> None:
    assert in_tense(date(2026, 11, 26), today, past="était", present="est", future="sera") == word


@pytest.mark.parametrize(("past", "words"), [(True, "Rien n'était prévu."), (False, "Rien n'est encore prévu.")])
def test_an_empty_day_of_the_season(past: bool, words: str) -> None:
    day = SeasonDay(date=date(2026, 11, 24), past=past, holiday="")
    lines = [text for text, _ in day_lines(day)]
    assert lines[0] == long_date(day.date)
    assert lines[1].startswith(words)
