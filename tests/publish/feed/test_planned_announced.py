"""Planning a show announces its live item, apart, and only where there is a feed to announce it in."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bobine.evening.online import live_item as live
from bobine.evening.online.letting_out import due_days, note_let_out
from bobine.model.destination import FolderDestination
from bobine.model.episode_day import EpisodeDay
from bobine.model.published.release import LocalRelease, ReleaseStatus
from bobine.publish.instants import let_out
from bobine.store.records.releases import read_releases, write_release
from bobine.store.workspace import Workspace
from tests.publish.samples import DAY, SHOW, release

LIVE = dataclasses.replace(SHOW, station=dataclasses.replace(SHOW.station, stream="https://direct.exemple/mega.mp3"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace(root=tmp_path, shows=(LIVE,), destinations=(FolderDestination(name="local"),))
    for day in (DAY, DAY + timedelta(weeks=1)):
        plan = workspace.folder(SHOW, day).plan
        plan.parent.mkdir(parents=True)
        plan.write_text(f'date = {day}\nseason = 8\nnumber = 7\ntitle = "T"\n', encoding="utf-8")
    return workspace


def note(workspace: Workspace, held: datetime | None = None) -> None:
    noted = LocalRelease(
        destination="local", feed_url="http://localhost:8470/f", status=ReleaseStatus.ONLINE,
        release=release(held_until=held),
    )  # fmt: skip
    write_release(workspace.folder(SHOW, DAY).release, noted)


def test_it_is_announced_once_there_is_a_feed(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(live, "Apart", lambda command, _log: started.append(command))
    coming = DAY + timedelta(weeks=1)
    assert not live.announce_planned(workspace, LIVE, coming), "nothing was published yet"
    note(workspace)
    assert not live.announce_planned(workspace, SHOW, coming), "no stream"
    assert not live.announce_planned(workspace, LIVE, EpisodeDay(2026, 12, 3, "bonus")), "no slot"
    assert started == []
    assert live.announce_planned(workspace, LIVE, coming)
    assert [command[-2:] for command in started] == [[f"{SHOW.slug}/{coming}", "--direct"]]


def test_what_is_held_here_is_known_to_be_due_until_it_is_noted(workspace: Workspace) -> None:
    due = release().published + timedelta(days=1)
    note(workspace, due)
    later = due + timedelta(seconds=1)

    def days(now: datetime) -> tuple[date, ...]:
        return due_days(workspace, SHOW, "local", now)

    assert (days(due - timedelta(seconds=1)), days(later)) == ((), (DAY,))
    assert not read_releases(workspace.folder(SHOW, DAY).release)["local"].is_out
    note_let_out(workspace, SHOW, "local", [let_out(release(held_until=due), later)])
    assert days(later) == ()
    assert read_releases(workspace.folder(SHOW, DAY).release)["local"].is_out
