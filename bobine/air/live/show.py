"""The live show at the technician's hand: each action becomes an event of the journal, or is refused with a reason.

What the show is doing is always ``fold(journal)``: two screens over one journal agree, and one that was killed comes
back where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bobine.air.live.held_journal import HeldJournal
from bobine.air.live.journal import Journal
from bobine.air.live.state import events as e
from bobine.air.live.state.another_day import began_another_day
from bobine.air.live.state.bounds import LONGEST, LONGEST_TEXT
from bobine.air.live.state.session import Session, fold
from bobine.errors import WorkspaceError
from bobine.model.episode import Item

LOCK_OUT = timedelta(seconds=1)
"""A take this soon after another is a slip of the finger."""

TOO_LATE_S = (5, 10, 30)
"""Steps by which a take that was noted too late may be moved back, in seconds."""

STEP_S = 30
"""Time that one press gives to the item on air, or takes from it, in seconds."""


class Live:
    """One show on air.

    Args:
        journal: where its events go.
        now: tells the present instant, aware.
        position: tells how many samples are recorded by now; None while nothing records.
        slot: start and end of the show's slot; without it no journal is of another day.
    """

    def __init__(
        self,
        journal: Journal,
        now: Callable[[], datetime],
        position: Callable[[], int | None],
        slot: tuple[datetime, datetime] | None = None,
    ) -> None:
        self._journal = journal
        self._now = now
        self._position = position
        self._slot = slot
        self._events: tuple[e.Event, ...] = ()
        self._whole = Session()
        self._resumed = False

    @property
    def session(self) -> Session:
        """The state that the journal adds up to, whoever wrote in it; nothing aired while it is of ``another_day``."""
        whole = self._look()
        return whole if self.another_day is None else Session(recording=whole.recording)

    @property
    def another_day(self) -> datetime | None:
        """The start of the journal's show where it is not the present one; None otherwise."""
        whole = self._look()
        if self._slot is None or self._resumed or not self._events:
            return None
        return began_another_day(whole, self._events[-1].at, self._slot, self._now())

    def begin_again(self) -> None:
        """Begin the show anew; what was aired before stays in the journal, and undo brings it back."""
        self._journal.append(e.BegunAgain(at=self._now(), position=self._position()))

    def go_on_with(self) -> None:
        """Go on with the show, though it was begun another day."""
        self._journal.append(e.GoneOnWith(at=self._now(), position=self._position()))
        self._resumed = True

    def let_go(self, *, gone: bool) -> None:
        """Say that the journal is to be thrown away, or that it stays after all."""
        if isinstance(self._journal, HeldJournal):
            self._journal.let_go = gone

    @property
    def alarms(self) -> tuple[str, ...]:
        """Faults of the journal that stand now, a French sentence each."""
        return self._journal.alarms() if isinstance(self._journal, HeldJournal) else ()

    def take_notices(self) -> tuple[str, ...]:
        """Notices about the journal to show once, a French sentence each."""
        return self._journal.take_notices() if isinstance(self._journal, HeldJournal) else ()

    def _look(self) -> Session:
        events = self._journal.read()
        if events is not self._events:
            self._events, self._whole = events, fold(events)
        return self._whole

    def take(self, items: Sequence[Item], seen: str | None) -> str:
        """Put the next item on air; after the last one, give the air back.

        Args:
            items: the rundown as it is planned now.
            seen: id of what was on air when the key was pressed; None where nothing was.

        Returns:
            Why it was not done, in French; empty when it was.

        Raises:
            DiskError: if the journal cannot be written; nothing was taken then.
        """
        session = self.session
        progress = session.progress
        on_air = progress.on_air
        if (on_air.item.id if on_air is not None else None) != seen:
            return "l'élément à l'antenne venait de changer : regardez, puis recommencez"
        now = self._now()
        if on_air is not None and timedelta() <= now - on_air.started < LOCK_OUT:
            return "déjà fait il y a moins d'une seconde"
        if progress.ended is not None:
            return "l'antenne est rendue"
        coming = progress.coming(items)
        if not coming:
            if on_air is None:
                return "le conducteur est vide"
            self._write(e.Ended(at=now, position=self._position()))
            return ""
        self._write(e.Taken(at=now, position=self._position(), item=coming[0]))
        return ""

    def choose(self, items: Sequence[Item], item_id: str) -> str:
        """Make an item the next one; chosen again, the rundown's order is followed.

        Returns:
            Why it was not done, in French; empty when it was.
        """
        progress = self.session.progress
        if progress.on_air is not None and progress.on_air.item.id == item_id:
            return "il est déjà à l'antenne"
        if item_id not in {item.id for item in items}:
            return "il n'est plus dans le conducteur"
        self._write(
            e.Chosen(at=self._now(), position=self._position(), item_id=None if progress.next == item_id else item_id)
        )
        return ""

    def skip(self, item_id: str) -> str:
        """Leave a coming item out, or take it back; a standby is taken in, or put back.

        Returns:
            Why it was not done, in French; empty when it was.
        """
        progress = self.session.progress
        if progress.on_air is not None and progress.on_air.item.id == item_id:
            return "il est à l'antenne"
        if item_id not in progress.skipped and any(airing.item.id == item_id for airing in progress.aired):
            return "il est déjà passé"
        cls = e.Restored if item_id in progress.skipped else e.Skipped
        self._write(cls(at=self._now(), position=self._position(), item_id=item_id))
        return ""

    def reserve(self, item_id: str) -> None:
        """Take a standby in, or put it back in reserve."""
        cls = e.PutBack if item_id in self.session.progress.taken_in else e.TakenIn
        self._write(cls(at=self._now(), position=self._position(), item_id=item_id))

    def lengthen(self, seconds: int) -> str:
        """Give time to the item on air, or take some from it.

        Returns:
            Why it was not done, in French; empty when it was.
        """
        if self.session.progress.on_air is None:
            return "rien n'est à l'antenne"
        self._write(e.Lengthened(at=self._now(), position=self._position(), seconds=seconds))
        return ""

    def move_back(self, seconds: int) -> str:
        """Move the last take so many seconds back.

        Returns:
            Why it was not done, in French; empty when it was.
        """
        if self.session.progress.on_air is None:
            return "rien n'est à l'antenne"
        self._write(e.MovedBack(at=self._now(), position=self._position(), seconds=seconds))
        return ""

    def mark(self, label: str = "") -> None:
        """Set a bare mark."""
        self._write(e.Marked(at=self._now(), position=self._position(), label=label))

    def note(self, text: str) -> None:
        """Write something down; what no journal can hold is left out of it."""
        sound = text.encode("utf-8", "replace").decode()[:LONGEST_TEXT]
        self._write(e.Noted(at=self._now(), position=self._position(), text=sound))

    def cart_started(self, sound: str, length: timedelta, *, bed: bool) -> None:
        """Note that a sound at hand plays, for the music log; what plays before or after the show is not noted.

        Args:
            sound: its file, a path relative to the workspace.
            length: of the sound.
            bed: it goes round until it is stopped.
        """
        seconds = -(-length // timedelta(seconds=1))
        if self._is_on_air and seconds <= LONGEST // timedelta(seconds=1):
            self._write(e.CartStarted(at=self._now(), position=self._position(), sound=sound, bed=bed, seconds=seconds))

    def cart_stopped(self, sound: str = "") -> None:
        """Note that a sound at hand was stopped; all of them where none is named."""
        if self._is_on_air:
            self._write(e.CartStopped(at=self._now(), position=self._position(), sound=sound))

    @property
    def _is_on_air(self) -> bool:
        return self.another_day is None and self.session.progress.on_air is not None

    def turn_stopwatch(self, of: str = "") -> None:
        """Start a stopwatch, or stop it; starting a political one stops the others of its sort."""
        watches = self.session.stopwatches
        now, position = self._now(), self._position()
        running = of in watches and watches[of].since is not None
        if of and not running:
            for other, watch in watches.items():
                if other and watch.since is not None:
                    self._write(e.StopwatchTurned(at=now, position=position, of=other, running=False))
        self._write(e.StopwatchTurned(at=now, position=position, of=of, running=not running))

    def end(self) -> str:
        """Give the air back.

        Returns:
            Why it was not done, in French; empty when it was.
        """
        progress = self.session.progress
        if not progress.begun:
            return "l'émission n'a pas commencé"
        if progress.ended is not None:
            return "l'antenne est déjà rendue"
        self._write(e.Ended(at=self._now(), position=self._position()))
        return ""

    def undo(self) -> e.Event | None:
        """Take the last action back; the recording is never touched.

        Returns:
            The action that was taken back; None where there was none.
        """
        last = self.session.last
        if last is not None:
            self._write(e.Undone(at=self._now(), position=self._position()))
        return last

    def redo(self) -> e.Event | None:
        """Do again what was taken back last.

        Returns:
            The action that counts again; None where there was none.
        """
        undone = self.session.undone
        if undone is not None:
            self._write(e.Redone(at=self._now(), position=self._position()))
        return undone

    def _write(self, event: e.Event) -> None:
        if self.another_day is not None:
            raise WorkspaceError("Ce direct a commencé un autre jour : dites d'abord s'il recommence ou s'il continue.")
        self._journal.append(event)
