"""The base of the screens: the top line, the line of keys, and an eye on what changes on the disk."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from bobine.french import printable, typeset
from bobine.tui.documents.failures import sentence
from bobine.tui.kit.screens.keys_line import Keys
from bobine.tui.kit.screens.late_keys import LateKeys
from bobine.tui.kit.screens.online_alarm import OnlineAlarm
from bobine.tui.kit.screens.outliving import Outliving
from bobine.tui.kit.screens.top_line import SAID_FOR_S, TopLine

if TYPE_CHECKING:
    from bobine.tui.documents.desk import Desk

T = TypeVar("T")

LOOK_EVERY_S = 0.4
"""How often the files on the disk are looked at, in seconds; what changed is shown at once."""

ALARMS_EVERY_S = 2
"""How often what is online is compared with the plans, in seconds."""


class DeskScreen(Outliving, Screen[None]):
    """One of the screens.

    Attributes:
        desk: what they all work on.
    """

    PLACE: ClassVar[str] = ""
    GUARDED: ClassVar[bool] = False
    """Whether a key that is held, pasted or a slip does nothing here."""
    SEVERAL: ClassVar[frozenset[str]] = frozenset()
    """The guarded actions that may be done several times in a row, at a hand's speed."""
    ONCE: ClassVar[frozenset[str]] = frozenset()
    """Off air, the actions that a key which is held down does once."""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-low"), (30, "-high")]  # noqa: RUF012

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.closing = LateKeys()
        self._shows_seen = desk.shows_signature()
        self._show_unread = ""
        self._look_fault = ""

    def compose(self) -> ComposeResult:
        """The top line, what the screen shows, the keys."""
        yield TopLine(self.PLACE, typeset(printable(self.desk.show.title)))
        yield OnlineAlarm()
        yield from self.content()
        yield Keys()

    def content(self) -> ComposeResult:
        """The widgets between the top line and the line of keys."""
        yield Widget()

    def on_mount(self) -> None:
        """Begin to look at the disk; called beside the ``on_mount`` that a subclass has."""
        self.set_interval(LOOK_EVERY_S, self._look)
        self.set_interval(ALARMS_EVERY_S, self._look_for_alarms)
        self._look_for_alarms()

    def on_screen_suspend(self) -> None:
        """A dialog comes over it, or another screen in its place."""
        if self in self.app.screen_stack:
            self.closing.cover()

    def on_screen_resume(self) -> None:
        """It is seen again; called beside the one that a subclass has."""
        self.closing.uncover(time.monotonic())

    def _look(self) -> None:
        # the work is the application's: a screen under a dialog that is told how far its work is, is painted all again
        if self in self.app.screen_stack:
            self.app.run_worker(self._look_around(), group="look")

    async def _look_around(self) -> None:
        try:
            await self._look_on_air()
            await self._look_at_show()
            await self.look()
        except Exception as error:  # noqa: BLE001 - a screen outlives any file
            self.look_failed(sentence(error))
        else:
            self.look_failed("")

    async def _look_on_air(self) -> None:
        places = [*self.query(TopLine)]
        on_air = await asyncio.to_thread(self.desk.on_air) if places else ""
        for one in places:
            one.warn(typeset(on_air))

    async def _look_at_show(self) -> None:
        seen = await asyncio.to_thread(self.desk.shows_signature)
        if not self.is_attached or (seen == self._shows_seen and not self._show_unread):
            return
        fault = ""
        try:
            await asyncio.to_thread(self.desk.reread)
        except Exception as error:  # noqa: BLE001 - the last good state stays
            fault = sentence(error)
        if seen != self._shows_seen or fault != self._show_unread:
            self._shows_seen, self._show_unread = seen, fault
            self.show_changed(fault)

    @property
    def kept_lines(self) -> int:
        """The number of lines at the top that no dialog may cover."""
        return 0

    def pressed(self) -> None:
        """A key was pressed that acts a moment later."""

    def as_pressed(self) -> AbstractContextManager[None]:
        """A context in which actions count as done at the instant of that key."""
        return nullcontext()

    def _look_for_alarms(self) -> None:
        if self in self.app.screen_stack:
            self.app.run_worker(self._show_alarms(), group="alarms", exclusive=True)

    async def _show_alarms(self) -> None:
        """Say which episodes are online and may no longer be heard, on each screen that has the line for it."""
        try:
            alarms = await asyncio.to_thread(self.desk.online_alarms)
        except Exception as error:  # noqa: BLE001 - a screen outlives any file
            self.look_failed(sentence(error))
            return
        if self.is_attached:
            for line in self.query(OnlineAlarm):
                line.show(alarms)

    def show_changed(self, fault: str) -> None:
        """Show what changed in ``shows.toml``; with a fault, it cannot be read and the last good state is kept."""

    def look_failed(self, fault: str) -> None:
        """Say why the last look at the disk failed, once; nothing where it did not."""
        if fault and fault != self._look_fault:
            self.tell(fault, refused=True)
        self._look_fault = fault

    async def look(self) -> None:
        """Show what changed on the disk."""

    async def settle(self) -> None:
        """Wait until every edit made here is on the disk, or its disk refused it once more."""

    @property
    def unsaved(self) -> str:
        """The reason why an edit made here is not on the disk; empty where all are."""
        return ""

    async def answer(self, dialog: Screen[T]) -> T | None:
        """Open a dialog and wait for its answer; None where there was none."""
        return await self.app.push_screen_wait(dialog)

    def open_dialog(self, dialog: Screen[None]) -> None:
        """Open a dialog that nobody waits for."""
        self.app.push_screen(dialog)

    def tell(self, sentence: str, *, warning: bool = False, refused: bool = False) -> None:
        """Say one sentence in the top line; where it matters, or is long, in a corner, over any dialog."""
        severity = "error" if refused else "warning" if warning else "information"
        sign = "✗ " if refused else "! " if warning else ""
        text = typeset("\n".join(printable(line) for line in f"{sign}{sentence}".splitlines()))
        if not sign and self.is_current and any(places.say(text) for places in self.query(TopLine)):
            return
        timeout = 15 if refused or warning else SAID_FOR_S
        self.notify(text, severity=severity, timeout=timeout, markup=False)  # type: ignore[arg-type]
