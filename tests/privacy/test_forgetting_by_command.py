"""The command that shows, exports and forgets what names somebody, and what other commands tell of it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from bobine.cli import main
from bobine.commands import screens
from bobine.evening.privacy.forgetting import begin
from bobine.evening.privacy.online.seen import seen_online
from bobine.evening.privacy.survey import survey
from bobine.store.workspace import open_workspace
from bobine.tui.kit.drafts import DRAFTS
from bobine.tui.messages import Forget
from tests.privacy.filled import NAME
from tests.privacy.forgotten import LATER
from tests.privacy.traces import traces

pytestmark = pytest.mark.integration


def said(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str, code: int = 0) -> str:
    """What a command says, on either output."""
    capsys.readouterr()
    assert main(["--atelier", str(root), "personne", *arguments]) == code
    told = capsys.readouterr()
    return told.out + told.err


def test_the_command_shows_exports_and_forgets(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = said(capsys, root, "loic chastel", "--oublier")
    assert "team.toml" in shown
    assert "Bénévole\u00a01" in shown.replace(" 1", "\u00a01")
    assert "--oui" in shown
    assert list(traces(root, NAME))
    table = json.loads(said(capsys, root, NAME, "--exporter", str(tmp_path / "moi"), "--json"))
    entries = json.loads((tmp_path / "moi.json").read_text("utf-8"))["entries"]
    assert table["entries"] == entries
    assert all(one["file"] and one["text"] for one in entries)
    assert any(one["key"] == "members[1]" and one["row"]["name"] == NAME for one in entries)
    page = (tmp_path / "moi.html").read_text("utf-8")
    assert "Heures de bénévolat" in page
    assert "hours[1]" in page
    done = json.loads(said(capsys, root, NAME, "--oublier", "--oui", "--json"))
    assert done["forgotten"]
    assert NAME not in json.dumps(done, ensure_ascii=False)
    workspace = open_workspace(root)
    assert not seen_online(workspace, survey(workspace, [NAME], LATER).search).found


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(("42",), "n'est pas un nom"), ((NAME, "--oui"), "--oublier"), ((NAME, "--motif", "x"), "--oublier")],
)
def test_a_wrong_call_says_what_to_write(
    root: Path, arguments: tuple[str, ...], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert word in said(capsys, root, *arguments, code=1)


def test_verifier_says_what_is_unfinished_and_names_nobody(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told() -> str:
        capsys.readouterr()
        main(["--atelier", str(root), "verifier"])
        return capsys.readouterr().out.replace("\u00a0", " ")

    assert "oublis" not in told()
    begin(open_workspace(root), [NAME], "à sa demande", (), LATER)
    said = next(line for line in told().splitlines() if "oublis" in line)
    assert 'bobine personne "Bénévole 1"' in said
    assert "1er mars 2027" in said
    assert "Chastel" not in said
    main(["--atelier", str(root), "personne", "Bénévole 1"])
    assert "oublis" not in told()


def test_what_was_agreed_on_a_screen_is_done_in_the_terminal(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "")
    DRAFTS.keep("somewhere", NAME)
    screens._fulfil(Forget(NAME), argparse.Namespace(atelier=root))
    assert "Bénévole\u00a01" in capsys.readouterr().out.replace(" 1", "\u00a01")
    assert all("/archive/" in one for one in traces(root.parent, NAME)), "but for what the law keeps"
    assert DRAFTS.find("somewhere") == ""
