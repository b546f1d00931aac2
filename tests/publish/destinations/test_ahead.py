"""A sound that goes up while it grows: the same bytes as if it had been sent whole, and nothing left behind."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.publish.destinations.s3.ahead import PIECES
from bobine.publish.outgoing.ahead import AheadUpload, Pace, finish_growing
from tests.publish.destinations.growing_sounds import BEGUN, DAY, HEAD, PART, SLUG, Bench, Known
from tests.publish.destinations.weak_line import weak_line
from tests.publish.seaweed import SeaweedFS
from tests.publish.shelf import stored_file
from tests.publish.stores import opened_folder


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
def test_what_is_abandoned_is_taken_away(bench: Bench) -> None:
    upload = bench.upload()
    upload.offer(Known(bytes(PART + PART // 2)))
    assert bench.left()
    assert not [name for name in bench.left() if name.startswith(f"{DAY}.mp3/")], "no name is guessed from the day"
    upload.abandon()
    assert bench.left() == []
    assert bench.finish(bytes(PART)) == (False, 0)


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
