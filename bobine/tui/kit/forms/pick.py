"""One word among a few: the arrows go through them, and Enter shows them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from bobine.tui.kit.dialogs.choice import Choice, Option


class Pick(Widget, can_focus=True):
    """A word that is chosen, not typed."""

    DEFAULT_CSS = """
    Pick {
        height: 1; width: 1fr; padding: 0 1; background: $field; color: $foreground;
        &:focus { background: $cursor-background; color: $cursor-foreground; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Choix d'avant", show=False),
        Binding("right,space", "turn(1)", "Choix suivant", show=False),
        Binding("enter", "list", "Voir les choix", show=False),
    ]

    @dataclass
    class Picked(Message):
        """Another word was chosen."""

        pick: Pick
        key: str

        @property
        def control(self) -> Pick:
            """The widget, for ``@on`` selectors."""
            return self.pick

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        key: str,
        *,
        title: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._options = tuple(options)
        self._title = title
        self.key = key

    @property
    def text(self) -> str:
        """The key of the word that is chosen."""
        return self.key

    def put(self, text: str) -> None:
        """Choose the word of this key without posting a message."""
        self.key = text
        self.refresh()

    def render(self) -> Content:
        """The word, between the arrows that change it."""
        return Content(f"‹ {dict(self._options).get(self.key, self.key)} ›")

    def action_turn(self, by: int) -> None:
        """Choose the word before or after."""
        keys = [key for key, _ in self._options]
        place = keys.index(self.key) if self.key in keys else -1
        self._choose(keys[(place + by) % len(keys)])

    def action_list(self) -> None:
        """Show all the words."""
        options = [Option(key, word) for key, word in self._options]
        self.app.push_screen(Choice(self._title or "Choisir", options, current=self.key), self._choose)

    def on_click(self, event: events.Click) -> None:
        """A click shows all the words."""
        event.stop()
        self.action_list()

    def _choose(self, key: str | None) -> None:
        if key is not None and key != self.key:
            self.key = key
            self.refresh()
            self.post_message(self.Picked(self, key))
