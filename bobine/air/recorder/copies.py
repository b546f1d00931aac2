"""Writes one copy of the recording, in a thread of its own: a slow or full disk holds up nothing else.

Blocks carry their positions. What one copy missed, because its disk was full or unplugged, is taken from the other
when it can be written again, and is silence where that is not possible: positions stay true in both.
"""

from __future__ import annotations

import contextlib
import queue
import shutil
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bobine.air.live.own_files import refuse_link
from bobine.air.recorder.clocks import steady
from bobine.air.recorder.link.status import Copy
from bobine.air.recorder.wav import HEADER_SIZE, SAMPLE_BYTES, GrowingWav, layout
from bobine.errors import BobineError, DiskError
from bobine.store.files import disk_errors

_SYNC_S = 1.0
_RETRY_S = 1.0
_ROOM_S = 2.0
_STILL_S = 3.0
_MOST_PENDING = 64 << 20
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the recording to be written.

    Attributes:
        position: of its first sample.
        silence: samples of silence that it begins with.
        sound: whole frames, after them.
    """

    position: int
    silence: int
    sound: bytes


class CopyWriter:
    """Writes one file.

    Attributes:
        path: the file.
        samples: how many it holds.
        fault: why it is not written, in French; empty while it is.
    """

    def __init__(self, path: Path, rate: int, channels: int, *, root: Path | None, other: Path | None) -> None:
        """Begin; the file is opened at the first block, and by then again and again until it works.

        Args:
            path: the file; its folder is made.
            rate: Hz.
            channels: how many.
            root: a folder that must be there already (a USB stick's); None where the path's folders may all be made.
            other: the other copy, to take from it what this one missed.
        """
        found = layout(path)
        self.path, self.samples, self.fault = path, found[2] if found is not None else 0, ""
        self._rate, self._channels, self._root, self._other = rate, channels, root, other
        self._frame = channels * SAMPLE_BYTES
        self._wav: GrowingWav | None = None
        self._device: int | None = None
        self._room: int | None = None
        self._beat_at = steady()
        self._room_at = self._sync_at = self._retry_at = 0.0
        self._queue: queue.SimpleQueue[Block | None] = queue.SimpleQueue()
        self._pending: deque[Block] = deque()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def put(self, block: Block) -> None:
        """Have a block written; returns at once."""
        self._queue.put(block)

    def close(self) -> None:
        """Have what is left written, synced and closed; ``busy`` tells when that is done."""
        self._queue.put(None)

    @property
    def busy(self) -> bool:
        """Whether it still writes, or may."""
        return self._thread.is_alive()

    def told(self, sharing: int) -> Copy:
        """The state of the copy, as the status publishes it.

        Args:
            sharing: how many copies are written to its disk, itself among them.
        """
        a_minute = self._rate * self._frame * 60 * sharing
        room = self._room
        minutes = None if room is None else room // a_minute
        stands_still = self.busy and steady() - self._beat_at > _STILL_S
        still = f"« {self.path.parent} » ne répond plus : ce disque ou ce dossier partagé bloque l'écriture."
        fault = self.fault or (still if stands_still else "")
        return Copy(path=str(self.path), samples=self.samples, minutes_left=minutes, fault=fault)

    @property
    def device(self) -> int | None:
        """The system's number of its disk; None if the disk was never there."""
        return self._device

    def _run(self) -> None:
        last = False
        while not last:
            self._beat_at = steady()
            with contextlib.suppress(queue.Empty):
                block = self._queue.get(timeout=0.2)
                last = block is None
                if block is not None:
                    self._pending.append(block)
            if last or steady() >= self._retry_at:
                self._try_writing()
            while sum(len(block.sound) for block in self._pending) > _MOST_PENDING:
                self._pending.popleft()
        if self._wav is not None:
            with contextlib.suppress(OSError):
                self._wav.close()

    def _try_writing(self) -> None:
        try:
            with disk_errors(self.path):
                self._write_all()
            if self._wav is not None:
                self.fault = ""
        except (OSError, BobineError) as error:
            gone = f"« {self.path.parent} » n'est plus accessible : rebranchez ce disque, la copie se complétera."
            self.fault = str(error) if isinstance(error, BobineError) else gone
            self._retry_at = steady() + _RETRY_S
            if self._wav is not None:
                self.samples = self._wav.samples
                with contextlib.suppress(OSError):
                    self._wav.close()
                self._wav = None
        self._look_at_room()

    def _write_all(self) -> None:
        wav = self._wav if self._wav is not None else self._open()
        while self._pending:
            self._write(wav, self._pending[0])
            self._pending.popleft()
            self.samples = wav.samples
        if steady() >= self._sync_at:
            wav.sync()
            self._sync_at = steady() + _SYNC_S

    def _open(self) -> GrowingWav:
        if self._root is not None and not self._root.is_dir():
            raise DiskError(f"« {self._root} » n'est pas là : branchez ce disque, la copie se complétera.")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        refuse_link(self.path)
        device = self.path.parent.stat().st_dev
        if self._root is not None and self._device not in (None, device) and self._is_beside_the_other(device):
            raise DiskError(f"« {self._root} » n'est plus sur son propre disque : rebranchez-le.")
        self._device = device
        self._wav = GrowingWav(self.path, self._rate, self._channels)
        self.samples = self._wav.samples
        return self._wav

    def _is_beside_the_other(self, device: int) -> bool:
        """Whether a folder that is left where a stick was mounted would have us write to the main disk."""
        return self._other is not None and self._other.parent.stat().st_dev == device

    def _write(self, wav: GrowingWav, block: Block) -> None:
        if wav.samples < block.position:
            self._catch_up(wav, block.position)
        wav.pad(block.position + block.silence)
        begin = block.position + block.silence
        wav.append(block.sound[max(0, wav.samples - begin) * self._frame :])

    def _catch_up(self, wav: GrowingWav, position: int) -> None:
        if self._other is not None and layout(self._other) is not None:
            with contextlib.suppress(FileNotFoundError), self._other.open("rb") as stream:
                stream.seek(HEADER_SIZE + wav.samples * self._frame)
                while wav.samples < position:
                    sound = stream.read(min(_PIECE, (position - wav.samples) * self._frame))
                    sound = sound[: len(sound) - len(sound) % self._frame]
                    if not sound:
                        break
                    wav.append(sound)
        wav.pad(position)

    def _look_at_room(self) -> None:
        if steady() < self._room_at:
            return
        self._room_at = steady() + _ROOM_S
        try:
            self._room = shutil.disk_usage(self.path.parent).free
        except OSError:
            self._room = None


def sharing(copies: Sequence[CopyWriter]) -> list[int]:
    """How many copies are written to the disk of each, itself among them.

    Each is asked once: its thread may find its disk at any moment.
    """
    devices = [copy.device for copy in copies]
    return [devices.count(device) for device in devices]
