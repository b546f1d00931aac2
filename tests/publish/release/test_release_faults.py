from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bobine.errors import PublishError
from bobine.publish.destinations.bucket import BucketStore
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.s3.client import Line
from bobine.publish.layout import feed_key, record_key
from bobine.publish.release import Outcome, publish
from tests.publish.samples import SHOW
from tests.publish.seaweed import SeaweedFS
from tests.publish.shelf import (
    NOW,
    SLUG,
    assert_feed_names_only_what_is_there,
    days_in,
    episode,
    feed_of,
    stored_file,
    week_of,
    write_feed,
)
from tests.publish.stores import Careless, Fragile, OpenStore, Unplugged, opened_folder, released
from tests.publish.turns import turns


def test_stopped_at_any_call_the_feed_stays_whole_and_the_next_run_ends_in_the_same_bytes(
    new_store: OpenStore, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Corrections, the n-th one unplugged at its n-th call (which is also just after the call before)."""
    store, untroubled = new_store(), opened_folder(tmp_path / "untroubled")
    for week in (0, 1):
        released(store, tmp_path, week)
        released(untroubled, tmp_path, week)
    for call in turns(request.node.name, over_a_network="bucket" in request.node.name):
        moment = NOW + timedelta(minutes=call)

        def correct(chosen: Any, call: int = call, moment: datetime = moment) -> Outcome:
            return released(chosen, tmp_path, 1, text=f"corrige-{call}", now=moment)

        correct(untroubled)
        before = feed_of(store)
        fragile = Fragile(store, call)
        try:
            correct(fragile)
        except Unplugged:
            assert feed_of(store) in (before, feed_of(untroubled))
        else:
            break
        assert_feed_names_only_what_is_there(store)
        correct(store)
        assert feed_of(store) == feed_of(untroubled), f"call {call}: {fragile.calls[-1]}"
        assert_feed_names_only_what_is_there(store)
    assert call > 20


def test_an_upload_that_was_cut_short_is_sent_again(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    made, files = episode(tmp_path)
    main = made.audio[0].file
    broken = tmp_path / "broken"
    broken.write_bytes(files[main.key].read_bytes()[:-100] + bytes(100))
    store.put(stored_file(broken, main.key), broken, "no-cache")
    outcome = publish(store, SHOW, made, files, write_feed, NOW)
    assert main.key in outcome.uploaded
    assert store.read(main.key, 0, main.bytes) == files[main.key].read_bytes()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: b"X" + content[1:],
        lambda content: content[:-1] + b"X",
    ],
    ids=["shorter", "longer", "first-byte", "last-byte"],
)
def test_what_is_not_what_was_sent_is_refused_before_the_feed_names_it(
    new_store: OpenStore, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    store = new_store()
    made, files = episode(tmp_path, audio_bytes=200_000)
    careless: Any = Careless(store, spoil, tmp_path / "spoilt")
    with pytest.raises(PublishError, match=r"envoyé|contenu"):
        publish(careless, SHOW, made, files, write_feed, NOW)
    assert store.fetch(feed_key(SLUG)) is None
    assert store.fetch(record_key(SLUG, made.date)) is None


@pytest.mark.slow
def test_a_server_killed_in_mid_upload_and_started_again_ends_in_the_same_bytes(
    mortal_seaweed: SeaweedFS, tmp_path: Path
) -> None:
    destination = mortal_seaweed.destination()
    store = BucketStore(destination, Line(waits_s=(0.1,)))
    released(store, tmp_path, 0)
    made, files = episode(tmp_path, 1, audio_bytes=40_000_000)

    def cut_the_power(label: str, done: int, total: int) -> None:
        if label == "Envoi" and done > total // 3:
            mortal_seaweed.kill()

    with pytest.raises(PublishError, match="injoignable") as caught:
        publish(store, SHOW, made, files, write_feed, NOW, on_progress=cut_the_power)
    assert "recommencez" in str(caught.value)
    mortal_seaweed.start()
    fresh = open_store(destination, tmp_path)
    assert days_in(feed_of(fresh)) == [week_of(0)]
    assert_feed_names_only_what_is_there(fresh)
    publish(fresh, SHOW, made, files, write_feed, NOW)
    assert_feed_names_only_what_is_there(fresh)
    untroubled = opened_folder(tmp_path / "untroubled")
    released(untroubled, tmp_path, 0)
    publish(untroubled, SHOW, made, files, write_feed, NOW)
    assert feed_of(fresh) == feed_of(untroubled)
    assert publish(fresh, SHOW, made, files, write_feed, NOW).uploaded == ()
