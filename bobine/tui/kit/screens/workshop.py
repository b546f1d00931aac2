"""The application as its screens and dialogs see it."""

from __future__ import annotations

from typing import Protocol, cast

from textual.message_pump import MessagePump

from bobine.tui.kit.screens.desk_screen import DeskScreen


class Rehearsing(Protocol):
    """Puts a rehearsal in place of a show, and the show back."""

    async def rehearse(self) -> None:
        """Begin a rehearsal of the day that is on air here, or begin it anew."""

    async def open_real(self) -> None:
        """Leave the rehearsal for the real show of its day."""


class Counting(Protocol):
    """Counts keys."""

    @property
    def count(self) -> int:
        """The number of keys so far."""


class Workshop(Protocol):
    """The application, as far as what it shows needs it."""

    @property
    def place(self) -> DeskScreen:
        """The screen that is shown, under any dialog."""

    @property
    def made_screens(self) -> Rehearsing:
        """The screens that were made."""

    @property
    def keyboard(self) -> Counting:
        """The keys that come."""

    async def action_quit(self) -> None:
        """Leave."""


def workshop(pump: MessagePump) -> Workshop:
    """The application that shows a screen or a dialog."""
    return cast("Workshop", pump.app)
