"""A weak uplink: what is sent arrives in the time that the line needs, and is not sent twice."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bobine.errors import Interrupted, PublishError
from bobine.model.destination import BucketDestination
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.bucket import BucketStore
from bobine.publish.destinations.s3.client import Line
from bobine.publish.layout import IMMUTABLE
from bobine.publish.release import publish
from tests.publish.destinations.weak_line import weak_line
from tests.publish.gateways import Reply, gateway
from tests.publish.samples import SHOW
from tests.publish.seaweed import OPEN_BUCKET, SeaweedFS, client_of
from tests.publish.shelf import NOW, assert_feed_names_only_what_is_there, episode, stored_file, write_feed

pytestmark = pytest.mark.slow

PART = Line().part_bytes
LINE = Line(stall_s=60, answer_s=60, waits_s=(0.05, 0.1, 0.2, 0.4))
IMPATIENT = replace(LINE, stall_s=1, answer_s=1)
KEY = "bobine/audio/a-0123456789ab.mp3"


@pytest.fixture
def sound(tmp_path: Path) -> tuple[StoredFile, Path]:
    """A file of two parts and a bit: SeaweedFS takes none below 5 MiB but the last, as S3 does."""
    source = tmp_path / "sound.mp3"
    source.write_bytes(os.urandom(2 * PART + 777))
    return stored_file(source, KEY), source


def begun(destination: BucketDestination, server: SeaweedFS) -> list[str]:
    """The uploads that were begun and not ended."""
    client = client_of(server.endpoint)
    found = client.list_multipart_uploads(Bucket=destination.bucket, Prefix=destination.prefix)
    return [upload["UploadId"] for upload in found.get("Uploads", [])]


def assert_arrived(store: BucketStore, file: StoredFile) -> None:
    found = store.head(file.key)
    assert found is not None
    assert found.is_identical_to(file)
    assert hashlib.sha256(store.read(file.key, 0, file.bytes)).hexdigest() == file.sha256


def test_a_file_takes_as_long_as_the_line_needs_whatever_the_patience(
    seaweed: SeaweedFS, sound: tuple[StoredFile, Path]
) -> None:
    """Each part, and the whole the more, takes longer than the patience with a line on which nothing moves."""
    file, source = sound
    counted: list[int] = []
    with weak_line(seaweed.endpoint, file.bytes / 3) as line:
        store = BucketStore(seaweed.destination(endpoint=line.endpoint), IMPATIENT)
        start = time.monotonic()
        store.put(file, source, IMMUTABLE, counted.append)
        assert time.monotonic() - start > 2 * IMPATIENT.stall_s
        assert line.sent < file.bytes * 1.01
        assert_arrived(store, file)
    assert sum(counted) == file.bytes
    assert max(counted) <= PART // 20


def test_a_large_feed_takes_as_long_as_the_line_needs_too(seaweed: SeaweedFS, monkeypatch: pytest.MonkeyPatch) -> None:
    patience = {"connect_timeout": 1, "read_timeout": 2, "retries": {"total_max_attempts": 1}}
    monkeypatch.setattr("bobine.publish.destinations.s3.client._ASKING", patience)
    feed = os.urandom(1_500_000)
    with weak_line(seaweed.endpoint, 500_000) as line:
        store = BucketStore(seaweed.destination(endpoint=line.endpoint))
        store.check()
        start = time.monotonic()
        assert store.swap("bobine/feed.xml", feed, "application/rss+xml", "no-cache", None)
        assert time.monotonic() - start > 2
        assert store.read("bobine/feed.xml", 0, len(feed) + 1) == feed


def test_a_line_that_is_cut_costs_a_part(seaweed: SeaweedFS, sound: tuple[StoredFile, Path]) -> None:
    file, source = sound
    counted: list[int] = []
    with weak_line(seaweed.endpoint, 50_000_000) as line:
        line.cut_at = int(1.5 * PART)
        store = BucketStore(seaweed.destination(endpoint=line.endpoint), LINE)
        store.put(file, source, IMMUTABLE, counted.append)
        assert line.cuts == 1
        assert line.sent < file.bytes + 0.8 * PART
        assert_arrived(store, file)
    assert sum(counted) == file.bytes
    assert min(counted) < 0


@pytest.mark.parametrize("stop", [KeyboardInterrupt, None], ids=["Ctrl-C", "line gone for good"])
def test_what_arrived_is_said_and_not_sent_again(seaweed: SeaweedFS, tmp_path: Path, stop: Any) -> None:
    made, files = episode(tmp_path / "e", audio_bytes=2 * PART + 777)
    sound = made.audio[0].file
    destination = seaweed.destination()
    with weak_line(seaweed.endpoint, 50_000_000) as line:
        place = seaweed.destination(endpoint=line.endpoint, prefix=destination.prefix)

        def progress(label: str, done: int, total: int) -> None:
            if label == "Envoi" and 1.5 * PART < done < sound.bytes:
                if stop is not None:
                    raise stop
                line.is_down = True
                line.cut()

        with pytest.raises(Interrupted if stop else PublishError) as caught:
            publish(BucketStore(place, LINE), SHOW, made, files, write_feed, NOW, on_progress=progress)
        assert "5,2 Mo sur" in str(caught.value)
        assert "ne seront pas envoyés de nouveau" in str(caught.value)
        assert len(begun(destination, seaweed)) == 1
        line.is_down, line.sent = False, 0
        done: list[int] = []
        store = BucketStore(place, LINE)
        publish(store, SHOW, made, files, write_feed, NOW, on_progress=lambda _label, count, _total: done.append(count))
        assert line.sent < sum(file.stat().st_size for file in files.values()) - 0.9 * PART
        assert_feed_names_only_what_is_there(store)
        assert store.read(sound.key, 0, sound.bytes) == files[sound.key].read_bytes()
    assert begun(destination, seaweed) == []


def interrupted_at(store: BucketStore, file: StoredFile, source: Path, bytes_sent: int) -> int:
    """Stop an upload once so many bytes are on their way; how many of them stay."""
    count = 0

    def stop(sent: int) -> None:
        nonlocal count
        count += sent
        if sent > 0 and count >= bytes_sent:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.put(file, source, IMMUTABLE, stop)
    return count


def test_parts_of_another_file_are_not_taken_for_its_own(seaweed: SeaweedFS, tmp_path: Path) -> None:
    """The name holds a hash, and yet: an upload that was begun with other content is sent over."""
    destination = seaweed.destination()
    store = BucketStore(destination, LINE)
    old, new = tmp_path / "old.mp3", tmp_path / "new.mp3"
    old.write_bytes(os.urandom(2 * PART + 7))
    new.write_bytes(old.read_bytes()[:PART] + os.urandom(PART))
    interrupted_at(store, stored_file(old, KEY), old, int(1.9 * PART))
    counted: list[int] = []
    file = stored_file(new, KEY)
    store.put(file, new, IMMUTABLE, counted.append)
    assert store.read(KEY, 0, file.bytes) == new.read_bytes()
    assert counted[0] == PART, "the part that both have was found there"
    assert sum(counted) == file.bytes
    assert begun(destination, seaweed) == []


def _refusing(request: str) -> Callable[[str, str], Reply | None]:
    xml = b"<Error><Code>NotImplemented</Code><Message>no</Message></Error>"
    return lambda method, path: (
        (501, [("Content-Type", "application/xml")], xml) if re.match(request, f"{method} {path}") else None
    )


@pytest.mark.parametrize(
    "refused", [r"POST .*[?&]uploads", r"GET .*[?&]uploads"], ids=["knows no parts", "does not list what was begun"]
)
def test_a_store_that_knows_less_gets_it_too_and_nothing_untrue_is_said(
    seaweed: SeaweedFS, sound: tuple[StoredFile, Path], refused: str
) -> None:
    file, source = sound
    with gateway(seaweed.endpoint, instead=_refusing(refused)) as endpoint:
        destination = seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint)
        store = BucketStore(destination, LINE)
        assert interrupted_at(store, file, source, int(1.5 * PART)) <= 0, "nothing stays that could be found again"
        counted: list[int] = []
        store.put(file, source, IMMUTABLE, counted.append)
        assert sum(counted) == file.bytes
        assert_arrived(store, file)


def test_an_upload_that_somebody_else_ended_or_took_away_is_begun_again(
    seaweed: SeaweedFS, sound: tuple[StoredFile, Path]
) -> None:
    file, source = sound
    destination = seaweed.destination()
    other = client_of(seaweed.endpoint)
    key = destination.prefix + KEY
    count = 0
    aborted = False

    def take_away(sent: int) -> None:
        nonlocal count, aborted
        count += sent
        if count > 1.5 * PART and not aborted:
            aborted = True
            (upload,) = begun(destination, seaweed)
            other.abort_multipart_upload(Bucket=destination.bucket, Key=key, UploadId=upload)

    store = BucketStore(destination, LINE)
    store.put(file, source, IMMUTABLE, take_away)
    assert aborted
    assert count == file.bytes
    assert_arrived(store, file)


def test_uploads_that_were_left_a_week_ago_are_taken_away(
    seaweed: SeaweedFS, sound: tuple[StoredFile, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, source = sound
    destination = seaweed.destination()
    store = BucketStore(destination, LINE)
    left = stored_file(source, KEY.replace("a-", "b-"))
    interrupted_at(store, left, source, PART)
    store.put(file, source, IMMUTABLE)
    assert len(begun(destination, seaweed)) == 1, "it may be another machine's, at work"
    monkeypatch.setattr("bobine.publish.destinations.s3.sending.ABANDONED", timedelta(seconds=-60))
    store.put(stored_file(source, KEY.replace("a-", "c-")), source, IMMUTABLE)
    assert begun(destination, seaweed) == []
