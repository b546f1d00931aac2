"""Several episodes of one day: their folders, what commands call them, their plans and their records."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path

import pytest

from bobine.errors import PlanError, WorkspaceError
from bobine.model.episode import EpisodeType
from bobine.model.episode_day import EpisodeDay, episode_day
from bobine.plan.files.creation import new_episode
from bobine.publish.build import episode_guid
from bobine.publish.layout import episode_page_key, is_key, is_record_key, record_key
from bobine.publish.pages.keys import is_page_key
from bobine.publish.records import decode, encode
from bobine.store.documents.edit_episode import edit_episode
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.history import states
from bobine.store.documents.ideas import edit_ideas, read_ideas
from bobine.store.records.releases import read_releases, write_release
from bobine.store.workspace import Workspace, day_of_folder, open_workspace
from tests.publish.samples import GUID, release
from tests.publish.shelf import NOW
from tests.store.records.test_round_trips import local_release

THURSDAY = date(2026, 11, 26)
BONUS = EpisodeDay(2026, 11, 26, "bonus")
TODAY = date(2026, 11, 20)


@pytest.fixture
def workspace(workspace_root: Path) -> Workspace:
    workspace = open_workspace(workspace_root)
    for day in (BONUS, EpisodeDay(2026, 11, 24, "bande-annonce"), EpisodeDay(2026, 11, 26, "2")):
        new_episode(workspace, workspace.show("fil"), TODAY, day)
    return workspace


def test_they_are_listed_after_the_own_episode_of_their_day(workspace: Workspace) -> None:
    named = [str(day) for day in workspace.episode_dates("fil")]
    assert named == ["2026-11-24-bande-annonce", "2026-11-26", "2026-11-26-2", "2026-11-26-bonus"]
    assert workspace.folder("fil", BONUS).reference == "fil/2026-11-26-bonus"
    assert workspace.folder("fil", BONUS).plan.parent.name == "2026-11-26-bonus"


@pytest.mark.parametrize(
    ("reference", "named"),
    [
        ("2026-11-26", THURSDAY),
        ("2026-11-26-bonus", BONUS),
        ("fil/2026-11-26-bonus", BONUS),
        ("episodes/fil/2026-11-26-bonus/", BONUS),
        ("26/11/2026-bonus", BONUS),
        ("26/11-Bonus", BONUS),
        ("jeudi 26 novembre bonus", BONUS),
        ("26-11-2", EpisodeDay(2026, 11, 26, "2")),
        ("2026-11-24-bande-annonce", EpisodeDay(2026, 11, 24, "bande-annonce")),
        ("prochaine", THURSDAY),
        ("derniere", None),
        ("2026-11-26-autre", None),
        ("2026-11-26-..", None),
    ],
)
def test_commands_call_them_by_day_and_suffix(workspace: Workspace, reference: str, named: date | None) -> None:
    if named is None:
        with pytest.raises(WorkspaceError):
            workspace.resolve(reference, TODAY)
    else:
        assert workspace.resolve(reference, TODAY)[1] == named


def test_the_last_show_is_never_a_bonus(workspace: Workspace) -> None:
    assert workspace.resolve("derniere", date(2026, 11, 27))[1] == THURSDAY


@pytest.mark.parametrize("name", ["2026-11-26-Bonus", "2026-11-26 bonus", "2026-11-26-", "1026-11-26-bonus", "bonus"])
def test_other_folders_are_no_episodes(name: str) -> None:
    assert day_of_folder(name) is None


def test_a_bonus_has_no_slot_and_no_number_of_its_own(workspace: Workspace) -> None:
    show = workspace.show("fil")
    own, bonus = read_episode(workspace, show, THURSDAY), read_episode(workspace, show, BONUS)
    second = read_episode(workspace, show, EpisodeDay(2026, 11, 26, "2"))
    trailer = read_episode(workspace, show, EpisodeDay(2026, 11, 24, "bande-annonce"))
    kinds = [(one.kind, one.in_slot) for one in (own, bonus, second, trailer)]
    assert kinds == [
        (EpisodeType.FULL, True), (EpisodeType.BONUS, False), (EpisodeType.FULL, False), (EpisodeType.TRAILER, False)
    ]  # fmt: skip
    assert (bonus.number, second.number) == (own.number, own.number + 1)
    assert bonus.title == "Bonus du jeudi 26 novembre 2026"
    assert second.title == "Émission du jeudi 26 novembre 2026 (2)"
    assert bonus.items == ()
    start, end = show.bounds(bonus)
    assert (f"{start:%Y-%m-%d %H:%M}", end - start) == ("2026-11-26 00:00", bonus.planned_total)
    assert show.bounds(own) == show.slot.bounds(THURSDAY)
    with pytest.raises(WorkspaceError, match="existe déjà"):
        new_episode(workspace, show, TODAY, BONUS)
    assert show.next_free_day(TODAY, frozenset({BONUS})) == THURSDAY, "a bonus takes no slot"


def test_its_plan_is_edited_and_kept_apart(workspace: Workspace) -> None:
    show = workspace.show("fil")
    before = workspace.folder(show, THURSDAY).plan.read_bytes()
    edit_episode(workspace, show, BONUS, lambda one: dataclasses.replace(one, title="La suite"), NOW)
    assert read_episode(workspace, show, BONUS).title == "La suite"
    assert len(states(workspace.folder(show, BONUS))) == 2
    assert workspace.folder(show, THURSDAY).plan.read_bytes() == before
    plan = workspace.folder(show, BONUS).plan
    plan.write_text(plan.read_text("utf-8").replace("date = 2026-11-26", "date = 2026-11-27"), "utf-8")
    with pytest.raises(PlanError, match="2026-11-26 était attendu"):
        read_episode(workspace, show, BONUS)


def test_an_idea_is_planned_for_one_of_a_days_episodes(workspace: Workspace) -> None:
    from bobine.plan.season.ideas import new_idea, plan_idea

    show = workspace.show("fil")
    ideas = tuple(plan_idea(new_idea(f"Idée {day}", "Nadia", TODAY, ()), day) for day in (BONUS,))
    edit_ideas(workspace, show, lambda _: ideas)
    assert read_ideas(workspace, show) == ideas
    assert 'planned_for = "2026-11-26-bonus"' in workspace.ideas_file(show).read_text("utf-8")


def test_records_say_which_and_those_of_before_keep_their_bytes(workspace: Workspace) -> None:
    plain, bonus = release(), release(date=BONUS, kind=EpisodeType.BONUS)
    for one in (plain, bonus):
        assert decode(encode(one), "fiche") == one
    assert json.loads(encode(plain))["date"] == "2026-11-26"
    assert json.loads(encode(bonus))["date"] == "2026-11-26-bonus"
    path = workspace.folder("fil", BONUS).release
    noted = dataclasses.replace(local_release("local"), release=bonus)
    write_release(path, noted)
    assert read_releases(path) == {"local": noted}


def test_keys_and_guids_are_their_own_and_those_of_before_stay() -> None:
    assert record_key("fil", THURSDAY) == "fil/releases/2026-11-26.json"
    assert record_key("fil", BONUS) == "fil/releases/2026-11-26-bonus.json"
    assert episode_page_key("fil", BONUS) == "fil/2026-11-26-bonus/index.html"
    for day in (THURSDAY, BONUS, episode_day(THURSDAY, "a" * 24)):
        assert is_key(record_key("fil", day))
        assert is_record_key(record_key("fil", day))
        assert is_page_key(episode_page_key("fil", day))
    for key in ("fil/releases/2026-11-26-.json", "fil/releases/2026-11-26-A.json", "fil/releases/2026-11-26-a--b.json"):
        assert not is_record_key(key)
    assert episode_guid(GUID, THURSDAY) == "2a584084-f6d3-5479-9cac-327a80c75f7b"
    assert episode_guid(GUID, BONUS) != episode_guid(GUID, THURSDAY)
