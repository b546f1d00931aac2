"""A release held until its instant: in no feed and on no page before, let out by whoever publishes after it."""

from __future__ import annotations

import dataclasses
import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import podcastparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import PlanError, PublishError
from bobine.evening.online.going_out import refuse_before_air
from bobine.evening.online.letting_out import held_until, moment_words
from bobine.model.episode import Episode
from bobine.model.published.release import Release
from bobine.model.written.moments import parse_moment
from bobine.publish.destinations.store import Store
from bobine.publish.instants import let_out
from bobine.publish.layout import feed_key, record_key
from bobine.publish.outgoing.letting_out import bring_up_to_date
from bobine.publish.pages.online import OnlinePages
from bobine.publish.records import decode, settled
from bobine.publish.release import Outcome, publish
from bobine.store.documents.edit_episode import edit_episode
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace
from tests.conftest import ATELIER
from tests.publish.samples import SHOW, release
from tests.publish.shelf import NOW, SLUG, episode, week_of
from tests.publish.stores import opened_folder, real_feed

PARIS = ZoneInfo("Europe/Paris")
DUE = NOW + timedelta(days=3)


def put(
    store: Store, folder: Path, week: int, now: datetime, held: datetime | None = None, *, text: str = "un"
) -> Outcome:
    made, files = episode(folder, week, text=text, now=min(now, NOW))
    made = dataclasses.replace(made, held_until=held, updated=now)
    pages = OnlinePages(store, SHOW, made.date)
    return publish(store, SHOW, made, files, real_feed, now, pages=pages)


def heard(store: Store) -> dict[str, str]:
    """The title and date of each item, as two parsers read them."""
    found = store.fetch(feed_key(SLUG))
    assert found is not None
    read = feedparser.parse(found.content)
    assert not read.bozo
    other = podcastparser.parse("x", io.BytesIO(found.content))
    assert {one["title"] for one in other["episodes"]} == {one.title for one in read.entries}
    return {one.title.split(",")[0]: one.published for one in read.entries}


def recorded(store: Store, week: int) -> Release:
    found = store.fetch(record_key(SLUG, week_of(week)))
    assert found is not None
    return decode(found.content, "fiche")


