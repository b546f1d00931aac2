"""Keeps the process that masters ahead alive for as long as its show is on air, and tells how far it is.

All of it happens in a thread of its own: the screen only says whether the show is on air, and reads a few words.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bobine.air.live.stage import Stage
from bobine.air.recorder.link import control
from bobine.evening.ahead.__main__ import BUSY
from bobine.evening.ahead.folder import AheadFolder
from bobine.evening.ahead.status import read_status, words
from bobine.evening.ending.sending_ahead import SendingAhead, ahead_destination
from bobine.master.cache.cache import cache_of
from bobine.processes import Apart, start_module
from bobine.store.workspace import EpisodeFolder, open_workspace

LOOK_S = 1.0
FROZEN_S = 90.0
"""One that has said nothing for so long is stuck: it is ended, and another takes its place, seconds."""

FIRST_AGAIN_S = 2.0
LONGEST_AGAIN_S = 60.0
"""Time until one that ended too soon is started again, at first and at the most, seconds: each time twice as long."""

_STANDS_STILL = "podcast : à l'arrêt, il sera monté après l'émission"
_LEAVE_S = 1.0
_MOST_LOG_BYTES = 1 << 18


class Watch:
    """Watches over the process of one stage.

    Attributes:
        words: how far it is, in French; empty while nothing is to be said.
    """

    def __init__(
        self,
        stage: Stage,
        root: Path,
        episode: EpisodeFolder,
        clock: Callable[[], float] = time.monotonic,
        module: str = "bobine.evening.ahead",
    ) -> None:
        """Begin to watch; nothing is started yet.

        Args:
            stage: the real show, or a rehearsal.
            root: the workspace.
            episode: the episode's folder.
            clock: seconds.
            module: the program.
        """
        self.words = ""
        self._stage, self._root, self._episode = stage, root, episode
        self._clock, self._module = clock, module
        self._wanted = threading.Event()
        self._left = threading.Event()
        self._thread: threading.Thread | None = None
        self._process: Apart | None = None
        self._started_at = 0.0
        self._next_at = 0.0
        self._patience_s = FIRST_AGAIN_S
        self._beat: tuple[int, int] | None = None
        self._looked_at = clock()
        self._still_s = 0.0
        self._sending: SendingAhead | None = None

    def follow(self, *, on_air: bool) -> None:
        """Say whether the show is on air and recorded; it never waits.

        Args:
            on_air: a process that has ended is started again only then.
        """
        if self._stage.master is None or self._left.is_set():
            return
        if on_air:
            self._wanted.set()
        else:
            self._wanted.clear()
        if on_air and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)
            self._thread.start()

    def leave(self) -> None:
        """Stop watching. The process finishes a show that is still being recorded; otherwise it is ended."""
        self._left.set()
        if self._thread is not None:
            self._thread.join(timeout=_LEAVE_S)

    def _let_go(self) -> None:
        if self._sending is not None:
            self._sending.end()
        goes_on = self._stage.recording is not None and control.is_running(self._stage.recording)
        if self._process is not None and (self._stage.rehearsal or not goes_on):
            self._process.kill()

    def look(self) -> None:
        """Look once: start the process, replace it where it is stuck, and read what it says."""
        master = self._stage.master
        if master is None:
            return
        now = self._clock()
        since, self._looked_at = now - self._looked_at, now
        if self._process is not None and not self._process.is_alive():
            self._ended(self._process.code, now)
        status = read_status(AheadFolder(master).status)
        beat = (status.pid, status.beat) if status is not None else None
        is_new = beat != self._beat
        # where the computer slept, or this program stood still, nobody could say anything
        self._still_s = 0.0 if is_new else self._still_s + min(since, 2 * LOOK_S)
        is_ours = status is not None and self._process is not None and status.pid == self._process.pid
        if status is not None and (is_ours or (is_new and self._beat is not None)):
            self.words = words(status)
        self._beat = beat
        if self._process is not None:
            if self._still_s > FROZEN_S:
                self._process.kill()
                self._still_s = 0.0
                self.words = _STANDS_STILL
        elif self._wanted.is_set() and now >= self._next_at:
            self._start(master, now)
        if not self._stage.rehearsal:
            self._send(AheadFolder(master).sound)

    def _send(self, sound: Path) -> None:
        """Have what is known of the sound sent, where the process gives it away."""
        if self._sending is None and sound.exists():
            workspace = open_workspace(self._root)
            show = workspace.show(self._episode.show)
            destination = ahead_destination(workspace, show)
            if destination is not None:
                self._sending = SendingAhead(workspace, show, self._episode.date, destination, sound)
        if self._sending is not None:
            self._sending.look()

    def _run(self) -> None:
        while not self._left.wait(LOOK_S):
            # it is a help, and never in anybody's way
            with contextlib.suppress(Exception):
                self.look()
        self._let_go()

    def _start(self, master: Path, now: float) -> None:
        recording = self._stage.recording
        if recording is None or not cache_of(master).keeps:
            return
        place = AheadFolder(master)
        self._started_at, self._still_s = now, 0.0
        self._next_at = now + self._patience_s
        self._patience_s = min(2 * self._patience_s, LONGEST_AGAIN_S)
        place.folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            if place.log.stat().st_size > _MOST_LOG_BYTES:
                place.log.unlink()
        arguments = [self._root, self._episode.show, self._episode.date.isoformat(), self._stage.journal, recording]
        arguments += [master, *([] if self._stage.rehearsal else [self._episode.path])]
        self._process = start_module(self._module, [str(one) for one in arguments], place.log)

    def _ended(self, code: int | None, now: float) -> None:
        self._process = None
        if code not in (0, BUSY) and now - self._started_at > LONGEST_AGAIN_S:
            self._patience_s = FIRST_AGAIN_S
        self._next_at = max(self._next_at, now + FIRST_AGAIN_S)
