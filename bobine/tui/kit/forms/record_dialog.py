"""A dialog with a form over one record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from bobine.french import printable, typeset
from bobine.tui.kit.dialogs.choice import Choice, Option
from bobine.tui.kit.dialogs.dialog import Dialog
from bobine.tui.kit.forms.fields import Section
from bobine.tui.kit.forms.form import Form
from bobine.tui.kit.lists.lines import Lines
from bobine.tui.kit.lists.rows import Tone

WATCH_EVERY_S = 0.4
"""How often it is asked whether the record is still there, in seconds."""


class RecordDialog(Dialog[Any]):
    """Gives the record with what was written in it, or None where nothing changed.

    Args:
        title: what the record is called.
        sections: its fields.
        record: as it is.
        intro: said above the form.
        still: whether the record is still there; where it was taken out elsewhere, the dialog stays and asks.
    """

    HELP = "Échap referme en gardant ce qui est écrit."
    GONE = "Cela vient d'être enlevé ailleurs. Ce que vous écrivez ici est gardé ; Échap : le remettre, ou non."
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-usual")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Fermer")]

    def __init__(
        self,
        title: str,
        sections: Sequence[Section],
        record: Any,
        *,
        intro: str = "",
        still: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__()
        self._title = title
        self._intro = intro
        self._sections = sections
        self._record = record
        self._still = still

    def compose(self) -> ComposeResult:
        """The form, between a title and the keys."""
        with Vertical(id="dialog"):
            yield Static(Content(typeset(printable(self._title))), id="dialog-title")
            if self._intro:
                yield Static(Content(typeset(printable(self._intro))), id="dialog-intro")
            yield Lines(id="dialog-gone")
            yield Form(self._sections, self._record)
            if any(spec.note for section in self._sections for spec in section.fields):
                yield Lines(id="dialog-note")
            yield Static(Content(typeset("Tab : champ suivant · Échap : garder et fermer")), id="dialog-keys")

    def on_descendant_focus(self) -> None:
        """Say what the field that has the keyboard means."""
        name = self.query_one(Form).field_in_use
        notes = {spec.name: spec.note for section in self._sections for spec in section.fields}
        note = notes.get(name, "")
        for lines in self.query("#dialog-note").results(Lines):
            lines.show([(f"{note[:1].upper()}{note[1:]}.", Tone.PLAIN)] if note else [])

    def on_mount(self) -> None:
        """Watch whether the record is still there."""
        self.query_one("#dialog-gone", Lines).show([(f"! {self.GONE}", Tone.ALERT)])
        self.set_interval(WATCH_EVERY_S, self.look)

    def look(self) -> None:
        """Say that the record was taken out elsewhere, or no more."""
        self.query_one("#dialog-gone").set_class(not self._still(), "-shown")

    @on(Form.Edited)
    def _edited(self, event: Form.Edited) -> None:
        event.stop()

    def action_close(self) -> None:
        """Keep what is written, then close; at the second time, what cannot be kept as it is waits for the next."""
        form = self.query_one(Form)
        if not form.commit_all() and not self._warned:
            self._warned = True
            return
        changed = form.record if form.record != self._record else None
        if changed is None or self._still():
            form.leave()
            self.dismiss(changed)
            return

        def answered(answer: str | None) -> None:
            if answer is not None:
                self.dismiss(changed if answer == "back" else None)

        options = [
            Option("back", "Remettre, avec ce qui est écrit", "U l'annule."),
            Option("drop", "Laisser enlevé", "Ce qui est écrit ici n'est pas gardé."),
        ]
        title = "Ce que vous modifiez a été enlevé ailleurs"
        self.app.push_screen(Choice(title, options, intro="Échap : continuer d'écrire."), answered)

    _warned = False
