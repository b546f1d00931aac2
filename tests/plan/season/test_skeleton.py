"""What a new episode starts from: the template, and what is due."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.show import Show
from bobine.plan.files.creation import new_episode
from bobine.plan.season.skeleton import USUAL_DURATION, closing_place, starting_items
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import Workspace, open_workspace
from tests.conftest import ATELIER

TODAY = date(2026, 11, 27)
DAY = date(2026, 12, 3)
NEVER_HEARD = ["rock", "politique-internationale", "questions-de-genre", "poubelle-cherie"]


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    shutil.copy(ATELIER / "shows.toml", tmp_path)
    shutil.copytree(ATELIER / "episodes", tmp_path / "episodes", ignore=shutil.ignore_patterns("recording", "master"))
    return open_workspace(tmp_path)


@pytest.fixture
def show(own: Workspace) -> Show:
    return own.show("bobine-romanaise")


@pytest.fixture
def example(own: Workspace, show: Show) -> Episode:
    return read_episode(own, show, date(2026, 11, 26))


def test_what_is_due_stands_in_reserve_before_the_closing_items(show: Show, example: Episode) -> None:
    items = starting_items(show, [example], DAY)
    assert [item.id for item in items if item.standby] == NEVER_HEARD
    assert [item.id for item in items[-6:]] == [*NEVER_HEARD, "remerciements", "generique-de-fin"]
    assert all(item.droppable and item.notes for item in items if item.standby)
    assert sum((item.duration for item in items if not item.standby), timedelta()) == timedelta(minutes=55)
    assert items[-6].duration == timedelta(minutes=4, seconds=30)


def test_the_template_stays_but_for_the_numbers_of_its_serials(show: Show, example: Episode) -> None:
    kept = [item for item in starting_items(show, [example], DAY) if not item.standby]
    assert [item.instalment for item in kept if item.kind is ItemKind.SERIAL] == [8]
    assert [replace(item, instalment=None) for item in kept] == list(show.template)
    assert starting_items(show, [], DAY)[7].instalment == 1


def test_a_due_serial_that_the_template_does_not_hold_is_suggested_with_its_number(
    show: Show, example: Episode
) -> None:
    bare = replace(show, template=tuple(item for item in show.template if item.chronique != "pedro-l-avocat"))
    (pedro,) = [item for item in starting_items(bare, [example], DAY) if item.chronique == "pedro-l-avocat"]
    assert (pedro.kind, pedro.instalment, pedro.standby) == (ItemKind.SERIAL, 8, True)


def test_ids_stay_unique_and_a_duration_is_always_there(show: Show) -> None:
    chronique = replace(show.chroniques[0], id="accueil", duration=None)
    items = starting_items(replace(show, chroniques=(chronique,)), [], DAY)
    assert len({item.id for item in items}) == len(items)
    (suggested,) = [item for item in items if item.standby]
    assert (suggested.id, suggested.chronique, suggested.duration) == ("accueil-2", "accueil", USUAL_DURATION)


def test_where_the_closing_items_begin(show: Show) -> None:
    def rundown(*kinds: ItemKind) -> list[Item]:
        return [Item(id=str(n), title="x", kind=kind, duration=timedelta(minutes=1)) for n, kind in enumerate(kinds)]

    talk, song, end = ItemKind.TALK, ItemKind.MUSIC, ItemKind.CLOSING_THEME
    assert closing_place(rundown()) == 0
    assert closing_place(rundown(talk, song)) == 2
    assert closing_place(rundown(talk, song, end)) == 2
    assert closing_place(rundown(song, talk, end)) == 1
    assert closing_place(rundown(talk, end)) == 1
    assert closing_place(rundown(end)) == 0
    assert closing_place(show.template) == 16


def test_a_created_episode_holds_them_and_reads_back(own: Workspace, show: Show) -> None:
    new_episode(own, show, TODAY)
    made = read_episode(own, show, DAY)
    assert [item.id for item in made.items if item.standby] == NEVER_HEARD
    assert made.planned_total == timedelta(minutes=55)
    assert next(item.instalment for item in made.items if item.kind is ItemKind.SERIAL) == 8
    new_episode(own, show, TODAY)
    after = read_episode(own, show, date(2026, 12, 10))
    assert [item.id for item in after.items if item.standby] == NEVER_HEARD
    assert next(item.instalment for item in after.items if item.kind is ItemKind.SERIAL) == 9
