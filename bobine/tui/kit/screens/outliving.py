"""Screens that outlive an unforeseen error in one of their handlers: it is reported and said, and the screen stays."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.events import Compose, Mount
from textual.message import Message

from bobine.tui.kit.screens.in_use import InUse


@runtime_checkable
class Host(Protocol):
    """An application that says what was outlived."""

    def outlive(self, error: BaseException) -> None:
        """Report an error and say it in one sentence."""


class Outliving(InUse):
    """A screen, or the application, that goes on after an error in a handler. Put it before the class of Textual."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            host = self.app
            # a screen that could not be made has nothing to go on with
            if isinstance(message, Compose | Mount) or not isinstance(host, Host):
                raise
            host.outlive(error)
