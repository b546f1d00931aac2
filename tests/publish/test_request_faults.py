"""Every request between Bobine and a bucket goes wrong in turn: what is online is whole, and one more run ends it.

A few requests of each work, chosen by a seed; all of them with ``BOBINE_EVERY_REQUEST=1``.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bobine.errors import PublishError
from bobine.model.destination import FolderDestination
from bobine.model.published.release import Withdrawal
from bobine.publish.corrections.withdrawing import withdraw
from bobine.publish.destinations.bucket import PROBE, BucketStore
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.s3 import client
from bobine.publish.destinations.s3.client import Clients, Line
from bobine.publish.destinations.store import Store
from bobine.publish.pages.online import OnlinePages
from bobine.publish.release import Outcome, publish
from tests.publish.gateways import Reply, gateway
from tests.publish.samples import SHOW
from tests.publish.seaweed import OPEN_BUCKET, SeaweedFS
from tests.publish.shelf import NOW, SLUG, days_in, episode, feed_of, week_of, write_feed

Attempt = Callable[[str], AbstractContextManager[None]]

pytestmark = [pytest.mark.boundary, pytest.mark.slow]

SAMPLE = 1
"""Requests tried for a work and a fault, without BOBINE_EVERY_REQUEST."""

FAULTS = ("timeout", "500", "503", "403", "reset", "answer lost", "truncated", "kill")
HURRY_S = 0.4
"""The patience of a run whose request is not answered in time, in seconds."""

LARGE = Line().part_bytes + 7
_XML = [("Content-Type", "application/xml")]


class Killed(BaseException):
    """What stands for a process that is killed."""


class Fault:
    """What goes wrong with one request, counted from 1; none with 0."""

    def __init__(self) -> None:
        self.kind = ""
        self.at = 0
        self.count = 0
        self.done = ""

    def arm(self, kind: str, at: int) -> None:
        self.kind, self.at, self.count, self.done = kind, at, 0, ""

    def sent(self, request: Any, **_given: object) -> None:
        """Before a request leaves."""
        self.count += 1
        if self.kind == "kill" and self.count == self.at:
            self.done = f"{request.method} {request.url}"
            raise Killed

    def instead(self, method: str, path: str) -> Reply | None:
        """What the gateway answers without asking the server."""
        kind = self.kind
        if self.count != self.at or kind in ("", "kill", "answer lost", "truncated"):
            return None
        self.done = f"{method} {path}"
        if kind == "timeout":
            time.sleep(2 * HURRY_S)
        if kind in ("timeout", "reset"):
            return 0, [], b""
        return int(kind), _XML, b"<Error><Code>%s</Code></Error>" % _CODES[kind]

    def after(self, method: str, path: str, reply: Reply) -> Reply:
        """What becomes of the server's answer."""
        if self.count != self.at or self.kind not in ("answer lost", "truncated"):
            return reply
        status, headers, body = reply
        if self.kind == "truncated" and (method == "HEAD" or not body):
            return reply
        self.done = f"{method} {path}"
        if self.kind == "answer lost":
            return 0, [], b""
        kept = [(name, value) for name, value in headers if name.lower() not in ("content-length", "transfer-encoding")]
        return status, [*kept, ("Content-Length", str(len(body)))], body[: len(body) // 2]


_CODES = {"500": b"InternalError", "503": b"SlowDown", "403": b"AccessDenied"}


@contextmanager
def faulty(seaweed: SeaweedFS, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Fault, Callable[..., BucketStore]]]:
    """A bucket behind a gateway; opens it anew at each call, with so much patience in seconds."""
    fault, made = Fault(), Clients._made

    def counted(self: Clients, patience: Any) -> Any:
        found = made(self, patience)
        found.meta.events.register_last("before-send.s3", fault.sent)
        return found

    monkeypatch.setattr(Clients, "_made", counted)
    monkeypatch.setattr("bobine.publish.destinations.asking.WAITS_S", (0.01, 0.01, 0.01))
    once: dict[str, Any] = {"connect_timeout": 5, "retries": {"total_max_attempts": 1}}
    monkeypatch.setattr(client, "_ASKING", once)

    def opened(patience_s: float = 30) -> BucketStore:
        once["read_timeout"] = patience_s
        return BucketStore(destination, Line(stall_s=patience_s, answer_s=patience_s, waits_s=()))

    with gateway(seaweed.endpoint, instead=fault.instead, after=fault.after) as endpoint:
        destination = seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint)
        yield fault, opened


