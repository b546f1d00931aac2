"""A line to type in: pasted text is made one safe line, and a completion is taken with Tab or the right arrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from bobine.french import printable
from bobine.store.rules.texts import LONGEST_LINE

Complete = Callable[[str], str | None]
"""Given what is typed: the whole text that it may become, beginning as it does; None for no suggestion."""


class Entry(Input):
    """One line of text of at most 255 characters.

    Text that is pasted loses its line ends and its control characters; what does not fit is left out, and said.
    """

    DEFAULT_CSS = """
    Entry > .input--placeholder { color: $tone-muted; text-style: italic; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "Compléter", show=False)]

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        complete: Complete | None = None,
        id: str | None = None,  # noqa: A002
        compact: bool = True,
    ) -> None:
        super().__init__(
            value,
            placeholder=placeholder,
            suggester=_Suggester(complete) if complete is not None else None,
            max_length=LONGEST_LINE,
            select_on_focus=False,
            id=id,
            compact=compact,
        )

    @property
    def text(self) -> str:
        """The text typed so far."""
        return self.value

    def put(self, text: str) -> None:
        """Show another text without posting a message."""
        with self.prevent(Input.Changed):
            self.value = text

    def action_complete(self) -> None:
        """Take the completion that is shown, or go to the next field."""
        if self._suggestion and self.cursor_at_end and self._suggestion != self.value:
            self.action_cursor_right()
        else:
            self.screen.focus_next()

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = one_line(event.text)
        room = LONGEST_LINE - len(self.value) + len(self.selected_text)
        if len(text) > room:
            self.app.notify(f"Le texte collé est trop long : coupé à {LONGEST_LINE} caractères.", severity="warning")
        selection = self.selection
        self.replace(text[: max(0, room)], *selection) if not selection.is_empty else self.insert_text_at_cursor(
            text[: max(0, room)]
        )


def one_line(text: str) -> str:
    """Pasted text as one line: white space becomes one space, what is not printable is left out.

    Escape sequences of a terminal go with their parameters.
    """
    import re

    plain = re.sub(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])", "", text[:100_000])
    shown = "".join(char for char in re.sub(r"\s", " ", plain) if printable(char) == char)
    return re.sub(r"\s+", " ", shown).strip()


class _Suggester(Suggester):
    """Asks a function; nothing is remembered, since what is known changes."""

    def __init__(self, complete: Complete) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """The completion of a text that is not empty."""
        return self._complete(value) if value.strip() else None
