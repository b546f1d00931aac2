"""Two computers that publish to one place at the same instant, again and again: nobody's work is lost or half there.

A few rounds; as many as ``BOBINE_ROUNDS`` says.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bobine.model.destination import FolderDestination
from bobine.model.published.release import Release, Withdrawal
from bobine.publish.corrections.withdrawing import withdraw
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.remote.lock import LOCK
from bobine.publish.destinations.store import Store
from bobine.publish.feed.online import FeedContent
from bobine.publish.layout import feed_key, record_key
from bobine.publish.pages.online import OnlinePages
from bobine.publish.records import decode
from bobine.publish.release import Outcome, publish
from tests.publish.every_request.works import MOST_BYTES, assert_whole
from tests.publish.samples import SHOW
from tests.publish.seaweed import SeaweedFS
from tests.publish.shelf import NOW, SLUG, days_in, episode, feed_of, week_of, write_feed

Attempt = Callable[[str], AbstractContextManager[None]]
RemoteAt = Callable[[str, str], Store]

pytestmark = [pytest.mark.boundary, pytest.mark.slow]

ROUNDS = int(os.environ.get("BOBINE_ROUNDS") or 4)

AT_ONCE = {
    "folder": ("folder", "folder"),
    "S3": ("bucket", "bucket"),
    "SFTP": ("sftp", "sftp"),
    "WebDAV": ("webdav", "webdav"),
    "SFTP and WebDAV": ("sftp", "webdav"),
}
"""How each of the two reaches the place."""

Work = Callable[[Store, Path, int], Outcome]


def sent(store: Store, folder: Path, number: int, *, week: int, text: str = "") -> Outcome:
    moment = NOW + timedelta(minutes=number)
    made, files = episode(folder, week, text=f"{text}{number}", now=moment)
    pages = OnlinePages(store, SHOW, made.date) if number % 4 == 0 else None
    return publish(store, SHOW, made, files, write_feed, moment, pages=pages, keep=timedelta())


def taken_out(store: Store, folder: Path, number: int, *, week: int) -> Outcome:
    moment = NOW + timedelta(minutes=number)
    made, _ = episode(folder, week, text=f"{number - 1}", now=moment)
    why = Withdrawal(at=moment, reason="à la demande d'une invitée")
    return withdraw(store, SHOW, made, why, {}, write_feed, moment, keep=timedelta())


PAIRS: tuple[tuple[Work, Work], ...] = (
    (partial(sent, week=0), partial(sent, week=1)),
    (partial(sent, week=2), partial(sent, week=2)),
    (partial(sent, week=3, text="ici-"), partial(sent, week=3, text="la-")),
    (partial(taken_out, week=1), partial(sent, week=2)),
)
"""What the two do: two episodes, one and the same, two corrections of one, a withdrawal beside a correction."""


def done_together(stores: list[Store], works: tuple[Work, Work], folder: Path, number: int) -> list[Exception]:
    """Let go at once; gives their failures."""
    failures: list[Exception] = []
    start = threading.Barrier(2)

    def one(store: Store, work: Work, own: Path) -> None:
        start.wait()
        try:
            work(store, own, number)
        except Exception as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [
        threading.Thread(target=one, args=(store, work, folder / f"machine-{n}"))
        for n, (store, work) in enumerate(zip(stores, works, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def records_of(store: Store) -> list[Release]:
    found = [store.fetch(record_key(SLUG, week_of(week))) for week in range(4)]
    return [decode(one.content, "") for one in found if one is not None]


@pytest.mark.parametrize("place", AT_ONCE)
def test_two_at_once_lose_nothing(
    place: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    attempt: Attempt,
) -> None:
    folder = f"together-{place.replace(' ', '-')}"

    def opened(number: int, kind: str) -> Store:
        """By a computer of its own."""
        monkeypatch.setenv("BOBINE_STATE", str(tmp_path / f"state-{number}"))
        if kind == "folder":
            return open_store(FolderDestination(name="local", path="feed"), tmp_path)
        if kind == "bucket":
            seaweed: SeaweedFS = request.getfixturevalue("seaweed")
            return open_store(seaweed.destination(prefix=f"{folder}/"), tmp_path)
        remote_at: RemoteAt = request.getfixturevalue("remote_at")
        return remote_at(kind, folder)

    for round_ in range(ROUNDS):
        number, works = 2 * round_ + 2, PAIRS[round_ % len(PAIRS)]
        stores = [opened(number, kind) for number, kind in enumerate(AT_ONCE[place])]
        with attempt(f"two publishers at once ({place})"):
            assert done_together(stores, works, tmp_path, number) == [], f"round {round_}"
            first = stores[0]
            assert_whole(feed_of(first), lambda key, store=first: store.read(key, 0, MOST_BYTES))  # type: ignore[misc]
            records = records_of(first)
            assert feed_of(first).encode() == write_feed(FeedContent(releases=records))[feed_key(SLUG)]
            assert days_in(feed_of(first)) == [one.date for one in records if one.withdrawn is None]
            assert not [key for key in first.listing(f"{SLUG}/") if LOCK in key]
