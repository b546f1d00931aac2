"""A dialog over work that takes a while: how far it is, and Escape to stop it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from bobine.errors import Interrupted
from bobine.french import printable, typeset
from bobine.tui.kit.dialog import Dialog
from bobine.tui.kit.failures import sentence

Work = Callable[[Callable[[float], None], threading.Event], Any]
"""Does it, in a thread: is given whom to tell how much is done, from 0 to 1, and what is set once it is to stop."""

_SHOWN_EVERY_S = 0.1
_CELLS = 40


class Working(Dialog[Any]):
    """Gives what the work gave; None where it was stopped, or failed, which is then said here until it is closed."""

    HELP = "Échap arrête : rien n'est alors changé."
    DEFAULT_CSS = """
    Working { align: center middle; background: $background 60%; }
    Working #work-gauge { color: $primary; height: 1; }
    Working #work-fault { color: $tone-alert; text-style: bold; height: auto; display: none; }
    Working #work-fault.-shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "Arrêter", tooltip="Arrêter sans rien changer")]

    def __init__(self, title: str, work: Work) -> None:
        super().__init__()
        self._title = title
        self._work = work
        self._share = 0.0
        self._cancel = threading.Event()
        self._failed = False

    def compose(self) -> ComposeResult:
        """What is done, how far it is, the keys."""
        with Vertical(id="dialog"):
            yield Static(Content(typeset(printable(self._title))), id="dialog-title")
            yield Static(gauge(0.0), id="work-gauge")
            yield Static(id="work-fault")
            yield Static(Content(typeset("Échap : arrêter")), id="dialog-keys")

    def on_mount(self) -> None:
        """Begin; called beside the ``on_mount`` of the base."""
        self.set_interval(_SHOWN_EVERY_S, self._show)
        self.run_worker(self._go(), group="working")

    async def _go(self) -> None:
        try:
            found = await asyncio.to_thread(self._work, self._tell, self._cancel)
        except Interrupted:
            self.dismiss(None)
        except Exception as error:  # noqa: BLE001 - said, and nothing was changed
            self._failed = True
            fault = self.query_one("#work-fault", Static)
            fault.update(Content(typeset(printable(f"✗ {sentence(error)}"))))
            fault.add_class("-shown")
            self.query_one("#dialog-keys", Static).update(Content(typeset("Échap : fermer")))
        else:
            self.dismiss(found)

    def _tell(self, share: float) -> None:
        self._share = share

    def _show(self) -> None:
        for shown in self.query("#work-gauge").results(Static):
            shown.update(gauge(self._share))

    def action_stop(self) -> None:
        """Stop the work, which closes this when it has; or close what failed."""
        if self._failed:
            self.dismiss(None)
        else:
            self._cancel.set()

    def on_unmount(self) -> None:
        """What nobody waits for any more stops."""
        self._cancel.set()


def gauge(share: float) -> Content:
    """How much is done, drawn and in words; from 0 to 1."""
    share = min(max(share, 0.0), 1.0)
    done = round(share * _CELLS)
    return Content(f"{'█' * done}{'░' * (_CELLS - done)} {round(share * 100)}\u00a0%")
