"""Listens to an input: runs ffmpeg, starts it again when it dies or falls silent, and says when each piece came."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass

from bobine import ffmpeg
from bobine.air.recorder.clocks import steady
from bobine.air.recorder.inputs.ffmpeg_options import Wanted, all_channels, arguments, piped_arguments, stall_s, widths
from bobine.air.recorder.inputs.pin import Pin
from bobine.errors import BobineError, SoundError
from bobine.french import printable
from bobine.model.recording import InputKind, SoundInput
from bobine.processes import Running

_RETRY_S = 0.5
_LINGER_S = 1.0
_UNKNOWN_S = 5.0
"""A sound server that says nothing for so long is not waited for any more, seconds."""


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
        pin: keeps it on one source of the sound server.
        strays: how many times another source was heard in its place.
    """

    def __init__(
        self,
        source: SoundInput,
        wanted: Wanted,
        *,
        speed: float,
        begin: Callable[[], float],
        on_line: Callable[[str], bool],
        known: str = "",
    ) -> None:
        """Prepare; the first call to ``next`` opens the input.

        Args:
            source: the input.
            wanted: what is wanted of it.
            speed: of a file.
            begin: says where a file is to be played from, seconds.
            on_line: takes what ffmpeg prints, in another thread; True for what is no complaint.
            known: the name of the source that it was before, where this goes on with a recording.
        """
        self.trouble = ""
        self.ended = False
        self.begun_s = 0.0
        self.pin = Pin(source, known)
        self.strays = 0
        self._source, self._wanted = source, wanted
        self._widths = widths(source, wanted)
        self._failed = 0
        self._made_at = steady()
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
            if not self._strayed() and steady() - self._last > stall_s(self._source):
                self._lose("plus aucun son n'en vient")
            return None
        if run != self._run or self._strayed():
            return None
        if not sound:
            self._lose("elle s'est fermée")
            return None
        new_run, self._heard, self._last, self.trouble = not self._heard, True, at, ""
        return Heard(at, sound, new_run)

    def close(self) -> None:
        """Stop listening."""
        if self._running is not None:
            self._running.stop()
            self._running = None
        self.pin.close()

    def _reopen(self, timeout_s: float) -> bool:
        wait = self._retry_at - steady()
        if self.ended or wait > 0:
            time.sleep(timeout_s if self.ended else min(wait, timeout_s))
            return False
        self.pin.watch()
        if not self.pin.settled(timeout_s, known=not self._wanted.pair) and steady() - self._made_at < _UNKNOWN_S:
            return False
        if self._absent():
            time.sleep(timeout_s)
            return False
        self._run += 1
        run = self._run
        self._heard = False
        self._last = steady()
        self.begun_s = self._begin()

        def take(sound: bytes) -> None:
            self._pieces.put((run, steady(), sound))

        try:
            command, feeder = self._command()
            environment = self.pin.environment()
            self._running = Running(command, on_output=take, on_line=self._on_line, fed_by=feeder, env=environment)
        except (OSError, BobineError) as error:
            self._complain(str(error))
            self._retry_at = steady() + _RETRY_S
        return self._running is not None

    def _command(self) -> tuple[list[str], list[str]]:
        """The command of ffmpeg, and the command whose output feeds it.

        Raises:
            BobineError: if there is no ffmpeg, or if the input has no such channels.
        """
        source, wanted = self.pin.opened(), self._wanted
        if wanted.pair and source.kind is InputKind.PULSE:
            own = self.pin.view().source
            if own is None:
                raise SoundError("« pactl » et « parec » manquent pour en choisir les voies")
            count = len(own.channel_map)
            if max(wanted.pair) > count:
                raise SoundError(f"elle n'a que {count} voies : corrigez « pair » dans shows.toml")
            return ffmpeg.command(piped_arguments(wanted, count)), all_channels(source, wanted, own.channel_map)
        width = self._widths[self._failed % len(self._widths)]
        return ffmpeg.command(arguments(source, wanted, width=width, begin_s=self.begun_s, speed=self._speed)), []

    def _absent(self) -> bool:
        """Whether the sound server says that our source is not there: nothing is opened then."""
        view = self.pin.view()
        if not view.served or view.source is not None or not self.pin.name:
            return False
        self.trouble = (
            f"La source « {self._name()} » n'est pas là : vérifiez son branchement. Elle est reprise dès qu'elle "
            "revient ; aucune autre n'est enregistrée à sa place."
        )
        return True

    def _strayed(self) -> bool:
        """Whether another source is heard in place of ours; if so, stop listening to it."""
        view, running = self.pin.view(), self._running
        if view.stray is None or running is None:
            return False
        self._running = None
        running.stop()
        self.strays += 1
        self.trouble = (
            f"Le serveur de son fait entendre « {printable(str(view.stray))} » à la place de « {self._name()} » : ce "
            "n'est pas gardé, la bonne source est reprise dès qu'elle est là."
        )
        # back at once; a server that insists is not fought with all the time
        self._retry_at = steady() + (0 if self._heard else _RETRY_S)
        return True

    def _lose(self, what: str) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        code = running.stop(_LINGER_S if self._heard and self._source.kind is InputKind.FILE else 0)
        if code == 0 and self._source.kind is InputKind.FILE:
            self.ended = True
            self.trouble = "Le fichier a été joué jusqu'au bout : plus rien n'est enregistré."
            return
        self._failed += 0 if self._heard else 1
        self._complain(running.complaints[-1] if running.complaints else what)
        # an input that worked is tried again at once: each moment costs sound
        self._retry_at = steady() + (0 if self._heard else _RETRY_S)

    def _complain(self, why: str) -> None:
        self.trouble = (
            f"L'entrée « {self._name()} » ne donne plus de son ({printable(why[-200:])}) : elle est réessayée sans "
            "cesse, vérifiez son branchement."
        )

    def _name(self) -> str:
        return printable(self.pin.words or self.pin.name or self._source.name)
