"""``bobine conducteur``: the table, the files, and the way back from a spreadsheet."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.conftest import ATELIER, ROOT, Atelier

Attempt = Callable[[str], AbstractContextManager[None]]

EPISODE = "2026-11-26"
NAME = f"conducteur-bobine-romanaise-{EPISODE}"


@pytest.fixture
def own(tmp_path: Path) -> Atelier:
    """The workspace of the worked example, copied."""
    root = tmp_path / "atelier"
    shutil.copytree(ATELIER / "episodes", root / "episodes", ignore=shutil.ignore_patterns("recording", "master"))
    shutil.copy(ATELIER / "shows.toml", root)
    return Atelier(root)


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_the_table_fits_the_terminal(own: Atelier, columns: int) -> None:
    out = own.run("conducteur", EPISODE, env={"COLUMNS": str(columns)}).stdout
    table = out.split("N°", 1)[1].splitlines()
    assert max(map(len, table[1:])) <= columns
    assert "tombe juste (0'00)" in out
    if columns >= 80:
        assert [line.split()[1] for line in table if line.strip()[:2].strip().isdigit()][-1] == "18:54:20"
        assert "Remerciements" in out
    assert ("À savoir" in out) == (columns >= 120)
    assert ("Samira Benhaddou" in out) == (columns >= 200)


@pytest.mark.parametrize("columns", [30, 40, 50, 60])
def test_in_a_narrow_terminal_no_word_is_broken(own: Atelier, columns: int) -> None:
    found = own.json("conducteur", EPISODE)
    out = own.run("conducteur", EPISODE, env={"COLUMNS": str(columns)}).stdout.replace("\u00a0", " ")
    lines = [line.rstrip() for line in out.split("N° 1 ", 1)[1].splitlines()]
    assert max(map(len, lines[1:])) <= columns
    words = set(out.split())
    for item in found["items"]:
        assert set(item["title"].split()) <= words
    assert sum(line.startswith("N° ") for line in lines) == len(found["items"]) - 1


def test_files_are_written_where_one_stands(own: Atelier, tmp_path: Path) -> None:
    here = tmp_path / "ici"
    here.mkdir()
    own.run("conducteur", EPISODE, "--pdf", "--html", "--csv", "--fiches", cwd=here)
    assert sorted(path.name for path in here.iterdir()) == [f"{NAME}.{kind}" for kind in ("csv", "html", "pdf")]
    own.run("conducteur", EPISODE, "--pdf", str(here / "a" / "b.pdf"), cwd=here)
    assert (here / "a" / "b.pdf").read_bytes().startswith(b"%PDF-")
    assert own.json("conducteur", EPISODE, "--csv", "c.csv", cwd=here)["written"] == ["c.csv"]


def test_json_is_one_object(own: Atelier) -> None:
    found = own.json("conducteur", EPISODE)
    assert found["slot"]["end"] == "2026-11-26T18:55:00+01:00"
    assert found["gap_s"] == 0
    assert {"n", "id", "title", "kind", "planned_s", "start", "back_time", "people", "source", "mics", "droppable",
            "standby", "podcast"} <= found["items"][0].keys()  # fmt: skip


def test_a_rundown_goes_to_a_spreadsheet_and_comes_back(own: Atelier, tmp_path: Path) -> None:
    plan = own.episode / "episode.toml"
    before = plan.read_bytes()
    sheet = tmp_path / "c.csv"
    own.run("conducteur", EPISODE, "--csv", str(sheet))
    own.run("conducteur", EPISODE, "--depuis-csv", str(sheet))
    assert plan.read_bytes() == before
    text = sheet.read_text("utf-8")
    sheet.write_text(text.replace("3'00;18:43:40;Jeu;", "5'10;18:43:40;Jeu;"), encoding="utf-8")
    found = own.json("conducteur", EPISODE, "--depuis-csv", str(sheet))
    assert found["gap_s"] == 130
    assert "dépasse de 2'10 (+2'10)" in own.run("conducteur", EPISODE).stdout
    after = plan.read_text("utf-8")
    for line in before.decode().splitlines():
        if line.startswith("#"):
            assert line in after
    changed = set(before.decode().splitlines()) ^ set(after.splitlines())
    assert 'duration = "5\'10"' in changed
    assert len(changed) < 6


def test_a_bad_file_changes_nothing_and_says_where(own: Atelier, tmp_path: Path) -> None:
    plan = own.episode / "episode.toml"
    before = plan.read_bytes()
    sheet = tmp_path / "c.csv"
    sheet.write_text("élément;genre;durée\nA;plateau;1'00\nB;plateau;bientôt\n", encoding="utf-8")
    done = own.run("conducteur", EPISODE, "--depuis-csv", str(sheet), code=1)
    assert "c.csv, ligne 3" in done.stderr
    assert "durée" in done.stderr
    done = own.run("conducteur", EPISODE, "--depuis-csv", str(tmp_path / "absent.csv"), code=1)
    assert "n'existe pas" in done.stderr
    assert plan.read_bytes() == before


def test_what_changes_is_told_and_what_the_file_lacks_is_kept(own: Atelier, tmp_path: Path) -> None:
    plan = own.episode / "episode.toml"
    before = plan.read_bytes()
    sheet = tmp_path / "c.csv"
    own.run("conducteur", EPISODE, "--csv", str(sheet))
    rows = sheet.read_text("utf-8-sig").splitlines(keepends=True)
    filtered = [row for row in rows if "Littérature" not in row and "Jeu" not in row]
    sheet.write_text("".join(filtered), encoding="utf-8-sig")
    done = own.run("conducteur", EPISODE, "--depuis-csv", str(sheet))
    assert plan.read_bytes() == before
    for words in ("gardés", "Littérature", "Jeu", "--retirer-absents", "rien n'est à changer"):
        assert words in done.stdout
    filtered[3] = filtered[3].replace("0'10", "0'20", 1)
    sheet.write_text("".join(filtered), encoding="utf-8-sig")
    found = own.json("conducteur", EPISODE, "--depuis-csv", str(sheet))
    assert len(found["changes"]) == 1
    assert len(found["kept"]) == 2
    found = own.json("conducteur", EPISODE, "--depuis-csv", str(sheet), "--retirer-absents")
    assert [change for change in found["changes"] if "enlevé" in change] == found["changes"]
    assert found["kept"] == []
    assert len(found["changes"]) == 2


TABLE = "élément;genre;durée\nCinéma;plateau;04:30:00\n"


@pytest.mark.parametrize(("option", "seconds"), [("minutes", 270), ("heures", 16_200)])
def test_doubtful_durations_are_refused_with_both_readings(
    own: Atelier, tmp_path: Path, option: str, seconds: int
) -> None:
    sheet = tmp_path / "c.csv"
    sheet.write_text(TABLE, encoding="utf-8")
    said = own.run("conducteur", EPISODE, "--depuis-csv", str(sheet), code=1).stderr
    assert all(words in said for words in ("4'30", "4 h 30'00", "--durees minutes", "--durees heures"))
    found = own.json("conducteur", EPISODE, "--depuis-csv", str(sheet), "--durees", option, "--retirer-absents")
    assert [item["planned_s"] for item in found["items"]] == [seconds]


def at_a_terminal(own: Atelier, answers: list[str], *arguments: str) -> str:
    """Run a command at a terminal, and answer its questions; gives what it showed."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bobine", "--atelier", str(own.root), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", "COLUMNS": "200"}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    shown = b""
    with contextlib.suppress(OSError):
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    assert process.wait() == 0, shown.decode()
    return shown.decode().replace("\u00a0", " ")


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_at_a_terminal_everything_is_asked(own: Atelier, tmp_path: Path) -> None:
    plan = own.episode / "episode.toml"
    before = plan.read_bytes()
    sheet = tmp_path / "c.csv"
    sheet.write_text(TABLE, encoding="utf-8")
    arguments = ("conducteur", EPISODE, "--depuis-csv", str(sheet))
    shown = at_a_terminal(own, ["minutes", "", ""], *arguments)
    assert plan.read_bytes() == before
    for words in ("Est-ce 4'30", "Les enlever ?", "Faire ce", "gardés", "Rien n'a été changé"):
        assert words in shown
    at_a_terminal(own, ["minutes", "oui", "oui"], *arguments)
    found = own.json("conducteur", EPISODE)
    assert [(item["title"], item["planned_s"]) for item in found["items"]] == [("Cinéma", 270)]


