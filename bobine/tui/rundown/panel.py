"""The side panel: what is known of the item under the cursor, or the form to edit it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from bobine.french import printable, typeset
from bobine.model.episode import Episode, Item
from bobine.model.show import Show
from bobine.plan.editing.moves import replace_item
from bobine.plan.fields.field_words import label_inside, value_words
from bobine.plan.people.known_people import KnownPerson, set_people
from bobine.tui.episode.completion import completion
from bobine.tui.episode.forms import item_sections
from bobine.tui.kit.forms.form import Form
from bobine.tui.kit.lists.lines import Lines
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.lists.rows import Tone
from bobine.tui.rundown.putting_back import GONE, put_back

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import OpenRundown


class ItemForm(Form):
    """The form of an item: Page ↑ and Page ↓ go to the item before or after."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "turn(-1)", "Élément d'avant", tooltip="La fiche de l'élément d'avant"),
        Binding("pagedown", "turn(1)", "Élément d'après", tooltip="La fiche de l'élément d'après"),
    ]

    def action_turn(self, by: int) -> None:
        """The form of the item before or after, on the same field."""
        if not self.screen.query_one(Panel).gone and self.commit():
            self.screen.query_one("#rundown-items", Listing).action_step(by)


class Panel(Vertical):
    """Beside the rundown, or over it where there is little room."""

    HELP = Form.HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.leave", "Fermer", tooltip="Garder ce qui est écrit, et fermer la fiche"),
        Binding("f6", "app.explain", "Aide", tooltip="Aide sur la fiche"),
    ]

    @dataclass
    class Left(Message):
        """The form of an item that was taken out elsewhere is to be closed."""

        panel: Panel

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._known: tuple[KnownPerson, ...] = ()
        self._form: ItemForm | None = None
        self._seen: Episode | None = None

    def compose(self) -> ComposeResult:
        """The lines about the item, until the form takes their place."""
        yield Lines(id="panel-lines")

    @property
    def editing(self) -> bool:
        """Whether the form is open."""
        return self._form is not None

    @property
    def holds_form(self) -> bool:
        """Whether a form is there, be it one that is on its way out."""
        return any(isinstance(child, Form) for child in self.children)

    @property
    def item_id(self) -> str:
        """The id of the item whose form is open; empty where none is."""
        return self._form.record.id if self._form is not None else ""

    @property
    def gone(self) -> bool:
        """Whether the item of the open form was taken out elsewhere."""
        return self.has_class("-gone")

    def follow(self, show: Show, episode: Episode, item: Item | None, known: tuple[KnownPerson, ...]) -> bool:
        """Show an episode's newest state in the open form; True if its item was just taken out.

        Args:
            show: whose.
            episode: its newest state.
            item: the item under the cursor, whose form is shown unless the open one waits for its item.
            known: who may be named.
        """
        form = self._form
        if form is None:
            return False
        if not any(one.id == form.record.id for one in episode.items):
            new = not self.gone
            self.add_class("-gone")
            return new
        self._seen = episode
        self.remove_class("-gone")
        if item is not None:
            self.show(show, episode, item, known)
        return False

    def put_back(self, newest: Episode) -> Episode:
        """An episode with the item of the open form in it again, as it is written.

        Raises:
            ValueError: if its people are not understood; one French sentence.
        """
        if self._form is None or self._seen is None:
            raise LookupError("no form is open")
        people = self._form.row("people").control.text
        return put_back(self._seen, self._form.record, people, newest, self._known)

    def about(self, lines: Iterable[tuple[str, Tone]]) -> None:
        """Show what is known."""
        self.query_one("#panel-lines", Lines).show(lines, fits=True)

    def edit(self, show: Show, episode: Episode, item: Item, known: tuple[KnownPerson, ...], field: str = "") -> None:
        """Open the form of an item, on a field."""
        self._known = known
        form = ItemForm(item_sections(show, episode, completion(lambda: self._known)), item)
        head = Static(Content(typeset(printable(f"{item.title} · Échap : fermer"))), classes="panel-head")
        gone = Lines(classes="panel-gone")
        gone.show([(f"! {GONE}", Tone.ALERT)])
        self.drop()
        self._form = form
        self._seen = episode
        self.mount(head, gone, form)
        self.add_class("-editing")
        form.call_after_refresh(form.focus_field, field or "title")

    def show(self, show: Show, episode: Episode, item: Item, known: tuple[KnownPerson, ...]) -> None:
        """Show the newest state of the item in the open form; the form of another one if the cursor moved."""
        form = self._form
        if form is None:
            return
        if form.record.id != item.id:
            self.edit(show, episode, item, known, form.field_in_use)
            return
        self._known = known
        form.sections = item_sections(show, episode, completion(lambda: self._known))
        form.show(item)

    def commit(self) -> bool:
        """Keep what is being written; False if it is not right."""
        return self._form is None or self._form.commit()

    def close(self) -> bool:
        """Keep what is written and close the form; False, once, if a field is wrong."""
        form = self._form
        if form is not None and not form.commit_all() and not self.has_class("-warned"):
            self.add_class("-warned")
            return False
        if self.gone:
            self.post_message(self.Left(self))
            return False
        if form is not None:
            form.leave()
        self.drop()
        return True

    def on_key(self, event: events.Key) -> None:
        """A letter that is no key of the form does nothing: what is under it is not meant."""
        active = self.screen.active_bindings.get(event.key)
        inside = active is not None and self in active.node.ancestors_with_self
        if self.editing and not inside and event.is_printable and event.key != "question_mark":
            event.stop()

    def drop(self) -> None:
        """Close the form without keeping anything."""
        self._form = None
        self.query("Form, .panel-head, .panel-gone").remove()
        self.remove_class("-editing", "-warned", "-gone")

    def edited(self, rundown: OpenRundown, event: Form.Edited) -> None:
        """Write what a field of the form holds now; the form may be gone, since closing it keeps what is written."""
        form, spec = event.form, event.spec
        item = next((one for one in rundown.episode.items if one.id == form.record.id), None)
        if item is None:
            if form is not self._form:
                rundown.tell(f"« {form.record.title} » n'est plus dans le conducteur.", refused=True)
            return  # what is written stays in the form, until it is put back or left
        if spec.name == "people":
            try:
                episode = set_people(rundown.episode, item.id, event.text, rundown.known)
            except ValueError as error:
                if form is self._form:
                    form.fail("people", str(error))
                else:
                    rundown.tell(str(error), refused=True)
                return
            rundown.edit(episode, f"« {item.title} » : {event.text or 'personne'}")
            return
        from dataclasses import replace

        value = getattr(event.record, spec.name)
        changed = replace(item, **{spec.name: value})
        words = value_words(value)
        label = f"« {item.title} », {label_inside(Item, spec.name)} : {words[:40]}"
        rundown.edit(replace_item(rundown.episode, changed), label)
