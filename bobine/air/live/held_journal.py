"""A journal whose disk may go away during the show: actions are held meanwhile, and written when it is back.

It is held in memory and in a spare copy in the user's home, so that a screen that is killed meanwhile loses nothing
either. A journal that was put back to an older state is given the missing events again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from pathlib import Path

from bobine.air.live.journal import MOST_BYTES, Journal
from bobine.air.live.journal_lines import event_of, line_of
from bobine.air.live.own_files import read_own
from bobine.air.live.state.events import Event
from bobine.errors import BobineError, BusyError, DiskError, JournalError
from bobine.store.files import atomic_write
from bobine.store.local_state import state_folder

MEND_S = 1.0
"""Interval at which the disk is tried again, seconds."""


class HeldJournal(Journal):
    """A journal that never fails the screen that follows and runs a show; any thread may read it and append to it.

    Attributes:
        trouble: why it cannot be read or written now, in French; empty while it can.
        let_go: known events need not be kept: the journal may be thrown away, and does not get them back.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.trouble = ""
        self.let_go = False
        self._spared = True
        self._refused = 0
        self._refused_and_mended = 0
        self._written_back = 0
        self._spare = spare_of(path)
        self._mender: threading.Thread | None = None
        self._told: list[str] = []
        self._said_left_out = 0
        self._missing = _lines_of(self._spare)
        self._events = tuple(event_of(line) for line in self._missing)

    def append(self, event: Event) -> None:
        """Write an event, or hold it for as long as the disk refuses it.

        Raises:
            JournalError: if the event is out of bounds.
        """
        line = line_of(event).encode()
        if not self._missing:
            try:
                super().append(event)
                # what is written is known from now on, even where it cannot be read back later
                super().read()
            except (BusyError, DiskError, OSError) as error:
                self.trouble = str(error)
            else:
                return
        with self._guard:
            self._missing.append(line)
            self._refused += 1
            self._events = (*self._events, event)
            self._keep_spare()
        self._mend_later()

    def read(self) -> tuple[Event, ...]:
        """Every event known so far, in order; never raises: what was known stays, and ``alarms`` says why."""
        if self.let_go:
            return self._events
        with self._guard:
            held = self.missing
            try:
                super().read()
            except (BobineError, OSError) as error:
                self.trouble = str(error)
            else:
                self._looked(held)
            events = self._events
        if self._behind:
            self._mend_later()
        return events

    def alarms(self) -> tuple[str, ...]:
        """Faults that stand now, a French sentence each."""
        count = self.missing
        if count:
            where = "sur cet ordinateur" if self._spared else "en mémoire seulement : ne fermez pas cet écran"
            some = "1 action est gardée" if count == 1 else f"{count} actions sont gardées"
            return (f"Journal hors d'atteinte : {some} {where}, puis écrites dès son retour. {self.trouble}".strip(),)
        return (f"Le dernier état connu reste affiché. {self.trouble}",) if self.trouble else ()

    def take_notices(self) -> tuple[str, ...]:
        """Notices to show once, a French sentence each."""
        with self._guard:
            notices, self._told = tuple(self._told), []
        return notices

    @property
    def _behind(self) -> bool:
        """Whether a line is missing from the disk, or lies on it and was not synced."""
        return bool(self._missing) or self._refused > self._refused_and_mended

    def _looked(self, held: int) -> None:
        if held and not self._missing:
            # whoever looks may do so before the mender has noted that it is done
            self._written_back = held
        if not self._behind:
            self.trouble = ""
            if self._written_back:
                count, self._written_back = self._written_back, 0
                some = "1 action gardée y est écrite" if count == 1 else f"{count} actions gardées y sont écrites"
                self._told.append(f"Le journal est de nouveau là : {some}.")
            with contextlib.suppress(OSError):
                self._spare.unlink(missing_ok=True)
        elif self.missing > held and not self.trouble:
            lost = self.missing - held
            some = "1 ligne : elle y est remise" if lost == 1 else f"{lost} lignes : elles y sont remises"
            self._told.append(f"Le journal a été remis dans un état plus ancien. Il y manque {some}.")
            self._keep_spare()
        if len(self.left_out) > self._said_left_out:
            self._told.append(left_out_words(len(self.left_out)))
        self._said_left_out = len(self.left_out)

    def _keep_spare(self) -> None:
        try:
            atomic_write(self._spare, b"".join([*self._there, *self._missing]))
            self._spared = True
        except (BobineError, OSError):
            self._spared = False

    def _mend_later(self) -> None:
        with self._guard:
            if self._mender is None or not self._mender.is_alive():
                self._mender = threading.Thread(target=self._mend, name="journal", daemon=True)
                self._mender.start()

    def _mend(self) -> None:
        pause = threading.Event()
        while True:
            self.read()
            with self._guard:
                if self.let_go or not self._behind:
                    self._mender = None
                    return
            try:
                self.restore()
            except (BobineError, OSError) as error:
                self.trouble = str(error)
                pause.wait(MEND_S)

    def restore(self) -> None:
        """Write what is known and is missing from the file; raises as ``append`` does."""
        refused = self._refused
        super().restore()
        self._refused_and_mended = refused


def left_out_words(count: int) -> str:
    """A French sentence about lines of a journal that are not events."""
    some = "1 ligne du journal est illisible et laissée" if count == 1 else f"{count} lignes du journal sont laissées"
    return f"{some} de côté : « bobine verifier » dit lesquelles."


def spare_of(path: Path) -> Path:
    """The spare copy of a journal; it exists while events are missing from the journal."""
    name = hashlib.sha256(os.fsencode(os.path.realpath(path.parent) + os.sep + path.name)).hexdigest()[:24]
    return state_folder() / "journals" / f"{name}.jsonl"


def forget_spare(path: Path) -> None:
    """Throw the spare copy of a journal away, because the journal itself is thrown away."""
    with contextlib.suppress(OSError):
        spare_of(path).unlink(missing_ok=True)


def _lines_of(spare: Path) -> list[bytes]:
    try:
        content = read_own(spare, MOST_BYTES)
    except (BobineError, OSError):
        return []
    lines = []
    for line in content.split(b"\n")[:-1]:
        with contextlib.suppress(JournalError):
            event_of(line)
            lines.append(line + b"\n")
    return lines
