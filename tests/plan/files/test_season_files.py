"""The season as it is found on the disk."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bobine.plan.files.creation import new_episode
from bobine.plan.files.season_files import read_day
from bobine.plan.season.calendar import DayState, season_days
from bobine.store.workspace import Workspace, open_workspace
from tests.conftest import ATELIER
from tests.seasons import read_days

DAY = date(2026, 11, 26)
NEXT = date(2026, 12, 3)


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    shutil.copy(ATELIER / "shows.toml", tmp_path)
    shutil.copytree(ATELIER / "episodes", tmp_path / "episodes", ignore=shutil.ignore_patterns("recording", "master"))
    return open_workspace(tmp_path)


def test_the_season_of_the_repository(own: Workspace) -> None:
    show = own.shows[0]
    new_episode(own, show, DAY)
    days = season_days(show, read_days(own, show, 8), 8, DAY)
    states = {day.date: day.state for day in days if day.facts}
    assert states == {DAY: DayState.READY, NEXT: DayState.IN_PREPARATION}
    assert {day.date: day.hosts for day in days if day.hosts} == {DAY: ("Samira Benhaddou",)}
    assert read_days(own, show, 7) == {}


def test_a_sound_that_is_not_there_and_a_recording(own: Workspace) -> None:
    folder = own.folder(own.shows[0], DAY)
    text = folder.plan.read_text("utf-8")
    folder.plan.write_text(text.replace('bed = "Tango', 'file = "pad/pedro.mp3"\nbed = "Tango'), encoding="utf-8")
    assert [lack.item for lack in read_day(own, own.shows[0], DAY).lacks] == ["pedro-l-avocat"]
    (folder.path / "pad").mkdir()
    (folder.path / "pad/pedro.mp3").touch()
    assert read_day(own, own.shows[0], DAY).state is DayState.READY
    folder.recording.mkdir()
    folder.as_run.touch()
    assert read_day(own, own.shows[0], DAY).state is DayState.RECORDED


def test_a_broken_plan_is_a_fact_of_its_day(own: Workspace) -> None:
    folder = own.folder(own.shows[0], DAY)
    folder.plan.write_text(folder.plan.read_text("utf-8").replace("number = 7", "number = 0"), encoding="utf-8")
    facts = read_day(own, own.shows[0], DAY)
    assert (facts.episode, facts.gap, facts.state) == (None, None, DayState.IN_PREPARATION)
    assert "ligne 8" in facts.fault


def test_what_is_online_is_read_from_the_release(own: Workspace) -> None:
    folder = own.folder(own.shows[0], DAY)
    folder.release.write_text("[destinations]\nx = 3\n", encoding="utf-8")
    assert "release.toml" in read_day(own, own.shows[0], DAY).fault
