"""Gestures on air without an application: any show that answers them will do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from bobine.air.live.journal import Journal
from bobine.air.live.show import Live
from bobine.model.episode import Item, ItemKind
from bobine.plan.timing.rundown import Timing, time_rundown
from bobine.tui.onair.gestures import during
from tests.plan.episodes import DAY, a_show, an_item

SIX = datetime(2026, 11, 26, 17, tzinfo=UTC)


class Workshop:
    """An application at whose keyboard nobody sits."""

    count = 0

    @property
    def keyboard(self) -> Workshop:
        return self


class Place:
    show = a_show()


class Show:
    """A show on air without a screen: its dialogs have their answers before they are opened."""

    is_attached = is_active = True
    desk: Any = Place()
    workshop: Any = Workshop()
    day = DAY
    document = None

    def __init__(self, journal: Path, items: tuple[Item, ...], *answers: object) -> None:
        self.turns = asyncio.Lock()
        self.items = items
        self.answers = [*answers]
        self.now = SIX
        self.live = Live(Journal(journal), lambda: self.now, lambda: None)
        self.said: list[str] = []
        self.live.take(items, None)
        self.now += timedelta(minutes=1)

    @property
    def item(self) -> Item | None:
        return self.items[1]

    @property
    def timing(self) -> Timing:
        return time_rundown(self.items, self.desk.show.slot.bounds(DAY), self.live.session.progress, self.now)

    async def answer(self, dialog: Screen[Any]) -> Any:
        return self.answers.pop(0)

    def act(self, action: Callable[[], str | None]) -> bool:
        return not action()

    def tell(self, sentence: str, *, warning: bool = False, refused: bool = False) -> None:
        self.said.append(f"{'!' * warning}{'✗' * refused}{sentence}")


@pytest.fixture
def items() -> tuple[Item, ...]:
    return (an_item("a"), an_item("b"), an_item("c"), an_item("r", ItemKind.MUSIC, standby=True))


def test_a_take_that_was_late_is_moved_back(tmp_path: Path, items: tuple[Item, ...]) -> None:
    air = Show(tmp_path / "journal.jsonl", items, "10")
    asyncio.run(during.too_late(air))
    on_air = air.live.session.progress.on_air
    assert on_air is not None
    assert on_air.started == SIX - timedelta(seconds=10)


def test_a_standby_comes_in_for_somebody_absent(tmp_path: Path, items: tuple[Item, ...]) -> None:
    air = Show(tmp_path / "journal.jsonl", items, "r")
    asyncio.run(during.absent(air))
    progress = air.live.session.progress
    assert progress.skipped == {"b"}
    assert progress.taken_in == {"r"}
    assert [item.id for item in progress.coming(items)] == ["r", "c"], "in the place of the one who was to come next"


def test_a_song_more_is_answered_and_nothing_is_done(tmp_path: Path, items: tuple[Item, ...]) -> None:
    air = Show(tmp_path / "journal.jsonl", items, "3'30")
    before = air.live.session
    asyncio.run(during.song(air))
    assert air.said == ["OUI : il restera 36'30 avant 18:55:00."]
    assert air.live.session == before


def test_something_is_noted(tmp_path: Path, items: tuple[Item, ...]) -> None:
    air = Show(tmp_path / "journal.jsonl", items, "Micro 2 coupé")
    asyncio.run(during.note(air))
    assert [note.text for note in air.live.session.notes] == ["Micro 2 coupé"]


@pytest.mark.parametrize("gesture", [during.too_late, during.repair, during.absent, during.song, during.note])
def test_without_an_answer_nothing_is_done(
    tmp_path: Path, items: tuple[Item, ...], gesture: Callable[[Any], Awaitable[None]]
) -> None:
    air = Show(tmp_path / "journal.jsonl", items, None)
    before = air.live.session
    asyncio.run(gesture(air))  # type: ignore[arg-type]
    assert air.live.session == before
    assert (air.answers, air.said) == ([], [])
