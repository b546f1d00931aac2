"""Two episodes of a season with one number: told, and refused at publication."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bobine.cli import main
from bobine.errors import PublishError
from bobine.evening.online.going_out import refuse_same_number
from bobine.model.episode import Episode, EpisodeType
from bobine.model.published.release import LocalRelease, ReleaseStatus
from bobine.plan.season.numbers import same_numbers
from bobine.store.documents.edit_episode import edit_episode
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import Workspace, open_workspace
from tests.publish.samples import release

NOW = datetime(2026, 11, 20).astimezone()


def planned(week: int, number: int, season: int = 8, kind: EpisodeType = EpisodeType.FULL) -> Episode:
    day = date(2026, 11, 26) + timedelta(weeks=week)
    return Episode(show="fil", date=day, season=season, number=number, title=f"Semaine {week}", kind=kind)


def test_only_full_episodes_of_one_season_share_a_number() -> None:
    bonus = planned(2, 7, kind=EpisodeType.BONUS)
    assert same_numbers([planned(0, 7), planned(1, 8), bonus, planned(3, 7, season=9)]) == ()
    first, second, third = planned(0, 7), planned(1, 7), planned(2, 7)
    assert same_numbers([third, first, second]) == ((first, second), (first, third))


@pytest.fixture
def workspace(workspace_root: Path) -> Workspace:
    workspace = open_workspace(workspace_root)
    text = workspace.folder("fil", date(2026, 11, 26)).plan.read_text("utf-8")
    other = workspace.folder("fil", date(2026, 12, 3)).plan
    other.parent.mkdir()
    other.write_text(text.replace("2026-11-26", "2026-12-03"), encoding="utf-8")
    return workspace


def test_publishing_names_both_and_a_correction_goes_on(workspace: Workspace) -> None:
    show = workspace.show("fil")
    first, second = (read_episode(workspace, show, day) for day in workspace.episode_dates(show))
    with pytest.raises(PublishError, match=r"fil/2026-11-26.* et .*fil/2026-12-03.* le même numéro"):
        refuse_same_number(workspace, show, second, None)
    out = release(season=second.season, number=second.number)
    noted = LocalRelease(destination="local", feed_url="", status=ReleaseStatus.ONLINE, release=out)
    refuse_same_number(workspace, show, second, noted)
    moved = edit_episode(workspace, show, first.date, lambda one: dataclasses.replace(one, number=99), NOW)
    assert moved.number == 99
    refuse_same_number(workspace, show, second, None)


def test_verifier_names_both(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--atelier", str(workspace.root), "verifier"]) == 1
    told = capsys.readouterr().out.replace("\n", " ")
    assert "fil/2026-11-26" in told
    assert "ont le même numéro" in told
