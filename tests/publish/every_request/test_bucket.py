"""Every request between Bobine and a bucket goes wrong in turn: what is online is whole, and one more run ends it.

A few requests of each work, chosen by a seed; all of them with ``BOBINE_EVERY_REQUEST=1``, each
fifth with 5.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bobine.publish.destinations.bucket import PROBE, BucketStore
from bobine.publish.destinations.s3 import client
from bobine.publish.destinations.s3.client import Clients, Line
from bobine.publish.release import Outcome
from tests.publish.every_request.works import WORKS, Killed, Troubled, chosen, corrected, tables
from tests.publish.gateways import Reply, gateway
from tests.publish.seaweed import OPEN_BUCKET, SeaweedFS

Attempt = Callable[[str], AbstractContextManager[None]]

pytestmark = [pytest.mark.boundary, pytest.mark.slow]

FAULTS = ("timeout", "500", "503", "403", "reset", "answer lost", "truncated", "kill")
HURRY_S = 0.4
"""The patience of a run whose request is not answered in time, in seconds."""

LARGE = "corrected with large sounds"
_XML = [("Content-Type", "application/xml")]


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
    """A bucket behind a gateway; opens a prefix of it anew at each call, with so much patience in seconds."""
    fault, made = Fault(), Clients._made

    def counted(self: Clients, patience: Any) -> Any:
        found = made(self, patience)
        found.meta.events.register_last("before-send.s3", fault.sent)
        return found

    monkeypatch.setattr(Clients, "_made", counted)
    monkeypatch.setattr("bobine.publish.destinations.asking.WAITS_S", (0.01, 0.01, 0.01))
    once: dict[str, Any] = {"connect_timeout": 5, "retries": {"total_max_attempts": 1}}
    monkeypatch.setattr(client, "_ASKING", once)

    def opened(prefix: str, patience_s: float = 30) -> BucketStore:
        once["read_timeout"] = patience_s
        destination = seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint, prefix=prefix)
        return BucketStore(destination, Line(stall_s=patience_s, answer_s=patience_s, waits_s=()))

    with gateway(seaweed.endpoint, instead=fault.instead, after=fault.after) as endpoint:
        yield fault, opened


def corrected_in_parts(store: Any, folder: Path, number: int) -> Outcome:
    return corrected(store, folder, number, Line().part_bytes + 7)


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is large goes out in parts."""
    monkeypatch.setitem(WORKS, LARGE, corrected_in_parts)


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("kinds", tables(FAULTS), ids="+".join)
@pytest.mark.parametrize("work", ["published", "corrected", LARGE, "withdrawn"])
def test_a_request_that_goes_wrong_leaves_all_whole_and_the_next_run_ends_in_the_same_bytes(
    seaweed: SeaweedFS,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    work: str,
    kinds: tuple[str, ...],
    attempt: Attempt,
) -> None:
    with faulty(seaweed, monkeypatch) as (fault, opened):
        prefix = f"{secrets.token_hex(6)}/"
        here = Troubled.begun(work, tmp_path, opened(prefix))
        here.prepared()
        fault.arm("", 0)
        here.done(opened(prefix))
        count = fault.count
        here.done_again(opened(prefix), (PROBE,), "nothing")
        assert count > 50
        for kind, at in chosen(work, kinds, count):
            if work == "published":
                prefix = f"{secrets.token_hex(6)}/"
                here = Troubled.begun(work, tmp_path, opened(prefix))
            here.prepared()
            with attempt(f"a request to a bucket that goes wrong ({kind}), each in turn"):
                fault.arm(kind, at)
                here.done(opened(prefix, HURRY_S if kind == "timeout" else 30))
                what = f"{kind} at request {at}: {fault.done}"
                fault.arm("", 0)
                here.assert_whole()
                here.done_again(opened(prefix), (PROBE,), what)
