"""The items that make a chapter in the apps, alike in every list, and the extract of an episode."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.evening.tagging import chapters_file
from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.published.master import MasteredItem
from bobine.publish.build import describe, heard_items
from bobine.publish.chapters import chapter_list, for_apps, heard_chapters
from bobine.publish.soundbites import soundbites
from tests.publish.feed.test_build import MANIFEST
from tests.publish.samples import SHOW

KINDS = (ItemKind.TALK, ItemKind.MUSIC, ItemKind.INTERVIEW, ItemKind.CHRONIQUE)


def plan(*items: Item, **changes: object) -> Episode:
    whole = Episode(show=SHOW.slug, date=date(2026, 11, 26), season=8, number=7, title="Un titre", items=items)
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]


def item(number: int, kind: ItemKind, *, chapter: bool | None = None) -> Item:
    return Item(id=f"i{number}", title=f"Élément {number}", kind=kind, duration=timedelta(minutes=1), chapter=chapter)


def aired(*items: Item, minutes: float = 1) -> tuple[MasteredItem, ...]:
    return tuple(
        MasteredItem(id=one.id, title=one.title, kept=True, start_s=place * 60 * minutes,
                     end_s=(place + 1) * 60 * minutes, chapter=one.has_chapter)
        for place, one in enumerate(items)
    )  # fmt: skip


ITEMS = (
    item(0, ItemKind.OPENING_THEME), item(1, ItemKind.TALK), item(2, ItemKind.INTERVIEW),
    item(3, ItemKind.MUSIC, chapter=True), item(4, ItemKind.INTERVIEW, chapter=False), item(5, ItemKind.JINGLE),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), "0123"),
        ((ItemKind.INTERVIEW,), "23"),
        ((ItemKind.TALK, ItemKind.INTERVIEW), "123"),
        ((ItemKind.GAME,), "3"),
        ((ItemKind.JINGLE,), "3"),
    ],
)
def test_kinds_and_the_plan_choose_the_chapters(kinds: tuple[ItemKind, ...], expected: str) -> None:
    told = for_apps(aired(*ITEMS), plan(*ITEMS), kinds)
    assert "".join(one.id[1:] for one in told if one.chapter) == expected
    assert [one.id for one in told] == [one.id for one in ITEMS]


def test_the_plan_of_today_names_the_chapters() -> None:
    """A title corrected, a chapter asked for since the master was made; an item gone from the plan stays as it was."""
    renamed = dataclasses.replace(ITEMS[1], title="Bien écrit")
    asked = dataclasses.replace(ITEMS[5], chapter=True)
    told = for_apps(aired(*ITEMS), plan(ITEMS[0], renamed, *ITEMS[2:4], asked), ())
    assert [one.title for one in told if one.chapter] == [
        "Élément 0",
        "Bien écrit",
        "Élément 2",
        "Élément 3",
        "Élément 5",
    ]
    assert told[4].title == "Élément 4"


@given(
    st.lists(st.tuples(st.sampled_from(list(ItemKind)), st.sampled_from([None, True, False])), min_size=1, max_size=25),
    st.sets(st.sampled_from(list(ItemKind))),
    st.floats(0.001, 3),
)
def test_every_list_has_as_many_and_the_release_keeps_all_items(
    made: list[tuple[ItemKind, bool | None]], kinds: set[ItemKind], minutes: float
) -> None:
    items = [item(number, kind, chapter=chapter) for number, (kind, chapter) in enumerate(made)]
    episode, duration_s = plan(*items), len(items) * 60 * minutes
    files = tuple(dataclasses.replace(file, duration_s=duration_s) for file in MANIFEST.files)
    manifest = dataclasses.replace(MANIFEST, items=aired(*items, minutes=minutes), files=files)
    podcast = dataclasses.replace(SHOW.podcast, chapters=tuple(kinds))
    show = dataclasses.replace(SHOW, podcast=podcast)
    told = for_apps(manifest.items, episode, podcast.chapters)
    heard = heard_items(episode, dataclasses.replace(manifest, items=told))
    embedded = chapter_list(told, duration_s)
    assert [one.title for one in heard_chapters(heard, round(duration_s))] == [one.title for one in embedded]
    assert len(json.loads(chapters_file(show, episode, manifest))["chapters"]) == len(embedded)
    stamps = re.findall(r"(?m)^\d\d:\d\d:\d\d ", describe("", embedded))
    assert len(stamps) == (len(embedded) if len(embedded) >= 3 else 0)
    assert [one.id for one in heard] == [one.id for one in items]


def extract(**changes: object) -> tuple[tuple[int, int, str], ...]:
    episode = plan(*ITEMS, soundbite="i2", **changes)
    heard = heard_items(episode, dataclasses.replace(MANIFEST, items=aired(*ITEMS)))
    return tuple((one.start_ms, one.duration_ms, one.title) for one in soundbites(episode, heard))


def test_an_extract_is_where_its_item_is_now() -> None:
    assert extract() == ((120_000, 60_000, "Élément 2"),)
    some = {"soundbite_at": timedelta(seconds=10), "soundbite_for": timedelta(seconds=20)}
    assert extract(**some) == ((130_000, 20_000, "Élément 2"),)
    assert extract(soundbite_at=timedelta(seconds=30)) == ((150_000, 30_000, "Élément 2"),)


def test_an_extract_too_short_or_of_no_item_is_left_out() -> None:
    assert extract(soundbite_at=timedelta(seconds=46)) == ()
    assert extract(soundbite_at=timedelta(minutes=5)) == ()
    assert soundbites(plan(*ITEMS, soundbite="autre"), ()) == ()
    assert soundbites(plan(*ITEMS), ()) == ()
