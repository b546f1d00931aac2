"""Lines of text with a tone each, as a panel shows them."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from textual.content import Content
from textual.widgets import Static

from bobine.french import printable, typeset
from bobine.tui.kit.lists.rows import Tone

_STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.MUTED: "$tone-muted",
    Tone.GOOD: "$tone-good",
    Tone.WARN: "$tone-warn",
    Tone.ALERT: "bold $tone-alert",
}


def wrapped(text: str, width: int, indent: str = "") -> str:
    """Text made French and broken between words, never at a no-break space, as the terminal's own wrapping would.

    Args:
        text: one line of plain text.
        width: columns that it may take; without room it is left whole.
        indent: what each line after the first begins with.
    """
    shown = typeset(printable(text))
    if width <= len(indent) + 1:
        return shown
    return "\n".join(wrap(shown, width, subsequent_indent=indent, break_on_hyphens=False)) or shown


def lines_content(lines: Iterable[tuple[str, Tone]], width: int = 0) -> Content:
    """Lines as content, broken to a width where one is given; text in them is never taken for markup."""
    parts = [Content(wrapped(text, width)).stylize(_STYLES[tone]) for text, tone in lines]
    return Content("\n").join(parts)


class Lines(Static):
    """A panel of lines, that remembers what it shows and redraws only what changed."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._shown: tuple[tuple[str, Tone], ...] | None = None

    def show(self, lines: Iterable[tuple[str, Tone]], *, fits: bool = False) -> None:
        """Show other lines.

        Args:
            lines: texts, each with its tone.
            fits: the panel has a size of its own: nothing around it needs to move, and what is too much is cut.
        """
        wanted = tuple(lines)
        if wanted != self._shown:
            self._shown = wanted
            self.update(lines_content(wanted, self.content_size.width), layout=not fits)

    def on_resize(self) -> None:
        """Break the lines anew."""
        if self._shown is not None:
            self.update(lines_content(self._shown, self.content_size.width))
