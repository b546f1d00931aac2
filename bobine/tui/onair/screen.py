"""« Antenne »: the live slot. The state of the show is read from the journal at every tick, never kept here."""

from __future__ import annotations

import time
from asyncio import Lock
from datetime import date
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from bobine.air.live.stage import Stage, real_stage
from bobine.air.live.state.hours import is_the_hour
from bobine.errors import BobineError
from bobine.evening.ahead.watch import Watch
from bobine.french import printable
from bobine.model.episode import Episode
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.document import Document
from bobine.tui.documents.steps import News
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.lists.rows import Tone
from bobine.tui.kit.screens.document_screen import Fault
from bobine.tui.kit.screens.online_alarm import OnlineAlarm
from bobine.tui.kit.screens.top_line import SAID_FOR_S
from bobine.tui.kit.screens.workshop import Workshop, workshop
from bobine.tui.onair.beat import beat
from bobine.tui.onair.board.ahead_line import AheadLine
from bobine.tui.onair.board.band import RehearsalBand
from bobine.tui.onair.board.board import Board
from bobine.tui.onair.board.carts import CART_BINDINGS, CartStrip, make_strip
from bobine.tui.onair.board.keys_line import KeysLine
from bobine.tui.onair.board.notice import Notice
from bobine.tui.onair.gestures import GESTURES, another_day, opening
from bobine.tui.onair.gestures.asking import begin
from bobine.tui.onair.gestures.before_and_after import arrive
from bobine.tui.onair.keys import BEGINNING, HELP, SEVERAL, SHOW_BINDINGS
from bobine.tui.onair.show_screen import ShowScreen
from bobine.tui.onair.words import COLUMNS, air_rows, last_words, stopwatch_words, with_alarms


