"""The feed at its public address: what listeners get of it is told in a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.evening.online.served import feed_as_served
from bobine.model.destination import FolderDestination
from bobine.publish.check.served_feed import ServedFeed, look_at_served
from bobine.publish.destinations.bucket import BucketStore
from tests.publish.gateways import Reply, gateway
from tests.publish.samples import SHOW
from tests.publish.seaweed import SeaweedFS
from tests.publish.stores import opened_folder, real_feed, released

FEED = b"<?xml version='1.0'?><rss version='2.0'><channel><title>La Bobine</title></channel></rss>"
OLD = FEED.replace(b"Bobine", b"Canette")
OPEN = ("Access-Control-Allow-Origin", "*")
XML = ("Content-Type", "application/rss+xml")


def seen(*replies: Reply) -> ServedFeed:
    """What is found where the host answers so, the last one again and again."""
    left = list(replies)
    with gateway("http://127.0.0.1:9", instead=lambda _method, _path: left.pop(0) if len(left) > 1 else left[0]) as at:
        return look_at_served(f"{at}/bobine/feed.xml", FEED, waits_s=(0, 0.01, 0.01))


@pytest.mark.parametrize(
    ("reply", "fault", "advice"),
    [
        ((200, [XML, OPEN], FEED), "", ""),
        ((200, [XML], FEED), "", "Access-Control-Allow-Origin"),
        ((200, [XML, ("Access-Control-Allow-Origin", "https://chez-nous.example")], FEED), "", "CORS"),
        ((200, [XML, OPEN, ("Cache-Control", "public, max-age=300")], OLD), "attendez 5 min", ""),
        ((200, [XML, OPEN, ("Cache-Control", "max-age=86400")], OLD), "attendez 24 h", ""),
        ((200, [XML, OPEN], OLD), "attendez quelques minutes", ""),
        ((200, [XML, OPEN], FEED[:-9]), "autre chose qu'un flux", ""),
        ((200, [OPEN], b"<!doctype html><title>Bienvenue</title>"), "autre chose qu'un flux", ""),
        ((403, [], b""), "pas lisible par le public (403)", ""),
        ((401, [], b""), "pas lisible par le public (401)", ""),
        ((404, [], b""), "répond 404", ""),
        ((503, [], b""), "répond 503", ""),
        ((0, [], b""), "ne peut pas être lu", ""),
    ],
)
def test_each_answer_has_its_sentence(reply: Reply, fault: str, advice: str) -> None:
    found = seen(reply)
    assert (bool(found.fault), bool(found.advice)) == (bool(fault), bool(advice))
    assert fault in found.fault
    assert advice in found.advice
    for sentence in found.sentences:
        assert sentence.endswith(".")
        assert "\n" not in sentence


@pytest.mark.slow
def test_the_feed_of_a_bucket_is_asked_for_where_the_public_gets_it(seaweed: SeaweedFS, tmp_path: Path) -> None:
    good = seaweed.destination()
    store = BucketStore(good)
    assert feed_as_served(SHOW, good, store) is None, "nothing was published yet"
    released(store, tmp_path, writer=real_feed)
    assert feed_as_served(SHOW, good, store) == ServedFeed()
    wrong = seaweed.destination(prefix=good.prefix, public_url=f"{seaweed.endpoint}/ailleurs/")
    found = feed_as_served(SHOW, wrong, BucketStore(wrong))
    assert found is not None
    assert "public_url" in found.fault
    assert feed_as_served(SHOW, FolderDestination(name="local"), opened_folder(tmp_path)) is None


def test_a_host_that_is_late_is_looked_at_again() -> None:
    assert seen((200, [XML, OPEN], OLD), (503, [], b""), (200, [XML, OPEN], FEED)) == ServedFeed()
