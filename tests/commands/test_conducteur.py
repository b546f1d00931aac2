"""``bobine conducteur``: the table, the files, and the way back from a spreadsheet."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Atelier

EPISODE = "2026-11-26"
NAME = f"conducteur-bobine-romanaise-{EPISODE}"


@pytest.fixture
def own(tmp_path: Path) -> Atelier:
    """The repository's own workspace, copied."""
    root = tmp_path / "atelier"
    shutil.copytree(ROOT / "episodes", root / "episodes", ignore=shutil.ignore_patterns("recording", "master"))
    shutil.copy(ROOT / "shows.toml", root)
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
