"""The application: which screen is shown, the theme, the keys that work everywhere. Wiring only."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.events import Event, Key, Paste
from textual.notifications import SeverityLevel
from textual.types import NoActiveAppError
from textual.widgets import Input, TextArea
from textual.worker import WorkerFailed

from bobine.french import printable, typeset
from bobine.tui import settings
from bobine.tui.documents.desk import Desk
from bobine.tui.keyboard import Keyboard
from bobine.tui.kit.dialogs.dialog import Dialog
from bobine.tui.kit.dialogs.help import KEY_WORDS, help_for
from bobine.tui.kit.dialogs.palette import open_palette
from bobine.tui.kit.screens.desk_screen import DeskScreen
from bobine.tui.kit.screens.outliving import Outliving
from bobine.tui.kit.screens.top_line import TopLine
from bobine.tui.leaving import PATIENCE_S, leave_on_signals
from bobine.tui.made_screens import MadeScreens
from bobine.tui.memory import CALM_S, Memory
from bobine.tui.messages import Amend, Forget, OpenEpisode, OpenShow, Stand, Wish, WishMade
from bobine.tui.themes import DARK, LIGHT, STYLE_SHEETS
from bobine.tui.told_errors import ToldErrors, found_strays
from bobine.wrapping import keep_unbroken

if TYPE_CHECKING:
    from bobine.air.live.stage import Stage
    from bobine.tui.onair.rehearsals import Rehearsals

COPIES_S = (2, 60)
"""Times at which conflict copies are looked for: the first, then the interval, in seconds."""


class BobineApp(Outliving, App[None], inherit_bindings=False):
    """The workshop's screens.

    Args:
        desk: the workspace and the show.
        day: the episode to open first; the season otherwise.
        on_air: open it on « Antenne », on this stage.
        prompter: open the presenter's view of that stage instead.
        rehearsals: how the day is rehearsed; without it, at the speed of life and without a recording.

    Attributes:
        wish: the job to do once the screens are left; None for none.
        stand: where the screens stood when it was wished; None where they did not.
    """

    TITLE = "Bobine"
    CSS_PATH = STYLE_SHEETS
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "go('season')", "Saison", show=False, tooltip="Aller à la saison"),
        Binding("f3", "go('rundown')", "Conducteur", show=False, tooltip="Aller au conducteur"),
        Binding("f4", "go('ideas')", "Idées", show=False, tooltip="Aller aux idées"),
        Binding("f5", "go('team')", "Équipe", show=False, tooltip="Aller à l'équipe"),
        Binding("f7", "go('onair')", "Antenne", show=False, tooltip="Aller à l'antenne : le direct"),
        Binding("f8", "go('settings')", "Réglages", show=False, tooltip="Aller aux réglages de l'émission"),
        Binding("f9", "go('online')", "En ligne", show=False, tooltip="Aller à ce qui est en ligne"),
        Binding("f12", "go('report')", "Bilan", show=False, tooltip="Aller au bilan de la saison"),
        Binding("question_mark", "explain", "Aide", key_display="?", tooltip="Aide sur ce qui est choisi"),
        Binding("f6", "explain", "Aide", show=False, tooltip="Aide sur ce qui est choisi"),
        Binding("ctrl+p", "palette", "Commandes", show=False, tooltip="Chercher une commande par son nom"),
        Binding("ctrl+t", "turn_theme", "Clair ou sombre", show=False, tooltip="Passer au thème clair ou sombre"),
        Binding("q", "quit", "Quitter", tooltip="Quitter ; tout est déjà enregistré"),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(
        self,
        desk: Desk,
        day: date | None = None,
        *,
        on_air: Stage | None = None,
        prompter: bool = False,
        rehearsals: Rehearsals | None = None,
    ) -> None:
        keep_unbroken()
        super().__init__()
        self.keyboard = Keyboard(self)
        self._going, self._lost = False, ""
        self.wish: Wish | Amend | Forget | None = None
        self.stand: Stand | None = None
        self.made_screens = MadeScreens(self, desk, day, on_air=on_air, rehearsals=rehearsals)
        opened = "prompter" if prompter else "onair" if on_air is not None else "rundown"
        self._first = opened if day is not None else "season"
        self._memory: Memory | None = None
        self._told_errors = ToldErrors()

    def use(self, memory: Memory) -> None:
        """Look through the memory in calm moments."""
        self._memory = self.made_screens.memory = memory

    def come_back(self, stand: Stand) -> None:
        """Open first where the screens stood before."""
        self._first = self.made_screens.come_back(stand)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, known before a theme is."""
        return DARK.variables

    def on_mount(self) -> None:
        """Show the first screen."""
        leave_on_signals(self, self.made_screens.settle)
        memory = self._memory
        if memory is not None:
            self.set_interval(CALM_S, lambda: memory.look(time.monotonic()))
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = settings.read_theme((DARK.name, LIGHT.name)) or DARK.name
        self.push_screen(self.made_screens.screen(self._first))
        self.set_timer(COPIES_S[0], self._look_for_copies)
        self.set_interval(COPIES_S[1], self._look_for_copies)

    def _look_for_copies(self) -> None:
        self.run_worker(self._tell_copies(), group="copies", exclusive=True)

    async def _tell_copies(self) -> None:
        """Name the files that stand there wrongly, each once; never over a live show."""
        copies = await asyncio.to_thread(found_strays, self.made_screens.desk.workspace.root)
        if self._desk_screen is None or self._desk_screen.PLACE in ("onair", "prompter"):
            return
        for sentence in filter(self._told_errors.is_new, copies):
            self.notify(typeset(sentence), severity="warning", timeout=30, markup=False)

    async def on_event(self, event: Event) -> None:
        """Remember when a key was pressed; read it as it was meant. A paste goes where text is typed, or nowhere."""
        if isinstance(event, Key) and not event.is_forwarded:
            if self._memory is not None:
                self._memory.key(time.monotonic())
            key = await self.keyboard.read(event)
            if key is None:
                return
            event = key
        elif isinstance(event, Paste) and not isinstance(self.screen.focused, Input | TextArea):
            if self._desk_screen is not None:
                said = "Un texte a été collé : rien n'est fait. Il se colle dans un champ où l'on écrit."
                self._desk_screen.tell(said)
            return
        await super().on_event(event)

    async def handle(self, key: Key) -> None:
        """Give a key to what has the keyboard."""
        await super().on_event(key)

    def get_driver_class(self) -> type[Driver]:
        """A terminal that no key ends, where one is used."""
        found = super().get_driver_class()
        if found.__name__ != "LinuxDriver":
            return found
        from bobine.tui.terminal import SteadyDriver

        return SteadyDriver

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something in a corner; on air, where it covers nothing."""
        if self.on_air:
            self.place.tell(message, warning=severity == "warning", refused=severity == "error")
        else:
            super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    @property
    def on_air(self) -> bool:
        """Whether the screen that is shown, under any dialog, is one where slips count."""
        return self._desk_screen is not None and self._desk_screen.GUARDED

    def on_key(self, event: Key) -> None:
        """A key that was typed on a dialog which is gone by now does nothing under it."""
        if not self.keyboard.was_typed_here(event):
            event.prevent_default()

    def outlive(self, error: BaseException) -> None:
        """Say what went wrong in a handler, once, and go on; what nobody foresaw is reported."""
        if sentence := self._told_errors.sentence(error):
            self.notify(typeset(printable(sentence)), severity="error", markup=False)

    def _handle_exception(self, error: Exception) -> None:
        """End the screens on an error they cannot survive: save every edit first, then show one sentence."""
        if isinstance(error, WorkerFailed):
            if not isinstance(error.error, NoActiveAppError):  # its screen was closed: nobody waits for it
                self.outlive(error.error)
            return
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        sentence = self._told_errors.sentence(error)
        if sentence:
            self._falling = asyncio.get_running_loop().create_task(self._fall(sentence))

    async def _fall(self, sentence: str) -> None:
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self.made_screens.settle(), PATIENCE_S)
        self.panic(Text(typeset(printable(sentence))))

    @property
    def place(self) -> DeskScreen:
        """The screen that is shown, under any dialog."""
        shown = self._desk_screen
        if shown is None:
            raise LookupError("no screen is shown yet, or none any more")
        return shown

    @property
    def _desk_screen(self) -> DeskScreen | None:
        """The same; None before the first one is shown, and after the last."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, DeskScreen)), None)

    def action_go(self, name: str) -> None:
        """Show one of the screens."""
        if not isinstance(self.screen, DeskScreen) or name == self.place.PLACE:
            return
        if name in ("rundown", "onair") and self.made_screens.day is None:
            self.place.tell("Choisissez d'abord une émission : Entrée sur un jour de la saison.")
            return
        self.switch_screen(self.made_screens.screen(name))

    @on(TopLine.Asked)
    def _place_asked(self, event: TopLine.Asked) -> None:
        self.action_go(event.name)

    @on(OpenEpisode)
    def _open_episode(self, event: OpenEpisode) -> None:
        self.made_screens.day = event.day
        self.switch_screen(self.made_screens.screen(event.place))

    @on(OpenShow)
    def _open_show(self, event: OpenShow) -> None:
        self.made_screens.open_show(event.slug)
        self.switch_screen(self.made_screens.screen("season"))

    def action_explain(self) -> None:
        """Help for what has the keyboard."""
        self.push_screen(help_for(self.screen))

    def action_palette(self) -> None:
        """Everything that can be done here, found by its words."""
        if isinstance(self.screen, DeskScreen):
            open_palette(self.screen)

    def action_turn_theme(self) -> None:
        """The other theme, remembered for the next time."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name
        settings.write_theme(self.theme)

    def get_key_display(self, binding: Binding) -> str:
        """Keys by the words on a French keyboard."""
        return binding.key_display or KEY_WORDS.get(binding.key, binding.key.upper())

    async def action_quit(self) -> None:
        """Leave, once every edit is on the disk; where a disk refuses one, only when asked again."""
        self._going = True
        await self.made_screens.settle()
        unsaved = self.made_screens.unsaved
        if unsaved and unsaved != self._lost:
            self._lost, self._going, self.wish = unsaved, False, None
            sentence = f"Pas quitté : une modification n'est pas enregistrée. {unsaved} Q encore : la perdre."
            self.place.tell(sentence, refused=True)
            return
        if isinstance(self.screen, Dialog):  # one that is still being made would fall apart
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.screen.made.wait(), PATIENCE_S)
        self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse to open anything more once the application is being left."""
        return not self._going and super().check_action(action, parameters)

    @on(WishMade)
    async def _wish_made(self, event: WishMade) -> None:
        """Leave the screens, to come back once something was done in the terminal."""
        self.wish = event.wish
        self.stand = self.made_screens.stand(self.place, event.day)
        await self.action_quit()

    def action_help_quit(self) -> None:
        """Ctrl+C is for copying elsewhere: say how to leave."""
        self.notify(typeset("Pour quitter : Échap jusqu'à la liste, puis Q."), markup=False)
