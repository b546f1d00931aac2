"""A season in a workspace: the made-up one gives its true figures, and what is old, broken or odd is told."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bobine.cli import main
from bobine.errors import PlanError
from bobine.evening.seasons.made_up import make_season
from bobine.evening.seasons.reading import read_lengths, read_report
from bobine.store.documents.hours import read_hours, read_other_hours
from bobine.store.workspace import Workspace, open_workspace
from tests.conftest import ROOT

FIRST = date(2017, 10, 5)


def part_of(told: Any, true: Any) -> Any:
    """The part of what is told that has the names of what is true."""
    return {key: part_of(told[key], true[key]) for key in true} if isinstance(true, dict) else told


def bilan(capsys: pytest.CaptureFixture[str], root: Path, *words: str) -> str:
    assert main(["--atelier", str(root), "bilan", *words]) == 0
    return capsys.readouterr().out


@pytest.fixture(scope="module")
def real_season(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    root = tmp_path_factory.mktemp("season")
    return root, make_season(root, 39, seed=1)


@pytest.fixture
def short(tmp_path: Path) -> Workspace:
    make_season(tmp_path, 4, seed=2)
    return open_workspace(tmp_path)


def test_a_season_built_to_the_real_report_gives_exactly_its_figures(
    real_season: tuple[Path, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    root, true = real_season
    told = json.loads(bilan(capsys, root, "1", "--json"))
    assert part_of(told, true) == true
    assert (told["shows"]["aired"], told["hours"]["per_show"], told["hours"]["total"]) == (39, 40, 1560)
    assert (told["volunteers_active"], told["live_musicians"], told["chroniques"]) == (15, 27, 12)
    assert told["guests"] > 100
    assert told["minutes_aired"] == 39 * 55
    assert all(basis["known"] == basis["of"] for basis in told["based_on"].values())


def test_the_text_and_the_csv_say_the_same(
    real_season: tuple[Path, dict[str, Any]], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root, true = real_season
    text = bilan(capsys, root, "2017-2018").replace("\u202f", " ").replace("\u00a0", " ")
    for words in ("1 560 h", "40 h", "35 h 45", "15 355,20 €", f" {true['guests']} ", "prévue 6'00, dure"):
        assert words in text
    bilan(capsys, root, "--csv", str(tmp_path / "b.csv"))
    rows = list(csv.reader(io.StringIO((tmp_path / "b.csv").read_text("utf-8-sig")), delimiter=";"))
    by_key = {row[7]: row for row in rows if row[2]}
    assert by_key["hours_total"][2:4] == ["1560", "heures"]
    assert by_key["live_musicians"][2] == "27"
    came = {row[10] for row in rows if row[7] == "guests" and not row[2]}
    assert len(came) == true["guests"], "each figure has its people behind it"


@pytest.mark.parametrize("seed", [3, 4])
def test_another_seed_gives_its_own_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int) -> None:
    true = make_season(tmp_path, 7, seed)
    assert part_of(json.loads(bilan(capsys, tmp_path, "--json")), true) == true


def test_the_script_prints_the_figures_and_writes_over_nothing(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "make_season"), str(tmp_path / "a"), "--shows", "2"]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(said.stdout) == make_season(tmp_path / "b", 2, seed=1)
    before = (tmp_path / "a" / "shows.toml").stat().st_mtime_ns
    again = subprocess.run(command, capture_output=True, text=True)
    assert (again.returncode, "n'est pas vide" in again.stderr) == (1, True)
    assert (tmp_path / "a" / "shows.toml").stat().st_mtime_ns == before
    with pytest.raises(ValueError, match="40 shows"):
        make_season(tmp_path / "c", 40, seed=1)


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        make_season(tmp_path / name, 3, seed=5)
    files = [
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (tmp_path / "a", tmp_path / "b")
    ]
    assert files[0] == files[1]


def test_old_and_broken_files_are_told_and_the_rest_is_counted(
    short: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (show,) = short.shows
    days = short.episode_dates(show)
    short.folder(show, days[0]).hours.unlink()
    short.folder(show, days[1]).hours.write_text(
        '[[hours]]\nid = "a"\nname = "Ana"\ntask = "tecnical"\nduration = "2"\n'
    )
    short.folder(show, days[2]).plan.write_text("date = 3\n")
    shutil.rmtree(short.folder(show, days[3]).recording, ignore_errors=True)
    (short.folder(show, days[3]).path / "journal.jsonl").unlink()
    report = read_report(short, show, 1)
    values = {key: report.figure(key).value for key in ("planned", "aired", "hours_total")}
    assert values == {"planned": 4, "aired": 2, "hours_total": 40 * 3600}, "without a trace nothing says it aired"
    assert report.figure("hours_total").basis is not None
    assert report.figure("hours_total").basis.words == "0 émission sur 2"  # type: ignore[union-attr]
    assert len(report.remarks) == 2
    assert any("tecnical" in remark and "technical" in remark for remark in report.remarks)
    told = bilan(capsys, short.root, "1").replace("\u00a0", " ")
    assert "d'après 0 émission sur 2" in told
    assert "1 illisible" in told


def test_a_journal_comes_before_an_as_run_and_an_item_never_left_has_no_length(short: Workspace) -> None:
    (show,) = short.shows
    journal = short.folder(show, FIRST).path / "journal.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    report = read_report(short, show, 1)
    basis = report.figure("minutes_aired").basis
    assert basis is not None
    assert (basis.known, basis.of) == (3, 4)
    assert report.figure("aired").value == 4


def test_planning_can_ask_how_long_a_chronique_takes(short: Workspace) -> None:
    lengths = read_lengths(short, short.shows[0], 1)
    assert len(lengths) == 12
    assert all(one.planned.total_seconds() == 360 and -30 <= one.over.total_seconds() <= 60 for one in lengths.values())


def test_two_shows_in_one_workspace_are_two_reports(short: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    shows = short.root / "shows.toml"
    text = shows.read_text("utf-8")
    shows.write_text(text + text.partition("\n\n")[2].replace("bobine-inventee", "autre"), "utf-8")
    assert main(["--atelier", str(short.root), "bilan", "1"]) == 1
    assert "bobine-inventee ou autre" in capsys.readouterr().err
    assert json.loads(bilan(capsys, short.root, "autre/1", "--json"))["shows"]["planned"] == 0
    assert json.loads(bilan(capsys, short.root, "bobine-inventee", "--json"))["shows"]["planned"] == 4


@pytest.mark.parametrize("words", ["2016-2017", "2017-2019", "demain", "0", "-1", "9999999999"])
def test_a_season_that_is_none_is_refused_in_french(
    short: Workspace, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    assert main(["--atelier", str(short.root), "bilan", "--", words]) == 1
    assert f"« {words} » n'est pas une saison" in capsys.readouterr().err.replace("\u00a0", " ")


def test_nobody_is_named_in_what_leaves_the_house(short: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    named, nameless = bilan(capsys, short.root), bilan(capsys, short.root, "--anonyme")
    told = nameless + bilan(capsys, short.root, "--anonyme", "--json")
    for name in ("Samira Benhaddou", "Claire Dumollard", "Fanfare"):
        assert name not in told
    assert "Samira Benhaddou" in named


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[hours]]\nid = "a"\nname = "Ana"\ntask = "board"\nduration = "2 h"\n', "hours[1].date : cette clé manque"),
        ('[[hours]]\nid = "a"\nname = ""\ntask = "board"\nduration = "2 h"\ndate = 2018-01-01\n', "hours[1].name"),
        ('[[hours]]\nid = "a"\nname = "A"\ntask = "board"\nduration = "0"\ndate = 2018-01-01\n', "hours[1].duration"),
        ('[[hours]]\nid = "a"\nname = "A"\ntask = "board"\nduree = "2 h"\ndate = 2018-01-01\n', "« duration »"),
        ("hours = 3\n", "une liste"),
    ],
)
def test_faults_of_hours_are_told_with_their_place(short: Workspace, text: str, fault: str) -> None:
    short.hours_file(short.shows[0]).write_text(text, encoding="utf-8")
    with pytest.raises(PlanError) as told:
        read_other_hours(short, short.shows[0])
    assert fault in str(told.value)


def test_hours_of_a_show_need_no_day(short: Workspace) -> None:
    lines = read_hours(short, short.shows[0], FIRST)
    assert {line.date for line in lines} == {None}
    assert sum(line.duration.total_seconds() for line in lines) == 40 * 3600
