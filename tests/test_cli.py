"""The command line as a contract: French, exit codes, nothing heavy imported for the help."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bobine.cli import build_parser
from bobine.usage import without_accents
from tests.command_apart import run_command
from tests.conftest import ATELIER, ROOT, Atelier

COMMANDS = ("nouveau", "conducteur", "historique", "antenne", "importer", "monter", "publier", "annonce", "garder",
            "purger", "servir", "ecoutes", "verifier", "demo")  # fmt: skip


def bobine(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return run_command(arguments, {"PYTHONPATH": str(ROOT)}, str(cwd or Path.cwd()))


def test_the_help_is_in_french_and_names_every_command() -> None:
    command = [sys.executable, "-m", "bobine", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0
    for word in ("Utilisation", "Commandes\u00a0:", *COMMANDS):
        assert word in done.stdout
    for word in ("usage:", "options:", "show this"):
        assert word not in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_french_help(command: str) -> None:
    done = bobine(command, "--help")
    assert done.returncode == 0
    assert "Options\u00a0:" in done.stdout
    assert "--json" in done.stdout


def test_the_help_imports_nothing_heavy() -> None:
    heavy = {"boto3", "textual", "rich", "PIL", "feedgen", "mutagen", "pydub", "ffmpeg", "tomlkit"}
    code = (
        "import sys\n"
        "from bobine.cli import build_parser\n"
        "build_parser().format_help()\n"
        f"print(sorted({heavy} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)})
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("arguments", [(), ("antenne", "2026-11-26")])
def test_screens_need_a_terminal_and_say_so(arguments: tuple[str, ...]) -> None:
    done = bobine(*arguments, cwd=ATELIER)
    assert done.returncode == 1
    assert "terminal" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("monter",), ("publier",), ("truc",), ("monter", "a", "b"), ("servir", "--port", "x"), ("demo", "--minutes", "0")],
)
def test_a_wrong_call_is_said_in_french_with_code_2(arguments: tuple[str, ...]) -> None:
    done = bobine(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Essayez" in done.stderr
    for word in ("usage:", "error:", "required", "invalid"):
        assert word not in done.stderr


def test_outside_a_workspace_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    done = bobine("monter", "prochaine", cwd=tmp_path)
    assert done.returncode == 1
    assert "bobine nouveau" in done.stderr
    assert "Traceback" not in done.stderr


def test_in_json_a_failure_is_one_object_too(tmp_path: Path) -> None:
    done = bobine("monter", "prochaine", "--json", cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout).keys() == {"error"}


def test_the_repository_is_a_workspace_that_verifies() -> None:
    done = bobine("--atelier", str(ROOT), "verifier", "--json")
    bad = [check for check in json.loads(done.stdout)["checks"] if not check["ok"]]
    assert all("il reste à remplir" in check["detail"] for check in bad), bad
    assert done.returncode == bool(bad)


def test_a_workspace_is_verified_and_what_is_left_to_fill_is_named(tmp_path: Path) -> None:
    shutil.copytree(ATELIER, tmp_path / "atelier")
    (tmp_path / "atelier" / "feed").mkdir()
    found = Atelier(tmp_path / "atelier").json("verifier", code=1)
    (left,) = [check for check in found["checks"] if not check["ok"]]
    assert "il reste à remplir" in left["detail"]
    assert "labobineromanaise.example" in left["detail"], "the show's real address is not known yet"
    assert {check["name"] for check in found["checks"]} >= {"ffmpeg", "atelier", "destination local"}
    assert all(check.keys() == {"name", "ok", "detail"} for check in found["checks"])


def test_a_broken_plan_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "shows.toml").write_text('[shows.x]\ntitle = "X"\ncouleur = 3\n', encoding="utf-8")
    found = Atelier(tmp_path).json("verifier", code=1)
    assert not found["ok"]
    detail = next(check["detail"] for check in found["checks"] if check["name"] == "atelier")
    assert "ligne 3" in detail
    assert "couleur" in detail


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (["vérifier"], ["verifier"]),
        (["ve\u0301rifier", "--vers", "démo"], ["verifier", "--vers", "démo"]),
        (["Démo", "--son=été"], ["demo", "--son=été"]),
        (["antenne", "dernière", "--contrôle", "--répétition"], ["antenne", "dernière", "--controle", "--repetition"]),
        (["--atelier", "vérifier", "vérifier"], ["--atelier", "vérifier", "verifier"]),
        (["nouveau", "épisode"], ["nouveau", "épisode"]),
        (["garder", "fil/prochaine", "--motif", "vérifier"], ["garder", "fil/prochaine", "--motif", "vérifier"]),
        (["importer", "--", "--réf"], ["importer", "--", "--réf"]),
    ],
)
def test_accents_of_commands_and_options_do_not_matter(typed: list[str], known: list[str]) -> None:
    assert without_accents(typed, COMMANDS) == known


def test_verifier_is_understood_with_its_accent(tmp_path: Path) -> None:
    done = bobine("vérifier", cwd=tmp_path)
    assert done.returncode == 1
    assert "ffmpeg" in done.stdout
    assert build_parser().parse_args(["nouveau", "épisode"]).what == "episode"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nouveau", "atelier", "DIR", "--titre", "Ici"),
        ("nouveau", "atelier", "--titre", "Ici", "DIR"),
        ("nouveau", "--titre", "Ici", "atelier", "DIR"),
        ("nouveau", "--titre=Ici", "--json", "atelier", "DIR"),
        ("nouveau", "atelier", "--json", "DIR", "--titre=Ici"),
    ],
)
def test_options_stand_anywhere_among_what_they_follow(arguments: tuple[str, ...], tmp_path: Path) -> None:
    words = [str(tmp_path / "ici") if word == "DIR" else word for word in arguments]
    assert bobine(*words).returncode == 0
    assert 'title = "Ici"' in (tmp_path / "ici" / "shows.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [("verifier",), ("verifier", "--json")])
@pytest.mark.parametrize("error", ["KeyboardInterrupt", "BrokenPipeError", "ZeroDivisionError"])
def test_where_nobody_reads_any_more_it_leaves_quietly(arguments: tuple[str, ...], error: str, tmp_path: Path) -> None:
    code = f"""
import sys
from bobine import cli
from bobine.commands import verifier
def stopped(options):
    raise {error}
verifier.run = stopped
sys.exit(cli.main({list(arguments)!r}))
"""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=writer, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        )  # fmt: skip
    finally:
        os.close(writer)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
