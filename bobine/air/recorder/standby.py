"""The process that waits, all loaded, for the recorder to die, and takes its place at once."""

from __future__ import annotations

from bobine.air.recorder.clocks import steady
from bobine.air.recorder.place import Order, Place
from bobine.processes import Apart, start_module

_POLL_S = 0.02
_LOOK_S = 0.5
_FIRST_S = 0.3
_AGAIN_S = 0.5


class Standby:
    """Keeps one such process alive, from within the recorder.

    Attributes:
        pid: its number; 0 while there is none.
    """

    def __init__(self, place: Place) -> None:
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
        """End it: nothing is left to take over."""
        if self._process is not None:
            self._process.kill()


def wait_for_turn(place: Place) -> Order | None:
    """Wait until nobody records.

    Returns:
        What is to be recorded, by this process alone from now on; None where that is over, or another's to do.
    """
    from filelock import FileLock, Timeout

    asked = place.read_order()
    lock = FileLock(str(place.lock), thread_local=False)
    _held.append(lock)
    while asked is not None:
        now_asked = place.read_order()
        if now_asked is None or now_asked.run != asked.run:
            return None
        try:
            lock.acquire(timeout=_LOOK_S, poll_interval=_POLL_S)
        except Timeout:
            continue
        return asked if place.read_order() == asked else None
    return None


_held: list[object] = []
"""The lock, for as long as this process lives: the kernel gives it back however it ends."""
