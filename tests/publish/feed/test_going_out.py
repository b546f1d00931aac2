"""When an episode may go online and its date; and the live item as a workspace knows it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.state.events import Ended, Taken
from bobine.errors import PublishError
from bobine.evening.online import live_item as live
from bobine.evening.online.going_out import first_online, known_online, refuse_before_air
from bobine.model.destination import FolderDestination
from bobine.model.episode import Episode, EpisodeType, Item, ItemKind
from bobine.model.published.online import PublishedPlan
from bobine.model.published.release import LocalRelease, ReleaseStatus
from bobine.model.show import Show
from bobine.publish.destinations.opening import open_store
from bobine.publish.feed.live_item import LiveStatus
from bobine.publish.feed.online_items import live_items
from bobine.publish.layout import feed_key
from bobine.store.records.releases import write_release
from bobine.store.workspace import Workspace
from tests.publish.samples import DAY, GUID, SHOW, release
from tests.publish.stores import opened_folder, real_feed, released

PARIS = ZoneInfo("Europe/Paris")
BEFORE = datetime(2026, 11, 26, 17, 59, 59, tzinfo=PARIS)
PLAN = Episode(show=SHOW.slug, date=DAY, season=8, number=7, title="La fanfare")
LIVE = dataclasses.replace(
    SHOW,
    station=dataclasses.replace(SHOW.station, stream="https://direct.example/a.mp3"),
    podcast=dataclasses.replace(SHOW.podcast, guid=GUID),
)


def test_before_air_only_a_trailer_or_a_bonus_goes_out() -> None:
    with pytest.raises(PublishError, match=r"jeudi 26 novembre 2026 .*--avant-l-antenne"):
        refuse_before_air(SHOW, PLAN, BEFORE)
    refuse_before_air(SHOW, PLAN, BEFORE + timedelta(seconds=1))
    for kind in (EpisodeType.TRAILER, EpisodeType.BONUS):
        refuse_before_air(SHOW, dataclasses.replace(PLAN, kind=kind), BEFORE - timedelta(days=90))


def noted(published: datetime, status: ReleaseStatus, plan: PublishedPlan | None = None) -> LocalRelease:
    made = release(published=published)
    return LocalRelease(destination="local", feed_url="https://x.example/", status=status, release=made, plan=plan)


def test_the_date_is_the_first_instant_online() -> None:
    now = datetime(2027, 1, 6, 12, 0, 0, 5, tzinfo=UTC)
    late, whole = now - timedelta(days=41), now.replace(microsecond=0)
    assert first_online(None, now) == whole
    assert first_online(noted(late, ReleaseStatus.ONLINE), now) == late
    assert first_online(noted(late, ReleaseStatus.PENDING, PublishedPlan(title="x", season=1, number=1)), now) == late
    assert first_online(noted(late, ReleaseStatus.PENDING), now) == whole
    assert first_online(noted(now - timedelta(hours=3), ReleaseStatus.PENDING), now) == now - timedelta(hours=3)
    assert first_online(noted(now + timedelta(hours=3), ReleaseStatus.ONLINE), now) == whole


def three_weeks(tmp_path: Path, show: Show) -> Workspace:
    """A workspace with three planned episodes."""
    for week in range(3):
        day = DAY + timedelta(weeks=week)
        folder = tmp_path / "episodes" / SHOW.slug / day.isoformat()
        folder.mkdir(parents=True)
        text = f'date = {day}\nseason = 8\nnumber = {7 + week}\ntitle = "Semaine {week}"\n'
        item = '\n[[items]]\nid = "a"\ntitle = "A"\nkind = "talk"\nduration = "55\'00"\n'
        (folder / "episode.toml").write_text(text + item, encoding="utf-8")
    return Workspace(root=tmp_path, shows=(show,), destinations=(FolderDestination(name="local"),))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return three_weeks(tmp_path, LIVE)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)


def told(workspace: Workspace, now: datetime, show: Show = LIVE) -> tuple[LiveStatus, str] | None:
    item = live.item_of_now(workspace, show, "local", GUID, now)
    return None if item is None else (item.status, item.title.rpartition(" : ")[2])


def test_it_follows_the_plans_the_journal_and_what_is_online(workspace: Workspace) -> None:
    folder = workspace.folder(LIVE, DAY)
    assert told(workspace, at(9)) == (LiveStatus.PENDING, "Semaine 0")
    assert told(workspace, at(18, 30)) == (LiveStatus.LIVE, "Semaine 0")
    journal = Journal(folder.path / JOURNAL_FILE)
    item = Item(id="a", title="A", kind=ItemKind.TALK, duration=timedelta(minutes=55))
    journal.append(Taken(at=at(18), position=0, item=item))
    journal.append(Ended(at=at(18, 52)))
    assert told(workspace, at(18, 53)) == (LiveStatus.ENDED, "Semaine 0")
    write_release(folder.release, noted(at(19), ReleaseStatus.ONLINE))
    assert told(workspace, at(19)) == (LiveStatus.PENDING, "Semaine 1")
    assert [one.guid for one in known_online(workspace, LIVE, "local")] == [release().guid]
    assert known_online(workspace, LIVE, "ailleurs") == []


def test_what_cannot_be_read_hides_no_show(workspace: Workspace) -> None:
    folder = workspace.folder(LIVE, DAY)
    folder.plan.write_text("date = ", encoding="utf-8")
    folder.release.write_text("x", encoding="utf-8")
    assert told(workspace, at(18, 30)) == (LiveStatus.LIVE, SHOW.title)
    assert known_online(workspace, LIVE, "local") == []
    assert told(workspace, at(18, 30), SHOW) is None


def test_it_is_followed_from_the_recording_to_the_end_whatever_fails(workspace: Workspace, tmp_path: Path) -> None:
    released(opened_folder(tmp_path), tmp_path / "made", -1, writer=real_feed)
    destination, clock = FolderDestination(name="local", path="feed"), [at(17, 50)]
    store, seen = open_store(destination, tmp_path), []

    def look() -> None:
        (item,) = live_items(Path(store.location(feed_key(SHOW.slug))).read_bytes())
        seen.append((f"{clock[0]:%H:%M}", item.partition(b'status="')[2].partition(b'"')[0].decode()))

    def sleep(seconds: float) -> None:
        look()
        clock[0] += timedelta(seconds=seconds)

    live.follow(workspace, LIVE, (destination,), DAY, lambda: clock[0], sleep)
    look()
    assert seen == [("17:50", "pending"), ("18:00", "live"), ("18:55", "ended")]
    live.follow(workspace, LIVE, (FolderDestination(name="x", path="absent"),), DAY, lambda: clock[0], sleep)


def test_a_follower_of_another_day_does_not_wait(workspace: Workspace) -> None:
    def sleep(_: float) -> None:
        pytest.fail("it waits")

    live.follow(workspace, LIVE, (FolderDestination(name="x", path="absent"),), DAY, lambda: at(5), sleep)


def test_without_a_stream_no_process_is_started(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(live, "Apart", lambda command, _log: started.append(command))
    live.follow_apart(workspace, SHOW, DAY, until_the_end=True)
    assert started == []
    live.follow_apart(workspace, LIVE, DAY, until_the_end=True)
    live.follow_apart(workspace, LIVE, DAY, until_the_end=False)
    assert [command[-2:] for command in started] == [["--direct", "--suivre"], [f"{SHOW.slug}/{DAY}", "--direct"]]
