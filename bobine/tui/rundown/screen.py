"""« Conducteur »: one show's rundown, edited item by item. What each key asks stands in ``gestures/``."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from bobine.french import printable, typeset
from bobine.model.episode import Episode, Item
from bobine.plan.editing.differences import differences
from bobine.plan.people.known_people import KnownPerson, known_people
from bobine.plan.readiness.lacks import Lack
from bobine.plan.sheet.content import Row, Sheet
from bobine.plan.timing.rundown import Timing
from bobine.store.opening import is_regular
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.document import Document
from bobine.tui.documents.failures import sentence
from bobine.tui.episode.completion import own_first
from bobine.tui.kit.forms.form import Form
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.screens.document_screen import DocumentScreen, Fault
from bobine.tui.rundown.gestures import GESTURES
from bobine.tui.rundown.headline import Headline
from bobine.tui.rundown.keys import HELP, KEYS, OF_THE_LIST
from bobine.tui.rundown.learning import Learnt, learn
from bobine.tui.rundown.one_key_edits import ONE_KEY_EDITS, next_match
from bobine.tui.rundown.pads import Pads
from bobine.tui.rundown.panel import Panel
from bobine.tui.rundown.rows import COLUMNS, EMPTY, about_line, about_lines, rundown_rows, title_line
from bobine.tui.rundown.working_out import work_out


class RundownScreen(DocumentScreen):
    """The rundown of one day.

    Attributes:
        day: the day of broadcast.
        timing: the hours of what is shown.
        sheet: the same in words.
        lacks: what keeps the show from being ready.
        pads: what was found of its sounds.
        learnt: other shows, the team, usual lengths.
    """

    PLACE = "rundown"
    ONCE = frozenset({"quick('drop')", "quick('duplicate')", "quick('standby')", "undo", "redo"})
    CSS_PATH = "rundown.tcss"
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    def __init__(self, desk: Desk, day: date) -> None:
        super().__init__(desk)
        self.day = day
        self.title = "Conducteur"
        self.pads = Pads(desk.workspace.folder(desk.show, day).path)
        self.sought = ""
        self._deaf = False
        self._recorded = False
        self.lacks: tuple[Lack, ...] = ()
        self.timing: Timing
        self.sheet: Sheet
        self._document: Document[Episode] | None = None
        self._known: tuple[KnownPerson, ...] = ()
        self.learnt = Learnt()
        self.open_sheet = Panel(id="rundown-panel")

    def content(self) -> ComposeResult:
        """The title, the headline, the rundown, and a panel about the item under the cursor."""
        yield Static(id="rundown-title")
        yield Headline()
        yield Fault()
        with Container(id="rundown-body"):
            yield Listing(COLUMNS, empty=EMPTY, moved=self._about, id="rundown-items")
            yield self.open_sheet
        yield Static(id="rundown-about")

    def on_mount(self) -> None:
        """Show the episode."""
        self.query_one("#rundown-items").focus()
        self._open()

    def on_screen_resume(self) -> None:
        """People and past shows may have changed on another screen."""
        self.run_worker(self._learn(), group="learn", exclusive=True)

    @property
    def _as_run(self) -> Path:
        return self.desk.workspace.folder(self.desk.show, self.day).as_run

    def _open(self) -> None:
        self._recorded = is_regular(self._as_run)
        source = self.desk.episode_source(self.day)

        def read() -> Episode:
            """Read the plan, and refuse one whose hours cannot be computed: the state shown before stays."""
            episode = source.read()
            work_out(self.desk.show, episode, self.pads.known(episode))
            return episode

        self._document = self.open_document(replace(source, read=read), differences)
        if self._document is not None:
            self.draw()

    async def _learn(self) -> None:
        """Read past episodes and the team, for completion and for what is due."""
        self.learnt = await asyncio.to_thread(learn, self.desk, self.day, self.learnt)
        if self._document is not None:
            self._known = known_people(self.learnt.episodes, self.learnt.members, self.episode)
            self._about()

    async def look(self) -> None:
        """Show what changed on the disk: the plan, and its sounds."""
        recorded = await asyncio.to_thread(is_regular, self._as_run)
        if recorded != self._recorded:
            self._recorded = recorded
            self.refresh_bindings()
        if self._document is None:
            self._open()
            return
        await super().look()
        since = await asyncio.to_thread(self.desk.since_online, self.episode)
        for headline in self.query(Headline):
            headline.show_online(since)
        if self._deaf:
            return
        try:
            if await asyncio.to_thread(self.pads.listen, self.episode):
                self.draw()
        except Exception as error:  # noqa: BLE001 - a sound that cannot be listened to leaves the rest as it is
            self._deaf = True
            self.tell(sentence(error), refused=True)

    async def settle(self) -> None:
        """Keep what is being written, and wait until it is on the disk."""
        self.open_sheet.commit()
        await super().settle()

    # What the gestures use

    @property
    def episode(self) -> Episode:
        """The episode as it is shown."""
        if self._document is None:
            raise LookupError("no episode could be read yet")
        return self._document.value

    @property
    def readable(self) -> bool:
        """Whether the file can be read as it stands."""
        return self._document is not None and not self._document.fault

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""
        items = self._document.value.items if self._document is not None else ()
        key = self.query_one("#rundown-items", Listing).key
        return next((item for item in items if item.id == key), None)

    @property
    def row(self) -> Row | None:
        """The same, in words."""
        item = self.item
        return next((row for row in self.sheet.plan if row.item.id == item.id), None) if item is not None else None

    @property
    def known(self) -> tuple[KnownPerson, ...]:
        """The people who may be named, for completion; those of the episode as it is now come first."""
        return own_first(self.episode, self._known)

    def edit(self, episode: Episode, label: str, *, go: str | None = None) -> None:
        """Show an edited episode and write it.

        Args:
            episode: what it shall be.
            label: what was done, as undo names it.
            go: id of the item that the cursor goes to.
        """
        if self._document is not None:
            self.edit_document(self._document, episode, label, go=go)

    # What is shown

    def draw(self, go: str | None = None) -> None:
        """Show the episode as it is now."""
        if self._document is None or not self.query(Headline):
            return
        show, episode = self.desk.show, self.episode
        self.timing, self.sheet, self.lacks = work_out(show, episode, self.pads.known(episode))
        self.query_one("#rundown-title", Static).update(Content(title_line(self.day, episode)), layout=False)
        self.query_one(Headline).show(self.timing, show.slot.tolerance, len(self.lacks))
        go = go or self.open_sheet.item_id or None  # the cursor stays with an open sheet
        self.query_one("#rundown-items", Listing).show(rundown_rows(self.sheet, self.lacks), key=go)
        self._about()

    def _about(self) -> None:
        row = self.row
        panel = self.open_sheet
        if panel.follow(self.desk.show, self.episode, row.item if row else None, self.known):
            self.tell("L'élément vient d'être enlevé ailleurs : sa fiche reste ouverte.", warning=True)
        line = self.query_one("#rundown-about", Static)
        if row is None:
            panel.about([])
            line.update("", layout=False)
        elif not panel.editing and self.has_class("-wide"):
            panel.about(about_lines(row, self.episode, self.lacks, self.learnt.usual(row.item)))
        elif not panel.editing:
            line.update(Content(typeset(printable(about_line(row, self.lacks)))), layout=False)

    def on_resize(self) -> None:
        """The panel and the line under the list change places."""
        if self._document is not None:
            self.call_after_refresh(self.draw)

    # Keys

    @on(Listing.Chosen, "#rundown-items")
    def action_edit(self) -> None:
        """Open the form of the item under the cursor."""
        item = self.item
        if item is not None:
            self.add_class("-editing")
            self.open_sheet.edit(self.desk.show, self.episode, item, self.known)
            self.refresh_bindings()

    def action_leave(self) -> None:
        """Close the form, keeping what is written; from the list, go back to the season."""
        panel = self.open_sheet
        if not panel.editing:
            self.app.run_worker(self.app.run_action("go('season')"))
        elif panel.close():
            self.back_to_the_list()
            self.draw()

    @on(Panel.Left)
    def _sheet_left(self) -> None:
        self.action_ask("put_back")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a sheet is open, the keys of the list are dead; without a recording there is no sound to cut."""
        if parameters == ("sound",) and not self._recorded:
            return False
        return action not in OF_THE_LIST or not (self.has_class("-editing") and self.open_sheet.holds_form)

    def back_to_the_list(self) -> None:
        """The sheet is closed: the list has the keyboard again."""
        self.closing.cover()
        self.closing.uncover(time.monotonic())
        self.refresh_bindings()
        self.remove_class("-editing")
        self.query_one("#rundown-items").focus()

    def action_quick(self, name: str) -> None:
        """One of the gestures that ask nothing."""
        item = self.item
        if item is not None:
            episode, label, go = ONE_KEY_EDITS[name](self.episode, item)
            self.edit(episode, label, go=go)

    def action_ask(self, name: str) -> None:
        """One of the gestures that ask something; a plan that cannot be read has its history at least."""
        if self._document is not None or name == "history":
            self.run_worker(self._gesture(name), group="gesture")

    async def _gesture(self, name: str) -> None:
        try:
            await GESTURES[name](self)
        except Exception as error:  # noqa: BLE001 - said, and nothing was changed
            self.tell(sentence(error), refused=True)

    def action_next_match(self) -> None:
        """Go to the next item that has what was searched."""
        found = next_match(self.episode, self.item, self.sought) if self._document is not None else None
        if found is not None:
            self.query_one("#rundown-items", Listing).go(found)
        elif self.sought:
            self.tell(f"« {self.sought} » n'est nulle part dans ce conducteur.")

    @on(Form.Edited)
    def _form_edited(self, event: Form.Edited) -> None:
        self.open_sheet.edited(self, event)

    @on(Form.Opened)
    def _form_opened(self) -> None:
        self.action_ask("works")
