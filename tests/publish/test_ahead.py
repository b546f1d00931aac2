"""A sound that goes up while it grows: the same bytes as if it had been sent whole, and nothing left behind."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import boto3
import pytest

from bobine.model.published.release import StoredFile
from bobine.publish.destinations.bucket import BucketStore
from bobine.publish.destinations.s3.client import Line
from bobine.publish.layout import GROWING, growing_key
from bobine.publish.outgoing.ahead import AheadUpload, Begun, Pace, finish_growing
from tests.publish.seaweed import SeaweedFS
from tests.publish.shelf import stored_file

PART = Line().part_bytes
LINE = Line(stall_s=1, answer_s=5, waits_s=(0.05, 0.1, 0.2, 0.4))
DAY = date(2026, 11, 26)
SLUG = "bobine"
HEAD = b"ID3" + bytes(40_000)
BEGUN = Begun(growing_key(SLUG, DAY, "mp3"), len(HEAD))


@dataclass
class Known:
    """So much of a sound is known."""

    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def read(self, start: int, length: int) -> bytes:
        return self.content[start : start + length]


class Bench:
    """A bucket, and what is sent there."""

    def __init__(self, seaweed: SeaweedFS, tmp_path: Path) -> None:
        self.destination = seaweed.destination()
        self.client = boto3.client("s3", endpoint_url=seaweed.endpoint, region_name="us-east-1")
        self.tmp_path = tmp_path

    def store(self, **changes: Any) -> BucketStore:
        from dataclasses import replace

        return BucketStore(replace(self.destination, **changes), LINE)

    def upload(self, store: BucketStore | None = None) -> AheadUpload:
        return AheadUpload(store or self.store(), SLUG, DAY, "mp3", Pace(10**9))

    def file(self, body: bytes) -> tuple[StoredFile, Path]:
        source = self.tmp_path / "sound.mp3"
        source.write_bytes(HEAD + body)
        return stored_file(source, f"{SLUG}/audio/{SLUG}-{DAY}-0123456789ab.mp3"), source

    def left(self) -> list[str]:
        """What is in the folder of growing sounds: objects, and uploads that are not ended."""
        prefix = f"{self.destination.prefix}{SLUG}/{GROWING}/"
        at: Any = {"Bucket": self.destination.bucket, "Prefix": prefix}
        objects = self.client.list_objects_v2(**at).get("Contents", [])
        uploads = self.client.list_multipart_uploads(**at).get("Uploads", [])
        return [one["Key"].removeprefix(prefix) for one in (*objects, *uploads)]

    def finish(self, body: bytes, store: BucketStore | None = None) -> tuple[bool, int]:
        """Finish it; whether it was, and how many bytes were told."""
        told: list[int] = []
        file, source = self.file(body)
        store = store or self.store()
        done = finish_growing(store, BEGUN, file, source, told.append)
        if done:
            found = store.head(file.key)
            assert found is not None
            assert found.is_identical_to(file)
            assert store.read(file.key, 0, file.bytes) == source.read_bytes()
        return done, sum(told)


@pytest.fixture
def bench(seaweed: SeaweedFS, tmp_path: Path) -> Bench:
    return Bench(seaweed, tmp_path)


@pytest.mark.slow
def test_it_is_the_same_file_and_little_is_left_for_the_end(bench: Bench) -> None:
    body = random.Random(1).randbytes(2 * PART + PART // 2 + 777)
    upload = bench.upload()
    for size in (1000, PART - 1, PART, PART + PART // 3, 2 * PART + 5, 2 * PART + PART // 2):
        upload.offer(Known(body[:size]))
    assert upload.refusal == ""
    assert upload.sent == 2 * PART + PART // 2
    done, told = bench.finish(body, store := bench.store())
    assert done
    assert told == len(HEAD) + len(body)
    assert bench.left() == []
    assert not bench.finish(body, store)[0], "it is finished"


@pytest.mark.slow
def test_what_changes_is_sent_again_and_nothing_else(bench: Bench) -> None:
    body = bytearray(random.Random(2).randbytes(2 * PART + 3000))
    upload = bench.upload()
    upload.offer(Known(bytes(body)))
    before = upload.sent
    body[PART + 17] ^= 1
    upload.offer(Known(bytes(body)))
    assert upload.sent - before == PART
    shorter = bytes(body[: PART + PART // 2])
    upload.offer(Known(shorter))
    assert bench.finish(shorter)[0]
    assert bench.left() == []


@pytest.mark.slow
def test_it_goes_on_after_a_kill(bench: Bench) -> None:
    body = random.Random(3).randbytes(2 * PART + PART // 4)
    bench.upload().offer(Known(body[: PART + PART // 2]))
    again = bench.upload()
    again.offer(Known(body))
    assert again.sent < PART
    assert bench.finish(body)[0]
    assert bench.left() == []


@pytest.mark.slow
def test_what_is_abandoned_is_taken_away(bench: Bench) -> None:
    upload = bench.upload()
    upload.offer(Known(bytes(PART + PART // 2)))
    assert bench.left()
    assert not [name for name in bench.left() if name.startswith(f"{DAY}.mp3/")], "no name is guessed from the day"
    upload.abandon()
    assert bench.left() == []
    assert bench.finish(bytes(PART)) == (False, 0)
