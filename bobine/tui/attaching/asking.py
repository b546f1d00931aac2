"""A dialog that asks for files: one a line, or their folder; and for a file of marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from bobine.french import printable, typeset
from bobine.tui.kit.dialogs.dialog import Dialog
from bobine.tui.kit.drafts import DRAFTS, place_of
from bobine.tui.kit.entry import Entry
from bobine.tui.kit.lists.lines import Lines
from bobine.tui.kit.lists.rows import Tone
from bobine.tui.kit.text_lines import TextLines

_FILES, _MARKS = "fichiers à rattacher", "repères à rattacher"


@dataclass(frozen=True, slots=True)
class Asked:
    """The text typed: the files, one a line, and the file of marks; each may be empty."""

    files: str
    marks: str


class Paths(TextLines):
    """Paths, one a line: Enter is done, and going down from the last line makes one more."""

    class Submitted(Message):
        """Sent when the user confirms what was typed."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
            return
        row, _column = self.cursor_location
        if event.key in ("down", "ctrl+j") and row == self.document.line_count - 1 and self.document.get_line(row):
            event.stop()
            event.prevent_default()
            self.move_cursor(self.document.end)
            self.insert("\n")
            return
        await super()._on_key(event)


class AskFiles(Dialog[Asked | None]):
    """Gives what was typed, once it can be used; None when it was closed.

    Args:
        title: what is asked for.
        hint: what may be written.
        check: what is wrong with it, in French, or None.
    """

    HELP = (
        "Un chemin par ligne, dans n'importe quel ordre : la flèche du bas, à la dernière ligne, en ouvre une de plus. "
        "Un fichier glissé dans le terminal s'y écrit de lui-même. Un dossier : tous les sons qu'il contient. Entrée "
        "rattache, Tab va aux repères, Échap referme ; ce qui est écrit est gardé."
    )
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-usual")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Fermer")]

    def __init__(self, title: str, hint: str, check: Callable[[Asked], str | None]) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._check = check

    @property
    def deaf(self) -> bool:
        """True while keys are ignored; a line to type in checks what it takes, and needs no such moment."""
        return not self.made.is_set()

    def compose(self) -> ComposeResult:
        """The question, the lines, the marks, what is wrong, the keys."""
        with Vertical(id="dialog"):
            yield Lines(id="dialog-title")
            yield Lines(id="dialog-intro")
            yield Paths(DRAFTS.find(place_of(self) + _FILES), id="dialog-files")
            yield Static(Content(typeset("Repères, s'il y en a : Audacity, CUE, Reaper, « 12:34 Titre »…")))
            yield Entry(DRAFTS.find(place_of(self) + _MARKS), id="dialog-entry")
            yield Static(id="dialog-error")
            keys = "Entrée : rattacher · ↓ : autre ligne · Tab : repères · Échap : fermer"
            yield Static(Content(typeset(keys)), id="dialog-keys")

    def on_mount(self) -> None:
        """Show the question, and type in the lines."""
        if not self.is_attached:
            return
        self.query_one("#dialog-title", Lines).show([(self._title, Tone.PLAIN)])
        self.query_one("#dialog-intro", Lines).show([(self._hint, Tone.MUTED)])
        files = self.query_one(Paths)
        files.move_cursor(files.document.end)
        files.focus()

    @on(Paths.Submitted)
    @on(Entry.Submitted)
    def _submitted(self, event: Message) -> None:
        event.stop()
        asked = self._asked()
        message = self._check(asked)
        if message is None:
            self.dismiss(asked)
            return
        error = self.query_one("#dialog-error", Static)
        error.update(Content(typeset(printable(f"✗ {message}"))))
        error.add_class("-shown")

    def _asked(self) -> Asked:
        return Asked(self.query_one(Paths).text.strip(), self.query_one(Entry).value.strip())

    def action_close(self) -> None:
        """Leave without an answer; what was typed waits."""
        keep(place_of(self), self._asked())
        self.dismiss(None)


def keep(place: str, asked: Asked) -> None:
    """Keep what was typed for the next time; pass empty texts once it was used."""
    DRAFTS.keep(place + _FILES, asked.files)
    DRAFTS.keep(place + _MARKS, asked.marks)
