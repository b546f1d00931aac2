"""A dialog over something that cannot be taken back: all that it does, and a word to type for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from bobine.french import sort_key, typeset
from bobine.tui.kit.dialogs.dialog import Dialog
from bobine.tui.kit.entry import Entry
from bobine.tui.kit.lists.lines import Lines
from bobine.tui.kit.lists.rows import Tone


class Agree(Dialog[bool]):
    """Gives True once the word was typed, else False.

    Args:
        title: what would be done.
        lines: all that it does, each with its tone.
        word: the word that agrees; accents and capitals do not count.
    """

    HELP = (
        "La liste dit tout ce qui changerait : les flèches et Page suivante la font défiler. Rien n'est fait tant que "
        "le mot demandé n'est pas écrit en entier. Échap referme sans rien changer."
    )
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-usual")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", "Fermer"),
        Binding("up", "scroll(-1)", "Monter", show=False),
        Binding("down", "scroll(1)", "Descendre", show=False),
        Binding("pageup", "scroll(-10)", "Monter d'une page", show=False),
        Binding("pagedown", "scroll(10)", "Descendre d'une page", show=False),
    ]

    def __init__(self, title: str, lines: Sequence[tuple[str, Tone]], word: str) -> None:
        super().__init__()
        self._title = title
        self._lines = tuple(lines)
        self._word = word

    def compose(self) -> ComposeResult:
        """The title, what is done, the line for the word, the keys."""
        with Vertical(id="dialog"):
            yield Lines(id="dialog-title")
            with VerticalScroll(id="dialog-text", can_focus=False):
                yield Lines(id="agree-lines")
            yield Entry(placeholder=typeset(f"écrire « {self._word} »"), id="dialog-entry")
            yield Static(Content(typeset("Entrée : valider · ↑ ↓ : lire la suite · Échap : ne rien faire")),
                         id="dialog-keys")  # fmt: skip

    def on_mount(self) -> None:
        """Show the lines; the keyboard is on the line to type in."""
        if not self.is_attached:
            return
        self.query_one("#dialog-title", Lines).show([(self._title, Tone.PLAIN)])
        self.query_one("#agree-lines", Lines).show(self._lines)
        self.query_one(Entry).focus()

    @on(Entry.Submitted)
    def _submitted(self, event: Entry.Submitted) -> None:
        event.stop()
        if sort_key(event.value.strip()) == sort_key(self._word):
            self.dismiss(result=True)

    def action_scroll(self, by: int) -> None:
        """Read on, or back."""
        self.query_one("#dialog-text", VerticalScroll).scroll_relative(y=by, animate=False)
