"""« Montage prêt » : publish, listen again, or later; and how the master is listened to."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from bobine.commands import a_la_fin, monter, publier, screens
from bobine.errors import MasterError, ToolError
from bobine.evening.listening import listen, players
from bobine.store.workspace import open_workspace
from bobine.tui.messages import Wish
from tests.conftest import Evening

OPTIONS = argparse.Namespace(atelier=None)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done, in order."""
    happened: list[str] = []
    monkeypatch.setattr(monter, "master_one", lambda _: happened.append("monter"))
    monkeypatch.setattr(publier, "run", lambda _: happened.append("publier"))
    monkeypatch.setattr(a_la_fin, "run", lambda _: happened.append("à la fin"))
    monkeypatch.setattr(screens, "_listen", lambda _: happened.append("écouter"))
    return happened


@pytest.mark.parametrize(
    ("publish", "answers", "expected"),
    [
        (False, [""], ["monter"]),
        (False, ["plus tard"], ["monter"]),
        (False, ["P", ""], ["monter", "publier"]),
        (False, ["publier", ""], ["monter", "publier"]),
        (False, ["r", "Réécouter", ""], ["monter", "écouter", "écouter"]),
        (False, ["r", "p", ""], ["monter", "écouter", "publier"]),
        (False, ["quoi ?", "non", ""], ["monter"]),
        (False, [], ["monter"]),
        (True, [""], ["à la fin"]),
    ],
)
def test_what_comes_after_the_master_is_asked(
    monkeypatch: pytest.MonkeyPatch, done: list[str], publish: bool, answers: list[str], expected: list[str]
) -> None:
    typed: Iterator[str] = iter(answers)
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", answer)
    screens._fulfil(Wish("bobine-romanaise/2026-11-19", publish), OPTIONS)
    assert done == expected
    assert [*typed] == [], "every answer was taken"
    if not publish:
        assert all(word in asked[0] for word in ("publier", "réécouter", "plus tard"))


def test_the_system_s_own_player_comes_first_and_no_window_is_opened_without_a_desktop() -> None:
    def which(program: str) -> str | None:
        return f"/usr/bin/{program}" if program in ("xdg-open", "ffplay", "mpv") else None

    with_desktop = [Path(command[0]).name for command in players({"WAYLAND_DISPLAY": "wayland-0"}, which)]
    without = [Path(command[0]).name for command in players({}, which)]
    assert with_desktop == ["xdg-open", "mpv", "ffplay"]
    assert without == ["mpv", "ffplay"]
    assert players({"DISPLAY": ":0"}, lambda _: None) == ()


@pytest.mark.slow
def test_the_master_is_played_by_the_first_that_can(
    evening: Evening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = open_workspace(evening.atelier.copy(tmp_path).root)
    show = workspace.shows[0]
    (day,) = workspace.episode_dates(show)
    folder = workspace.folder(show, day)
    tools, heard = tmp_path / "bin", tmp_path / "heard"
    tools.mkdir()
    script(tools / "mpv", "exit 3")
    script(tools / "ffplay", f'for word; do last="$word"; done; printf %s "$last" > "{heard}"')
    monkeypatch.setenv("PATH", str(tools))
    assert "ffplay" in listen(folder, {})
    assert heard.read_text(encoding="utf-8") == str(folder.master / "podcast.mp3")
    (tools / "ffplay").unlink()
    with pytest.raises(ToolError, match=r"podcast\.mp3"):
        listen(folder, {})
    (folder.master / "podcast.mp3").unlink()
    with pytest.raises(MasterError, match="bobine monter"):
        listen(folder, {})


def script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
