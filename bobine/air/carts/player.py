"""Play carts through a sound output that stays open: between them it plays silence, so that a key answers at once.

The output itself sets the pace: it takes a block when it has room for one. What it holds is the time between a key and
its sound, and stays the same however long the show is.
"""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass

from bobine import ffmpeg
from bobine.air.carts.mixer import Mixer, Voice
from bobine.air.carts.outputs import arguments
from bobine.air.carts.prepare import FRAME, RATE, Prepared
from bobine.errors import BobineError
from bobine.french import printable
from bobine.model.carts import SoundOutput
from bobine.processes import Fed

BLOCK = 960
"""Frames handed over at a time: 20 ms."""

STOP_FADE_S = 0.6
"""Time that a stopped cart takes to fade away, seconds."""

CROSS_FADE_S = 0.15
"""The same for one that another takes the place of."""

GIVE_UP_S = 2.0
"""An output that is back within so many seconds goes on with what it played; after that, it is cut."""

_STUCK_S = 2.0
_RETRY_S = 0.5
_LATER_S = 3.0
"""An output that is lost for good is tried less often: each trial is a process, and the recorder comes first."""

_PROVEN = RATE // BLOCK
"""So many blocks taken in a row, a second of sound, prove that an output works."""


@dataclass(frozen=True, slots=True)
class Playing:
    """A cart that is playing.

    Attributes:
        tag: whose it is.
        at: frames handed to the output so far, in this round of a bed.
        frames: its length, frames.
        loop: it goes round.
        fading: it was stopped and fades away.
    """

    tag: str
    at: int
    frames: int
    loop: bool
    fading: bool

    @property
    def left_s(self) -> float:
        """Time left to play, seconds."""
        return max(0, self.frames - self.at) / RATE


class Player:
    """One sound output.

    Attributes:
        trouble: why nothing can be played, in French; empty while all is well.
        output: where it plays.
    """

    def __init__(self, output: SoundOutput) -> None:
        """Open the output, in a thread of its own."""
        self.output = output
        self.trouble = ""
        self._mixer = Mixer()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._lost_at: float | None = None
        self._fed: Fed | None = None
        self._thread = threading.Thread(target=self._run, name="carts", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """The number of the ffmpeg that plays; 0 while there is none."""
        fed = self._fed
        return fed.pid if fed is not None else 0

    def play(self, tag: str, sound: Prepared, *, loop: bool = False) -> None:
        """Play a sound from its beginning, in the place of what sounds; a bed stays under the others.

        Args:
            tag: whose it is.
            sound: prepared.
            loop: it is a bed: it goes round, and takes the place of another bed only.
        """
        voice = Voice(tag, sound.head, sound.frames, loop)
        with self._lock:
            for other in self._mixer.voices:
                if other.loop == loop or other.tag == tag:
                    other.fade(round(CROSS_FADE_S * RATE))
            self._mixer.add(voice)
        if len(sound.head) < sound.frames * FRAME:
            threading.Thread(target=_complete, args=(voice, sound), daemon=True).start()

    def stop(self, tag: str | None = None) -> None:
        """Fade out everything that plays, or one cart."""
        with self._lock:
            self._mixer.fade(round(STOP_FADE_S * RATE), tag)

    def playing(self) -> tuple[Playing, ...]:
        """The sounds that are playing now."""
        with self._lock:
            voices = self._mixer.voices
            return tuple(Playing(one.tag, one.at, one.frames, one.loop, one.fading) for one in voices)

    def ended(self) -> tuple[str, ...]:
        """Tags of the sounds that have played to their end since the last call."""
        with self._lock:
            return tuple(self._mixer.ended())

    def close(self) -> None:
        """Stop playing."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                command = ffmpeg.command(arguments(self.output))
                self._fed = Fed(command, ahead=BLOCK * FRAME)
            except (OSError, BobineError) as error:
                self._lost(str(error))
            else:
                try:
                    self._feed(self._fed)
                finally:
                    self._fed.stop()
                    self._fed = None
            self._closing.wait(self._pause_s())

    def _pause_s(self) -> float:
        if self._lost_at is None:
            return 0
        return _RETRY_S if time.monotonic() - self._lost_at < GIVE_UP_S else _LATER_S

    def _feed(self, fed: Fed) -> None:
        """Hand over block after block until the output is lost, or closed."""
        taken = 0
        while not self._closing.is_set():
            with self._lock:
                block = self._mixer.block(BLOCK)
            if not fed.give(block, _STUCK_S):
                stuck = fed.alive
                fed.stop()
                self._lost("elle ne prend plus de son" if stuck else (fed.complaints or ("elle s'est fermée",))[-1])
                return
            taken += 1
            if taken == _PROVEN:
                self.trouble, self._lost_at = "", None

    def _lost(self, why: str) -> None:
        now = time.monotonic()
        self._lost_at = self._lost_at if self._lost_at is not None else now
        self.trouble = (
            f"La sortie « {printable(str(self.output))} » ne joue plus ({printable(why[-120:])}) : elle est réessayée "
            "sans cesse, vérifiez son branchement."
        )
        if now - self._lost_at > GIVE_UP_S:
            with self._lock:
                self._mixer.clear()


def _complete(voice: Voice, sound: Prepared) -> None:
    # a sound that was removed meanwhile is heard as far as it is in memory, then silence
    with contextlib.suppress(OSError, BobineError):
        voice.samples = sound.samples()
