"""A form over one record: each field is kept as soon as it is left, once it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static, TextArea

from bobine.french import printable, typeset
from bobine.tui.kit.drafts import AGAIN, DRAFTS, place_of
from bobine.tui.kit.entry import Entry
from bobine.tui.kit.forms.checks import faults
from bobine.tui.kit.forms.controls import FormControl, Opener, control_for, shown_in
from bobine.tui.kit.forms.fields import Control, FieldSpec, Section, value_of
from bobine.tui.kit.forms.pick import Pick
from bobine.tui.kit.forms.tick import Tick


class FieldRow(Vertical):
    """One field: its label, its control, and what is wrong with it.

    Attributes:
        spec: which field.
        control: what holds its value.
    """

    def __init__(self, spec: FieldSpec, record: Any) -> None:
        super().__init__(classes=f"field -{spec.control.name.lower()}")
        self.spec = spec
        self.control = control_for(spec, record)

    def compose(self) -> ComposeResult:
        """A line for the field, and one for its fault, hidden while there is none."""
        from textual.containers import Horizontal

        flag = self.spec.control is Control.FLAG
        with Horizontal(classes="field-line"):
            yield Static(Content("" if flag else typeset(self.spec.label)), classes="field-label")
            yield self.control
        yield Static(classes="field-fault")

    def fail(self, message: str) -> None:
        """Say what is wrong, or with an empty message that nothing is."""
        fault = self.query_one(".field-fault", Static)
        fault.update(Content(typeset(printable(f"✗ {message}"))) if message else "")
        self.set_class(bool(message), "-wrong")


class Form(VerticalScroll, can_focus=False):
    """The fields of a record, in sections."""

    HELP = (
        "Tab et Maj+Tab vont d'un champ à l'autre ; Entrée garde ce qui est écrit et passe au champ suivant. "
        "Ce qui est écrit est gardé dès qu'on quitte le champ ; U, dans la liste, l'annule. "
        "Espace ou X coche une case. "
        "Échap referme, et rien de ce qui est écrit n'est perdu : ce qui ne peut pas être gardé tel quel est encore "
        "là quand on rouvre la fiche."
    )
    DEFAULT_CSS = """
    Form {
        height: 1fr; padding: 0 1; background: $panel; scrollbar-size-vertical: 1;
        & .field { height: auto; }
        & .field-line { height: auto; }
        & .field-label { width: 16; max-width: 45%; padding: 0 1 0 0; color: $tone-muted; }
        & .field-fault { display: none; color: $tone-alert; text-style: bold; height: auto; padding-left: 2; }
        & .-wrong > .field-fault { display: block; }
        & .section { color: $primary; text-style: bold; height: 1; margin-top: 1; }
        & Entry { width: 1fr; background: $field; color: $foreground; }
        & Entry:focus { background: $field; background-tint: transparent; text-style: bold; }
        & TextArea { height: 5; width: 1fr; background: $field; color: $foreground; border: none; padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", "Champ d'avant", show=False),
        Binding("down", "app.focus_next", "Champ d'après", show=False),
    ]

    @dataclass
    class Edited(Message):
        """A field holds something else, which the rules accept.

        Attributes:
            form: where.
            spec: which field.
            record: the record with it; None for a custom field, whose text the owner puts where it belongs.
            text: what was typed.
        """

        form: Form
        spec: FieldSpec
        record: Any
        text: str

    @dataclass
    class Opened(Message):
        """A field that has a dialog of its own was asked for."""

        form: Form
        spec: FieldSpec

    def __init__(self, sections: Sequence[Section], record: Any, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.sections = tuple(sections)
        self.record = record

    def compose(self) -> ComposeResult:
        """A row a field."""
        for section in self.sections:
            if section.title:
                yield Static(Content(typeset(section.title)), classes="section")
            for spec in section.fields:
                yield FieldRow(spec, self.record)

    def on_mount(self) -> None:
        """Put back what was typed and could not be kept when the form was last closed."""
        for row in self.query(FieldRow):
            text = DRAFTS.find(self._place(row.spec))
            if text and text != row.control.text:
                row.control.put(text)
                row.fail(AGAIN)

    def _place(self, spec: FieldSpec) -> str:
        record = self.record
        name = getattr(record, "id", "") or getattr(record, "title", "")
        return f"{place_of(self)}{type(record).__name__} {name} {spec.name}"

    def row(self, name: str) -> FieldRow:
        """The row of a field."""
        return next(row for row in self.query(FieldRow) if row.spec.name == name)

    def focus_field(self, name: str) -> None:
        """Give a field the keyboard, if the form still has it: it may have been taken away since that was asked."""
        for row in self.query(FieldRow):
            if row.spec.name == name:
                row.control.focus()

    @property
    def field_in_use(self) -> str:
        """The name of the field that has the keyboard; empty where none has."""
        focused = self.screen.focused
        return next((row.spec.name for row in self.query(FieldRow) if focused in row.walk_children()), "")

    def fail(self, name: str, message: str) -> None:
        """Say what is wrong with a field."""
        self.row(name).fail(message)

    def show(self, record: Any) -> None:
        """Show another state of the record; a field that is being written in keeps what is typed."""
        before, self.record = self.record, record
        for row in self.query(FieldRow):
            old, new = shown_in(row.spec, before), shown_in(row.spec, record)
            control, typed = row.control, row.control.text
            if old == new and typed == new:
                continue
            writing = typed != old and (control.has_focus or (row.has_class("-wrong") and typed != new))
            if not writing:
                _put(control, new)
                row.fail("")

    def commit(self) -> bool:
        """Keep what is written in the field that has the keyboard; False if it is not right."""
        focused = self.screen.focused
        row = next((row for row in self.query(FieldRow) if row.control is focused), None)
        return row is None or self._commit(row)

    def commit_all(self) -> bool:
        """Keep what is written in every field; False if one is not right, which then has the keyboard."""
        wrong = [row for row in self.query(FieldRow) if not self._commit(row)]
        if wrong and self.screen.focused not in [row.control for row in wrong]:
            wrong[0].control.focus()
        return not wrong

    def leave(self) -> None:
        """Remember what is typed and was not kept, for the next time."""
        for row in self.query(FieldRow):
            if isinstance(row.control, Entry | TextArea) and row.control.text != shown_in(row.spec, self.record):
                DRAFTS.keep(self._place(row.spec), row.control.text)

    @on(Entry.Submitted)
    def _submitted(self, event: Entry.Submitted) -> None:
        event.stop()
        if self.commit():
            self.screen.focus_next()

    @on(Tick.Changed)
    def _ticked(self, event: Tick.Changed) -> None:
        event.stop()
        self._commit(self._row_of(event.tick))

    @on(Pick.Picked)
    def _picked(self, event: Pick.Picked) -> None:
        event.stop()
        self._commit(self._row_of(event.pick))

    @on(Opener.Asked)
    def _asked(self, event: Opener.Asked) -> None:
        event.stop()
        self.post_message(self.Opened(self, self._row_of(event.opener).spec))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leaving a field keeps what is written in it."""
        if isinstance(event.widget, Entry | TextArea) and event.widget.is_attached:
            self._commit(self._row_of(event.widget))

    def _row_of(self, control: Widget) -> FieldRow:
        return next(row for row in self.query(FieldRow) if control in row.walk_children())

    def _commit(self, row: FieldRow) -> bool:
        spec, text = row.spec, row.control.text
        if text == shown_in(spec, self.record):
            row.fail("")
            DRAFTS.keep(self._place(spec), "")
            return True
        if spec.control is Control.CUSTOM:
            DRAFTS.keep(self._place(spec), "")
            row.fail("")
            self.post_message(self.Edited(self, spec, None, text))
            return True
        message = ""
        try:
            record = replace(self.record, **{spec.name: _value(spec, text)})
            message = faults(record).get(spec.name, "") or (spec.check(self.record, record) if spec.check else "")
        except ValueError as error:
            message = str(error)
        row.fail(message)
        if message:
            return False
        DRAFTS.keep(self._place(spec), "")
        self.record = record
        _put(row.control, shown_in(spec, record))
        self.post_message(self.Edited(self, spec, record, text))
        return True


def _value(spec: FieldSpec, text: str) -> Any:
    match spec.control:
        case Control.FLAG:
            return text == "1"
        case Control.PICK:
            return spec.make(text) if text else None
        case Control.FLAGS:
            return tuple(spec.make(key) for key in text.split())
        case _:
            return value_of(spec, text)


def _put(control: FormControl, text: str) -> None:
    """Show a text; one that is there already is left, with its cursor where it is."""
    if control.text != text:
        control.put(text)
