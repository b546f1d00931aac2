"""An episode's sound on its way while the show is on air: within a bandwidth, and finished when it has its name.

Whoever makes the sound offers what is known of it (:class:`AheadUpload`); the release finishes what was begun
(:func:`finish_growing`). Nothing rests on it: where nothing was begun, or the destination lacks what it needs, the file
is sent whole as ever.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bobine.model.published.release import StoredFile
from bobine.publish.destinations.growing import Body, CannotSendAheadError, OnBytes, SendsAhead
from bobine.publish.destinations.store import Store
from bobine.publish.layout import IMMUTABLE, growing_key

_LEAST_KBPS = 32
_BURST_S = 0.25
"""Longest time for which the bandwidth may be saved up, seconds."""


class Pace:
    """Keeps what is sent within a bandwidth: called with each number of bytes, it waits until the next may go."""

    def __init__(
        self,
        kbps: int,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin.

        Args:
            kbps: the bandwidth, kilobits a second; less than 32 are taken for 32.
            clock: gives the time in seconds, from any origin.
            sleep: waits so many seconds.
        """
        self._bytes_a_second: float | None = max(kbps, _LEAST_KBPS) * 1000 / 8
        self._clock = clock
        self._sleep = sleep
        self._free_at = clock()

    def hurry(self) -> None:
        """Wait no more: the show is over."""
        self._bytes_a_second = None

    def __call__(self, count: int) -> None:
        """Wait as long as these bytes take."""
        if self._bytes_a_second is None or count <= 0:
            return
        now = self._clock()
        self._free_at = max(self._free_at, now - _BURST_S) + count / self._bytes_a_second
        if self._free_at > now:
            self._sleep(self._free_at - now)


class AheadUpload:
    """The sound of one episode, offered as it grows; any process may go on with what another began.

    Attributes:
        refusal: a French clause on what the destination lacks; empty while nothing is known to be.
        sent: bytes that went up so far, those that were sent again included.
    """

    def __init__(self, store: Store, slug: str, day: date, suffix: str, pace: Pace) -> None:
        """Nothing is asked yet.

        Args:
            store: the destination.
            slug: the show's.
            day: the episode's.
            suffix: of the file, without the dot.
            pace: how fast it may go.
        """
        self.refusal = "" if isinstance(store, SendsAhead) else "rien ne s'y envoie d'avance"
        self.sent = 0
        self._store = store
        self._key = growing_key(slug, day, suffix)
        self._pace = pace

    def offer(self, body: Body) -> None:
        """Send what is known and not there; returns when that is done.

        Args:
            body: the sound without its tags, as far as it is known; what was offered before may have changed.

        Raises:
            PublishError: if the destination is away or refuses; what has arrived stays, and may be offered again.
        """
        if self.refusal or not isinstance(self._store, SendsAhead):
            return
        try:
            self._store.growing().offer(self._key, body, self._count)
        except CannotSendAheadError as error:
            self.refusal = str(error)

    def abandon(self) -> None:
        """Take away what went up: this episode will not be published, or is sent whole."""
        if isinstance(self._store, SendsAhead):
            self._store.growing().abandon(self._key)

    def _count(self, count: int) -> None:
        self.sent += count
        self._pace(count)


@dataclass(frozen=True, slots=True)
class Begun:
    """A file whose body may have gone up already.

    Attributes:
        key: where.
        head_bytes: how much comes before its body.
    """

    key: str
    head_bytes: int


@dataclass(frozen=True, slots=True)
class FileBody:
    """The body of a file that is finished."""

    path: Path
    head_bytes: int

    @property
    def size(self) -> int:
        """Bytes behind the head."""
        return self.path.stat().st_size - self.head_bytes

    def read(self, start: int, length: int) -> bytes:
        """A stretch of them."""
        with self.path.open("rb") as stream:
            stream.seek(self.head_bytes + start)
            return stream.read(length)


def finish_growing(store: Store, begun: Begun, file: StoredFile, source: Path, on_bytes: OnBytes) -> bool:
    """Finish a file that was begun while it grew; False where there is nothing to finish: it is to be sent whole.

    Args:
        store: the destination.
        begun: where its body went up.
        file: its key, type, size and digest.
        source: the local file.
        on_bytes: called with each number of bytes sent or found there already.

    Raises:
        PublishError: if the destination fails; what has arrived stays.
    """
    if not isinstance(store, SendsAhead):
        return False
    with source.open("rb") as stream:
        head = stream.read(begun.head_bytes)
    told = 0

    def count(sent: int) -> None:
        nonlocal told
        told += sent
        on_bytes(sent)

    body = FileBody(source, begun.head_bytes)
    if store.growing().finish(begun.key, file, head, body, IMMUTABLE, count):
        found = store.head(file.key)
        if found is not None and found.is_identical_to(file):
            return True
    count(-told)
    return False
