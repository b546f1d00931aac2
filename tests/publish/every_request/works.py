"""What is done at a destination while its requests go wrong, and the promises that hold all the while."""

from __future__ import annotations

import hashlib
import os
import random
import re
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bobine.errors import PublishError
from bobine.model.destination import FolderDestination
from bobine.model.published.release import Withdrawal
from bobine.publish.corrections.withdrawing import withdraw
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.store import Store
from bobine.publish.layout import feed_key
from bobine.publish.pages.online import OnlinePages
from bobine.publish.release import Outcome, publish
from tests.publish.samples import SHOW
from tests.publish.shelf import NOW, SLUG, days_in, episode, feed_of, week_of, write_feed
from tests.publish.turns import EVERY

LARGE = 1_500_000
"""Bytes of a sound that goes out in many requests, and is gone on with after a cut."""

MOST_BYTES = 64 << 20
"""More than any file here has."""

_TICK_NS = 50_000_000
"""More than what two times of a file can lie apart, in nanoseconds, and be told as one."""

Work = Callable[[Any, Path, int], Outcome]


class Killed(BaseException):
    """What stands for a process that is killed."""


def published(store: Any, folder: Path, number: int) -> Outcome:
    """The episode of another week, beside those that are there."""
    del number
    made, files = episode(folder, 2)
    return publish(store, SHOW, made, files, write_feed, NOW, pages=OnlinePages(store, SHOW, made.date))


def corrected(store: Any, folder: Path, number: int, size: int = 3000) -> Outcome:
    """Another state of the second episode, whose former files go at once."""
    moment = NOW + timedelta(minutes=number)
    made, files = episode(folder, 1, text=f"corrige-{number}", now=moment, audio_bytes=size)
    pages = OnlinePages(store, SHOW, made.date)
    return publish(store, SHOW, made, files, write_feed, moment, pages=pages, keep=timedelta())


def corrected_with_large_sounds(store: Any, folder: Path, number: int) -> Outcome:
    return corrected(store, folder, number, LARGE)


def withdrawn(store: Any, folder: Path, number: int) -> Outcome:
    """The second episode withdrawn, its files deleted at once."""
    moment: datetime = NOW + timedelta(minutes=number)
    made, _ = episode(folder, 1, text=f"corrige-{number - 1}", now=moment - timedelta(minutes=1))
    why = Withdrawal(at=moment, reason="à la demande d'une invitée")
    pages = OnlinePages(store, SHOW, made.date)
    return withdraw(store, SHOW, made, why, {}, write_feed, moment, pages=pages, keep=timedelta())


WORKS: dict[str, Work] = {
    "published": published,
    "corrected": corrected,
    "corrected with large sounds": corrected_with_large_sounds,
    "withdrawn": withdrawn,
}