class AirScreen(ShowScreen):
    """The technician's screen.

    Attributes:
        said: what was just said on the board; empty once it was read.
        turns: whose turn it is to ask something.
    """

    PLACE = "onair"
    GUARDED = True
    SEVERAL = SEVERAL
    CSS_PATH = "onair.tcss"
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *SHOW_BINDINGS,
        *CART_BINDINGS,
    ]

    def __init__(self, desk: Desk, day: date, stage: Stage | None = None) -> None:
        super().__init__(desk, day, stage or real_stage(desk.workspace, desk.show, day))
        self.title = "Antenne"
        self.turns = Lock()
        self._asking: set[str] = set()
        self._drawn: tuple[object, ...] = ()
        self._unread = ""
        self.said = ""
        self._said_until_s = 0.0
        self._ahead = Watch(self.stage, desk.workspace.root, desk.workspace.folder(desk.show, day))

    def compose(self) -> ComposeResult:
        """The board, the carts, the last message, the rundown, the keys."""
        workspace, show = self.desk.workspace, self.desk.show
        self.set_class(bool(self.stage.rehearsal), "-rehearsal")
        yield RehearsalBand(self.stage.rehearsal)
        yield OnlineAlarm()
        yield Board(rehearsal=bool(self.stage.rehearsal))
        yield make_strip(workspace.root, workspace.folder(show, self.day).path, show, self.live)
        yield Notice()
        yield Fault()
        yield Listing(COLUMNS, empty="Le conducteur est vide.", id="air-items")
        yield AheadLine()
        yield KeysLine()
        yield RehearsalBand(self.stage.rehearsal)

    def on_mount(self) -> None:
        """Show the show as the journal has it."""
        self._open()
        self.query_one("#air-items").focus()
        # the beat is the application's: a screen under a dialog is painted all again whenever a timer of its own fires
        beat(self.app, self.tick, lambda: self.is_running)
        self.tick()
        self.follow()
        self.run_worker(self._arrive(), group="arrive")

    def on_unmount(self) -> None:
        """Leave the podcast to be made alone, or end that."""
        self._ahead.leave()

    async def _arrive(self) -> None:
        """Ask first where it is not the hour; then look whether all is ready."""
        await another_day.ask_which(self)
        begun = self.live.session.progress.begun
        if not begun and not self.stage.rehearsal and not is_the_hour(self.slot, self.now):
            self.waiting = True
            await opening.ask_first(self)
        if self.is_attached:
            await arrive(self)

    def _open(self) -> None:
        source = self.desk.episode_source(self.day)
        try:
            value = source.read()
        except BobineError as error:
            self._unread = str(error)
        else:
            self._unread = ""
            self.document = Document(source, value, self._news)
        self._show_fault()

    async def look(self) -> None:
        """Follow the plan on the disk."""
        if self.document is None:
            self._open()
        else:
            await self.document.look()

    async def settle(self) -> None:
        """Wait until every edit is on the disk."""
        if self.document is not None:
            await self.document.settle()

    # What is known

    @property
    def workshop(self) -> Workshop:
        """The application."""
        return workshop(self)

    @property
    def kept_lines(self) -> int:
        """The board stays in sight under any dialog."""
        return max((board.region.bottom for board in self.query(Board)), default=0)

    # What is shown

    def tell(self, sentence: str, *, warning: bool = False, refused: bool = False) -> None:
        """Say one sentence on the board, for a while; what matters, or is long, on lines of its own above the rows."""
        text = "\n".join(printable(line) for line in sentence.splitlines())
        if warning or refused or len(text) > self.size.width - 4:
            tone = Tone.ALERT if refused else Tone.WARN if warning else Tone.PLAIN
            sign = "✗ " if refused else "! " if warning else ""
            for notice in self.query(Notice):
                notice.say(f"{sign}{text}", tone)
            return
        self.said, self._said_until_s = text, time.monotonic() + SAID_FOR_S

    def tick(self) -> None:
        """Show this instant."""
        if not self.is_attached:
            return
        now = self.now
        if self.waiting and is_the_hour(self.slot, now):
            self.waiting = False
            self.tell("C'est bientôt l'heure : l'antenne est ouverte.", warning=True)
        self.query_one(Notice).tick(time.monotonic(), hidden=self.app.screen is not self)
        session = self.live.session
        for notice in self.live.take_notices():
            self.tell(notice, warning=True)
        timing = self.timing
        people = {person.id: person for person in self.document.value.people} if self.document is not None else {}
        names = {person.id: person.name for person in people.values()}
        local = now.astimezone(ZoneInfo(self.desk.show.slot.timezone))
        board = self.query_one(Board)
        board.set_class(self.has_class("-high"), "-tall")
        last = last_words(session.last, local)
        if self.waiting:
            last = f"EN ATTENTE · {opening.slot_words(self)} · Espace : choisir"
        if time.monotonic() > self._said_until_s:
            self.said = ""
        sound = with_alarms(self.recorder.sound(), self.live.alarms)
        board.show(timing, local, sound, last, stopwatch_words(session, now, names), self.said)
        self.query_one(CartStrip).follow(self.desk.show, self.items, session.progress)
        progress = session.progress
        on_air = progress.begun and progress.ended is None and sound.running
        self._ahead.follow(on_air=on_air and self.desk.show.sound.master_on_air)
        self.query_one(AheadLine).show(self._ahead.words)
        drawn = (session.progress, self.items, tuple(line.impossible for line in timing.lines))
        if drawn != self._drawn:
            self._drawn = drawn
            self.query_one("#air-items", Listing).show(air_rows(timing, people))

    def follow(self) -> None:
        """Put the cursor on what is on air."""
        on_air = self.live.session.progress.on_air
        if on_air is not None:
            self.query_one("#air-items", Listing).go(on_air.item.id)

    def _news(self, news: News[Episode]) -> None:
        self._show_fault()
        for conflict in news.conflicts:
            self.tell(conflict, warning=True)
        if news.refused:
            self.tell(news.refused, refused=True)
        self.tick()

    def _show_fault(self) -> None:
        fault = self.document.fault if self.document is not None else self._unread
        self.query_one(Fault).show(fault, kept=self.document is not None, unsaved=self.unsaved)

    @property
    def unsaved(self) -> str:
        """Why an edit of the plan is not on the disk; empty where all are."""
        return self.document.unsaved if self.document is not None else ""

    # Keys

    def action_cart(self, key: str) -> None:
        """Play the sound of a key: neither the show nor the recording is touched."""
        self.query_one(CartStrip).press(self, key)
        self.tick()

    def action_stop_carts(self) -> None:
        """Fade out the sounds that play."""
        self.query_one(CartStrip).stop()
        self.tick()

    def action_nothing(self) -> None:
        """Do nothing: Escape stops nothing."""

    def action_ask(self, name: str) -> None:
        """One of the gestures that ask something; one that is not done yet is not begun again."""
        if self.waiting and name in BEGINNING:
            name = "open"
        if name in self._asking:
            return
        self._asking.add(name)
        self.run_worker(self._gesture(name), group="gesture")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow some keys in a rehearsal only."""
        return bool(self.stage.rehearsal) if (action, parameters) == ("ask", ("rehearsal",)) else True

    async def _gesture(self, name: str) -> None:
        begin(self)
        try:
            await GESTURES[name](self)
        except BobineError as error:
            self.tell(str(error), refused=True)
        finally:
            self._asking.discard(name)
        self.tick()

    @on(Listing.Chosen, "#air-items")
    def _clicked(self) -> None:
        """Let a click only look: nothing goes on air by the mouse."""
