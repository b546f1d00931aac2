"""A dialog over work that takes a while: how far it is, and Escape to stop it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import ClassVar, Protocol, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from bobine.errors import Interrupted
from bobine.french import printable, typeset
from bobine.tui.kit.dialogs.dialog import Dialog

T = TypeVar("T")

Work = Callable[[Callable[[float], None], threading.Event], T]
"""Given what to tell how much is done, from 0 to 1, and what stops it: does the work, in a thread of its own."""

EVERY_S = 0.1
"""How often the bar is drawn, in seconds."""

_BAR = 40


class Working(Dialog[None]):
    """Shows how far the work is.

    Attributes:
        cancel: set once it is to be stopped.
        done: how much is done, from 0 to 1; written by the thread that works.
    """

    HELP = "Échap arrête : rien n'est alors changé."
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-usual")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "Arrêter")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.cancel = threading.Event()
        self.done = 0.0
        self._over = False

    def compose(self) -> ComposeResult:
        """The work's name, its progress bar, the keys."""
        with Vertical(id="dialog"):
            yield Static(Content(typeset(printable(self._title))), id="dialog-title")
            yield Static(id="dialog-bar")
            yield Static(Content(typeset("Échap : arrêter, sans rien changer")), id="dialog-keys")

    def on_mount(self) -> None:
        """Draw the bar, again and again."""
        self._draw()
        self.set_interval(EVERY_S, self._draw)

    def finish(self) -> None:
        """Close: the work is over; once what was opened over it is closed."""
        self._over = True
        self.dismiss(None)

    def on_screen_resume(self) -> None:
        """Close, now that the dialog over it is closed."""
        if self._over:
            self.dismiss(None)

    def on_unmount(self) -> None:
        """The screens are left: nobody waits for it any more."""
        self.cancel.set()

    def action_stop(self) -> None:
        """Have the work stop; the dialog goes once it has."""
        self.cancel.set()
        self.query_one("#dialog-keys", Static).update(Content(typeset("Arrêt…")))

    def _draw(self) -> None:
        filled = round(_BAR * min(1.0, max(0.0, self.done)))
        self.query_one("#dialog-bar", Static).update(
            Content(f"{'█' * filled}{'░' * (_BAR - filled)} {round(100 * self.done):3d} %".replace(" %", "\u00a0%"))
        )

    def tell(self, done: float) -> None:
        """Hear, from any thread, how much is done."""
        self.done = done


class Opener(Protocol):
    """A screen over which a dialog can be opened."""

    def open_dialog(self, dialog: Screen[None]) -> None:
        """Open a dialog that nobody waits for."""


async def watch(over: Opener, title: str, work: Work[T]) -> T | None:
    """Do work in a thread while a dialog shows how far it is; None where it was stopped.

    Raises:
        Exception: whatever the work raises, but that it was stopped.
    """
    dialog = Working(title)
    over.open_dialog(dialog)
    try:
        return await asyncio.to_thread(work, dialog.tell, dialog.cancel)
    except Interrupted:
        return None
    finally:
        await dialog.made.wait()
        dialog.finish()
