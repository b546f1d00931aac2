"""A run is killed while it sends or grafts a sound: a withdrawal leaves none of it, whatever the destination is.

So does the next run, where nobody withdraws. Requests are chosen by a seed; each with ``BOBINE_EVERY_REQUEST=1``.
"""

from __future__ import annotations

import os
import secrets
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bobine.model.destination import Destination, FolderDestination
from bobine.publish.destinations.opening import open_store
from tests.publish.every_request import processes
from tests.publish.every_request.leftovers import tagged_anew, taken_back, voices_in_bucket, voices_in_folder
from tests.publish.every_request.test_remote import FAULTY
from tests.publish.gateways import Reply, gateway
from tests.publish.seaweed import OPEN_BUCKET, SeaweedFS
from tests.publish.servers import WebdavServer
from tests.publish.turns import EVERY

pytestmark = [pytest.mark.boundary, pytest.mark.slow]

WORK = "tagged anew"


class Killer:
    """Kills a process at the instant its n-th request comes, counted from 1."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self._guard = threading.Lock()
        self._at = 0
        self._victim: Any = None
        self._started = threading.Event()

    def comes(self, what: str) -> bool:
        with self._guard:
            self.requests.append(what)
            if len(self.requests) != self._at:
                return False
        assert self._started.wait(30)
        os.kill(self._victim.pid, signal.SIGKILL)
        self._victim.join()
        return True

    def kill_at(self, at: int, begin: Callable[[], Any]) -> None:
        """Begin a process, and wait until it was killed or is done."""
        self.requests.clear()
        self._started.clear()
        self._at = at
        self._victim = begin()
        self._started.set()
        self._victim.join()
        self._at = 0


Place = tuple[Destination, Callable[[], Iterable[str]]]


@contextmanager
def bucket(seaweed: SeaweedFS) -> Iterator[tuple[Killer, Callable[[], Place]]]:
    killer = Killer()

    def instead(method: str, path: str) -> Reply | None:
        return (0, [], b"") if killer.comes(f"{method} {path}") else None

    with gateway(seaweed.endpoint, instead=instead) as endpoint:

        def place() -> Place:
            destination = seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint, prefix=f"{secrets.token_hex(6)}/")
            return destination, lambda: voices_in_bucket(destination, seaweed.admin)

        yield killer, place


@contextmanager
def remote(protocol: str, host: Path, address: str) -> Iterator[tuple[Killer, Callable[[], Place]]]:
    killer = Killer()
    with FAULTY[protocol](host) as (fault, destination_in):
        fault.comes = lambda what: "kill" if killer.comes(what) else ""  # type: ignore[method-assign]

        def place() -> Place:
            name = secrets.token_hex(6)
            return destination_in(name, f"{address}{name}/"), lambda: voices_in_folder(host / name)

        yield killer, place


@pytest.fixture
def public_folder(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    server = WebdavServer(tmp_path / "host", public=True, read_only=True)
    yield server.folder, server.root
    server.stop()


@contextmanager
def opened(
    kind: str, request: pytest.FixtureRequest, public_folder: tuple[Path, str]
) -> Iterator[tuple[Killer, Callable[[], Place]]]:
    """A destination whose requests are counted, each time a new one."""
    if kind == "s3":
        with bucket(request.getfixturevalue("seaweed")) as found:
            yield found
    else:
        with remote(kind, *public_folder) as found:
            yield found


def chosen(count: int, salt: str) -> list[int]:
    """The requests at which a run is killed: each, each so manyth, or five."""
    if EVERY:
        return list(range(1, count + 1, EVERY))
    step = max(1, count // 5)
    return list(range(1 + sum(salt.encode()) % step, count + 1, step))


def steps_of_a_graft(sent: Sequence[str]) -> list[int]:
    """The requests by which a bucket makes a sound of a head and of what is there, and the one behind them."""
    steps = [
        number
        for number, what in enumerate(sent, 1)
        if what.startswith(("POST", "PUT", "DELETE")) and ("/en-cours/" in what or "upload" in what)
    ]
    return [*steps, steps[-1] + 1] if steps else []


def killed_at(at: int, killer: Killer, new_place: Callable[[], Place], episodes: Path) -> Place:
    """A new place where an episode is online, and a run that tags it anew was killed at a request; at none for 0."""
    destination, voices = new_place()
    tagged_anew(open_store(destination, episodes.parent), episodes, 1)
    killer.kill_at(at, lambda: processes.begun(destination, episodes, WORK, 2))
    return destination, voices


@pytest.mark.parametrize("kind", ["s3", "sftp", "webdav"])
def test_a_withdrawal_leaves_no_voice_whatever_request_the_run_before_was_killed_at(
    kind: str, tmp_path: Path, public_folder: tuple[Path, str], request: pytest.FixtureRequest
) -> None:
    episodes = tmp_path / "episodes"
    episodes.mkdir()
    with opened(kind, request, public_folder) as (killer, new_place):
        voices = killed_at(0, killer, new_place, episodes)[1]
        sent = list(killer.requests)
        assert len(list(voices())) == 1, "what was superseded is gone"
        assert kind != "s3" or len(steps_of_a_graft(sent)) > 10
        left = 0
        for at in sorted({*chosen(len(sent), kind), *steps_of_a_graft(sent)}):
            destination, voices = killed_at(at, killer, new_place, episodes)
            left = max(left, len(list(voices())))
            outcome = taken_back(open_store(destination, tmp_path), episodes, 2)
            assert list(voices()) == [], f"killed at request {at}: {sent[at - 1]}"
            assert outcome.warnings == ()
        assert left >= 2, "some of the kills left something"


@pytest.mark.parametrize("kind", ["s3", "sftp", "webdav"])
def test_the_next_run_leaves_the_sound_once_whatever_request_the_run_before_was_killed_at(
    kind: str, tmp_path: Path, public_folder: tuple[Path, str], request: pytest.FixtureRequest
) -> None:
    episodes = tmp_path / "episodes"
    episodes.mkdir()
    with opened(kind, request, public_folder) as (killer, new_place):
        killed_at(0, killer, new_place, episodes)
        for at in chosen(len(killer.requests), f"{kind} again"):
            destination, voices = killed_at(at, killer, new_place, episodes)
            tagged_anew(open_store(destination, tmp_path), episodes, 2)
            assert len(list(voices())) == 1, f"killed at request {at}: {list(voices())}"


@pytest.mark.parametrize("work", ["killed while copying", "killed when copied"])
def test_a_folder_keeps_no_voice_after_a_copy_that_was_killed(tmp_path: Path, work: str) -> None:
    destination = FolderDestination(name="local", path="feed")
    store = open_store(destination, tmp_path)
    tagged_anew(store, tmp_path, 1)
    victim = processes.begun(destination, tmp_path, work, 2)
    victim.join()
    assert victim.exitcode == -signal.SIGKILL
    assert len(list(voices_in_folder(tmp_path / "feed"))) == 2
    taken_back(store, tmp_path, 2)
    assert list(voices_in_folder(tmp_path / "feed")) == []
