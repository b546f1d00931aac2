"""The last net: what nobody foresaw is one sentence and a report, never a traceback, never a secret."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bobine.store.reports import report, without_secrets, write_report
from tests.conftest import ATELIER, ROOT

Attempt = Callable[[str], AbstractContextManager[None]]

PROGRAM = """
import sys
from bobine import cli
from bobine.commands import places
def broken(*a, **k):
    {what}
places.open_root = broken
import importlib
command = importlib.import_module("bobine.commands.verifier")
command.open_root = broken
sys.argv = ["bobine", "verifier", *sys.argv[1:]]
sys.exit(cli.main())
"""


def run(what: str, state: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(what=what), *arguments],
        cwd=ROOT,
        env={**os.environ, "XDG_STATE_HOME": str(state), **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.boundary
@pytest.mark.parametrize(
    "what",
    ["raise KeyError('x')", "1 / 0", "'\\udce9'.encode()", "raise OSError(5, 'EIO')", "raise MemoryError", "broken()"],
)
def test_an_unforeseen_error_is_one_sentence_and_a_report(what: str, tmp_path: Path, attempt: Attempt) -> None:
    with attempt("an unforeseen error in a command"):
        done = run(what, tmp_path, AWS_SECRET_ACCESS_KEY="wJalrXUtnFEMI")
        assert done.returncode == 1
        assert "Traceback" not in done.stdout + done.stderr
        assert done.stderr.count("\n") == 1
        (path,) = (tmp_path / "bobine" / "rapports").iterdir()
        assert str(path) in done.stderr
        assert path.stat().st_mode & 0o077 == 0
        text = path.read_text("utf-8")
        assert "Traceback" in text
        assert "wJalrXUtnFEMI" not in text
        assert "XDG_STATE_HOME" not in text


@pytest.mark.boundary
def test_a_script_gets_its_object(tmp_path: Path, attempt: Attempt) -> None:
    with attempt("an unforeseen error in a command"):
        done = run("raise KeyError('x')", tmp_path, "--json")
        assert "erreur imprévue (KeyError)" in json.loads(done.stdout)["error"]


@pytest.mark.boundary
def test_a_report_that_cannot_be_written_changes_nothing(tmp_path: Path, attempt: Attempt) -> None:
    with attempt("an unforeseen error in a command"):
        (tmp_path / "bobine").write_bytes(b"")
        done = run("raise KeyError('x')", tmp_path)
        assert done.returncode == 1
        assert "le rapport n'a pas pu être écrit" in done.stderr


def test_what_looks_like_a_secret_is_taken_out() -> None:
    environment = {"AWS_SESSION_TOKEN": "abcdefgh", "HOME": "/home/nadia", "PASSWORD": "a"}
    assert without_secrets("abcdefgh /home/nadia a https://nadia:motdepasse@radio.example/", environment) == (
        "••• /home/nadia a https://•••@radio.example/"
    )


def test_only_the_last_reports_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    paths = [write_report(ValueError(n), "x", datetime(2026, 1, 1, 0, n, tzinfo=UTC), {}) for n in range(25)]
    kept = [path for path in paths if path is not None and path.exists()]
    assert kept == paths[5:]
    assert "ValueError: 3" in report(ValueError(3), "bobine verifier", datetime(2026, 1, 1, tzinfo=UTC), {})


@pytest.mark.boundary
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii"])
def test_a_name_in_another_alphabet_is_printed_on_any_terminal(encoding: str, tmp_path: Path, attempt: Attempt) -> None:
    name = os.fsdecode(b"\xe9mission-\xff.csv")
    with attempt("a file name in Latin-1"):
        done = subprocess.run(
            [sys.executable, "-m", "bobine", "--atelier", str(ATELIER), "importer", "2026-11-26", name],
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(tmp_path)},
            cwd=tmp_path,
            capture_output=True,
        )
        assert done.returncode == 1
        assert b"ce fichier n'existe pas" in done.stderr
        assert b"impr" not in done.stderr
