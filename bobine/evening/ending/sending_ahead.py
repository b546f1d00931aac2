"""The podcast's MP3 on its way while the show is on air, in a thread: it follows a file that grows.

The process that masters ahead writes the file, and has no keys; the screen has them, and sends it. Nothing is decided
here: what did not go up goes up with the release.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bobine.errors import BobineError
from bobine.model.destination import BucketDestination
from bobine.model.show import AudioFormat, Show
from bobine.publish.destinations.opening import open_store
from bobine.publish.outgoing.ahead import AheadUpload, FileBody, Pace
from bobine.store.workspace import Workspace

AGAIN_S = 30.0
"""Wait before what failed is tried again, seconds."""


def ahead_destination(workspace: Workspace, show: Show) -> BucketDestination | None:
    """The destination that takes the sound while the show is on air; None where none does, or is to."""
    if AudioFormat.MP3 not in show.sound.formats:
        return None
    destination = workspace.destination(show.podcast.destination)
    if isinstance(destination, BucketDestination) and destination.upload_ahead_kbps:
        return destination
    return None


class _OverError(Exception):
    """The show is over: the release sends the rest."""


@dataclass(frozen=True, slots=True)
class _UntilTheEnd:
    """A sound of which nothing more is given once an event is set: what is on its way is the last."""

    body: FileBody
    ended: threading.Event

    @property
    def size(self) -> int:
        """Bytes that are known."""
        return self.body.size

    def read(self, start: int, length: int) -> bytes:
        """A stretch of them."""
        if self.ended.is_set():
            raise _OverError
        return self.body.read(start, length)


class SendingAhead:
    """Sends one sound as it grows.

    Attributes:
        told: a French sentence on what hinders it; empty while nothing does.
        sent: bytes that went up so far.
    """

    def __init__(self, workspace: Workspace, show: Show, day: date, destination: BucketDestination, file: Path) -> None:
        """Nothing is asked yet.

        Args:
            workspace: where the destination is described.
            show: the show.
            day: the episode's.
            destination: as :func:`ahead_destination` gives it.
            file: what is known of the sound, all its frames from the first; swapped for another one as it grows.
        """
        self.told = ""
        self.sent = 0
        self._place = (destination, workspace.root, show.slug, day)
        self._name = destination.name
        self._pace = Pace(destination.upload_ahead_kbps)
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._grown = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sending ahead", daemon=True)

    def look(self) -> None:
        """Look whether more is known of the sound; it never waits."""
        try:
            state = self._file.stat()
        except OSError:
            return
        if (state.st_ino, state.st_mtime_ns) == self._seen:
            return
        self._seen = state.st_ino, state.st_mtime_ns
        self._grown.set()
        if self._thread.ident is None and not self._ended.is_set():
            self._thread.start()

    def end(self, wait_s: float = 0.0) -> None:
        """Send nothing more: the release does the rest. What is on its way is given so many seconds, without limit."""
        self._pace.hurry()
        self._ended.set()
        self._grown.set()
        if self._thread.is_alive():
            self._thread.join(wait_s)

    def _opened(self) -> AheadUpload:
        destination, root, slug, day = self._place
        return AheadUpload(open_store(destination, root), slug, day, AudioFormat.MP3, self._pace)

    def _run(self) -> None:
        upload: AheadUpload | None = None
        sent = 0
        while not self._ended.is_set():
            self._grown.wait()
            self._grown.clear()
            if self._ended.is_set():
                return
            try:
                upload = upload or self._opened()
                upload.offer(_UntilTheEnd(FileBody(self._file, 0), self._ended))
                self.told = f"« {self._name} » : {upload.refusal}, le son part à la fin." if upload.refusal else ""
            except _OverError:
                return
            except (BobineError, OSError) as error:
                self.told = f"Le son n'est pas encore parti : {error}"
                sent += upload.sent if upload is not None else 0
                upload = None  # opened anew: the keys may have been renewed
                self._ended.wait(AGAIN_S)
                self._grown.set()
            finally:
                self.sent = sent + (upload.sent if upload is not None else 0)
            if upload is not None and upload.refusal:
                return
