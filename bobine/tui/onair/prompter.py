"""The presenter's view: big figures, nothing to press. It reads the same journal as the technician's screen."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Digits, Static

from bobine.air.live.stage import Stage, real_stage
from bobine.french import printable, typeset
from bobine.prompter.view import Follower
from bobine.tui.documents.desk import Desk
from bobine.tui.kit.screens.desk_screen import DeskScreen
from bobine.tui.onair.beat import beat


class PrompterScreen(DeskScreen):
    """The screen that the presenter looks up at."""

    PLACE = "prompter"
    CSS_PATH = "prompter.tcss"
    HELP = "La vue de l'animation : l'heure, ce qui est à l'antenne et ce qui en reste, l'écart, ce qui vient."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.quit", "Quitter", tooltip="Fermer cette vue ; le direct continue"),
    ]

    def __init__(self, desk: Desk, day: date, stage: Stage | None = None) -> None:
        super().__init__(desk)
        self.title = "Prompteur"
        stage = stage or real_stage(desk.workspace, desk.show, day)
        self._follower = Follower(lambda: desk.show, day, stage.journal, desk.episode_source(day), desk.now)

    def compose(self) -> ComposeResult:
        """The hour, what is on air, what is left of it, the gap, what comes next."""
        yield Digits("", id="prompter-hour")
        yield Static(id="prompter-title")
        yield Digits("", id="prompter-left")
        yield Static(id="prompter-gap")
        yield Static(id="prompter-next")

    def on_mount(self) -> None:
        """Follow the show."""
        beat(self, self.tick)
        self.tick()

    def tick(self) -> None:
        """Show this instant."""
        if not self.is_attached:
            return
        view = self._follower.view()
        self.query_one("#prompter-hour", Digits).update(view.hour)
        left = self.query_one("#prompter-left", Digits)
        left.update(view.left)
        left.set_class(view.late, "-late")
        self._say("#prompter-title", f"{view.title} — ▲ DÉPASSE" if view.late else view.title)
        self._say("#prompter-gap", view.gap)
        self._say("#prompter-next", view.following)

    def _say(self, where: str, text: str) -> None:
        self.query_one(where, Static).update(Content(typeset(printable(text))), layout=False)