def corrected(store: Any, folder: Path, number: int, size: int = 3000) -> Outcome:
    """Another state of the second episode, whose former files go at once."""
    moment = NOW + timedelta(minutes=number)
    made, files = episode(folder, 1, text=f"corrige-{number}", now=moment, audio_bytes=size)
    pages = OnlinePages(store, SHOW, made.date)
    return publish(store, SHOW, made, files, write_feed, moment, pages=pages, keep=timedelta())


def corrected_in_parts(store: Any, folder: Path, number: int) -> Outcome:
    return corrected(store, folder, number, LARGE)


def withdrawn(store: Any, folder: Path, number: int) -> Outcome:
    """The second episode withdrawn, its files deleted at once."""
    moment: datetime = NOW + timedelta(minutes=number)
    made, _ = episode(folder, 1, text=f"corrige-{number - 1}", now=moment - timedelta(minutes=1))
    why = Withdrawal(at=moment, reason="à la demande d'une invitée")
    pages = OnlinePages(store, SHOW, made.date)
    return withdraw(store, SHOW, made, why, {}, write_feed, moment, pages=pages, keep=timedelta())


WORKS: dict[str, Callable[[Any, Path, int], Outcome]] = {
    "corrected": corrected,
    "corrected in parts": corrected_in_parts,
    "withdrawn": withdrawn,
}


def assert_whole(store: Store, large: int = LARGE) -> None:
    """Whoever reads the feed now gets every file that it names, with the bytes that its name has the hash of."""
    for key in re.findall(r"<([^>]+)>", feed_of(store)):
        content = store.read(key, 0, large + 1)
        assert hashlib.sha256(content).hexdigest()[:12] in key, key


def contents(store: Store) -> dict[str, bytes]:
    found = {}
    for key in store.listing(f"{SLUG}/"):
        if "/releases/index" in key:  # a memory of the records, which only costs reads
            continue
        there = store.fetch(key)
        assert there is not None
        found[key] = there.content
    found.pop(PROBE, None)
    return found


def tried(work: Callable[..., Outcome], *given: Any) -> None:
    """Do a work that may be refused in one sentence, or be killed."""
    refusal = ""
    try:
        work(*given)
    except Killed:
        return
    except PublishError as error:
        refusal = str(error)
    assert not refusal or refusal.endswith(".")
    assert "\n" not in refusal


@pytest.mark.parametrize("name", WORKS)
def test_a_request_that_goes_wrong_leaves_all_whole_and_the_next_run_ends_in_the_same_bytes(
    seaweed: SeaweedFS, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, attempt: Attempt
) -> None:
    work = WORKS[name]
    with faulty(seaweed, monkeypatch) as (fault, opened):
        store = opened()
        untroubled = open_store(FolderDestination(name="local", path="feed", public_url=store.public_url), tmp_path)
        number = 1
        made, files = episode(tmp_path, 0)
        for one in (store, untroubled):
            publish(one, SHOW, made, files, write_feed, NOW, pages=OnlinePages(one, SHOW, made.date))
            corrected(one, tmp_path, number)
        fault.arm("", 0)
        number += 1
        for one in (opened(), untroubled):
            work(one, tmp_path, number)
        assert fault.count > 15
        for kind, at in _chosen(name, fault.count):
            if name == "withdrawn":
                number += 1
                for one in (store, untroubled):
                    corrected(one, tmp_path, number)
            number += 1
            work(untroubled, tmp_path, number)
            with attempt(f"a request to a bucket that goes wrong ({kind}), each in turn"):
                fault.arm(kind, at)
                tried(work, opened(HURRY_S if kind == "timeout" else 30), tmp_path, number)
                what = f"{kind} at request {at}: {fault.done}"
                fault.arm("", 0)
                assert_whole(store)
                work(opened(), tmp_path, number)
                assert_whole(store)
                ours, theirs = contents(store), contents(untroubled)
                assert ours.keys() == theirs.keys(), what
                assert {key for key in ours if ours[key] != theirs[key]} == set(), what
                assert (week_of(1) in days_in(feed_of(store))) == (name != "withdrawn")


def _chosen(name: str, count: int) -> list[tuple[str, int]]:
    """The faults to try, and the request that each befalls."""
    every = list(range(1, count + 1))
    if os.environ.get("BOBINE_EVERY_REQUEST"):
        return [(kind, at) for kind in FAULTS for at in every]
    return [(kind, at) for kind in FAULTS for at in random.Random(f"{name} {kind}").sample(every, SAMPLE)]
