"""A bucket that sounds go up to while they grow, and how much of one is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from bobine.model.published.release import StoredFile
from bobine.publish.destinations.bucket import BucketStore
from bobine.publish.destinations.s3.client import Line
from bobine.publish.layout import GROWING, growing_key
from bobine.publish.outgoing.ahead import AheadUpload, Begun, Pace, finish_growing
from tests.publish.seaweed import SeaweedFS, client_of
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
        self.client = client_of(seaweed.endpoint)
        self.tmp_path = tmp_path

    def store(self, **changes: Any) -> BucketStore:
        return BucketStore(replace(self.destination, **changes), LINE)

    def upload(self, store: BucketStore | None = None) -> AheadUpload:
        return AheadUpload(store or self.store(), SLUG, DAY, "mp3", Pace(10**9))

    def file(self, body: bytes) -> tuple[StoredFile, Path]:
        source = self.tmp_path / "sound.mp3"
        source.write_bytes(HEAD + body)
        return stored_file(source, f"{SLUG}/audio/{SLUG}-{DAY}-0123456789ab.mp3"), source

    @property
    def folder(self) -> str:
        """Where growing sounds are."""
        return f"{self.destination.prefix}{SLUG}/{GROWING}/"

    def left(self) -> list[str]:
        """What is in the folder of growing sounds: objects, and uploads that are not ended."""
        prefix = self.folder
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
