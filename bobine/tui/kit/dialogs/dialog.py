"""The base of the dialogs: in the middle of a planning screen; on air under the board, which it never covers."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen
from textual.widget import Widget

from bobine.tui.kit.screens.in_use import InUse
from bobine.tui.kit.screens.workshop import workshop

T = TypeVar("T")

LATE_S = 1.0
"""How long a dialog that nobody waited for hears no key, in seconds."""

LEAST = 6
"""Lines that a dialog has at the least, even where the board must give some."""


class Dialog(InUse, ModalScreen[T]):
    """A question, a list, a form over a screen.

    Attributes:
        made: set once all that is in it is there.
        late: it comes a while after what asked for it: the keys of the first moment are meant for something else.
    """

    CSS_PATH = Path(__file__).with_name("dialog.tcss")
    late = False
    _deaf_until_s = 0.0

    def __init__(self) -> None:
        super().__init__()
        self.made = asyncio.Event()

    @property
    def deaf(self) -> bool:
        """Whether it hears no key yet: it is not there, or came unasked a moment ago."""
        return not self.made.is_set() or time.monotonic() < self._deaf_until_s

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Keys work only while it is there: one that was on its way may come before or after."""
        return self.made.is_set() and self.is_active

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close, once: a second answer that was on its way would close what is under it."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_mount(self) -> None:
        """Find its place; called beside the ``on_mount`` that a subclass has."""
        self.made.set()
        if self.late:
            self._deaf_until_s = time.monotonic() + LATE_S
        if self._kept():
            self.add_class("-on-air")
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """The room under the board is another."""
        self.call_after_refresh(self._fit)

    def _kept(self) -> int:
        return workshop(self).place.kept_lines

    def _fit(self) -> None:
        """On air: as high as there is room under the board, its long part the lower for it."""
        if not self.has_class("-on-air") or not self.is_attached:
            return
        height = self.app.size.height
        room = max(LEAST, height - self._kept())
        box = next(iter(self.query("#dialog")), None)
        if box is None:
            return
        box.styles.max_height = room
        long = next(iter(self.query("#dialog-list, Form, #dialog-text").results(Widget)), None)
        if long is not None:
            others = sum(child.outer_size.height + child.styles.margin.height for child in box.children
                         if child is not long and child.display)  # fmt: skip
            long.styles.max_height = max(2, room - box.gutter.height - others)
