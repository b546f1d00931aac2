"""« Saison »: the Thursdays, how far each show is, what it lacks, what is due."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from bobine.errors import BobineError
from bobine.evening.attaching import off_air_words
from bobine.french import long_date, printable, typeset
from bobine.model.episode_day import episode_day
from bobine.model.slot_days import season_bounds
from bobine.plan.season.cadence import cadences
from bobine.plan.season.calendar import SeasonDay, season_shown
from bobine.plan.season.objectives import coverage
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.failures import sentence
from bobine.tui.kit.dialogs.choice import Choice, Option
from bobine.tui.kit.lists.lines import Lines
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.lists.rows import Tone
from bobine.tui.kit.screens.desk_screen import DeskScreen
from bobine.tui.kit.screens.top_line import TopLine
from bobine.tui.messages import OpenEpisode
from bobine.tui.season.choices import another, preparing
from bobine.tui.season.days_read import DaysRead
from bobine.tui.season.hours import day_of_hours, hours_line
from bobine.tui.season.rows import (
    COLUMNS,
    cadence_lines,
    day_lines,
    day_rows,
    objective_lines,
    season_headline,
)

LAST_SHOWS = 6
"""Number of last shows over which the objectives are examined."""


class SeasonScreen(DeskScreen):
    """The season's calendar, and what to know of the day under the cursor."""

    PLACE = "season"
    HELP = (
        "La saison, {day} par {day}. Chaque jour dit où en est l'émission : vide, en préparation, prête, enregistrée "
        "ou en ligne, et ce qui manque. À côté : les chroniques qui reviennent ce jour-là, et comment les dernières "
        "émissions ont servi les quatre objectifs. Entrée ou F3 ouvre le conducteur du jour choisi, ou prépare "
        "l'émission d'un jour vide ; F7 va à son antenne, B à ses heures de bénévolat."
    )
    CSS_PATH = "season.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (60, "-narrow"), (100, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Ouvrir", tooltip="Ouvrir le conducteur du jour, ou préparer l'émission"),
        Binding("f3", "open", "Conducteur", show=False, tooltip="Ouvrir le conducteur du jour choisi"),
        Binding("f7", "on_air", "Antenne", show=False, tooltip="Aller à l'antenne du jour choisi"),
        Binding("n", "another", "Bonus…", tooltip="Préparer un bonus, une bande-annonce ou une deuxième émission"),
        Binding("b", "hours", "Heures", tooltip="Noter les heures de bénévolat du jour, ou de la dernière émission"),
        Binding("j", "today", "Aujourd'hui", tooltip="Aller à la prochaine émission"),
        Binding("p", "turn(-1)", "Saison d'avant", tooltip="Montrer la saison d'avant"),
        Binding("s", "turn(1)", "Saison d'après", tooltip="Montrer la saison d'après"),
        Binding("e", "show", "Autre émission", tooltip="Choisir une autre émission de l'atelier"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = "Saison"
        self._book = DaysRead(desk)
        self._shows_fault = ""
        self._reading = False
        self._days: dict[str, SeasonDay] = {}

    def content(self) -> ComposeResult:
        """The calendar, and three panels about the day under the cursor."""
        yield Static(id="season-headline")
        with Container(id="season-body"):
            yield Listing(COLUMNS, empty="Aucun jour dans cette saison.", moved=self._show_day, id="season-days")
            with Container(id="season-side"):
                with VerticalScroll(id="season-day-box", can_focus=True):
                    yield Lines(id="season-day")
                with VerticalScroll(id="season-due-box", can_focus=True):
                    yield Lines(id="season-due")
                yield Lines(id="season-goals")

    def on_mount(self) -> None:
        """Show the calendar at once, then what is found of each day."""
        self.query_one("#season-day-box").border_title = "Ce jour"
        self.query_one("#season-due-box").border_title = "Chroniques"
        goals = self.query_one("#season-goals")
        goals.border_title = typeset(f"Objectifs, {LAST_SHOWS} dernières émissions")
        self._refill(key=self._next_day())
        self.query_one("#season-days").focus()
        self.call_after_refresh(self._read)

    async def look(self) -> None:
        """Show what changed on the disk."""
        if not self._reading:
            self._read()

    def show_changed(self, fault: str) -> None:
        """The slot, the chroniques or the tolerance may be others."""
        self._shows_fault = fault
        if not fault:
            self._book.forget()
        self._refill()

    @work(thread=True, group="read", exit_on_error=True)
    def _read(self) -> None:
        if self._reading:
            return
        self._reading = True
        try:
            changed = 0
            for _ in self._book.read():
                changed += 1
                if changed in (1, 8):
                    self.app.call_from_thread(self._refill)
            if changed:
                self.app.call_from_thread(self._refill)
            self.app.call_from_thread(self.look_failed, "")
        except Exception as error:  # noqa: BLE001 - what was read before stays
            if self.app.is_running:
                self.app.call_from_thread(self.look_failed, sentence(error))
        finally:
            self._reading = False

    def _refill(self, key: str | None = None) -> None:
        """Show the season as it was read; where that cannot be, what was shown before stays, and it is said."""
        try:
            self._fill(key)
        except Exception as error:  # noqa: BLE001 - a screen outlives any file
            self.look_failed(sentence(error))

    def look_failed(self, fault: str) -> None:
        """Say in the headline why the season cannot be read as it stands."""
        if fault != self._look_fault:
            self._look_fault = fault
            self._say_headline(self._days.values())

    def _fill(self, key: str | None) -> None:
        if not self.is_attached:
            return
        days = self._book.days()
        self._days = {day.date.isoformat(): day for day in days}
        self._say_headline(days)
        rows = day_rows(days, self._book.unread(), self.desk.today)
        self.query_one("#season-days", Listing).show(rows, key=key)
        self._show_day()

    def _say_headline(self, days: Iterable[SeasonDay]) -> None:
        headline = self.query_one("#season-headline", Static)
        wrong = (self._shows_fault or self._look_fault).splitlines()
        text = f"✗ {wrong[0]}" if wrong else self._headline(tuple(days))
        headline.update(Content(typeset(printable(text))), layout=False)
        headline.set_class(bool(wrong), "-wrong")

    def _headline(self, days: Sequence[SeasonDay]) -> str:
        first, last = season_bounds(self.desk.show.season, self._book.number)
        return season_headline(self._book.number, days, first, last, self.size.width - 2)

    def on_resize(self) -> None:
        """The headline says more where there is room."""
        self.call_after_refresh(self._refill)

    def _next_day(self) -> str:
        """The first day from today on that has a show, or could."""
        show, today = self.desk.show, self.desk.today
        days = [day.date for day in self._book.days() if day.date >= today]
        return next((day.isoformat() for day in days if show.season.is_open(day)), "")

    def _show_day(self) -> None:
        day = self._chosen()
        if day is None:
            return
        episodes = self._book.episodes
        here = next((one for one in episodes if one.date == day.date), None)
        planned = frozenset(item.chronique for item in here.counted_items if item.chronique) if here else frozenset()
        self.query_one("#season-day", Lines).show([*day_lines(day), *hours_line(self.desk, day)])
        due = cadence_lines(cadences(self.desk.show, episodes, day.date), planned)
        self.query_one("#season-due", Lines).show(due or [("Aucune chronique dans shows.toml.", Tone.MUTED)])
        goals = objective_lines(coverage(episodes, LAST_SHOWS, day.date))
        self.query_one("#season-goals", Lines).show(goals)

    def _chosen(self) -> SeasonDay | None:
        return self._days.get(self.query_one("#season-days", Listing).key or "")

    @on(Listing.Chosen, "#season-days")
    def _row_chosen(self) -> None:
        self.action_open()

    @on(TopLine.Asked)
    def _place_asked(self, event: TopLine.Asked) -> None:
        """A click on « Conducteur » or « Antenne » is for the day under the cursor, as their keys are."""
        if event.name in ("rundown", "onair"):
            event.stop()
            self.action_open() if event.name == "rundown" else self.action_on_air()

    def action_on_air(self) -> None:
        """Open « Antenne » on the day, if it has a show."""
        day = self._chosen()
        if day is None:
            return
        if day.facts is None and day.date not in self._book.unread():
            self.tell(f"Rien n'est prévu le {long_date(day.date)} : Entrée prépare l'émission d'abord.")
            return
        if day.facts is not None and day.facts.episode is not None and not day.facts.episode.in_slot:
            self.tell(off_air_words(day.facts.episode.reference))
            return
        self.post_message(OpenEpisode(day.date, "onair"))

    def action_hours(self) -> None:
        """Open the volunteer hours of the day; of the last show, where that day is still to come."""
        day = self._chosen()
        if day is None:
            return
        meant = day_of_hours(self.desk, day)
        if meant is not None:
            self.post_message(OpenEpisode(meant, "hours"))
        else:
            self.tell(f"Rien n'est prévu le {long_date(day.date)} : il n'y a pas d'heures à noter.")

    def action_open(self) -> None:
        """Open the rundown of the day, or prepare its show."""
        day = self._chosen()
        if day is None:
            return
        if day.facts is not None or day.date in self._book.unread():
            self.post_message(OpenEpisode(day.date))
            return

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self._create(day.date)

        self.app.push_screen(preparing(day, self.desk.today), answered)

    def action_another(self) -> None:
        """Prepare another episode of the day: a bonus, a trailer, a second show."""
        day = self._chosen()
        if day is None:
            return
        taken = frozenset(self.desk.days())

        def answered(answer: str | None) -> None:
            if answer is not None:
                self._create(episode_day(day.date, answer))

        self.app.push_screen(another(day, taken), answered)

    @work(group="create")
    async def _create(self, day: date) -> None:
        from bobine.evening.online.live_item import announce_planned
        from bobine.plan.files.creation import new_episode

        try:
            await asyncio.to_thread(new_episode, self.desk.workspace, self.desk.show, self.desk.today, day)
        except BobineError as error:
            self.tell(str(error), refused=True)
            return
        if await asyncio.to_thread(announce_planned, self.desk.workspace, self.desk.show, day):
            self.tell("Le direct de cette émission s'annonce dans le podcast.")
        self.post_message(OpenEpisode(day))

    def action_today(self) -> None:
        """Go to the next show."""
        self._book.number = season_shown(self.desk.show.season, self.desk.today)
        self._refill(key=self._next_day())

    def action_turn(self, by: int) -> None:
        """Show another season."""
        self._book.number = max(1, self._book.number + by)
        self._refill()
        self._read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is another show to choose only where the workspace has several."""
        return len(self.desk.workspace.shows) > 1 if action == "show" else True

    def action_show(self) -> None:
        """Choose another show of the workspace."""
        options = [Option(show.slug, show.title, show.tagline) for show in self.desk.workspace.shows]
        self.app.push_screen(Choice("Quelle émission ?", options, current=self.desk.show.slug), self._open_show)

    def _open_show(self, slug: str | None) -> None:
        if slug is None or slug == self.desk.show.slug:
            return
        from bobine.tui.messages import OpenShow

        self.post_message(OpenShow(slug))
