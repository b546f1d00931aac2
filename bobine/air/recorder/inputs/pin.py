"""Keeps an input on one source of the sound server: names it, and notices when another one is heard in its place.

A server moves those who listen to a source that vanishes to another one, and those who asked for none in particular
whenever the default changes; nobody is told. Here the source is settled once, and looked at with every word of the
server.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, replace

from bobine.air.recorder.inputs.server import Seen, look, plain_environment
from bobine.air.recorder.inputs.sources import RUN_KEY, Source
from bobine.children import child_environment
from bobine.model.recording import InputKind, SoundInput
from bobine.processes import Running

DEFAULT = "default"
_AGAIN_S = 5.0
_SOON_S = 0.5
_SERVED = (InputKind.PULSE, InputKind.ALSA, InputKind.OPENAL)


@dataclass(frozen=True, slots=True)
class View:
    """The known state of the source.

    Attributes:
        served: the sound server answered: what follows is known, not guessed.
        source: the source that is listened to, and none but it; None where it is not there, or not known yet.
        stray: another one that is heard in its place; None while all is well.
    """

    served: bool = False
    source: Source | None = None
    stray: Source | None = None


class Pin:
    """One input's source.

    Attributes:
        name: the source's own name; empty while it is not known, or where no server is asked.
        words: what people know it by.
    """

    def __init__(self, source: SoundInput, known: str = "") -> None:
        """Prepare; ``watch`` begins.

        Args:
            source: the input as it was asked for.
            known: the name of the source that it was before, where this goes on with a recording.
        """
        self._source = source
        self._served = source.kind in _SERVED
        explicit = source.kind is InputKind.PULSE and source.name != DEFAULT
        self.name = source.name if explicit else known
        self.words = ""
        self._run = ""
        self._view = View()
        self._lock = threading.Lock()
        self._word = threading.Event()
        self._looked = threading.Event()
        self._closing = False
        self._thread: threading.Thread | None = None

    def watch(self) -> None:
        """Look at the server from now on, in a thread of its own; nothing where the input has none."""
        if self._served and self._thread is None:
            self._thread = threading.Thread(target=self._watch, name="source", daemon=True)
            self._thread.start()

    def settled(self, timeout_s: float, *, known: bool = False) -> bool:
        """Wait until the server has answered once.

        Args:
            timeout_s: how long to wait at most, seconds.
            known: do not wait where the source's name is known without it.
        """
        return not self._served or (known and bool(self.name)) or self._looked.wait(timeout_s)

    def view(self) -> View:
        """The present state of the source."""
        with self._lock:
            return self._view

    def opened(self) -> SoundInput:
        """The input to open: the source's own name, where it is known."""
        if self._source.kind is InputKind.PULSE and self.name:
            return replace(self._source, name=self.name)
        return self._source

    def environment(self) -> dict[str, str]:
        """The environment of a new run of the input, by which the server's list of streams tells it from any other."""
        with self._lock:
            self._run = secrets.token_hex(4)
            self._view = replace(self._view, stray=None)
        if not self._served:
            return child_environment()
        # what goes through ALSA to the server cannot name a source but so
        chosen = {"PULSE_SOURCE": self.name} if self.name else {}
        return child_environment(PULSE_PROP=f'{RUN_KEY}="{self._run}"', **chosen)

    def close(self) -> None:
        """Stop watching."""
        self._closing = True
        self._word.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        listening: Running | None = None
        try:
            while not self._closing:
                told = listening is not None and listening.alive
                if not told:
                    listening = self._subscribe(listening)
                self._word.clear()
                self._take(look())
                self._looked.set()
                # nothing tells what came before the first word
                self._word.wait(_AGAIN_S if told else _SOON_S)
        finally:
            if listening is not None:
                listening.stop()

    def _subscribe(self, before: Running | None) -> Running | None:
        if before is not None:
            before.stop()
        try:
            return Running(["pactl", "subscribe"], on_output=self._hear, env=plain_environment())
        except OSError:
            return None

    def _hear(self, words: bytes) -> None:
        # our own questions are told of too, as clients
        if b"on source" in words or b"on server" in words:
            self._word.set()

    def _take(self, seen: Seen | None) -> None:
        with self._lock:
            if seen is None:
                self._view = View()
                return
            heard = seen.heard_by(self._run) if self._run else None
            if not self.name:
                # « default » is settled once; what ALSA is led to is known when it is heard
                asked = seen.default if self._source.kind is InputKind.PULSE else ""
                self.name = asked or (heard.name if heard is not None else "")
            own = seen.named(self.name) if self.name else None
            self.words = own.words if own is not None else self.words
            stray = heard if heard is not None and heard.name != self.name else None
            self._view = View(served=True, source=own, stray=stray)
