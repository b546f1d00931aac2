"""The quiet line that says how far the podcast is while the show is on air."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from bobine.french import printable, typeset


class AheadLine(Static):
    """« podcast : 11 éléments sur 14 prêts »."""

    DEFAULT_CSS = """
    AheadLine { display: none; height: 1; padding: 0 1; background: $panel; color: $tone-muted; }
    AheadLine.-said { display: block; }
    .-tiny AheadLine { display: none; }
    """

    _text = ""

    def show(self, words: str) -> None:
        """Show how far it is, in French; empty for no line."""
        text = typeset(printable(words))
        if text != self._text:
            self._text = text
            self.update(Content(text))
            self.set_class(bool(text), "-said")
