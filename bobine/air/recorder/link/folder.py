"""The recorder's own files, in ``recording/.recorder/``: its order, its status, the words to stop, its log."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bobine.air.live.own_files import open_own, read_own
from bobine.errors import BobineError, DiskError
from bobine.model.recording import SoundInput
from bobine.store.codec.decode import Decoder, Rules
from bobine.store.codec.encode import encode
from bobine.store.codec.json_text import json_text, read_json
from bobine.store.codec.notation import JSON
from bobine.store.files import atomic_write
from bobine.store.local_state import state_folder
from bobine.store.locks import has_locks

_MOST_ORDER_BYTES = 64_000

_RULES = Rules(text=lambda _text: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The task of a recorder; its file is there as long as somebody wants the recording to go on.

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
        lock: path of the file whose lock the process that fulfils it holds, absolute.
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
    lock: str = ""
    pair: tuple[int, ...] = ()


class RecorderFolder:
    """The recorder of one ``recording/`` folder.

    Attributes:
        recording: that folder, absolute.
    """

    def __init__(self, recording: Path) -> None:
        self.recording = Path(os.path.realpath(recording))
        self._own = self.recording / ".recorder"

    def new_lock(self, run: str) -> Path:
        """A file for the lock of an order, that nobody else has heard of; in the home, where the disk has no locks.

        Raises:
            OSError: if neither can be written.
            TimeoutError: if somebody holds it already.
        """
        own, local = self._locks(run)
        if has_locks(own):
            return own
        local.parent.mkdir(parents=True, exist_ok=True)
        has_locks(local)
        return local

    def sweep_locks(self, lock: str) -> None:
        """Remove the locks of orders that are over.

        Args:
            lock: path of the one that is not.
        """
        with contextlib.suppress(OSError):
            for pattern in self._locks("*"):
                for old in pattern.parent.glob(pattern.name):
                    if str(old) != lock:
                        old.unlink(missing_ok=True)

    def _locks(self, run: str) -> tuple[Path, Path]:
        mine = hashlib.sha256(os.fsencode(self.recording)).hexdigest()[:16]
        return self._own / f"lock-{run}", state_folder() / "locks" / f"{mine}-{run}"

    @property
    def starting(self) -> Path:
        """The file that is locked while a recorder is started."""
        return self._own / "start"

    @property
    def status(self) -> Path:
        """The file of its status."""
        return self._own / "status"

    @property
    def stops(self) -> Path:
        """The file that holds a byte for each time it was told to stop."""
        return self._own / "stops"

    @property
    def log(self) -> Path:
        """The file of its output."""
        return self._own / "log.txt"

    @property
    def _order(self) -> Path:
        return self._own / "order.json"

    def make(self) -> None:
        """Make the folders, and check that the files in them are of the right kinds.

        Raises:
            DiskError: if something else stands in the place of one of the recorder's files.
            OSError: if the disk refuses.
        """
        self._own.mkdir(parents=True, exist_ok=True)
        _check_kind(self._own, stat.S_ISDIR)
        for path in (self.status, self.stops, self.log, self._order, self.starting.with_name(".start.lock")):
            _check_kind(path, stat.S_ISREG)
        if not self.stops_told():
            # so that there is room for another, even on a full disk
            self.tell_stop()

    def write_order(self, order: Order) -> None:
        """Ask for a recording.

        Raises:
            DiskError: if the disk is full or cannot be written.
        """
        atomic_write(self._order, json_text(encode(order, notation=JSON)).encode())

    def read_order(self) -> Order | None:
        """Read the order; None where there is none, or none that can be read."""
        try:
            values = read_json(read_own(self._order, _MOST_ORDER_BYTES))
            return Decoder(_RULES, JSON).table(Order, values)
        except (OSError, BobineError, ValueError):
            return None

    def read_own_order(self) -> Order | None:
        """Read the order if it writes where ours do; None if there is none, or one that somebody else put there."""
        order = self.read_order()
        return order if order is not None and self._writes_at_home(order) else None

    def _writes_at_home(self, order: Order) -> bool:
        journal = Path(order.journal)
        # the recording's folder may be a link to another disk: the journal's folder is the one that leads to it
        leads = {os.path.realpath(journal.parent / name) for name in ("recording", self.recording.name)}
        second, root = Path(order.second), Path(order.second_root)
        inside = second.is_relative_to(root) and ".." not in second.parts if order.second else True
        return str(self.recording) in leads and journal.suffix == ".jsonl" and inside

    def forget_order(self) -> None:
        """Withdraw the order."""
        self._order.unlink(missing_ok=True)

    def tell_stop(self) -> None:
        """Tell once to stop.

        Raises:
            DiskError: if something else stands in the file's place.
            OSError: if the disk refuses.
        """
        handle = open_own(self.stops, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            os.write(handle, b".")
        finally:
            os.close(handle)

    def stops_told(self) -> int:
        """Count the times it was told so far."""
        with contextlib.suppress(OSError):
            return os.stat(self.stops).st_size  # noqa: PTH116
        return 0


def _check_kind(path: Path, is_right: Callable[[int], bool]) -> None:
    """Check that there is nothing at a path, or a file of the right kind.

    Raises:
        DiskError: if a link, a folder, a pipe or the like stands there.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not is_right(mode):
        raise DiskError(
            f"« {path} » est à l'enregistreur, et autre chose a pris sa place (un lien, un dossier…) : enlevez-le, "
            "puis relancez l'enregistrement."
        )
