"""The controls of a form's fields, and the text that each stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from bobine.french import printable, typeset
from bobine.model.written.hours import hours_text
from bobine.tui.kit.entry import Entry
from bobine.tui.kit.forms.fields import Control, FieldSpec, text_of
from bobine.tui.kit.forms.pick import Pick
from bobine.tui.kit.forms.tick import Tick
from bobine.tui.kit.text_lines import TextLines


class Opener(Widget, can_focus=True):
    """A field that is too rich for a line: it shows a summary, and Enter opens its own dialog."""

    DEFAULT_CSS = """
    Opener {
        height: 1; width: 1fr; padding: 0 1; background: $field; color: $foreground;
        &:focus { background: $cursor-background; color: $cursor-foreground; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", "Ouvrir", show=False)]

    @dataclass
    class Asked(Message):
        """The dialog is wanted."""

        opener: Opener

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.text = text

    def put(self, text: str) -> None:
        """Show another summary."""
        self.text = text
        self.refresh()

    def render(self) -> Content:
        """The summary."""
        return Content(typeset(printable(f"{self.text or '—'} ▸")))

    def action_open(self) -> None:
        """Ask for the dialog."""
        self.post_message(self.Asked(self))

    def on_click(self, event: events.Click) -> None:
        """A click opens."""
        event.stop()
        self.action_open()


class Flags(Vertical):
    """Several words, each taken or not."""

    DEFAULT_CSS = """
    Flags { height: auto; width: 1fr; }
    """

    def __init__(self, spec: FieldSpec, text: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._options = spec.options
        self._keys = text.split()

    @property
    def text(self) -> str:
        """The keys that are taken, in the order of the options."""
        return " ".join(key for key, _ in self._options if key in self._keys)

    def compose(self) -> ComposeResult:
        """A box a word."""
        for key, word in self._options:
            yield Tick(word, key in self._keys, key=key)

    def put(self, text: str) -> None:
        """Take these keys."""
        self._keys = text.split()
        for tick in self.query(Tick):
            tick.put("1" if tick.key in self._keys else "")

    @on(Tick.Changed)
    def _changed(self, event: Tick.Changed) -> None:
        key = event.tick.key
        self._keys = [one for one in self._keys if one != key] + ([key] if event.tick.value else [])


FormControl = Entry | TextLines | Tick | Pick | Flags | Opener
"""A control of a form: its ``text`` is what it holds now, and ``put`` shows another text without telling anybody."""


def control_for(spec: FieldSpec, record: Any) -> FormControl:
    """The control of a field, showing the record."""
    name, text = f"field-{spec.name}", shown_in(spec, record)
    match spec.control:
        case Control.LINES:
            return TextLines(text, id=name)
        case Control.FLAG:
            return Tick(spec.label, text == "1", id=name)
        case Control.PICK:
            return Pick(spec.options, text, title=spec.label, id=name)
        case Control.FLAGS:
            return Flags(spec, text, id=name)
        case Control.CUSTOM if spec.complete is None and spec.read is None:
            return Opener(text, id=name)
        case _:
            return Entry(
                text, placeholder=typeset(f"({spec.hint})") if spec.hint else "", complete=spec.complete, id=name
            )


def shown_in(spec: FieldSpec, record: Any) -> str:
    """The text that a field's control holds when it shows a record."""
    if spec.control is Control.CUSTOM:
        return spec.show(record) if spec.show is not None else ""
    value = getattr(record, spec.name)
    match spec.control:
        case Control.FLAG:
            return "1" if value else ""
        case Control.PICK:
            return "" if value is None else str(value)
        case Control.FLAGS:
            keys = [key for key, _ in spec.options]
            return " ".join(key for key in keys if key in {str(one) for one in value})
        case Control.WORDS:
            return " ".join(value)
        case Control.NAMES:
            return ", ".join(value)
        case Control.HOURS:
            return hours_text(value) if value else ""
        case _:
            return text_of(value)