def test_it_waits_with_its_sound_sent_and_any_publication_lets_it_out(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    put(store, tmp_path, 0, NOW)
    outcome = put(store, tmp_path, 1, NOW, DUE)
    assert heard(store).keys() == {"Semaine 0"}
    assert store.head(outcome.release.audio[0].file.key) is not None
    assert store.head(f"{SLUG}/{week_of(1)}/index.html") is None, "its page waits as well"
    assert outcome.release.held_until == DUE
    again = put(store, tmp_path, 1, NOW + timedelta(hours=1), DUE)
    assert again.uploaded == ()
    early = put(store, tmp_path, 2, DUE - timedelta(seconds=1))
    assert heard(store).keys() == {"Semaine 0", "Semaine 2"}
    assert early.releases == ()
    late = put(store, tmp_path, 3, DUE + timedelta(hours=1))
    assert heard(store).keys() == {f"Semaine {week}" for week in range(4)}
    assert heard(store)["Semaine 1"] == DUE.strftime("%a, %d %b %Y %H:%M:%S +0000").replace("+0000", "GMT")
    assert [one.date for one in late.releases] == [week_of(1)]
    assert any("attendait cette date" in one for one in late.warnings)
    assert store.head(f"{SLUG}/{week_of(1)}/index.html") is not None
    assert recorded(store, 1).held_until is None


def test_it_is_let_out_alone_and_twice_changes_nothing(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    put(store, tmp_path, 0, NOW)
    put(store, tmp_path, 1, NOW, DUE)
    before = bring_up_to_date(store, SHOW, [week_of(1)], {}, real_feed, DUE - timedelta(hours=1))
    assert before.uploaded == ()
    after = bring_up_to_date(store, SHOW, [week_of(1)], {}, real_feed, DUE)
    assert feed_key(SLUG) in after.uploaded
    assert heard(store).keys() == {"Semaine 0", "Semaine 1"}
    assert bring_up_to_date(store, SHOW, [week_of(1)], {}, real_feed, DUE + timedelta(days=1)).uploaded == ()
    with pytest.raises(PublishError, match="il manque la fiche"):
        bring_up_to_date(store, SHOW, [week_of(9)], {}, real_feed, DUE)


def test_what_is_out_waits_no_more_and_what_waits_may_come_sooner_or_later(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    put(store, tmp_path, 0, NOW)
    put(store, tmp_path, 0, NOW + timedelta(hours=1), DUE)
    assert heard(store).keys() == {"Semaine 0"}, "listeners have it"
    put(store, tmp_path, 1, NOW, DUE)
    put(store, tmp_path, 1, NOW, DUE + timedelta(days=7))
    put(store, tmp_path, 2, DUE + timedelta(days=1))
    assert "Semaine 1" not in heard(store)
    at_last = DUE + timedelta(days=2)
    assert put(store, tmp_path, 1, at_last).release.published == at_last, "apps see it as new"
    assert "Semaine 1" in heard(store)


INSTANTS = st.integers(-(10**6), 10**6).map(lambda seconds: NOW + timedelta(seconds=seconds))


@given(INSTANTS, st.none() | INSTANTS, INSTANTS)
def test_no_date_that_listeners_see_is_to_come(published: datetime, held: datetime | None, now: datetime) -> None:
    online = release(published=min(published, now), updated=min(published, now), held_until=held)
    told = let_out(online, now)
    assert (told.held_until is None) == (held is None or held <= now)
    if told.held_until is None:
        assert max(told.published, told.updated) <= now
    assert let_out(told, now) == told
    again = settled(release(held_until=None, updated=now), online, now)
    assert again.held_until is None
    assert again.published <= now


def test_a_date_to_come_allows_to_publish_before_air() -> None:
    plan = Episode(show="fil", date=date(2026, 11, 26), season=8, number=7, title="t")
    now, slot = datetime(2026, 11, 26, 12, tzinfo=PARIS), datetime(2026, 11, 26, 18, tzinfo=PARIS)
    for too_early in (None, slot - timedelta(seconds=1)):
        with pytest.raises(PublishError, match="pas encore passée"):
            refuse_before_air(SHOW, plan, now, too_early)
    refuse_before_air(SHOW, plan, now, slot)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("27/11/2026", "2026-11-27T00:00:00+01:00"),
        ("27/11 8h", "2026-11-27T08:00:00+01:00"),
        ("27 nov. 2026 à 8 h 30", "2026-11-27T08:30:00+01:00"),
        ("vendredi 27 novembre à 18h", "2026-11-27T18:00:00+01:00"),
        ("2026-11-27T08:30", "2026-11-27T08:30:00+01:00"),
        ("2026-11-27 08:30", "2026-11-27T08:30:00+01:00"),
        ("1er juillet 2026 8h", "2026-07-01T08:00:00+02:00"),
        ("25/10/2026 2h30", "2026-10-25T02:30:00+02:00"),  # comes twice: the first
    ],
)
def test_people_write_it_in_many_ways(text: str, told: str) -> None:
    assert parse_moment(text, date(2026, 11, 20), PARIS).isoformat() == told


@pytest.mark.parametrize(
    "text", ["", "demain", "27/11 25h", "27/11 8h61", "jeudi 27 novembre 2026 8h", "8h", "31/11 8h"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_moment(text, date(2026, 11, 20), PARIS)


def test_a_plan_holds_it_in_the_zone_of_the_slot(tmp_path: Path) -> None:
    day = date(2026, 11, 26)
    plan = tmp_path / "episodes" / SLUG / str(day) / "episode.toml"
    plan.parent.mkdir(parents=True)
    (tmp_path / "shows.toml").write_bytes((ATELIER / "shows.toml").read_bytes())
    text = (ATELIER / "episodes" / SLUG / str(day) / "episode.toml").read_text("utf-8")
    bare = re.sub(r"(?m)^(file|cover) = .*\n", "", text)
    plan.write_text(re.sub(r"(?m)^(number = .*)$", r"\1\nrelease_at = 2026-11-27T08:30:00", bare), "utf-8")
    workspace = open_workspace(tmp_path)
    show = workspace.show(SLUG)
    read = read_episode(workspace, show, day)
    assert held_until(read, NOW) == datetime(2026, 11, 27, 7, 30, tzinfo=UTC)
    assert held_until(read, DUE) is None
    assert read.release_at is not None
    assert moment_words(show, read.release_at) == "vendredi 27 novembre 2026 à 8 h 30"
    later = datetime(2026, 7, 1, 8, tzinfo=PARIS)
    edit_episode(workspace, show, day, lambda one: dataclasses.replace(one, release_at=later), NOW)
    assert "release_at = 2026-07-01T08:00:00+02:00" in plan.read_text("utf-8")
    plan.write_text(plan.read_text("utf-8").replace("2026-07-01T08:00:00+02:00", "2026-07-01"), "utf-8")
    with pytest.raises(PlanError, match="un instant comme"):
        read_episode(workspace, show, day)
