"""A dialog with a form over one record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from bobine.french import printable, typeset
from bobine.tui.kit.dialog import Dialog
from bobine.tui.kit.fields import Section
from bobine.tui.kit.form import Form


class RecordDialog(Dialog[Any]):
    """Gives the record with what was written in it, or None where nothing changed."""

    HELP = "Échap referme en gardant ce qui est écrit."
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-usual")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Fermer")]

    def __init__(self, title: str, sections: Sequence[Section], record: Any, *, intro: str = "") -> None:
        super().__init__()
        self._title = title
        self._intro = intro
        self._sections = sections
        self._record = record

    def compose(self) -> ComposeResult:
        """The form, between a title and the keys."""
        with Vertical(id="dialog"):
            yield Static(Content(typeset(printable(self._title))), id="dialog-title")
            if self._intro:
                yield Static(Content(typeset(printable(self._intro))), id="dialog-intro")
            yield Form(self._sections, self._record)
            yield Static(Content(typeset("Tab : champ suivant · Échap : garder et fermer")), id="dialog-keys")

    @on(Form.Edited)
    def _edited(self, event: Form.Edited) -> None:
        event.stop()

    def action_close(self) -> None:
        """Keep what is written, then close; a field that is wrong is left as it was at the second time."""
        form = self.query_one(Form)
        if not form.commit() and not self._warned:
            self._warned = True
            return
        self.dismiss(form.record if form.record != self._record else None)

    _warned = False
