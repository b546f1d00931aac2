"""Where each piece of sound belongs: positions that stay true across gaps. Pure: arrivals come with their instants.

The *epoch* is the instant at which sample 0 would have arrived without any delay: pieces arrive late by varying
amounts, never early, so that the earliest of the last seconds tells it. After an interruption the sound is held back
for a moment, until its own earliest arrival says how much is missing.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

HOLD_S = 0.3
"""How long the first sound after an interruption is held back, seconds."""

WINDOW_S = 10.0
"""The epoch follows the earliest arrival of so many last seconds: sound cards' clocks drift from the computer's."""

STALL_S = 0.75
"""Without sound for so long, some may have been lost, seconds."""

_JITTER_S = 0.1
"""A stall that cost less than this cost nothing: delays vary that much."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The samples to write next.

    Attributes:
        silence: samples that are missing before it.
        sound: whole frames.
    """

    silence: int
    sound: bytes


class Timeline:
    """Follows one recording.

    Attributes:
        position: samples placed so far, counted from the recording's start.
        epoch: see above; seconds of the steady clock, None before the first sound.
    """

    def __init__(
        self, pace: float, frame: int, *, position: int = 0, epoch: float | None = None, waits: bool = False
    ) -> None:
        """Begin, or go on with a recording.

        Args:
            pace: samples that go by in a second: the rate, times the speed of a file.
            frame: bytes of a sample, all channels.
            position: samples already kept.
            epoch: of what is already kept.
            waits: a stall of the input loses nothing, as a file's.
        """
        self.position = position
        self.epoch = epoch
        self._pace = pace
        self._frame = frame
        self._waits = waits
        self._rest = b""
        self._earliest: deque[tuple[float, float]] = deque()
        self._held: list[tuple[float, bytes]] | None = [] if epoch is not None else None
        self._new_run = True
        self._known_start: int | None = None
        self._last = epoch + position / pace if epoch is not None else None

    def position_at(self, instant: float) -> int:
        """The sample that arrives at an instant; 0 before the first sound."""
        return 0 if self.epoch is None else max(0, round((instant - self.epoch) * self._pace))

    def interrupt(self, known_start: int | None = None) -> None:
        """Note that a new run of the input begins.

        Args:
            known_start: the position of its first sample, where the input itself tells (a file).
        """
        self._rest = b""
        self._known_start = known_start
        if self.epoch is not None:
            self._held, self._new_run = [], True

    def arrive(self, at: float, sound: bytes) -> Placed | None:
        """Place a piece of sound.

        Args:
            at: when it was read; never goes back.
            sound: bytes; frames may be cut in the middle.

        Returns:
            What to write, or None while it is held back.
        """
        sound = self._rest + sound
        whole = len(sound) - len(sound) % self._frame
        self._rest, sound = sound[whole:], sound[:whole]
        if self._held is None and self._last is not None and at - self._last > STALL_S and not self._waits:
            self._held, self._new_run = [], False
        self._last = at
        if self._held is None:
            return self._place(at, 0, sound)
        self._held.append((at, sound))
        return self.release() if at - self._held[0][0] >= HOLD_S else None

    def release(self) -> Placed | None:
        """Place the sound that was held back, if any, by what is known of its instant now."""
        held, self._held = self._held, None
        if not held or self.epoch is None:
            return None
        count, starts = 0, []
        for at, sound in held:
            count += len(sound) // self._frame
            starts.append(at - count / self._pace)
        start = self._known_start if self._known_start is not None else self.position_at(min(starts))
        missing = start - self.position
        sound = b"".join(sound for _, sound in held)
        if not self._new_run and missing < _JITTER_S * self._pace:
            missing = 0
        elif missing < 0:
            # the input repeats what is already kept, as a stream does that sends its last seconds first
            sound = sound[-missing * self._frame :]
            if not sound:
                self._held = []
        self._earliest.clear()
        if self._known_start is None:
            # what was true before the interruption stays so until earlier arrivals tell otherwise
            self._earliest.append((held[-1][0], self.epoch))
        self._known_start = None
        return self._place(held[-1][0], max(0, missing), sound)

    def fill_to(self, instant: float) -> int:
        """Count as missing, and return, the samples between what is placed and an instant."""
        missing = max(0, self.position_at(instant) - self.position)
        self.position += missing
        return missing

    def _place(self, at: float, silence: int, sound: bytes) -> Placed:
        self.position += silence + len(sound) // self._frame
        offset = at - self.position / self._pace
        while self._earliest and self._earliest[-1][1] >= offset:
            self._earliest.pop()
        self._earliest.append((at, offset))
        while self._earliest[0][0] < at - WINDOW_S:
            self._earliest.popleft()
        self.epoch = self._earliest[0][1]
        return Placed(silence, sound)
