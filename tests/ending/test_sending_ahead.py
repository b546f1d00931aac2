"""What goes wrong while the sound goes up during the show costs the show nothing, and the release finishes it."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bobine.evening.ending import sending_ahead
from bobine.evening.ending.sending_ahead import SendingAhead
from bobine.model.destination import BucketDestination
from bobine.publish.destinations.bucket import BucketStore
from bobine.publish.destinations.s3 import client
from bobine.publish.layout import growing_key
from bobine.publish.outgoing.ahead import Begun, finish_growing
from bobine.store.workspace import open_workspace
from tests.conftest import ATELIER
from tests.publish.destinations.weak_line import WeakLine, weak_line
from tests.publish.seaweed import SECRET_KEY, SeaweedFS
from tests.publish.shelf import stored_file

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 26)
PART = client.Line().part_bytes
HEAD = b"ID3" + bytes(3000)
BODY = random.Random(13).randbytes(2 * PART + 1234)


LINE = client.Line(stall_s=5, answer_s=30, waits_s=(0.05, 0.1, 0.2))


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending_ahead, "AGAIN_S", 0.2)
    monkeypatch.setattr(sending_ahead, "open_store", lambda destination, _root: BucketStore(destination, LINE))


@pytest.fixture
def line(seaweed: SeaweedFS) -> Iterator[WeakLine]:
    with weak_line(seaweed.endpoint, 1e9) as found:
        yield found


class Show:
    """A sound that grows while it is sent, and is released in the end."""

    def __init__(self, tmp_path: Path, destination: BucketDestination) -> None:
        shutil.copyfile(ATELIER / "shows.toml", tmp_path / "shows.toml")
        workspace = open_workspace(tmp_path)
        show = workspace.shows[0]
        self._destination = destination
        self._growing, self._whole = tmp_path / "growing.mp3", tmp_path / "whole.mp3"
        self._begun = Begun(growing_key(show.slug, DAY, "mp3"), len(HEAD))
        self._key = f"{show.slug}/audio/{show.slug}-{DAY}-0123456789ab.mp3"
        self.sending = SendingAhead(workspace, show, DAY, destination, self._growing)

    def knows(self, body: bytes) -> None:
        """So much of the sound is known now."""
        fresh = self._growing.with_suffix(".tmp")
        fresh.write_bytes(body)
        fresh.replace(self._growing)
        self.sending.look()

    def release(self, body: bytes) -> None:
        """End the show, and publish its sound: the same bytes as the local file's."""
        self.sending.end(10)
        self._whole.write_bytes(HEAD + body)
        store = BucketStore(self._destination)
        file = stored_file(self._whole, self._key)
        assert finish_growing(store, self._begun, file, self._whole, lambda _count: None)
        assert store.read(file.key, 0, file.bytes) == HEAD + body


def until(true: Callable[[], bool]) -> None:
    while not true():
        time.sleep(0.02)


@pytest.fixture
def show(tmp_path: Path, seaweed: SeaweedFS, line: WeakLine) -> Iterator[Show]:
    found = Show(tmp_path, seaweed.destination(endpoint=line.endpoint, upload_ahead_kbps=10**6))
    yield found
    found.sending.end(10)


def test_a_network_that_goes_in_mid_show_and_comes_back(show: Show, line: WeakLine) -> None:
    show.knows(BODY[:PART])
    until(lambda: show.sending.sent >= PART)
    line.is_down = True
    line.cut()
    show.knows(BODY[: 2 * PART])
    until(lambda: show.sending.told.startswith("Le son n'est pas encore parti"))
    line.is_down = False
    until(lambda: not show.sending.told)
    before = line.sent
    show.release(BODY)
    assert line.sent - before < PART, "what had arrived went up again"


def test_credentials_that_expire_in_mid_show_and_are_renewed(
    show: Show, line: WeakLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "expiree")
    show.knows(BODY[:PART])
    until(lambda: "clé" in show.sending.told)
    show.knows(BODY[: PART + 10])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
    until(lambda: not show.sending.told)
    until(lambda: show.sending.sent >= PART)
    before = line.sent
    show.release(BODY)
    assert line.sent - before < len(BODY)


def test_an_item_that_is_undone_after_it_went_up(show: Show) -> None:
    other = random.Random(14).randbytes(PART)
    show.knows(BODY[:PART] + other)
    until(lambda: show.sending.sent >= 2 * PART)
    show.knows(BODY[: PART + PART // 2])
    show.release(BODY[: PART + PART // 2 + 77])


def test_once_the_show_is_over_only_what_is_on_its_way_arrives(show: Show, line: WeakLine) -> None:
    line.rate = PART
    show.knows(BODY)
    until(lambda: line.sent > PART // 4)
    show.sending.end(30)
    arrived = line.sent
    assert arrived < PART + PART // 4, "a part was begun after the end"
    line.rate = 1e9
    show.release(BODY)
    assert line.sent - arrived < len(BODY) - PART + PART // 4, "what was on its way went up again"
