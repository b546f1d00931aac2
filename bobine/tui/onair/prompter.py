"""The presenter's view: big figures, nothing to press. It reads the same journal as the technician's screen."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Digits, Static

from bobine.air.journal import Journal
from bobine.air.session import Session, fold
from bobine.errors import BobineError
from bobine.french import printable, typeset
from bobine.model.episode import Episode
from bobine.plan.timing import countdown_seconds, time_rundown
from bobine.tui.desk import Desk
from bobine.tui.kit.desk_screen import DeskScreen
from bobine.tui.onair.stage import Stage, real_stage
from bobine.tui.onair.words import gap_words, minutes, next_words, on_air_parts

TICK_S = 0.1
"""How often the hour is looked at, in seconds."""


class PrompterScreen(DeskScreen):
    """What the presenter looks up at."""

    PLACE = "prompter"
    CSS_PATH = "prompter.tcss"
    HELP = "La vue de l'animation : l'heure, ce qui est à l'antenne et ce qui en reste, l'écart, ce qui vient."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.quit", "Quitter", tooltip="Fermer cette vue ; le direct continue"),
    ]

    def __init__(self, desk: Desk, day: date, stage: Stage | None = None) -> None:
        super().__init__(desk)
        self.day = day
        self.title = "Prompteur"
        stage = stage or real_stage(desk.workspace, desk.show, day)
        self._journal = Journal(stage.journal)
        self._source = desk.episode_source(day)
        self._episode: Episode | None = None
        self._seen: object = None
        self._folded: tuple[int, Session] = (-1, Session())

    def compose(self) -> ComposeResult:
        """The hour, what is on air, what is left of it, the gap, what comes next."""
        yield Digits("", id="prompter-hour")
        yield Static(id="prompter-title")
        yield Digits("", id="prompter-left")
        yield Static(id="prompter-gap")
        yield Static(id="prompter-next")

    def on_mount(self) -> None:
        """Follow the show."""
        super().on_mount()
        self.set_interval(TICK_S, self.tick)
        self.tick()

    async def look(self) -> None:
        """Follow the plan; one that cannot be read leaves the last that could."""
        self._read()

    def _read(self) -> None:
        seen = self._source.signature()
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._episode = self._source.read()
        except BobineError:
            return  # the technician's screen says why

    def _session(self) -> Session:
        events = self._journal.read()
        if self._folded[0] != len(events):
            self._folded = len(events), fold(events)
        return self._folded[1]

    def tick(self) -> None:
        """Show this instant."""
        if not self.is_attached:
            return
        if self._episode is None:
            self._read()
        items = self._episode.items if self._episode is not None else ()
        now = self.desk.now()
        timing = time_rundown(items, self.desk.show.slot.bounds(self.day), self._session().progress, now)
        title, words, tone, _ = on_air_parts(timing)
        line = timing.on_air
        left = countdown_seconds(line.remaining) if line is not None else 0
        self.query_one("#prompter-hour", Digits).update(f"{now.astimezone(timing.slot_start.tzinfo):%H:%M:%S}")
        figure = self.query_one("#prompter-left", Digits)
        figure.update(f"{'+' if left < 0 else ''}{minutes(abs(left))}" if line is not None else "")
        figure.set_class(tone == "alert", "-late")
        over = f" — {words.partition(' DE ')[0]}" if left < 0 else ""
        self._say("#prompter-title", f"{title}{over}")
        self._say("#prompter-gap", gap_words(timing)[0] if timing.progress and timing.progress.begun else "")
        self._say("#prompter-next", f"Ensuite : {next_words(timing)}")

    def _say(self, where: str, text: str) -> None:
        self.query_one(where, Static).update(Content(typeset(printable(text))), layout=False)
