"""Listens to an input: runs ffmpeg, starts it again when it dies or falls silent, and says when each piece came."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass

from bobine import ffmpeg
from bobine.air.recorder.clocks import steady
from bobine.air.recorder.inputs import arguments, stall_s
from bobine.french import printable
from bobine.model.recording import InputKind, SoundInput
from bobine.processes import Running

_RETRY_S = 0.5
_LINGER_S = 1.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A piece of sound.

    Attributes:
        at: when it was read, on the steady clock.
        sound: bytes; a frame may be cut in the middle.
        new_run: it is the first of a new run of the input: some may be missing before it.
    """

    at: float
    sound: bytes
    new_run: bool


class Capture:
    """One input, listened to for as long as it takes.

    Attributes:
        trouble: why no sound comes, in French; empty while it does.
        ended: the file was played to its end.
        begun_s: where the present run of a file began, seconds.
    """

    def __init__(
        self,
        source: SoundInput,
        rate: int,
        channels: int,
        *,
        speed: float,
        begin: Callable[[], float],
        on_line: Callable[[str], bool],
    ) -> None:
        """Prepare; the first call to ``next`` opens the input.

        Args:
            source: the input.
            rate: wanted, Hz.
            channels: wanted.
            speed: of a file.
            begin: says where a file is to be played from, seconds.
            on_line: takes what ffmpeg prints, in another thread; True for what is no complaint.
        """
        self.trouble = ""
        self.ended = False
        self.begun_s = 0.0
        self._source, self._rate, self._channels = source, rate, channels
        self._speed, self._begin, self._on_line = speed, begin, on_line
        self._pieces: queue.SimpleQueue[tuple[int, float, bytes]] = queue.SimpleQueue()
        self._running: Running | None = None
        self._run = 0
        self._heard = False
        self._last = steady()
        self._retry_at = 0.0

    @property
    def pid(self) -> int:
        """The number of the ffmpeg that listens; 0 while there is none."""
        return self._running.pid if self._running is not None else 0

    def next(self, timeout_s: float) -> Heard | None:
        """The next piece of sound; None where none came in time."""
        if self._running is None and not self._reopen(timeout_s):
            return None
        try:
            run, at, sound = self._pieces.get(timeout=timeout_s)
        except queue.Empty:
            if steady() - self._last > stall_s(self._source):
                self._lose("plus aucun son n'en vient")
            return None
        if run != self._run:
            return None
        if not sound:
            self._lose("elle s'est fermée")
            return None
        new_run, self._heard, self._last, self.trouble = not self._heard, True, at, ""
        return Heard(at, sound, new_run)

    def close(self) -> None:
        """Listen no more."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    def _reopen(self, timeout_s: float) -> bool:
        wait = self._retry_at - steady()
        if self.ended or wait > 0:
            time.sleep(timeout_s if self.ended else min(wait, timeout_s))
            return False
        self._run += 1
        run = self._run
        self._heard = False
        self._last = steady()
        self.begun_s = self._begin()
        tail = arguments(self._source, self._rate, self._channels, begin_s=self.begun_s, speed=self._speed)

        def take(sound: bytes) -> None:
            self._pieces.put((run, steady(), sound))

        try:
            self._running = Running([ffmpeg.find().path, *tail], on_output=take, on_line=self._on_line)
        except OSError as error:
            self._complain(str(error))
            self._retry_at = steady() + _RETRY_S
        return self._running is not None

    def _lose(self, what: str) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        code = running.stop(_LINGER_S if self._heard and self._source.kind is InputKind.FILE else 0)
        if code == 0 and self._source.kind is InputKind.FILE:
            self.ended = True
            self.trouble = "Le fichier a été joué jusqu'au bout : plus rien n'est enregistré."
            return
        self._complain(running.complaints[-1] if running.complaints else what)
        # an input that worked is tried again at once: each moment costs sound
        self._retry_at = steady() + (0 if self._heard else _RETRY_S)

    def _complain(self, why: str) -> None:
        self.trouble = (
            f"L'entrée « {printable(self._source.name)} » ne donne plus de son ({printable(why[-200:])}) : elle est "
            "réessayée sans cesse, vérifiez son branchement."
        )
