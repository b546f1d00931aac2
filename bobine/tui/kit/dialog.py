"""What a dialog is: over a planning screen in its middle; on air under the board, which it never covers."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar, cast

from textual.screen import ModalScreen
from textual.widget import Widget

if TYPE_CHECKING:
    from bobine.tui.app import BobineApp

T = TypeVar("T")

LATE_S = 1.0
"""How long a dialog that nobody waited for hears no key, in seconds."""

LEAST = 6
"""Lines that a dialog has at the least, even where the board must give some."""


class Dialog(ModalScreen[T]):
    """A question, a list, a form over a screen.

    Attributes:
        late: it comes a while after what asked for it: the keys of the first moment are meant for something else.
    """

    CSS_PATH = "dialog.tcss"
    late = False
    _deaf_until_s = 0.0

    @property
    def deaf(self) -> bool:
        """Whether it hears no key yet."""
        return time.monotonic() < self._deaf_until_s

    def on_mount(self) -> None:
        """Find its place; called beside the ``on_mount`` that a subclass has."""
        if self.late:
            self._deaf_until_s = time.monotonic() + LATE_S
        if self._kept():
            self.add_class("-on-air")
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """The room under the board is another."""
        self.call_after_refresh(self._fit)

    def _kept(self) -> int:
        return cast("BobineApp", self.app).place.kept_lines

    def _fit(self) -> None:
        """On air: as high as there is room under the board, its long part the lower for it."""
        if not self.has_class("-on-air") or not self.is_attached:
            return
        height = self.app.size.height
        room = max(LEAST, height - self._kept())
        box = self.query_one("#dialog")
        box.styles.max_height = room
        long = next(iter(self.query("#dialog-list, Form, #dialog-text").results(Widget)), None)
        if long is not None:
            others = sum(child.outer_size.height + child.styles.margin.height for child in box.children
                         if child is not long and child.display)  # fmt: skip
            long.styles.max_height = max(2, room - box.gutter.height - others)
