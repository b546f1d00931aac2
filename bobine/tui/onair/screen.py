"""« Antenne »: the live slot. What the show is doing is read from the journal at every tick, never kept here."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer

from bobine.air.journal import Journal
from bobine.air.live import STEP_S, Live
from bobine.errors import BobineError
from bobine.model.episode import Episode, Item
from bobine.plan.timing import Timing, time_rundown
from bobine.tui.desk import Desk
from bobine.tui.document import Document, News
from bobine.tui.kit.desk_screen import DeskScreen
from bobine.tui.kit.document_screen import Fault
from bobine.tui.kit.listing import Listing
from bobine.tui.kit.online_alarm import OnlineAlarm
from bobine.tui.kit.places import SAID_FOR_S
from bobine.tui.onair.beat import beat
from bobine.tui.onair.before_and_after import arrive
from bobine.tui.onair.board import Board
from bobine.tui.onair.carts import CART_BINDINGS, CartStrip, make_strip
from bobine.tui.onair.gestures import GESTURES
from bobine.tui.onair.stage import Stage, real_stage
from bobine.tui.onair.words import COLUMNS, action_words, air_rows, last_words, stopwatch_words


class AirScreen(DeskScreen):
    """The technician's screen.

    Attributes:
        day: the day of broadcast.
        stage: the real show, or a rehearsal.
        live: the show's actions.
        recorder: the recording.
        said: what was just said on the board; empty once it was read.
    """

    PLACE = "onair"
    CSS_PATH = "onair.tcss"
    HELP = (
        "Le direct. Espace ou Entrée met l'élément suivant à l'antenne ; les flèches ne font que regarder. N choisit "
        "le suivant, S saute ou reprend, B recule le dernier départ, + et − donnent ou reprennent 30 secondes. "
        "U annule la dernière action, sans jamais toucher à l'enregistrement. Échap n'arrête rien. Les chiffres "
        "lancent les sons qui sont sous la main, X les arrête en fondu."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "take", "À l'antenne", tooltip="Mettre l'élément suivant à l'antenne"),
        Binding("enter", "take", "À l'antenne", show=False, tooltip="Mettre l'élément suivant à l'antenne"),
        Binding("n", "choose", "Suivant", tooltip="Faire de l'élément choisi le suivant"),
        Binding("s", "skip", "Sauter", tooltip="Sauter l'élément choisi, ou le reprendre ; prendre de la réserve"),
        Binding("b", "ask('too_late')", "Trop tard", tooltip="J'ai appuyé trop tard : reculer le dernier départ"),
        Binding("plus", "lengthen(1)", "+30", tooltip="Donner 30 secondes à l'élément à l'antenne"),
        Binding("minus", "lengthen(-1)", "−30", show=False, tooltip="Reprendre 30 secondes à l'élément à l'antenne"),
        Binding("m", "mark", "Repère", tooltip="Poser un repère"),
        Binding("c", "ask('repair')", "Couper", tooltip="Quoi couper, ou quoi ajouter, pour finir à l'heure ?"),
        Binding("u", "undo", "Annuler", tooltip="Annuler la dernière action, jamais l'enregistrement"),
        Binding("a", "ask('absent')", "Absence", show=False, tooltip="Personne absente : un secours à la place"),
        Binding("k", "ask('song')", "Chanson ?", show=False, tooltip="Encore une chanson ? Oui ou non, et le prix"),
        Binding("t", "stopwatch", "Chrono", show=False, tooltip="Lancer ou arrêter le chronomètre"),
        Binding("p", "ask('speech')", "Parole", show=False, tooltip="Chronométrer le temps de parole d'une personne"),
        Binding("j", "ask('note')", "Noter", show=False, tooltip="Noter quelque chose"),
        Binding("e", "ask('edit')", "Modifier", show=False, tooltip="Modifier l'élément choisi dans le conducteur"),
        Binding("v", "ask('check')", "Contrôle", show=False, tooltip="Tout est-il prêt ? Qui doit quoi ?"),
        Binding("w", "ask('record')", "Enregistrer", show=False, tooltip="Lancer l'enregistrement, ou l'arrêter"),
        Binding("f", "ask('end')", "Rendre", show=False, tooltip="Rendre l'antenne"),
        Binding("q", "ask('leave')", "Quitter", show=False, tooltip="Quitter cet écran ; l'enregistrement continue"),
        Binding("escape", "nothing", show=False),
        *CART_BINDINGS,
    ]  # fmt: skip

    def __init__(self, desk: Desk, day: date, stage: Stage | None = None) -> None:
        super().__init__(desk)
        self.day = day
        self.title = "Antenne"
        self.stage = stage or real_stage(desk.workspace, desk.show, day)
        self.recorder = self.stage.recorder
        self.live = Live(Journal(self.stage.journal), desk.now, self.recorder.position)
        self.document: Document[Episode] | None = None
        self._drawn: tuple[object, ...] = ()
        self._unread = ""
        self.said = ""
        self._said_until_s = 0.0

    def compose(self) -> ComposeResult:
        """The board, the carts, the rundown, the keys."""
        workspace, show = self.desk.workspace, self.desk.show
        yield OnlineAlarm()
        yield Board()
        yield make_strip(workspace.root, workspace.folder(show, self.day).path, show)
        yield Fault()
        yield Listing(COLUMNS, empty="Le conducteur est vide.", id="air-items")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show the show as the journal has it."""
        self._open()
        self.query_one("#air-items").focus()
        beat(self, self.tick)
        self.tick()
        self.follow()
        self.run_worker(arrive(self), group="arrive")

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
    def now(self) -> datetime:
        """The present instant."""
        return self.desk.now()

    @property
    def items(self) -> tuple[Item, ...]:
        """The rundown as it is planned now."""
        return self.document.value.items if self.document is not None else ()

    @property
    def timing(self) -> Timing:
        """The live hours, at this instant."""
        progress = self.live.session.progress
        return time_rundown(self.items, self.desk.show.slot.bounds(self.day), progress, self.now)

    @property
    def key(self) -> str | None:
        """Id of the item under the cursor."""
        return self.query_one("#air-items", Listing).key

    @property
    def item(self) -> Item | None:
        """The planned item under the cursor."""
        return next((item for item in self.items if item.id == self.key), None)

    # What is shown

    def tell(self, sentence: str, *, warning: bool = False, refused: bool = False) -> None:
        """Say one sentence on the board, for a while; what matters, or is long, in a corner, over the rows."""
        if warning or refused or len(sentence) > self.size.width - 4:
            super().tell(sentence, warning=warning, refused=refused)
            return
        self.said, self._said_until_s = sentence, time.monotonic() + SAID_FOR_S

    def tick(self) -> None:
        """Show this instant."""
        if not self.is_attached:
            return
        now = self.now
        session = self.live.session
        timing = self.timing
        people = {person.id: person for person in self.document.value.people} if self.document is not None else {}
        names = {person.id: person.name for person in people.values()}
        local = now.astimezone(ZoneInfo(self.desk.show.slot.timezone))
        board = self.query_one(Board)
        board.set_class(self.has_class("-high"), "-tall")
        last = last_words(session.last, local)
        if self.stage.rehearsal:
            last = f"{self.stage.rehearsal} · {last}"
        if time.monotonic() > self._said_until_s:
            self.said = ""
        board.show(timing, local, self.recorder.sound(), last, stopwatch_words(session, now, names), self.said)
        self.query_one(CartStrip).follow(self.desk.show, self.items, session.progress)
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
        self.query_one(Fault).show(fault, kept=self.document is not None)

    # Keys

    def act(self, action: Callable[[], str | None]) -> bool:
        """Do one thing to the show; say why where it is refused, or cannot be written."""
        try:
            refused = action()
        except BobineError as error:
            self.tell(str(error), refused=True)
            return False
        if refused:
            self.tell(f"Rien n'est fait : {refused}.", warning=True)
        self.tick()
        return not refused

    def action_take(self) -> None:
        """Put the next item on air."""
        on_air = self.live.session.progress.on_air
        seen = on_air.item.id if on_air is not None else None
        if self.act(lambda: self.live.take(self.items, seen)):
            self.follow()
            if self.live.session.progress.ended is not None:
                self.action_ask("archive")

    def action_choose(self) -> None:
        """Make the item under the cursor the next one."""
        key = self.key
        if key is not None:
            self.act(lambda: self.live.choose(self.items, key))

    def action_skip(self) -> None:
        """Leave the item under the cursor out, or take it back; a standby is taken in."""
        item, key = self.item, self.key
        if item is not None and item.standby:
            self.act(lambda: self.live.reserve(item.id))
        elif key is not None:
            self.act(lambda: self.live.skip(key))

    def action_lengthen(self, sign: int) -> None:
        """Give 30 seconds to the item on air, or take them from it."""
        self.act(lambda: self.live.lengthen(sign * STEP_S))

    def action_mark(self) -> None:
        """Set a bare mark."""
        if self.act(self.live.mark):
            self.tell("Repère posé.")

    def action_stopwatch(self) -> None:
        """Start or stop the spare stopwatch."""
        self.act(self.live.turn_stopwatch)

    def action_undo(self) -> None:
        """Take the last action back."""

        def undo() -> str:
            undone = self.live.undo()
            if undone is None:
                return "rien à annuler"
            self.tell(f"Annulé : {action_words(undone)}")
            return ""

        self.act(undo)

    def action_cart(self, key: str) -> None:
        """Play the sound of a key: neither the show nor the recording is touched."""
        self.query_one(CartStrip).press(self, key)
        self.tick()

    def action_stop_carts(self) -> None:
        """Let the sounds that play fade away."""
        self.query_one(CartStrip).stop()
        self.tick()

    def action_nothing(self) -> None:
        """Escape stops nothing."""

    def action_ask(self, name: str) -> None:
        """One of the gestures that ask something."""
        self.run_worker(self._gesture(name), group="gesture")

    async def _gesture(self, name: str) -> None:
        try:
            await GESTURES[name](self)
        except BobineError as error:
            self.tell(str(error), refused=True)
        self.tick()

    @on(Listing.Chosen, "#air-items")
    def _clicked(self) -> None:
        """A click only looks: nothing goes on air by the mouse."""
