"""The recorder's own files, in ``recording/.recorder/``: what it was asked, what it says, what it is told."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bobine.model.recording import InputKind, SoundInput
from bobine.store.files import atomic_write


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a recorder was asked to do; the file is there as long as somebody wants it to go on.

    Attributes:
        run: names this order: a recorder whose order is no longer the one on the disk ends.
        source: the sound input; a file's path is absolute.
        rate: Hz.
        channels: 1 or 2.
        pair: which channels of the input they are, as ``RecordingSettings`` has them.
        silence_s: silence longer than this is reported, seconds.
        journal: the journal's path, absolute.
        second_root: folder that must exist for the second copy to be written, absolute; empty for no second copy.
        second: folder of the second copy, in it.
        speed: of a file: 1 for real time.
    """

    run: str
    source: SoundInput
    rate: int
    channels: int
    silence_s: float
    journal: str
    second_root: str = ""
    second: str = ""
    speed: float = 1.0
    pair: tuple[int, ...] = ()


class Place:
    """The recorder of one ``recording/`` folder.

    Attributes:
        recording: that folder, absolute.
    """

    def __init__(self, recording: Path) -> None:
        self.recording = recording.resolve()
        self._own = self.recording / ".recorder"

    @property
    def lock(self) -> Path:
        """Held by the process that records."""
        return self._own / "lock"

    @property
    def status(self) -> Path:
        """What it publishes."""
        return self._own / "status"

    @property
    def stops(self) -> Path:
        """A byte for each time that it was told to stop."""
        return self._own / "stops"

    @property
    def log(self) -> Path:
        """What it printed."""
        return self._own / "log.txt"

    @property
    def _order(self) -> Path:
        return self._own / "order.json"

    def make(self) -> None:
        """Make the folders.

        Raises:
            OSError: if the disk refuses.
        """
        self._own.mkdir(parents=True, exist_ok=True)
        if not self.stops_told():
            # so that there is room for another, even on a full disk
            self.tell_stop()

    def write_order(self, order: Order) -> None:
        """Ask for a recording.

        Raises:
            DiskError: if the disk is full or cannot be written.
        """
        atomic_write(self._order, json.dumps(dataclasses.asdict(order)).encode())

    def read_order(self) -> Order | None:
        """What is asked; None for nothing."""
        try:
            values: dict[str, Any] = json.loads(self._order.read_bytes())
            source = SoundInput(kind=InputKind(values["source"]["kind"]), name=str(values["source"]["name"]))
            return Order(**{**values, "source": source, "pair": tuple(values["pair"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def forget_order(self) -> None:
        """Nothing is asked any more."""
        self._order.unlink(missing_ok=True)

    def tell_stop(self) -> None:
        """Tell once to stop.

        Raises:
            OSError: if the disk refuses.
        """
        with self.stops.open("ab") as stream:
            stream.write(b".")

    def stops_told(self) -> int:
        """How many times it was told so far."""
        with contextlib.suppress(OSError):
            return os.stat(self.stops).st_size  # noqa: PTH116
        return 0
