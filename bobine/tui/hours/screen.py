"""« Heures »: who was at a show and for how long, in seconds; below, what is given to none in particular."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from bobine.evening.seasons.hours_read import hours_before
from bobine.evening.seasons.presence import proposed_hours
from bobine.french import printable, typeset
from bobine.model.episode import Episode
from bobine.model.hours import HoursLine
from bobine.model.written.hours import hours_text, quarter_less, quarter_more
from bobine.plan.editing.conflicts import row_name
from bobine.plan.editing.differences import row_differences
from bobine.plan.people.known_people import KnownPerson, known_people
from bobine.plan.volunteers.lines import lasting, noted, without
from bobine.plan.volunteers.merging import merge_hours
from bobine.report.words import counted
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.document import Document
from bobine.tui.documents.failures import sentence
from bobine.tui.hours import adding, paper
from bobine.tui.hours import rows as shown
from bobine.tui.hours.keys import HELP, KEYS
from bobine.tui.kit.forms.record_dialog import RecordDialog
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.screens.document_screen import DocumentScreen, Fault
from bobine.tui.messages import OpenEpisode

Lines = tuple[HoursLine, ...]


class HoursScreen(DocumentScreen):
    """Two tables: the hours given to a show, proposed from its plan, and those given to none.

    Attributes:
        day: the show's.
        known: who may be named.
    """

    PLACE = "hours"
    ONCE = frozenset({"turn", "note_all", "drop", "undo", "redo"})
    CSS_PATH = "hours.tcss"
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    def __init__(self, desk: Desk, day: date) -> None:
        super().__init__(desk)
        self.title = "Heures"
        self.day = day
        self.known: tuple[KnownPerson, ...] = ()
        self._before: Lines = ()
        self._plan: Document[Episode] | None = None
        self._show: Document[Lines] | None = None
        self._others: Document[Lines] | None = None

    def content(self) -> ComposeResult:
        """The show's hours, then the others."""
        yield Static(id="hours-headline")
        yield Fault()
        yield Listing(
            shown.SHOW_COLUMNS, empty="Personne de l'équipe au conducteur : A ajoute quelqu'un.", id="hours-show"
        )
        yield Static(id="hours-others-headline")
        yield Listing(
            shown.OTHER_COLUMNS, empty="Aucune réunion ni formation notée : A en ajoute une.", id="hours-others"
        )

    def on_mount(self) -> None:
        """Show the hours."""
        self.query_one("#hours-show").focus()
        self._open()

    def on_screen_resume(self) -> None:
        """Other shows may have got their hours meanwhile."""
        self.run_worker(self._learn(), group="learn", exclusive=True)

    async def _learn(self) -> None:
        desk = self.desk
        try:
            self._before = await asyncio.to_thread(hours_before, desk.workspace, desk.show, self.day)
        except Exception as error:  # noqa: BLE001 - without them, the usual length is proposed
            self.tell(sentence(error), warning=True)
        episodes = await asyncio.to_thread(desk.known_episodes)
        members = await asyncio.to_thread(desk.members)
        episode = next((one for one in episodes if one.date == self.day), None)
        self.known = known_people(episodes, members, episode) if episode is not None else ()
        self.redraw()

    def _open(self) -> None:
        if self._plan is None:
            self._plan = self.open_document(self.desk.episode_source(self.day), lambda _before, _after: ())
        if self._show is None:
            self._show = self.open_document(self.desk.hours_source(self.day), row_differences)
        if self._others is None:
            self._others = self.open_document(self.desk.hours_source(None), row_differences)
        self.draw()

    async def look(self) -> None:
        """Show what changed on the disk."""
        if self._plan is None or self._show is None or self._others is None:
            self._open()
        await super().look()

    # What is shown

    @property
    def episode(self) -> Episode | None:
        """The show's plan; None where it cannot be read."""
        return self._plan.value if self._plan is not None else None

    @property
    def noted(self) -> Lines:
        """The lines that are noted for the show."""
        return self._show.value if self._show is not None else ()

    @property
    def others(self) -> Lines:
        """The lines of this season that go to no one show."""
        number = self.desk.show.season.number
        lines = self._others.value if self._others is not None else ()
        return tuple(line for line in lines if line.date is not None and number(line.date) == number(self.day))

    @property
    def lines(self) -> tuple[tuple[HoursLine, bool], ...]:
        """The lines of the show, those that are only proposed too, each with whether it is noted."""
        return shown.lines_of_show(self.episode, self.noted, self._before) if self._show is not None else ()

    @property
    def _below(self) -> bool:
        return self.focused is self.query_one("#hours-others")

    @property
    def _line(self) -> HoursLine | None:
        """The line under the cursor, in the table that has the keyboard."""
        key = self.query_one("#hours-others" if self._below else "#hours-show", Listing).key
        lines = self.others if self._below else [line for line, _ in self.lines]
        return next((line for line in lines if line.id == key), None)

    def draw(self, go: str | None = None) -> None:
        """Show the hours as they are now."""
        if not self.is_attached:
            return
        lines, others = self.lines, self.others
        self._say("#hours-headline", shown.show_headline(self.day, lines))
        self.query_one("#hours-show", Listing).show(shown.show_rows(lines), key=None if self._below else go)
        self._say("#hours-others-headline", shown.others_headline(self.desk.show.season.number(self.day), others))
        self.query_one("#hours-others", Listing).show(shown.other_rows(others), key=go if self._below else None)

    def _say(self, where: str, words: str) -> None:
        self.query_one(where, Static).update(Content(typeset(printable(words))), layout=False)

    # Keys

    def _document(self) -> Document[Lines] | None:
        return self._others if self._below else self._show

    def _put(self, lines: Sequence[HoursLine], what: str, *, go: str | None = None) -> None:
        document = self._document()
        if document is not None:
            self.edit_document(document, tuple(lines), what, go=go)

    def _all(self) -> Lines:
        document = self._document()
        return document.value if document is not None else ()

    def action_turn(self) -> None:
        """Note the line under the cursor, or take it back, and go on to the next."""
        line = self._line
        if line is None or self._below:
            return
        is_noted = any(one.id == line.id for one in self.noted)
        what = f"{row_name(line)} {'enlevée' if is_noted else 'notée'}"
        self._put(without(self.noted, line.id) if is_noted else noted(self.noted, line), what)
        self.query_one("#hours-show", Listing).action_step(1)

    def action_note_all(self) -> None:
        """Note all that the plan proposes."""
        if self.episode is None or self._show is None:
            return
        proposed = proposed_hours(self.episode, self.noted, self._before)
        if not proposed:
            self.tell("Rien à noter de plus : tout ce que le conducteur propose est noté.")
            return
        lines = (*self.noted, *proposed)
        self.edit_document(self._show, lines, counted(len(proposed), "ligne notée", "lignes notées"))

    def action_quarter(self, way: int) -> None:
        """A quarter of an hour more or less; a line that was only proposed is noted with it."""
        line = self._line
        if line is not None:
            self._lasting(line, quarter_more(line.duration) if way > 0 else quarter_less(line.duration))

    def _lasting(self, line: HoursLine, length: timedelta) -> None:
        self._put(lasting(self._all(), line, length), f"{row_name(line)} : {hours_text(length)}", go=line.id)

    def action_length(self) -> None:
        """Ask how long the line is."""
        line = self._line
        if line is not None:
            self.run_worker(self._ask_length(line), group="gesture")

    async def _ask_length(self, line: HoursLine) -> None:
        length = await adding.ask_length(self, f"{row_name(line)} : combien de temps ?", line.duration)
        if length is not None:
            now = next((one for one in self._all() if one.id == line.id), line)
            self._lasting(now, length)

    def action_add(self) -> None:
        """Add people to the show, or a meeting with those who came."""
        self.run_worker(self._add_meeting() if self._below else self._add_present(), group="gesture")

    async def _add_present(self) -> None:
        found = await adding.ask_present(self)
        if found is not None and self._show is not None:
            self._add(self._show, found.beside(self.noted, self._before), found)

    async def _add_meeting(self) -> None:
        if self._others is None:
            return
        found = await adding.ask_meeting(self, self._others.value, self.desk.today)
        if found is None:
            return
        self._add(self._others, found.beside(self._others.value), found)
        season = self.desk.show.season.number
        if found.day is not None and season(found.day) != season(self.day):
            self.tell(f"Noté dans la saison {season(found.day)}, qui n'est pas celle qui est montrée ici.")

    def _add(self, document: Document[Lines], lines: Lines, what: adding.Present) -> None:
        if lines == document.value:
            self.tell("C'est déjà noté.")
        else:
            self.edit_document(document, lines, what.words, go=lines[-1].id)

    @on(Listing.Chosen)
    def action_edit(self) -> None:
        """Open the form of the line; a line that was only proposed is noted once something is written in it."""
        seen, below = self._line, self._below
        if seen is None:
            self.action_add()
            return
        document = self._document()
        if document is None:
            return
        lines = noted(document.value, seen)
        was_noted = lines == document.value

        def still() -> bool:
            return not was_noted or any(one.id == seen.id for one in document.value)

        def keep(changed: HoursLine | None) -> None:
            if changed is not None:
                base = lines if was_noted else without(lines, seen.id)
                merged = merge_hours(base, noted(lines, changed), document.value)
                self.edit_document(document, self.told(merged), f"fiche de {row_name(seen)}", go=seen.id)

        self.app.push_screen(RecordDialog(row_name(seen), shown.hours_form(dated=below), seen, still=still), keep)

    def action_drop(self) -> None:
        """Take the line out."""
        line = self._line
        if line is not None and any(one.id == line.id for one in self._all()):
            self._put(without(self._all(), line.id), f"{row_name(line)} enlevée")

    def action_paper(self) -> None:
        """The sheet to sign, or a spreadsheet file."""
        self.run_worker(paper.run(self), group="gesture")

    def action_day(self, by: int) -> None:
        """The hours of another show."""
        days = self.desk.days()
        place = days.index(self.day) + by if self.day in days else -1
        if 0 <= place < len(days):
            self.post_message(OpenEpisode(days[place], "hours"))

    def action_leave(self) -> None:
        """Go back to the season."""
        self.app.run_worker(self.app.run_action("go('season')"))
