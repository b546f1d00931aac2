"""A box to tick: ``[x] Coupable``, readable without colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from bobine.french import typeset


class Tick(Widget, can_focus=True):
    """One box; space, Enter, X or a click ticks or unticks it."""

    DEFAULT_CSS = """
    Tick {
        height: auto; width: 1fr; color: $foreground;
        &:focus { background: $cursor-background; color: $cursor-foreground; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter,x,X", "turn", "Cocher", show=False)]

    @dataclass
    class Changed(Message):
        """The box was ticked or unticked."""

        tick: Tick

    def __init__(self, word: str, value: bool, *, key: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._word = typeset(word)
        self.key = key
        self.value = value

    def render(self) -> Content:
        """The box and its word."""
        return Content(f"[{'x' if self.value else ' '}] {self._word}")

    @property
    def text(self) -> str:
        """``1`` when ticked, empty when not."""
        return "1" if self.value else ""

    def put(self, text: str) -> None:
        """Tick the box for ``1``, untick it for an empty text, without posting a message."""
        self.value = text == "1"
        self.refresh()

    def action_turn(self) -> None:
        """Tick or untick the box."""
        self.put("" if self.value else "1")
        self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        """Tick or untick at a click."""
        event.stop()
        self.action_turn()
