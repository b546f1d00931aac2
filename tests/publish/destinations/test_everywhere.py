"""Several destinations: who founds the identity, one that fails, the date of what comes later."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bobine.errors import MasterError, PublishError
from bobine.evening.online.destinations import Failure, at_each, destinations_of, founder_of
from bobine.evening.online.going_out import first_online
from bobine.model.destination import Destination, FolderDestination
from bobine.model.published.release import LocalRelease, ReleaseStatus
from bobine.model.show import Show
from bobine.publish.destinations.limits import UNGUARDED, limits_of
from bobine.publish.destinations.opening import open_store
from bobine.publish.feed.identity import podcast_guid
from bobine.publish.feed.write import feed_guid
from bobine.store.workspace import Workspace
from bobine.tui.online.rows import OnlineEpisode, about, online_rows
from tests.publish.samples import DAY, SHOW, release

PUBLIC = {"site": "https://radio.example/", "nuage": "https://nuage.example/", "local": "http://localhost:8470/"}


def show_of(*names: str) -> Show:
    podcast = dataclasses.replace(SHOW.podcast, guid="", destination=names[0], mirrors=names[1:])
    return dataclasses.replace(SHOW, podcast=podcast)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = (FolderDestination(name=name, path=name, public_url=address) for name, address in PUBLIC.items())
    return Workspace(root=tmp_path, shows=(), destinations=tuple(made))


@pytest.mark.parametrize(
    ("names", "at", "founder"),
    [
        (("site", "nuage"), "site", "site"),
        (("site", "nuage"), "nuage", "site"),
        (("local", "nuage", "site"), "local", "nuage"),
        (("local", "nuage"), "nuage", "nuage"),
        (("local",), "local", "local"),
        (("site",), "nuage", "nuage"),
    ],
)
def test_the_first_that_others_can_reach_founds_the_identity(
    workspace: Workspace, names: tuple[str, ...], at: str, founder: str
) -> None:
    show, destination = show_of(*names), workspace.destination(at)
    found = founder_of(workspace, show, destination)
    assert found.name == founder
    guid = podcast_guid(show, open_store(destination, workspace.root), found.public_url)
    assert guid == feed_guid(f"{PUBLIC[founder]}{show.slug}/feed.xml")


def test_one_that_fails_does_not_stop_the_others(workspace: Workspace) -> None:
    asked: list[str] = []

    def work(destination: Destination) -> int:
        asked.append(destination.name)
        if destination.name == "nuage":
            raise PublishError("Plus de place.")
        return len(asked)

    at = at_each(destinations_of(workspace, show_of("site", "nuage", "local")), work)
    assert asked == ["site", "nuage", "local"]
    assert at.done == {"site": 1, "local": 3}
    assert at.failures == (Failure("nuage", "Plus de place."),)


def test_where_all_fail_each_reason_is_told_once(workspace: Workspace) -> None:
    destinations = destinations_of(workspace, show_of("site", "nuage", "local"))

    def no_master(_destination: Destination) -> None:
        raise MasterError("Montez d'abord.")

    with pytest.raises(MasterError, match=r"^Montez d'abord\.$"):
        at_each(destinations, no_master)

    def unreachable(destination: Destination) -> None:
        raise PublishError(f"{destination.name} est injoignable.")

    with pytest.raises(PublishError) as caught:
        at_each(destinations, unreachable)
    assert str(caught.value).splitlines() == [f"{name} est injoignable." for name in ("site", "nuage", "local")]


def test_a_mirror_that_comes_later_has_the_date_of_the_first() -> None:
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    dates = [now - timedelta(days=days) for days in (3, 1)]
    noted = [
        LocalRelease(destination=name, feed_url="", status=status, release=release(published=date))
        for name, status, date in zip(
            ("site", "nuage"), (ReleaseStatus.ONLINE, ReleaseStatus.PENDING), dates, strict=True
        )
    ]
    assert first_online(None, now, noted) == dates[0]
    assert first_online(noted[0], now, noted[1:]) == dates[0]
    assert first_online(None, now, noted[1:]) == now


def test_the_screen_says_where_an_episode_is_missing() -> None:
    local = LocalRelease(destination="site", feed_url="", status=ReleaseStatus.ONLINE, release=release())
    one = OnlineEpisode(day=DAY, title="x", releases=(local,), wanted=("site", "nuage"))
    assert one.missing == ("nuage",)
    (row,) = online_rows([one])
    assert "manque vers nuage" in str(row.cells[2])
    assert any("Pas encore vers nuage" in text for text, _ in about(one))
    assert dataclasses.replace(one, wanted=()).missing == ()


def test_a_store_that_ignores_conditions_is_told_of(tmp_path: Path) -> None:
    class Unguarded:
        def enforces_conditions(self) -> bool:
            return False

    assert limits_of(Unguarded()) == (UNGUARDED,)  # type: ignore[arg-type]
    assert limits_of(open_store(FolderDestination(name="local"), tmp_path)) == ()
