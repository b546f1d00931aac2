"""The screens that were made: each once, those of a day once a day; a rehearsal in place of a show."""

from __future__ import annotations

import asyncio
import time
from datetime import date
from typing import TYPE_CHECKING, Any

from textual.app import App

from bobine.tui.documents.desk import Desk
from bobine.tui.kit.screens.desk_screen import DeskScreen
from bobine.tui.memory import Memory
from bobine.tui.messages import Stand
from bobine.tui.screens_by_name import make_screen

if TYPE_CHECKING:
    from bobine.air.live.stage import Stage
    from bobine.tui.onair.rehearsals import Rehearsals


class MadeScreens:
    """The screens that an application can show.

    Args:
        app: where the screens are installed.
        desk: the workspace and the show.
        day: the episode's day; None until one is chosen.
        on_air: the stage on which « Antenne » is opened; the real one without it.
        rehearsals: how the day is rehearsed; without it, at the speed of life and without a recording.

    Attributes:
        desk: what the screens work on now.
        day: the day that they work on now.
        memory: what looks through the memory, told of what is made; None where nothing does.
    """

    def __init__(
        self,
        app: App[Any],
        desk: Desk,
        day: date | None,
        *,
        on_air: Stage | None = None,
        rehearsals: Rehearsals | None = None,
    ) -> None:
        self._app = app
        self.desk = desk
        self.day = day
        self.memory: Memory | None = None
        self._on_air = on_air
        self._rehearsals = rehearsals
        self._made: dict[str, DeskScreen] = {}

    def screen(self, name: str) -> DeskScreen:
        """The screen of that name, made where it is not yet."""
        key = f"{name}-{self.day}" if name in ("rundown", "onair", "hours") else name
        if key not in self._made:
            made = make_screen(name, self.desk, self.day, self._on_air)
            self._made[key] = made
            if self.memory is not None:
                self.memory.made(time.monotonic())
            self._app.install_screen(made, key)
        return self._made[key]

    def stand(self, screen: DeskScreen, day: date | None = None) -> Stand:
        """Where a screen stands; on that day, where one is given."""
        return Stand(screen.PLACE, self.desk.show.slug, day or self.day)

    def come_back(self, stand: Stand) -> str:
        """Work on that show and day again; gives the name of the screen."""
        if stand.show != self.desk.show.slug:
            self.open_show(stand.show)
        self.day = stand.day
        return stand.place

    @property
    def made(self) -> tuple[DeskScreen, ...]:
        """The screens that were made, the oldest first."""
        return tuple(self._made.values())

    @property
    def unsaved(self) -> str:
        """The reason why edits are not on the disk, a line a screen; empty where all are."""
        return "\n".join(screen.unsaved for screen in self.made if screen.unsaved)

    async def settle(self) -> None:
        """Wait until every edit is on the disk, or its disk refused it once more."""
        for screen in self.made:
            await screen.settle()

    def open_show(self, slug: str) -> None:
        """Work on another show; every screen is made anew."""
        self.desk = Desk(self.desk.workspace, self.desk.workspace.show(slug), self.desk.now)
        self.day = None
        for name in self._made:
            self._app.uninstall_screen(name)
        self._made.clear()

    async def rehearse(self) -> None:
        """Begin a rehearsal of the day that is on air here, or begin it anew.

        Raises:
            SoundError: if the recorder of the last one does not stop.
            DiskError: if the episode's folder cannot be written.
        """
        last = self._made.get(f"onair-{self.day or self.desk.today}")
        live = getattr(last, "live", None) if getattr(getattr(last, "stage", None), "rehearsal", "") else None
        if live is not None:
            live.let_go(gone=True)
        try:
            desk, stage = await asyncio.to_thread(self._rehearsals_of_the_day().begin)
        except BaseException:
            if live is not None:
                live.let_go(gone=False)
            raise
        self._put_on(desk, stage)

    async def open_real(self) -> None:
        """Leave the rehearsal for the real show of its day, and its clock for the real one."""
        self.desk = self._rehearsals_of_the_day().desk
        self._rehearsals = None
        self._put_on(self.desk, None)
        for name in [name for name in self._made if not name.startswith("onair-")]:
            self._app.uninstall_screen(name)
            self._made.pop(name).remove()

    def _rehearsals_of_the_day(self) -> Rehearsals:
        from bobine.tui.onair.rehearsals import Rehearsals

        return self._rehearsals or Rehearsals(self.desk, self.day or self.desk.today)

    def _put_on(self, desk: Desk, stage: Stage | None) -> None:
        """Show the live screen anew, on a stage; on the real one without it."""
        from bobine.tui.onair.screen import AirScreen

        day = self.day or desk.today
        name = f"onair-{day}"
        before, screen = self._made.get(name), AirScreen(desk, day, stage)
        self._app.switch_screen(screen)
        if before is not None:
            self._app.uninstall_screen(name)
            before.remove()
        self._made[name] = screen
        if self.memory is not None:
            self.memory.made(time.monotonic(), instead=before is not None)
        self._app.install_screen(screen, name)
