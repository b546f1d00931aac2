"""Help for what has the keyboard: what it is, and the keys that work there now."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from bobine.french import typeset

KEY_WORDS = {
    "enter": "Entrée",
    "escape": "Échap",
    "delete": "Suppr",
    "space": "Espace",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "shift+up": "Maj+↑",
    "shift+down": "Maj+↓",
    "pageup": "Page ↑",
    "pagedown": "Page ↓",
    "home": "Début",
    "end": "Fin",
    "tab": "Tab",
    "shift+tab": "Maj+Tab",
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "−",
    "comma": ",",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "ctrl+p": "Ctrl+P",
}
"""Keys by the words on a French keyboard."""


class Help(ModalScreen[None]):
    """What the focused thing is for, and its keys."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark", "dismiss(None)", "Fermer"),
    ]

    def __init__(self, title: str, text: str, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The text, then a line for each key."""
        with Vertical(id="dialog"):
            yield Static(Content(typeset(self._title)), id="dialog-title")
            with VerticalScroll(id="dialog-text"):
                yield Static(Content(typeset(self._text)))
                yield Static(Content(""))
                for key, what in self._keys:
                    yield Static(Content.assemble(Content(f"{key:>10}  ").stylize("bold"), Content(typeset(what))))
            yield Static(Content(typeset("Échap : fermer")), id="dialog-keys")

    def on_mount(self) -> None:
        """The arrows scroll the text."""
        self.query_one(VerticalScroll).focus()


def help_for(screen: Screen[object]) -> Help:
    """The help of a screen: of its focused widget first, then its own."""
    texts = []
    node: DOMNode | None = screen.focused or screen
    while node is not None and node is not screen.app:
        text = getattr(node, "HELP", None)
        if isinstance(text, str) and text not in texts:
            texts.append(text)
        node = node.parent
    return Help(screen.title or "Aide", "\n\n".join(texts), key_lines(screen))


def key_lines(screen: Screen[object]) -> list[tuple[str, str]]:
    """The keys that work now, each with what it does; those that do the same share a line."""
    lines: dict[str, list[str]] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if active.enabled and binding.description and not binding.system:
            text = binding.tooltip or binding.description
            lines.setdefault(text, []).append(KEY_WORDS.get(key, key.upper()))
    return [(", ".join(dict.fromkeys(keys)), what) for what, keys in lines.items()]
