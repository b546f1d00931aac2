"""A dialog that asks for one line of text, checks it, and says at once what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from bobine.french import printable, typeset
from bobine.tui.kit.dialogs.dialog import Dialog
from bobine.tui.kit.drafts import AGAIN, DRAFTS, place_of
from bobine.tui.kit.entry import Complete, Entry
from bobine.tui.kit.lists.lines import Lines
from bobine.tui.kit.lists.rows import Tone


class Ask(Dialog[str | None]):
    """Gives the text, or None when it was closed.

    Args:
        title: what is asked for.
        value: what stands there at first.
        hint: what may be written.
        check: what is wrong with a text, in French, or None.
        complete: suggests the rest of what is typed.
        keep: what is typed and left with Escape waits there the next time.
    """

    HELP = (
        "Entrée valide, Tab prend la suite proposée. Échap referme sans rien changer au conducteur ; ce qui est écrit "
        "est gardé : il est là quand on revient."
    )
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-usual")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Fermer")]

    def __init__(
        self,
        title: str,
        value: str = "",
        *,
        hint: str = "",
        check: Callable[[str], str | None] | None = None,
        complete: Complete | None = None,
        keep: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._hint = hint
        self._check = check
        self._complete = complete
        self._draft = ""
        self._keep = keep

    @property
    def deaf(self) -> bool:
        """True while keys are ignored; a line to type in checks what it takes, and needs no such moment."""
        return not self.made.is_set()

    def compose(self) -> ComposeResult:
        """The question, the line, what is wrong, the keys."""
        self._draft = DRAFTS.find(place_of(self) + self._title) if self._keep else ""
        with Vertical(id="dialog"):
            title = Lines(id="dialog-title")
            title.show([(self._title, Tone.PLAIN)])
            yield title
            yield Entry(self._draft or self._value, complete=self._complete, id="dialog-entry")
            yield Static(id="dialog-error")
            hint = "".join(f"{line}\n" for line in (self._hint, AGAIN if self._draft else "") if line)
            taken = " · Tab : prendre la suite proposée" if self._complete is not None else ""
            yield Static(Content(typeset(f"{hint}Entrée : valider · Échap : fermer{taken}")), id="dialog-keys")

    @on(Entry.Submitted)
    def _submitted(self, event: Entry.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        message = self._check(text) if self._check is not None else None
        if message is None:
            DRAFTS.keep(place_of(self) + self._title, "")
            self.dismiss(text)
            return
        error = self.query_one("#dialog-error", Static)
        error.update(Content(typeset(printable(f"✗ {message}"))))
        error.add_class("-shown")

    def action_close(self) -> None:
        """Leave without an answer; what was typed waits, where it is to be kept."""
        if self._keep:
            text = self.query_one(Entry).value.strip()
            DRAFTS.keep(place_of(self) + self._title, text if text != self._value else "")
        self.dismiss(None)
