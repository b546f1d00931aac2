"""Gestures without an application: any rundown that answers them will do."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from textual.screen import Screen

from bobine.model.episode import Episode, Item
from bobine.plan.editing.moves import replace_item
from bobine.plan.people.known_people import KnownPerson
from bobine.tui.documents.desk import Desk
from bobine.tui.rundown.gestures import duration, people, put_back, search, works
from bobine.tui.rundown.learning import Learnt
from tests.plan.episodes import an_episode, an_item


class Sheet:
    """The open form of an item that was taken out elsewhere."""

    editing = True
    gone = True
    item_id = "b"

    def put_back(self, newest: Episode) -> Episode:
        return replace(newest, items=(*newest.items, an_item("b")))

    def drop(self) -> None:
        self.editing = False


class Rundown:
    """A rundown without a screen: its dialogs have their answers before they are opened."""

    day = date(2026, 11, 26)
    known: tuple[KnownPerson, ...] = ()
    learnt = Learnt()

    def __init__(self, episode: Episode, *answers: object) -> None:
        self.episode = episode
        self.answers = [*answers]
        self.sought = ""
        self.open_sheet = Sheet()
        self.meanwhile: Episode | None = None
        self.done: list[str] = []
        self.said: list[str] = []

    @property
    def desk(self) -> Desk:
        raise AssertionError("no file is needed")

    @property
    def item(self) -> Item | None:
        return next(iter(self.episode.items), None)

    async def answer(self, dialog: Screen[Any]) -> Any:
        self.episode = self.meanwhile or self.episode
        return self.answers.pop(0)

    def tell(self, sentence: str, *, warning: bool = False, refused: bool = False) -> None:
        self.said.append(f"{'!' * warning}{'✗' * refused}{sentence}")

    def edit(self, episode: Episode, label: str, *, go: str | None = None) -> None:
        self.episode = episode
        self.done.append(f"{label} → {go}" if go else label)

    def action_next_match(self) -> None:
        self.done.append(f"next {self.sought}")

    def back_to_the_list(self) -> None:
        self.done.append("back")

    def draw(self) -> None:
        self.done.append("drawn")


def test_a_duration_is_asked_for_and_written() -> None:
    rundown = Rundown(an_episode((an_item("a"),)), "3'10")
    asyncio.run(duration.run(rundown))
    assert rundown.episode.items[0].duration == timedelta(minutes=3, seconds=10)
    assert rundown.done == ["« A » : 3'10"]


@pytest.mark.parametrize("gesture", [duration.run, people.run, works.run])
def test_without_an_answer_nothing_is_done(gesture: Any) -> None:
    rundown = Rundown(an_episode((an_item("a"),)), None)
    asyncio.run(gesture(rundown))
    assert (rundown.done, rundown.answers) == ([], [])


def test_what_others_wrote_while_a_dialog_was_open_is_kept() -> None:
    seen = an_episode((an_item("a"), an_item("b")))
    rundown = Rundown(seen, "3'10")
    rundown.meanwhile = replace_item(seen, replace(an_item("b"), title="Autre"))
    asyncio.run(duration.run(rundown))
    assert rundown.episode.items[0].duration == timedelta(minutes=3, seconds=10)
    assert rundown.episode.items[1].title == "Autre"


def test_a_search_goes_to_the_first_match() -> None:
    rundown = Rundown(an_episode((an_item("a"),)), "mot")
    asyncio.run(search.run(rundown))
    assert rundown.done == ["next mot"]


@pytest.mark.parametrize(
    ("answer", "items", "done"),
    [
        ("back", ["a", "b"], ["élément remis avec ce qui était écrit → b", "back", "drawn"]),
        ("drop", ["a"], ["back", "drawn"]),
    ],
)
def test_an_item_that_is_gone_is_put_back_or_not(answer: str, items: list[str], done: list[str]) -> None:
    rundown = Rundown(an_episode((an_item("a"),)), answer)
    asyncio.run(put_back.run(rundown))
    assert [item.id for item in rundown.episode.items] == items
    assert (rundown.done, rundown.open_sheet.editing) == (done, False)
