"""Help for what has the keyboard: what it is, and the keys that work there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Static

from bobine.french import DAYS, typeset
from bobine.tui.kit.dialogs.dialog import Dialog
from bobine.tui.kit.lists.lines import Lines
from bobine.tui.kit.lists.rows import Tone

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
    "ctrl+t": "Ctrl+T",
    "ctrl+z": "Ctrl+Z",
    "ctrl+y": "Ctrl+Y",
    "ctrl+up": "Ctrl+↑",
    "ctrl+down": "Ctrl+↓",
}
"""Keys by the words on a French keyboard."""

KEYS_WIDTH = 16
"""Columns for the keys of a line."""


class Help(Dialog[None]):
    """Help for the widget that has the keyboard: its purpose and its keys."""

    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-usual")]  # noqa: RUF012
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
                yield Lines(id="help-lines")
                yield Static(Content(""))
                for key, what in self._keys:
                    yield Static(
                        Content.assemble(Content(f"{key:>{KEYS_WIDTH}}  ").stylize("bold"), Content(typeset(what)))
                    )
            yield Static(Content(typeset("Échap : fermer")), id="dialog-keys")

    def on_mount(self) -> None:
        """The arrows scroll the text."""
        self.query_one(Lines).show((line, Tone.PLAIN) for line in self._text.split("\n"))
        self.query_one(VerticalScroll).focus()


def help_for(screen: Screen[Any]) -> Help:
    """The help of a screen: of its focused widget first, then its own."""
    texts = []
    node: DOMNode | None = screen.focused or screen
    while node is not None and node is not screen.app:
        text = getattr(node, "HELP", None)
        if isinstance(text, str) and text not in texts:
            texts.append(text)
        node = node.parent
    keys = [(", ".join(line.keys), line.words) for line in action_lines(screen)]
    return Help(screen.title or "Aide", "\n\n".join(texts).replace("{day}", _show_day(screen)), keys)


def _show_day(screen: Screen[Any]) -> str:
    """The day of the week that the show is on, as a help names it."""
    desk = getattr(screen, "desk", None)
    return DAYS[desk.show.slot.day.number] if desk is not None else "jour"


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One thing that can be done now.

    Attributes:
        action: as Textual runs it.
        words: what it does.
        keys: those that do it, by the words on a French keyboard.
        node: where it is run.
    """

    action: str
    words: str
    keys: tuple[str, ...]
    node: DOMNode


def action_lines(screen: Screen[Any]) -> list[ActionLine]:
    """The bindings that can be used on a screen now, and that have a tooltip."""
    found: dict[str, ActionLine] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if not active.enabled or not binding.tooltip:
            continue
        known = found.get(binding.action)
        keys = (*(known.keys if known is not None else ()), KEY_WORDS.get(key, key.upper()))
        found[binding.action] = ActionLine(binding.action, binding.tooltip, keys, active.node)
    return list(found.values())
