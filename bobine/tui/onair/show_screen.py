"""Actions of single keys on the live screen, and the state that they act on; « Antenne » draws it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

from bobine.air.live.held_journal import HeldJournal
from bobine.air.live.instants import Instants
from bobine.air.live.show import STEP_S, Live
from bobine.air.live.stage import Stage
from bobine.errors import BobineError
from bobine.model.episode import Episode, Item
from bobine.plan.timing.rundown import Timing, time_rundown
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.document import Document
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.screens.desk_screen import DeskScreen
from bobine.tui.onair.words import action_words


class ShowScreen(DeskScreen):
    """The actions of one show.

    Attributes:
        day: the day of broadcast.
        stage: the real show, or a rehearsal.
        live: the show's actions.
        recorder: the recording.
        document: the plan; None while it could not be read yet.
        waiting: it is not the hour, and nobody said to begin all the same: nothing is done to the show.
    """

    def __init__(self, desk: Desk, day: date, stage: Stage) -> None:
        super().__init__(desk)
        self.day = day
        self.stage = stage
        self.recorder = stage.recorder
        self._instants = Instants(desk.now, self.recorder.position)
        slot = desk.show.slot.bounds(day)
        self.live = Live(HeldJournal(stage.journal), self._instants.now, self._instants.position, slot)
        self.document: Document[Episode] | None = None
        self.waiting = False

    # What is known

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.desk.now()

    @property
    def slot(self) -> tuple[datetime, datetime]:
        """Start and end of the show, aware."""
        return self.desk.show.slot.bounds(self.day)

    @property
    def items(self) -> tuple[Item, ...]:
        """The rundown as it is planned now."""
        return self.document.value.items if self.document is not None else ()

    @property
    def timing(self) -> Timing:
        """The live hours, at this instant."""
        progress = self.live.session.progress
        return time_rundown(self.items, self.slot, progress, self.now)

    @property
    def key(self) -> str | None:
        """Id of the item under the cursor."""
        return self.query_one("#air-items", Listing).key

    @property
    def item(self) -> Item | None:
        """The planned item under the cursor."""
        return next((item for item in self.items if item.id == self.key), None)

    # What the screen shows of it

    def tick(self) -> None:
        """Show this instant."""

    def follow(self) -> None:
        """Put the cursor on what is on air."""

    def action_ask(self, name: str) -> None:
        """One of the gestures that ask something."""

    # What is done

    def pressed(self) -> None:
        """Remember the instant of a key that acts a moment later."""
        self._instants.pressed()

    def as_pressed(self) -> AbstractContextManager[None]:
        """Date what is done meanwhile at the instant of that key."""
        return self._instants.as_pressed()

    def act(self, action: Callable[[], str | None]) -> bool:
        """Do one thing to the show; say why where it is refused, or cannot be written."""
        if self.waiting:
            self.action_ask("open")
            return False
        if self.live.another_day is not None:
            self.action_ask("day")
            return False
        try:
            refused = action()
        except BobineError as error:
            self.tell(str(error), refused=True)
            return False
        if refused:
            self.tell(f"Rien n'est fait : {refused}.", warning=True)
        self.tick()
        return not refused

    def action_take(self) -> None:
        """Put the next item on air."""
        on_air = self.live.session.progress.on_air
        seen = on_air.item.id if on_air is not None else None
        if self.act(lambda: self.live.take(self.items, seen)):
            self.follow()
            if self.live.session.progress.ended is not None:
                self.action_ask("archive")

    def action_choose(self) -> None:
        """Make the item under the cursor the next one."""
        key = self.key
        if key is not None:
            self.act(lambda: self.live.choose(self.items, key))

    def action_skip(self) -> None:
        """Leave the item under the cursor out, or take it back; a standby is taken in."""
        item, key = self.item, self.key
        if item is not None and item.standby:
            self.act(lambda: self.live.reserve(item.id))
        elif key is not None:
            self.act(lambda: self.live.skip(key))

    def action_lengthen(self, sign: int) -> None:
        """Give 30 seconds to the item on air, or take them from it."""
        self.act(lambda: self.live.lengthen(sign * STEP_S))

    def action_mark(self) -> None:
        """Set a bare mark."""
        if self.act(self.live.mark):
            self.tell("Repère posé.")

    def action_stopwatch(self) -> None:
        """Start or stop the spare stopwatch."""
        self.act(self.live.turn_stopwatch)

    def action_undo(self) -> None:
        """Take the last action back."""

        def undo() -> str:
            undone = self.live.undo()
            if undone is None:
                return "rien à annuler"
            self.tell(f"Annulé : {action_words(undone)}")
            return ""

        self.act(undo)

    def action_redo(self) -> None:
        """Do again what was taken back last."""

        def redo() -> str:
            redone = self.live.redo()
            if redone is None:
                return "rien à rétablir"
            self.tell(f"Rétabli : {action_words(redone)}")
            return ""

        self.act(redo)
