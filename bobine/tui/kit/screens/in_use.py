"""Screens and dialogs that know when they are being closed: work that comes back late then leaves them alone."""

from __future__ import annotations

from textual.dom import DOMNode
from textual.message_pump import MessagePump


class InUse(MessagePump):
    """A screen, a dialog or the application. Put it before the class of Textual."""

    @property
    def is_attached(self) -> bool:
        """Use of it: none while it is being closed, still linked to the application but without its widgets."""
        return super().is_attached and (not isinstance(self, DOMNode) or self.display)
