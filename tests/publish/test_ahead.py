"""A sound that goes up while it grows: the same bytes as if it had been sent whole, and nothing left behind."""

from __future__ import annotations

import io
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import AwayError
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.bucket import BucketStore
from bobine.publish.destinations.s3.ahead import PIECES
from bobine.publish.destinations.s3.client import Line
from bobine.publish.layout import GROWING, growing_key
from bobine.publish.outgoing.ahead import AheadUpload, Begun, Pace, finish_growing
from bobine.publish.outgoing.sending import send_missing
from tests.publish.seaweed import SeaweedFS, client_of
from tests.publish.shelf import stored_file
from tests.publish.stores import opened_folder
from tests.publish.weak_line import weak_line

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
def test_another_process_sends_nothing_again_of_what_grew_piece_by_piece(bench: Bench, seaweed: SeaweedFS) -> None:
    body = random.Random(8).randbytes(3 * PART + PART // 3)
    with weak_line(seaweed.endpoint, 1e9) as line:
        upload = bench.upload(bench.store(endpoint=line.endpoint))
        for size in range(PART, len(body), PART // 3):
            upload.offer(Known(body[:size]))
        upload.offer(Known(body))
        sent = line.sent
        assert bench.finish(body, bench.store(endpoint=line.endpoint))[0]
        assert line.sent - sent < len(HEAD) + PART // PIECES + 200_000
    assert bench.left() == []


@pytest.mark.slow
@pytest.mark.parametrize("is_there", [True, False], ids=["who made the part of them", "who made nothing"])
def test_pieces_that_another_run_took_meanwhile_cost_a_part_at_most(
    bench: Bench, seaweed: SeaweedFS, *, is_there: bool
) -> None:
    body = random.Random(9).randbytes(2 * PART + PART // 2)
    with weak_line(seaweed.endpoint, 1e9) as line:
        grown, store = bench.upload(bench.store(endpoint=line.endpoint)), bench.store(endpoint=line.endpoint)
        grown.offer(Known(body[: PART + PART // 2]))
        taken: list[str] = []

        def take(params: dict[str, Any], **_: object) -> None:
            if "-suite-" in params["Key"] and not taken:
                taken.extend(name for name in bench.left() if "-p1-" in name)
                if is_there:
                    grown.offer(Known(body))
                for name in taken:
                    bench.client.delete_object(Bucket=bench.destination.bucket, Key=bench.folder + name)

        store._addressed.clients.sending.meta.events.register("before-parameter-build.s3.CreateMultipartUpload", take)
        sent = line.sent
        done, told = bench.finish(body, store)
        assert (done, told) == (True, len(HEAD) + len(body))
        assert taken
        assert line.sent - sent < 2 * PART + 200_000, "nothing is sent whole again"
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


@pytest.mark.slow
def test_a_network_that_goes_away_is_told_and_what_arrived_stays(bench: Bench, seaweed: SeaweedFS) -> None:
    body = random.Random(4).randbytes(2 * PART + 100)
    with weak_line(seaweed.endpoint, 1e9) as line:
        upload = bench.upload(bench.store(endpoint=line.endpoint))
        upload.offer(Known(body[:PART]))
        line.is_down = True
        line.cut()
        with pytest.raises(AwayError):
            upload.offer(Known(body))
        line.is_down = False
        before = line.sent
        upload.offer(Known(body))
        assert line.sent - before < PART * 1.1
    assert bench.finish(body)[0]


@pytest.mark.slow
@pytest.mark.parametrize("refused", ["x-amz-copy-source", "uploads"])
def test_a_store_that_offers_less_has_the_file_sent_whole(bench: Bench, seaweed: SeaweedFS, refused: str) -> None:
    """A store that knows no copies, or no uploads in parts, says so when it is tried."""

    def refuse(request: Any, **_: object) -> Any:
        if refused in request.headers or refused in request.url:
            headers: Any = {"content-type": "application/xml"}
            error = b"<Error><Code>NotImplemented</Code></Error>"
            return AWSResponse(request.url, 501, headers, Raw(error))
        return None

    store = bench.store()
    store._addressed.clients.sending.meta.events.register_first("before-send.s3", refuse)
    upload = bench.upload(store)
    upload.offer(Known(bytes(2 * PART)))
    assert "NotImplemented" in upload.refusal
    assert bench.left() == []
    upload.offer(Known(bytes(3 * PART)))
    assert upload.sent == 0
    body = random.Random(5).randbytes(PART // 2)
    file, source = bench.file(body)
    assert send_missing(store, [file], {file.key: source}, lambda *_: None, {file.key: BEGUN}) == {file.key}
    assert bench.finish(body)[0] is False


class Raw(io.BytesIO):
    """The content of an answer, as botocore reads it."""

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()


@pytest.mark.slow
def test_a_copy_that_fails_at_the_end_has_the_file_sent_whole(bench: Bench) -> None:
    body = random.Random(6).randbytes(PART + 1000)
    upload = bench.upload()
    upload.offer(Known(body))
    store = bench.store()

    def refuse(params: dict[str, Any], **_: object) -> None:
        if params["Key"].endswith("-tete"):
            raise ClientError({"Error": {"Code": "AccessDenied"}, "ResponseMetadata": {"HTTPStatusCode": 403}}, "Copy")  # type: ignore[typeddict-item]

    store._addressed.clients.sending.meta.events.register("before-parameter-build.s3.UploadPartCopy", refuse)
    file, source = bench.file(body)
    told: list[tuple[int, int]] = []
    sent = send_missing(store, [file], {file.key: source}, lambda _, done, all_: told.append((done, all_)),
                        {file.key: BEGUN})  # fmt: skip
    assert sent == {file.key}
    assert told[-1] == (file.bytes, file.bytes)
    assert store.read(file.key, 0, file.bytes) == source.read_bytes()
    assert bench.left() == []


@pytest.mark.slow
def test_killed_while_it_goes_up_it_goes_on_in_the_same_bytes(bench: Bench, seaweed: SeaweedFS) -> None:
    body = random.Random(7).randbytes(3 * PART + PART // 3)
    source = bench.tmp_path / "body"
    source.write_bytes(body)
    with weak_line(seaweed.endpoint, 4e7) as line:
        code = (
            "import sys, pickle; from pathlib import Path;"
            "from bobine.publish.destinations.bucket import BucketStore;"
            "from bobine.publish.outgoing.ahead import AheadUpload, FileBody, Pace;"
            "destination, day, path = pickle.load(sys.stdin.buffer);"
            f"AheadUpload(BucketStore(destination), {SLUG!r}, day, 'mp3', Pace(10**9)).offer(FileBody(Path(path), 0))"
        )
        told = pickle.dumps((replace(bench.destination, endpoint=line.endpoint), DAY, str(source)))
        for part in (1.2, 2.4):
            process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
            assert process.stdin is not None
            process.stdin.write(told)
            process.stdin.close()
            while line.sent < part * PART:
                assert process.poll() is None, "it ended before it was killed"
                time.sleep(0.005)
            process.send_signal(signal.SIGKILL)
            process.wait()
        sent = line.sent
        assert bench.finish(body, bench.store(endpoint=line.endpoint))[0]
        assert line.sent - sent < len(body), "nothing of it had arrived"
    assert bench.left() == []


def test_a_folder_waits_for_nothing(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    upload = AheadUpload(store, SLUG, DAY, "mp3", Pace(1000))
    upload.offer(Known(bytes(PART * 2)))
    assert upload.refusal
    upload.abandon()
    source = tmp_path / "sound.mp3"
    source.write_bytes(HEAD)
    assert not finish_growing(store, BEGUN, stored_file(source, f"{SLUG}/audio/a-0123456789ab.mp3"), source, print)


@given(kbps=st.integers(32, 10_000), counts=st.lists(st.integers(1, 100_000), max_size=50), idle=st.floats(0, 5))
def test_the_bandwidth_is_kept(kbps: int, counts: list[int], idle: float) -> None:
    now = 0.0

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    pace = Pace(kbps, lambda: now, sleep)
    now += idle
    start = now
    for count in counts:
        pace(count)
    took = now - start
    needed = sum(counts) * 8 / (kbps * 1000)
    assert needed - 0.251 <= took <= needed + 0.001
    pace.hurry()
    before = now
    pace(10**9)
    assert now == before
