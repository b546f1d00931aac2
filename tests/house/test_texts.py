"""What is said of days is true: in the show's own day of the week, and in the tense of now."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bobine.commands import controle
from bobine.commands.console import Console
from bobine.commands.places import Place
from bobine.french import DAYS, in_tense, long_date, others
from bobine.plan.readiness.report import Lack, LackKind
from bobine.plan.season.calendar import SeasonDay
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace
from bobine.tui.season.rows import day_lines

BOBINE = Path(__file__).resolve().parents[2] / "bobine"


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
        if "demo" in path.parts or path.name in ("french.py", "days.py"):
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


@pytest.mark.parametrize(("today", "ready", "lacking"), [
    (date(2026, 11, 25), "L'émission du jeudi 26 novembre 2026 est prête", "Pas encore prête : 1 chose à régler"),
    (date(2026, 11, 27), "L'émission du jeudi 26 novembre 2026 était prête", "L'émission était le jeudi 26 novembre"),
])  # fmt: skip
def test_the_control_of_a_show(
    today: date, ready: str, lacking: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = open_workspace(BOBINE.parent)
    show, day = workspace.shows[0], date(2026, 11, 26)
    place = Place(workspace, show, read_episode(workspace, show, day), workspace.folder(show, day))
    monkeypatch.setattr(controle, "now", lambda: datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
    for lacks, words in (
        ((), ready),
        ((Lack(kind=LackKind.HOST, item="", owner="Personne", what="tient l'antenne."),), lacking),
    ):
        monkeypatch.setattr(controle, "control", lambda *_, lacks=lacks: lacks)
        controle.tell_control(Console(as_json=False), place)
        assert words in capsys.readouterr().out.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("count", "noun", "words"),
    [(1, "", "1 autre"), (2, "", "2 autres"), (1, "remarque", "1 autre remarque"), (40, "défaut", "40 autres défauts")],
)
def test_what_is_left_of_a_list_agrees_with_its_number(count: int, noun: str, words: str) -> None:
    assert others(count, noun) == words


def test_no_sentence_writes_the_rest_of_a_list_by_itself() -> None:
    written = [str(path) for path in BOBINE.rglob("*.py") if re.search(r"\} autres\b", path.read_text("utf-8"))]
    assert written == []
