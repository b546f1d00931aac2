"""A dialog that shows a list to choose from; typing narrows a long one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option as Line

from bobine.french import sort_key, typeset
from bobine.tui.kit.dialogs.dialog import Dialog
from bobine.tui.kit.entry import Entry
from bobine.tui.kit.lists.lines import Lines, wrapped
from bobine.tui.kit.lists.rows import Tone

MANY = 9
"""From so many options on, there is a line to search in."""

WIDTH, FRAME = 76, 5
"""Columns of a dialog at the most (as in ``dialog.tcss``), and those of its border, padding and scroll bar."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose.

    Attributes:
        key: what the dialog gives back.
        label: what it is called.
        detail: more about it, on a line of its own; found by the search too.
        group: a heading stands above the first of each group.
    """

    key: str
    label: str
    detail: str = ""
    group: str = ""


class Choice(Dialog[str | None]):
    """Gives the key of the option that was chosen, or None."""

    HELP = "Les flèches choisissent, Entrée valide, Échap referme. Dans une longue liste, écrire cherche."
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-low"), (23, "-usual"), (36, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Fermer"),
        Binding("enter", "choose", "Choisir"),
        Binding("up", "step(-1)", "Monter", show=False),
        Binding("down", "step(1)", "Descendre", show=False),
    ]

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        *,
        intro: str = "",
        current: str = "",
        empty: str = "Rien à choisir ici.",
        search: bool | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._intro = intro
        self._options = tuple(options)
        self._current = current
        self._empty = empty
        self._search = len(self._options) >= MANY if search is None else search

    def compose(self) -> ComposeResult:
        """The title, the search, the list, the keys."""
        with Vertical(id="dialog"):
            yield Lines(id="dialog-title")
            if self._intro:
                yield Lines(id="dialog-intro")
            if self._search:
                yield Entry(placeholder="chercher…", id="dialog-search")
            yield OptionList(id="dialog-list")
            keys = "Entrée : choisir · Échap : fermer" if self._options else f"{self._empty} · Échap : fermer"
            yield Static(Content(typeset(keys)), id="dialog-keys")

    def on_mount(self) -> None:
        """Show everything, the current option under the cursor."""
        if not self.is_attached:
            return
        self.query_one("#dialog-title", Lines).show([(self._title, Tone.PLAIN)])
        for intro in self.query("#dialog-intro").results(Lines):
            intro.show([(self._intro, Tone.PLAIN)])
        self._fill("")
        if not self._search:
            self.query_one(OptionList).focus()

    @on(Entry.Changed, "#dialog-search")
    def _searched(self, event: Entry.Changed) -> None:
        self._fill(event.value)

    @on(Entry.Submitted, "#dialog-search")
    def _submitted(self) -> None:
        self.action_choose()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)

    def on_click(self, event: events.Click) -> None:
        """A click outside closes."""
        if event.widget is self:
            self.dismiss(None)

    def action_choose(self) -> None:
        """Give the option under the cursor."""
        shown = self.query_one(OptionList)
        if shown.highlighted is not None:
            self.dismiss(shown.get_option_at_index(shown.highlighted).id)

    def action_step(self, by: int) -> None:
        """Move the list's cursor while the search has the keyboard."""
        shown = self.query_one(OptionList)
        shown.action_cursor_up() if by < 0 else shown.action_cursor_down()

    def _fill(self, wanted: str) -> None:
        words = sort_key(wanted).split()
        shown = self.query_one(OptionList)
        shown.clear_options()
        group = ""
        room = min(WIDTH, self.app.size.width * 96 // 100) - FRAME
        highlighted: int | None = None
        for option in self._options:
            if not all(word in sort_key(f"{option.label} {option.detail}") for word in words):
                continue
            if option.group != group:
                group = option.group
                shown.add_option(Line(Content(typeset(group)).stylize("bold underline"), disabled=True))
            if option.key == self._current or highlighted is None:
                highlighted = shown.option_count
            shown.add_option(Line(_prompt(option, room), id=option.key))
        if self._options and highlighted is None:
            shown.add_option(Line(Content("Rien ne correspond."), disabled=True))
        shown.highlighted = highlighted


def _prompt(option: Option, width: int) -> Content:
    label = wrapped(option.label, width)
    return Content(f"{label}\n   {wrapped(option.detail, width - 3, '   ')}" if option.detail else label)
