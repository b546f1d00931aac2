"""Stores that associations really get: other ETags, other addresses, no metadata, access asked for with each object."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore.utils import parse_timestamp

from bobine.errors import PublishError
from bobine.model.destination import Acl, Addressing
from bobine.publish.destinations.bucket import BucketStore
from bobine.publish.destinations.s3 import client
from bobine.publish.destinations.s3.tags import is_tag_of, md5, plain_tag
from bobine.publish.layout import FEED_CACHE, IMMUTABLE, feed_key
from bobine.publish.media_types import FEED
from tests.publish.gateways import gateway
from tests.publish.seaweed import OPEN_BUCKET, SeaweedFS
from tests.publish.shelf import SLUG, days_in, feed_of, stored_file, week_of
from tests.publish.stores import released

KEY = "bobine/feed.xml"
_COUNT = itertools.count()

Tag = Callable[[str, str], str]


@pytest.mark.parametrize(
    ("tag", "plain"),
    [
        ('"abc"', '"abc"'),
        ('W/"abc"', '"abc"'),
        ('"abc-gzip"', '"abc"'),
        ('W/"abc;br"', '"abc"'),
        ('"abc--zstd"', '"abc"'),
        ('"abc-12"', '"abc-12"'),
        ("abc", "abc"),
    ],
)
def test_a_tag_as_a_condition_takes_it(tag: str, plain: str) -> None:
    assert plain_tag(tag) == plain


@pytest.mark.parametrize(
    "told",
    ["2026-11-26T19:02:03.000Z", "2026-11-26T19:02:03Z", "20261126T190203Z", "Thu, 26 Nov 2026 19:02:03 GMT",
     "2026-11-26T19:02:03.123456+01:00", "1764183723", "20261126"],
)  # fmt: skip
def test_an_instant_is_read_as_botocore_reads_it(told: str) -> None:
    found = client._instant(told)
    assert found == parse_timestamp(told)
    assert found.tzinfo is not None


def test_a_tag_tells_a_file_by_its_whole_or_its_parts(tmp_path: Path) -> None:
    source = tmp_path / "a"
    content = bytes(range(256)) * 50_000  # 12.8 MB
    source.write_bytes(content)
    for size in (5 << 20, 8 << 20):
        parts = [md5(content[start : start + size]).digest() for start in range(0, len(content), size)]
        assert is_tag_of(f'"{md5(b"".join(parts)).hexdigest()}-{len(parts)}"', source)
        assert not is_tag_of(f'"{md5(b"".join(parts)).hexdigest()}-{len(parts) + 1}"', source)
    assert is_tag_of(f'"{md5(content).hexdigest()}"', source)
    assert is_tag_of(f'W/"{md5(content).hexdigest().upper()}"', source)
    assert not is_tag_of(f'"{md5(content[1:]).hexdigest()}"', source)
    assert not is_tag_of('"of another make"', source)


def _other_by_method(method: str, tag: str) -> str:
    return tag.replace('"', f'"{method}-', 1) if method != "HEAD" else tag


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tag", "is_guarded"),
    [
        (lambda method, tag: f"W/{tag}" if method == "GET" else tag, True),
        (lambda _method, tag: f"W/{tag}", True),
        (lambda method, tag: f'{tag[:-1]}-gzip"' if method == "GET" else tag, True),
        (_other_by_method, True),
        (lambda method, tag: tag.replace('"', '"0', 1) if method == "PUT" else tag, True),
        (lambda method, tag: f'"{method}-{tag[1:]}', False),
        (lambda _method, _tag: f'"{next(_COUNT)}"', False),
    ],
    ids=["weak on GET", "weak", "gzip on GET", "true on HEAD alone", "other on PUT", "other on each", "always new"],
)
def test_a_store_whose_tags_differ_is_published_to(
    seaweed: SeaweedFS, tmp_path: Path, tag: Tag, is_guarded: bool
) -> None:
    with gateway(seaweed.endpoint, tag=tag) as endpoint:
        destination = seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint)
        for text in ("un", "deux"):
            for week in (0, 1):
                outcome = released(BucketStore(destination), tmp_path, week, text=text)
                assert outcome.conditional == is_guarded
                assert outcome.warnings == ()
        store = BucketStore(destination)
        store.check()
        assert days_in(feed_of(store)) == [week_of(0), week_of(1)]
        found = store.fetch(feed_key(SLUG))
        assert found is not None
        assert store.swap(feed_key(SLUG), b"of somebody else", FEED, FEED_CACHE, found.version)
        assert not store.swap(feed_key(SLUG), b"mine", FEED, FEED_CACHE, found.version)


@pytest.mark.slow
def test_a_store_that_keeps_no_metadata_does_not_get_everything_again(seaweed: SeaweedFS, tmp_path: Path) -> None:
    with gateway(seaweed.endpoint, forgets="x-amz-meta-") as endpoint:
        destination = seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint)
        assert released(BucketStore(destination), tmp_path).uploaded
        assert released(BucketStore(destination), tmp_path).uploaded == ()
    with gateway(seaweed.endpoint, forgets="x-amz-meta-", tag=lambda _method, _tag: '"one for all"') as endpoint:
        destination = seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint, prefix=destination.prefix)
        assert released(BucketStore(destination), tmp_path).uploaded == (), "its content tells"


@pytest.mark.slow
@pytest.mark.parametrize("addressing", Addressing)
def test_a_store_that_knows_buckets_by_host_name_alone(
    seaweed: SeaweedFS, tmp_path: Path, addressing: Addressing, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **options: Any) -> Any:
        return resolve("127.0.0.1" if str(host).endswith("s3.example") else host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with gateway(seaweed.endpoint, by_name=OPEN_BUCKET) as endpoint:
        destination = seaweed.destination(
            bucket=OPEN_BUCKET, endpoint=endpoint.replace("127.0.0.1", "s3.example"), addressing=addressing
        )
        store = BucketStore(destination)
        if addressing is Addressing.PATH:
            with pytest.raises(PublishError, match="et addressing"):
                released(store, tmp_path)
            return
        released(store, tmp_path)
        assert days_in(feed_of(BucketStore(destination))) == [week_of(0)]


@pytest.mark.slow
def test_a_key_that_is_wrong_stays_told_as_a_wrong_key(
    seaweed: SeaweedFS, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "autre")
    with pytest.raises(PublishError, match="la clé d'accès est refusée"):
        released(BucketStore(seaweed.destination()), tmp_path)


@pytest.mark.slow
def test_public_reading_is_asked_for_with_all_that_listeners_read(seaweed: SeaweedFS, tmp_path: Path) -> None:
    asked: dict[str, set[str]] = {}

    def before(method: str, headers: dict[str, str]) -> None:
        if method == "PUT":
            asked.setdefault(headers.get("x-amz-acl", "none"), set()).add(headers.get("content-type", ""))

    with gateway(seaweed.endpoint, before=before) as endpoint:
        changes = {"bucket": OPEN_BUCKET, "endpoint": endpoint}
        released(BucketStore(seaweed.destination(**changes, acl=Acl.PUBLIC_READ)), tmp_path)
        expected = {"text/plain", "application/json", "application/octet-stream"}
        assert asked["none"] == expected, "the probe, the record and the index of records"
        assert {"audio/mpeg", "audio/ogg", "image/jpeg", "application/rss+xml"} <= asked["public-read"]
        asked.clear()
        released(BucketStore(seaweed.destination(**changes)), tmp_path)
        assert set(asked) == {"none"}


@pytest.mark.slow
def test_a_file_in_parts_asks_for_public_reading_as_well(seaweed: SeaweedFS, tmp_path: Path) -> None:
    source = tmp_path / "a.mp3"
    source.write_bytes(bytes(6 << 20))
    seen: list[str] = []

    def before(method: str, headers: dict[str, str]) -> None:
        if method == "POST" and "x-amz-acl" in headers:
            seen.append(headers["x-amz-acl"])

    with gateway(seaweed.endpoint, before=before) as endpoint:
        destination = seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint, acl=Acl.PUBLIC_READ)
        BucketStore(destination).put(stored_file(source, "bobine/audio/a-0123456789ab.mp3"), source, IMMUTABLE)
    assert seen == ["public-read"]
