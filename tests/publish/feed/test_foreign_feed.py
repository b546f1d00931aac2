"""A feed that somebody changed where it is online: noticed, kept, said; never overwritten in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.publish.feed.live_online import tell_live
from bobine.publish.feed_stamp import is_of_others, stamped, stamped_like
from bobine.publish.layout import feed_key, foreign_key
from tests.publish.feed.test_live_item import at, some
from tests.publish.samples import DAY
from tests.publish.shelf import SLUG, feed_of
from tests.publish.stores import OpenStore, opened_folder, real_feed, released

FEED = b"<?xml version='1.0' encoding='UTF-8'?>\n<rss><channel><title>La Bobine</title></channel></rss>\n"


@given(st.integers(0, len(FEED) - 1), st.integers(1, 255))
def test_any_other_byte_is_noticed(place: int, change: int) -> None:
    ours = stamped(FEED)
    assert not is_of_others(ours)
    assert stamped(ours) == ours
    assert is_of_others(ours[:place] + bytes([ours[place] ^ change]) + ours[place + 1 :])


def test_a_feed_without_a_stamp_is_of_others_and_what_is_no_feed_is_nobodys() -> None:
    assert is_of_others(FEED)
    assert not is_of_others(b"<!doctype html><title>Bienvenue</title>")
    assert not is_of_others(b"")
    assert stamped(b"not a document") == b"not a document"
    assert stamped_like(FEED, FEED) == FEED
    assert stamped_like(FEED, stamped(FEED)) == stamped(FEED)


@pytest.mark.parametrize("edit", ["a word", "the stamp gone", "an item gone", "no XML any more"])
def test_what_was_changed_by_hand_is_kept_and_said(new_store: OpenStore, tmp_path: Path, edit: str) -> None:
    store = new_store()
    for week in (0, 1):
        assert released(store, tmp_path, week, writer=real_feed).warnings == ()
    ours = store.fetch(feed_key(SLUG))
    assert ours is not None
    text = ours.content
    changed = {
        "a word": text.replace(b"La Bobine Romanaise</title>", b"La Bobine de Romans</title>"),
        "the stamp gone": text[: text.rindex(b"<!--")].replace(b"magazine", b"journal"),
        "an item gone": text[: text.index(b"<item>")] + text[text.index(b"</item>") + 7 :],
        "no XML any more": text.replace(b"</channel>", b""),
    }[edit]
    assert changed != text
    assert store.swap(feed_key(SLUG), changed, "application/rss+xml", "no-cache", ours.version)
    (said,) = released(store, tmp_path, 1, writer=real_feed).warnings
    kept = foreign_key(SLUG, changed)
    assert "quelqu'un l'a modifié" in said
    assert store.location(kept) in said
    there = store.fetch(kept)
    assert there is not None
    assert there.content == changed
    assert feed_of(store).encode() == text, "nothing changed but what was changed by hand"
    assert released(store, tmp_path, 1, writer=real_feed).warnings == (), "said once"


def test_an_announced_live_does_not_hide_a_change_by_hand(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    released(store, tmp_path, writer=real_feed)
    tell_live(store, SLUG, some(at(10, day=DAY)))
    assert released(store, tmp_path, writer=real_feed).warnings == ()
    path = Path(store.location(feed_key(SLUG)))
    path.write_bytes(path.read_bytes().replace(b"magazine", b"journal"))
    tell_live(store, SLUG, None)
    assert b"journal" in path.read_bytes()
    (said,) = released(store, tmp_path, writer=real_feed).warnings
    assert "quelqu'un l'a modifié" in said
