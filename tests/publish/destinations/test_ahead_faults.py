"""A sound that goes up while it grows, through kills, a network that goes and stores that refuse: whole in the end."""

from __future__ import annotations

import io
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError

from bobine.errors import AwayError
from bobine.publish.outgoing.sending import send_missing
from tests.publish.destinations.growing_sounds import BEGUN, DAY, HEAD, PART, SLUG, Bench, Known
from tests.publish.destinations.weak_line import weak_line
from tests.publish.seaweed import SeaweedFS


@pytest.fixture
def bench(seaweed: SeaweedFS, tmp_path: Path) -> Bench:
    return Bench(seaweed, tmp_path)


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