@dataclass
class Troubled:
    """A destination that is troubled, and one like it that never is.

    Attributes:
        name: the work that is done at both.
        folder: for the episodes and the untroubled destination.
        store: the troubled one.
        seen: what is in it, as it is looked at between two works.
        untroubled: the other.
        number: of the last work.
    """

    name: str
    folder: Path
    store: Store
    seen: Store
    untroubled: Store
    number: int = 1

    @classmethod
    def begun(cls, name: str, folder: Path, store: Store, host: Path | None = None) -> Troubled:
        """Two episodes at both.

        Args:
            name: the work.
            folder: for the episodes and the untroubled destination.
            store: the troubled one.
            host: the folder that its server serves, where there is one: it is looked at there.
        """
        url = store.public_url
        seen = open_store(FolderDestination(name="hôte", path=str(host), public_url=url), folder) if host else store
        place = FolderDestination(name="local", path=f"feed-{secrets.token_hex(6)}", public_url=url)
        both = cls(name, folder, store, seen, open_store(place, folder))
        made, files = episode(folder, 0)
        for one in (both.store, both.untroubled):
            publish(one, SHOW, made, files, write_feed, NOW, pages=OnlinePages(one, SHOW, made.date))
            corrected(one, folder, both.number)
        return both

    def prepared(self) -> None:
        """Bring both to where the work begins, and do it at the untroubled one."""
        if self.name == "withdrawn" and self.number > 1:
            self.number += 1
            for one in (self.store, self.untroubled):
                corrected(one, self.folder, self.number)
        self.number += 1
        WORKS[self.name](self.untroubled, self.folder, self.number)

    def done(self, store: Store) -> None:
        """The work, which may be refused in one sentence, or be killed."""
        refusal = ""
        try:
            WORKS[self.name](store, self.folder, self.number)
        except Killed:
            return
        except PublishError as error:
            refusal = str(error)
        assert not refusal or refusal.endswith(".")
        assert "\n" not in refusal

    def assert_whole(self) -> None:
        """What is online at the troubled one is whole."""
        assert_whole(feed_of(self.seen), lambda key: self.seen.read(key, 0, MOST_BYTES))

    def done_again(self, store: Store, but: Iterable[str], what: str) -> None:
        """The work by a run that nothing troubles: it ends in the same bytes, but for some names."""
        WORKS[self.name](store, self.folder, self.number)
        self.assert_whole()
        ours, theirs = contents(self.seen, but), contents(self.untroubled, but)
        assert ours.keys() == theirs.keys(), what
        assert {key for key in ours if ours[key] != theirs[key]} == set(), what
        assert (week_of(1) in days_in(feed_of(self.seen))) == (self.name != "withdrawn")


def assert_whole(feed: str, read: Callable[[str], bytes]) -> None:
    """Whoever reads the feed now gets every file that it names, with the bytes that its name has the hash of."""
    _assert_whole(feed, lambda key: hashlib.sha256(read(key)).hexdigest())


def _assert_whole(feed: str, digest: Callable[[str], str]) -> None:
    for key in re.findall(r"<([^>]+)>", feed):
        assert digest(key)[:12] in key, key


class Watched:
    """A folder that a web server serves, looked at so often that a file is hashed again only once it is another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digests: dict[tuple[str, int, int, int, int], str] = {}

    def assert_whole(self) -> None:
        """Every file that its feed names now is in it, whole; nothing is asked where there is no feed yet."""
        feed = self._folder / feed_key(SLUG)
        if feed.exists():
            _assert_whole(feed.read_text(), self._digest)

    def _digest(self, key: str) -> str:
        now = time.time_ns()
        with (self._folder / key).open("rb") as stream:
            found = os.fstat(stream.fileno())
            state = key, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
            if state not in self._digests:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                if now - max(found.st_mtime_ns, found.st_ctime_ns) < _TICK_NS:
                    return digest  # it may change once more without another time
                self._digests[state] = digest
        return self._digests[state]


def contents(store: Store, but: Iterable[str]) -> dict[str, bytes]:
    found = {}
    for key in store.listing(f"{SLUG}/"):
        if "/releases/index" in key:  # a memory of the records, which only costs reads
            continue
        there = store.fetch(key)
        assert there is not None
        found[key] = there.content
    for name in but:
        found.pop(name, None)
    return found


def tables(faults: Sequence[str]) -> list[tuple[str, ...]]:
    """The faults that each test tries: one, where many requests are tried."""
    return [(kind,) for kind in faults] if EVERY else [tuple(faults)]


def chosen(name: str, kinds: Iterable[str], count: int) -> list[tuple[str, int]]:
    """The faults to try, and the request that each befalls, counted from 1."""
    found: list[tuple[str, int]] = []
    for kind in kinds:
        by_chance = random.Random(f"{name} {kind}")
        if EVERY:
            found += [(kind, at) for at in range(1 + by_chance.randrange(EVERY), count + 1, EVERY)]
        else:
            found.append((kind, by_chance.randint(1, count)))
    return found
