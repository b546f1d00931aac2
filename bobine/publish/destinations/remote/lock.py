"""A lock at the destination, for protocols without conditional writes: a folder, which can only be made once.

The folder holds an empty one whose name says who holds the lock: computer, publication, instant. A lock of this very
computer is dead if no other publication of it is under way, which a lock of the system tells; another's is dead if it
has not changed for ``STALE_S``, an empty one much sooner. It is taken over by renaming the folder, which only one can
do. Whoever lost a lock in this way learns of it by ``Held.is_still_ours``, just before the change that it stood for.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bobine.errors import PublishError
from bobine.publish.destinations.own_sending import computer_of, place_mark
from bobine.publish.destinations.remote.files import Entry, RemoteFiles
from bobine.publish.destinations.store import OnWait
from bobine.store.files import locked

LOCK = ".bobine-verrou"
"""Name of the lock's folder at the destination."""

STALE_S = 60.0
"""A lock that stays the same for so long is nobody's, in seconds: it is only held for a comparison and a rename."""

UNSIGNED_S = 10.0
"""An empty lock is nobody's after so long, in seconds: it is signed in the next request after it was made."""

_TOLD_AFTER_S = 1.0
_PATIENCE_S = 120.0
_POLL_S = (0.05, 0.1, 0.2, 0.5)


class Held:
    """A lock that was taken."""

    def __init__(self, is_still_ours: Callable[[], bool]) -> None:
        self.is_still_ours = is_still_ours


class RemoteLock:
    """The lock of one destination.

    Attributes:
        on_wait: told, while another holds it, what is waited for, how long it was, and how long at most, in seconds.
    """

    def __init__(
        self,
        files: RemoteFiles,
        name: str,
        place: str,
        state: Path,
        server_now: Callable[[], float | None],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Nothing is asked yet.

        Args:
            files: the destination's.
            name: the destination's, for people.
            place: what tells the destination from all others: its address.
            state: the folder of this computer's own state.
            server_now: the server's clock, in seconds since 1970; None where it is not known.
            clock: gives seconds that pass.
            sleep: waits so many seconds.
        """
        self._files = files
        self._name = name
        self._state = state
        self._place = place_mark(place)
        self._server_now = server_now
        self.on_wait: OnWait = lambda _label, _done, _total: None
        self._clock = clock
        self._sleep = sleep

    @contextlib.contextmanager
    def held(self) -> Iterator[Held]:
        """Hold the lock, against other computers and other programs of this one.

        Raises:
            PublishError: if another publication holds it for too long, or the destination fails.
            DiskError: if this computer's own state cannot be written.
            BusyError: if another program of this computer holds it for too long.
        """
        with locked(self._state / f"publication-{self._place}", _PATIENCE_S):
            owner = f"{computer_of(self._state)}{self._place}.{secrets.token_hex(6)}.{int(time.time())}"
            self._take(owner)
            try:
                yield Held(lambda: self._names() == [owner])
            finally:
                self._give_back(owner)

    def _take(self, owner: str) -> None:
        began = since = self._clock()
        seen: str | None = None
        polls = 0
        while not self._files.make_folder(LOCK):
            there, age_s = self._holder()
            if there != seen:
                seen, since = there, self._clock()
            waited_s = self._clock() - since
            if self._is_dead(there, waited_s, age_s):
                self._clear(there)
                continue
            if self._clock() - began > _TOLD_AFTER_S:
                longest_s = round(STALE_S if there else UNSIGNED_S)
                words = f"Un autre envoi tient le verrou, ou a été coupé : attente, {longest_s} s au plus"
                self.on_wait(words, round(max(waited_s, age_s)), longest_s)
            if self._clock() - began > _PATIENCE_S:
                raise PublishError(
                    f"Destination « {self._name} » : un autre ordinateur y publie en ce moment ; recommencez dans un "
                    "instant."
                )
            self._sleep(_POLL_S[min(polls, len(_POLL_S) - 1)])
            polls += 1
        self._sign(owner)

    def _sign(self, owner: str) -> None:
        """Put a name in: who took the folder for a dead one moved it aside for an instant, and puts it back."""
        name = f"{LOCK}/{owner}"
        for poll_s in _POLL_S:
            with contextlib.suppress(PublishError):
                self._files.make_folder(name)
                return
            self._sleep(poll_s)
        self._files.make_folder(name)

    def _names(self) -> list[str]:
        """Who is named in the lock: more than one where somebody else's was moved aside as they put their name in."""
        return [entry.name for entry in self._files.entries(LOCK) or []]

    def _holder(self) -> tuple[str, float]:
        """The holder of the lock, empty where it does not say; and its age by the server's clock, 0 if not known."""
        entries = self._files.entries(LOCK) or []
        found = entries[0] if entries else self._files.look(LOCK)
        now, modified = self._server_now(), found.modified if found is not None else None
        age_s = now - modified if now is not None and modified is not None else 0.0
        return entries[0].name if entries else "", age_s

    def _is_dead(self, holder: str, unchanged_s: float, age_s: float) -> bool:
        # no other program of this computer is at it; who signs after all finds two names there, and changes nothing
        is_ours = holder.startswith(f"{computer_of(self._state)}{self._place}.")
        longest_s = STALE_S if holder else UNSIGNED_S
        return is_ours or unchanged_s > longest_s or age_s > longest_s

    def _clear(self, dead: str) -> None:
        """Take a dead lock away; one that came to life meanwhile is put back."""
        aside = f"{LOCK}-{secrets.token_hex(6)}"
        if not self._files.rename(LOCK, aside, over=False):
            return
        there = [entry.name for entry in self._files.entries(aside) or []]
        if there != ([dead] if dead else []) and self._files.rename(aside, LOCK, over=False):
            return
        self._sweep(aside, there)

    def _give_back(self, owner: str) -> None:
        """Give the lock back, unless another took it over; one left by a failure is later found dead."""
        with contextlib.suppress(PublishError):
            names = self._names()
            if names != [owner]:
                if owner in names:
                    self._files.remove_folder(f"{LOCK}/{owner}")
                return
            aside = f"{LOCK}-{secrets.token_hex(6)}"
            if self._files.rename(LOCK, aside, over=False):
                self._sweep(aside, [owner])

    def clear_away(self, entries: Iterable[Entry], after_s: float) -> None:
        """Take away the former locks that a killed run moved aside and left there.

        Args:
            entries: what the destination's root holds.
            after_s: how old one must be, in seconds by the server's clock.
        """
        now = self._server_now()
        for entry in entries:
            is_left = entry.is_folder and entry.name.startswith(f"{LOCK}-")
            if is_left and now is not None and entry.modified is not None and now - entry.modified > after_s:
                self._sweep(entry.name, [one.name for one in self._files.entries(entry.name) or []])

    def _sweep(self, aside: str, names: list[str]) -> None:
        """Delete a former lock; one that stays is in nobody's way."""
        with contextlib.suppress(PublishError):
            for name in names:
                self._files.remove_folder(f"{aside}/{name}")
            self._files.remove_folder(aside)