@pytest.mark.boundary
def test_what_is_no_file_is_never_waited_for(own: Atelier, tmp_path: Path, attempt: Attempt) -> None:
    os.mkfifo(tmp_path / "tube.csv")
    (tmp_path / "t.numbers").mkdir()
    with (tmp_path / "gros.csv").open("wb") as stream:
        stream.truncate(3_000_000_000)
    for name, words in (("tube.csv", "pas un fichier"), ("t.numbers", "Numbers"), ("gros.csv", "trop gros")):
        with attempt("a spreadsheet that is a pipe, a folder or endless"):
            done = own.run("conducteur", EPISODE, "--depuis-csv", str(tmp_path / name), code=1)
            assert words in done.stderr


def test_cards_without_paper_are_refused(own: Atelier) -> None:
    assert "--pdf" in own.run("conducteur", EPISODE, "--fiches", code=1).stderr


@pytest.mark.skipif(os.name == "nt", reason="uses a file as a folder")
def test_a_place_that_cannot_be_written_is_told(own: Atelier, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    done = own.run("conducteur", EPISODE, "--json", "--html", str(tmp_path / "fichier" / "x.html"), code=1)
    assert "ne peut pas être écrit" in json.loads(done.stdout)["error"]


def test_what_is_absent_is_told_with_who_owes_it_and_the_settings_left_to_write(own: Atelier) -> None:
    done = own.run("conducteur", "26/11/2026", "--contrôle", "--json")
    assert json.loads(done.stdout)["ready"] is True
    own.run("nouveau", "épisode", "3/12/2026")
    bare = json.loads(own.run("conducteur", "2026-12-03", "--controle", "--json", code=1).stdout)
    assert bare["ready"] is False
    absent = {lack["item"] for lack in bare["lacks"]}
    assert absent >= {"live-1", "litterature", "portrait", "paroles-d-ados", "jeu", "pedro-l-avocat", None}
    assert all(lack["owner"] for lack in bare["lacks"])
    said = own.run("conducteur", "26/11/2026", "--controle").stdout
    assert "prête pour l'antenne." in said.replace("\u2019", "'")
    assert "à remplacer dans shows.toml" in said
