from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bobine.demo.season import make_season
from bobine.demo.season_plans import FEWEST_ITEMS
from bobine.errors import PlanError
from bobine.model.people import Consent
from bobine.plan.readiness.report import LackKind
from bobine.plan.season.calendar import DayState, season_shown
from bobine.store.documents.ideas import read_ideas
from bobine.store.documents.team import read_team
from bobine.store.records.recordings import read_as_run
from bobine.store.records.releases import read_releases
from bobine.store.workspace import Workspace, open_workspace
from tests.conftest import ATELIER
from tests.seasons import read_days

SHOWS = (ATELIER / "shows.toml").read_text(encoding="utf-8")
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_season(tmp_path_factory.mktemp("season"), SHOWS, TODAY, 40)


def test_forty_shows_are_in_one_season_week_after_week(season: Workspace) -> None:
    show = season.shows[0]
    days = season.episode_dates(show)
    assert len(days) == 40
    assert days[0] == date(2026, 10, 1)
    assert {after - before for before, after in pairwise(days)} == {timedelta(weeks=1)}
    found = read_days(season, show, season_shown(show.season, TODAY))
    assert list(found) == list(days)
    assert [facts.fault for facts in found.values()] == [""] * 40
    episodes = [facts.episode for facts in found.values() if facts.episode is not None]
    assert [episode.number for episode in episodes] == list(range(1, 41))
    assert {len(episode.items) for episode in episodes} == {18}
    assert len({episode.title for episode in episodes[:11]}) == 11


def test_past_shows_are_online_the_last_ones_recorded_and_the_next_one_ready(season: Workspace) -> None:
    found = [facts.state for facts in read_days(season, season.shows[0], 8).values()]
    assert found[:9] == [DayState.ONLINE] * 6 + [DayState.RECORDED] * 2 + [DayState.READY]
    assert Counter(found[9:]) == {DayState.IN_PREPARATION: 27, DayState.READY: 4}


def test_what_lacks_differs_from_show_to_show(season: Workspace) -> None:
    facts = list(read_days(season, season.shows[0], 8).values())[8:15]
    assert [sorted({lack.kind for lack in one.lacks}) for one in facts] == [
        [], [LackKind.CONFIRMATION], [LackKind.GAP], [LackKind.RIGHTS], [LackKind.TECHNICIAN], [LackKind.GAP],
        [LackKind.CONSENT],
    ]  # fmt: skip
    assert [one.gap for one in facts if one.gap] == [timedelta(seconds=-150), timedelta(seconds=150)]


def test_what_was_recorded_and_released_is_what_was_planned(season: Workspace) -> None:
    show = season.shows[0]
    found = read_days(season, show, 8)
    for day in list(found)[:8]:
        episode = found[day].episode
        assert episode is not None
        as_run = read_as_run(season.folder(show, day).as_run)
        assert [item.id for item in as_run.items] == [item.id for item in episode.counted_items]
        lengths = [timedelta(seconds=(item.end - item.start) / as_run.recording.rate) for item in as_run.items]
        assert lengths == [item.duration for item in episode.counted_items]
    released = read_releases(season.folder(show, date(2026, 10, 1)).release)
    assert released["local"].release.number == 1
    assert released["local"].release.published.isoformat() == "2026-10-01T19:55:00+02:00"


def test_the_team_and_the_ideas_are_there(season: Workspace) -> None:
    show = season.shows[0]
    assert len(read_team(season, show)) == 13
    ideas = read_ideas(season, show)
    assert Counter(idea.status.value for idea in ideas) == {"open": 8, "planned": 3, "set-aside": 1}
    assert {idea.planned_for for idea in ideas} < {None, *season.episode_dates(show)}


@pytest.mark.parametrize("items", [FEWEST_ITEMS, 7, 40, 200])
def test_a_rundown_has_as_many_items_as_wanted_and_fills_its_slot(tmp_path: Path, items: int) -> None:
    workspace = make_season(tmp_path, SHOWS, date(2026, 10, 1), 7, items=items)
    found = list(read_days(workspace, workspace.shows[0], 8).values())
    assert {len(facts.episode.items) for facts in found if facts.episode is not None} == {items}
    assert found[0].state is DayState.READY
    assert found[3].lacks[0].kind is LackKind.RIGHTS


def test_minors_are_signed_for(season: Workspace) -> None:
    found = read_days(season, season.shows[0], 8).values()
    people = [person for facts in found if facts.episode is not None for person in facts.episode.people]
    minors = [person for person in people if person.minor]
    assert minors
    assert all(person.representative for person in minors if person.consent is Consent.SIGNED)


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    def content(name: str, seed: int) -> dict[str, bytes]:
        root = tmp_path / name
        make_season(root, SHOWS, TODAY, 10, seed=seed)
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.toml")}

    first = content("one", 1)
    assert first == content("two", 1)
    assert first != content("three", 2)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 10, 1), date(2026, 10, 1)),
        (date(2027, 7, 29), date(2026, 10, 1)),
        (date(2027, 7, 30), date(2027, 10, 7)),
        (date(2027, 9, 30), date(2027, 10, 7)),
    ],
)
def test_between_two_seasons_it_is_the_next(tmp_path: Path, today: date, first: date) -> None:
    workspace = make_season(tmp_path, SHOWS, today, 1)
    assert workspace.episode_dates(workspace.shows[0]) == (first,)


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="in a season of 44 days"):
        make_season(tmp_path, SHOWS, TODAY, 45)
    with pytest.raises(ValueError, match="5 items"):
        make_season(tmp_path, SHOWS, TODAY, 1, items=5)
    with pytest.raises(ValueError, match="do not fit"):
        make_season(tmp_path, SHOWS, TODAY, 1, items=4000)
    with pytest.raises(PlanError):
        make_season(tmp_path, "[shows.a]\n", TODAY, 1)


def test_another_show_without_chroniques_can_have_one(tmp_path: Path) -> None:
    from bobine.plan.files.new_file import shows_text

    workspace = make_season(tmp_path, shows_text("Ma radio", TODAY), TODAY, 12)
    show = open_workspace(tmp_path).shows[0]
    found = read_days(workspace, show, show.season.number(TODAY))
    assert len(found) == 12
    assert {facts.fault for facts in found.values()} == {""}
