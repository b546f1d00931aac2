"""The process that waits, all loaded, for the recorder to die or to hang, and takes its place at once."""

from __future__ import annotations

from bobine.air.recorder.clocks import steady
from bobine.air.recorder.link.alive import end
from bobine.air.recorder.link.folder import Order, RecorderFolder
from bobine.air.recorder.link.status import HUNG_S, read
from bobine.processes import Apart, start_module

_POLL_S = 0.02
_LOOK_S = 0.25
_FIRST_S = 0.3
_AGAIN_S = 0.5


class Standby:
    """Keeps one such process alive, from within the recorder.

    Attributes:
        pid: its number; 0 while there is none.
    """

    def __init__(self, place: RecorderFolder) -> None:
        self._place = place
        self._process: Apart | None = None
        # the ffmpeg that begins to listen comes first: each moment of it is sound
        self._next_at = steady() + _FIRST_S

    @property
    def pid(self) -> int:
        """Its number; 0 while there is none."""
        return self._process.pid if self._process is not None else 0

    def keep(self) -> None:
        """Start it where it is not alive."""
        if steady() >= self._next_at and (self._process is None or not self._process.is_alive()):
            self._next_at = steady() + _AGAIN_S
            try:
                self._process = start_module("bobine.air.recorder", [str(self._place.recording)], self._place.log)
            except OSError:
                self._process = None

    def dismiss(self) -> None:
        """End the standby: nothing is left to take over."""
        if self._process is not None:
            self._process.kill()


def wait_for_turn(place: RecorderFolder) -> Order | None:
    """Wait until nobody records; a recorder that does nothing any more, though it lives, is ended first.

    Returns:
        What is to be recorded, by this process alone from now on; None where that is over, or another's to do.
    """
    from filelock import FileLock, Timeout

    asked = place.read_own_order()
    if asked is None or not asked.lock:
        return None
    lock = FileLock(asked.lock, thread_local=False)
    _held.append(lock)
    pulse = Pulse()
    while True:
        now_asked = place.read_own_order()
        if now_asked is None or now_asked.run != asked.run:
            return None
        try:
            lock.acquire(timeout=_LOOK_S, poll_interval=_POLL_S)
        except (Timeout, OSError):
            said = read(place.status)
            if said is not None and said.run == asked.run and pulse.is_gone(said.at, steady()):
                end(said.pid, said.born, place.recording)
            continue
        return asked if place.read_own_order() == asked else None


class Pulse:
    """Tells a recorder that hangs from one that this process only did not look at: neither may be frozen alone."""

    def __init__(self) -> None:
        self._seen: float | None = None
        self._looked = 0.0
        self._still_s = 0.0

    def is_gone(self, said_at: float, now: float) -> bool:
        """Take a look; whether the recorder has said nothing new for too long.

        Args:
            said_at: when it said what it said last, on the steady clock, seconds.
            now: on that clock.
        """
        since, self._looked = now - self._looked, now
        if self._seen != said_at:
            self._seen, self._still_s = said_at, 0.0
        else:
            # where the computer slept, or this process stood still, nobody could say anything
            self._still_s += min(since, 2 * _LOOK_S)
        return self._still_s >= HUNG_S


_held: list[object] = []
"""The lock, for as long as this process lives: the kernel gives it back however it ends."""
