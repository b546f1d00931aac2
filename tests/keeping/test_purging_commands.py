"""The commands that hold and purge: what they list, what they ask, what they take for a yes."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from bobine.evening.keeping import stocks
from bobine.store.records.keeping import hold_path, read_hold
from tests.conftest import ROOT, Atelier
from tests.keeping.conftest import DAY, LATER, Studio


def test_the_commands(studio: Studio) -> None:
    atelier = Atelier(studio.root)
    studio.record()
    day = str(DAY)
    held = atelier.json("garder", day, "--par", "Nadia", "--motif", "droit de réponse")
    assert held["new"]
    assert not atelier.json("garder", day, "--motif", "autre chose")["new"]
    assert "est déjà à garder, demandé par Nadia" in atelier.run("garder", day).stdout
    hold = read_hold(hold_path(studio.folder.path))
    assert hold is not None
    assert hold.reason == "droit de réponse"
    told = atelier.json("purger", day, "--oui", code=1)["episodes"][0]
    assert "hold" in [one["obstacle"] for one in told["refusals"]]
    assert "un motif" not in atelier.run("garder", day, "--motif", "un\nmotif", code=1).stderr
    assert atelier.json("garder", day, "--lever")["lifted"]
    assert "n'était pas à garder" in atelier.run("garder", day, "--lever").stdout
    assert not hold_path(studio.folder.path).exists()
    early = datetime.now(UTC).date() < DAY + timedelta(days=33)
    assert {one["obstacle"] for one in atelier.json("purger")["episodes"][0]["refusals"]} == {
        "unused", *(["too-early"] if early else [])
    }  # fmt: skip
    for wrong in ((day, "--tout-ce-qui-peut"), ("--oui",), ("--quand-meme",)):
        atelier.run("purger", *wrong, code=1)
    assert (studio.folder.recording / "antenne.wav").exists()


def test_a_purge_is_listed_then_confirmed(studio: Studio) -> None:
    """An old broadcast: the days are over whatever today is."""
    old = studio.root / "episodes" / "bobine-romanaise" / "2020-01-09"
    studio.record()
    studio.folder.path.rename(old)
    plan = old / "episode.toml"
    plan.write_text(plan.read_text("utf-8").replace("2026-11-26", "2020-01-09"), "utf-8")
    atelier = Atelier(studio.root)
    sound = old / "recording" / "antenne.wav"
    out = atelier.run("purger", "2020-01-09", code=1).stdout
    assert "rien n'en a été monté ni publié." in out
    assert not atelier.json("purger", "--tout-ce-qui-peut", "--oui")["episodes"][0]["purged"]
    out = atelier.run("purger", "2020-01-09", "--quand-meme").stdout
    assert "Peut être purgé." in out
    assert "Rien n'a été effacé. Pour purger\u00a0: ajoutez --oui." in out
    assert sound.exists()
    assert [one.folder.date.year for one in stocks(studio.workspace, LATER)] == [2020]
    assert "libérés" in atelier.run("purger", "2020-01-09", "--quand-meme", "--oui").stdout
    assert not sound.exists()
    assert (old / "recording" / "as_run.toml").exists()
    assert "Aucun enregistrement à purger" in atelier.run("purger").stdout
    assert (old / "recording" / "purged.toml").exists()


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "gone"), [("purger", True), ("oui", False), ("", False)])
def test_a_terminal_asks_for_a_word(studio: Studio, typed: str, gone: bool) -> None:
    old = studio.root / "episodes" / "bobine-romanaise" / "2020-01-09"
    sound = old / studio.record().relative_to(studio.folder.path)
    studio.folder.path.rename(old)
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "bobine", "purger", "2020-01-09", "--quand-meme"]
    with subprocess.Popen(
        command,
        cwd=studio.root,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        os.close(theirs)
        os.write(ours, f"{typed}\n".encode())
        said = b""
        while True:
            try:
                said += os.read(ours, 4096)
            except OSError:
                break
    os.close(ours)
    assert process.returncode == 0
    assert "Écrivez «\u00a0purger\u00a0»".encode() in said
    assert sound.exists() != gone
