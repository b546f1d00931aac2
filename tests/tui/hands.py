"""Somebody's hands at the screens: the keys and texts that they type, and what is seen and told."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, ParamSpec, TypeVar

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen

from bobine.tui.app import BobineApp
from bobine.tui.kit.dialogs.dialog import Dialog
from bobine.tui.kit.screens.desk_screen import DeskScreen
from bobine.tui.kit.screens.top_line import TopLine
from bobine.tui.onair.board.notice import Notice
from bobine.tui.onair.screen import AirScreen
from bobine.tui.rundown.screen import RundownScreen

CALM_S = 4.0
"""So long, in seconds, do the keys of a calm hand lie apart: no two of them are one slip."""

P = ParamSpec("P")
T = TypeVar("T")


class Threads(ThreadPoolExecutor):
    """Threads that know whether any of them has work: what a screen reads and writes, it does in one."""

    def __init__(self) -> None:
        super().__init__()
        self._busy = 0
        self._lock = threading.Lock()

    @property
    def busy(self) -> bool:
        """Whether some work is not done, or done but not heard of yet."""
        return self._busy > 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As the base class does; what waits for the result is told before it counts as done."""
        told: Future[T] = Future()
        told.set_running_or_notify_cancel()
        with self._lock:
            self._busy += 1

        def work() -> None:
            try:
                told.set_result(fn(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits
                told.set_exception(error)
            finally:
                with self._lock:
                    self._busy -= 1

        super().submit(work)
        return told


class Hands:
    """Somebody at the keyboard, who counts what is pressed beyond the text that is typed."""

    def __init__(self, app: BobineApp, pilot: Pilot[None], threads: Threads) -> None:
        self.app = app
        self.pilot = pilot
        self.pressed = 0
        self._threads = threads
        self._at_s = 0.0

    async def press(self, *keys: str) -> None:
        """Press keys, each once the last one's work is done; a key may be the sign on it."""
        for key in keys:
            self.pressed += 1
            self._key(key)
            await self.idle()

    async def write(self, text: str) -> None:
        """Type a text into the field that has the keyboard."""
        for char in text:
            self._key(char)
        await self.idle()

    async def fill(self, text: str) -> None:
        """Type a text in place of what stands in the field."""
        for key in ("home", "ctrl+k"):
            self._key(key)
            await self.idle()
        await self.write(text)

    async def hold(self, key: str, seconds: float, *, delay_s: float = 0.5, every_s: float = 1 / 30) -> None:
        """Hold a key down: after a while the keyboard repeats it."""
        self._key(key)
        begun = self._at_s
        at_s = delay_s
        while at_s < seconds:
            self._key(key, begun + at_s)
            at_s += every_s
        await self.idle()

    async def pour(self, text: str, *, every_s: float = 0.0001) -> None:
        """Send a text as a terminal without bracketed paste sends what is pasted."""
        begun = max(self._at_s, time.monotonic()) + CALM_S
        for place, char in enumerate(text):
            self._key({" ": "space", "\n": "enter", "\t": "tab"}.get(char, char), begun + place * every_s)
        await self.idle()

    async def paste(self, text: str) -> None:
        """Paste a text into the field that has the keyboard."""
        self.app.post_message(events.Paste(text))
        await self.idle()

    def _key(self, key: str, at_s: float | None = None) -> None:
        name, character = (_character_to_key(key), key) if len(key) == 1 else (key, _CHARACTERS.get(key))
        if isinstance(self.app.screen, Dialog):
            self.app.screen._deaf_until_s = 0
        event = events.Key(name, character)
        self._at_s = max(self._at_s, event.time) + CALM_S if at_s is None else at_s
        event.time = self._at_s
        self.app.post_message(event)

    async def idle(self) -> None:
        """Wait until nothing is left to do but what waits for a clock, and it is drawn."""
        await self._quiet()
        while self.app.is_running and self.app.keyboard.waits:
            self.app.call_later(self.app.keyboard.let_go)
            await self._quiet()
        while self.app.is_running and (undrawn := [one for one in self.app.screen_stack if _undrawn(one)]):
            for screen in undrawn:
                screen._on_timer_update()
            await self._quiet()

    async def _quiet(self) -> None:
        ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        calm = 0
        while calm < 3:
            await asyncio.sleep(0.001 if self._threads.busy else 0)
            calm = 0 if ready or self._threads.busy else calm + 1
        if self.app._exception is not None:
            raise self.app._exception from getattr(self.app._exception, "error", None)

    async def until(self, condition: Callable[[], Any], what: str = "") -> None:
        """Wait for something to come true."""
        for _ in range(1000):
            if condition():
                await self.idle()
                return
            await asyncio.sleep(0.01)
            await self._quiet()
        raise AssertionError(f"did not come true: {what or condition}\n{self.text()}")

    async def sees(self, text: str) -> None:
        """Wait until a text is seen."""
        await self.until(lambda: text in self.text(), f"« {text} » is seen")

    async def settled(self) -> None:
        """Wait until every edit is on the disk."""
        await self.place.settle()
        await self.idle()

    async def look(self) -> None:
        """Look at the disk now rather than at the next tick of the clock."""
        await self.place._look_around()
        await self.idle()

    def told(self) -> str:
        """The messages that are shown in the top line and in a corner, one a line; with ordinary spaces."""
        shown = [places.said for places in self.place.query(TopLine)]
        if isinstance(self.place, AirScreen):
            shown += [self.place.said, self.place.query_one(Notice).said]
        shown += [one.message for one in self.app._notifications]
        return "\n".join(shown).replace("\u00a0", " ")

    @property
    def place(self) -> DeskScreen:
        """The screen, under any dialog."""
        return self.app.place

    @property
    def rundown(self) -> RundownScreen:
        """The screen, which is the rundown's."""
        assert isinstance(self.app.place, RundownScreen)
        return self.app.place

    def lines(self) -> list[str]:
        """What is seen, line by line, with ordinary spaces."""
        return [
            "".join(segment.text for segment in line).replace("\u00a0", " ").rstrip()
            for line in self.app.screen._compositor.render_strips()
        ]

    def text(self) -> str:
        """What is seen."""
        return "\n".join(self.lines())

    def dialog(self) -> str:
        """What is seen in the dialog, in one line."""
        region = self.app.screen.query_one("#dialog").content_region
        strips = self.app.screen._compositor.render_strips()[region.y : region.bottom]
        return " ".join(" ".join(strip.crop(region.x, region.right).text for strip in strips).split())

    def line(self, text: str) -> str:
        """The first line in which a text is seen."""
        found = next((line for line in self.lines() if text in line), None)
        assert found is not None, f"« {text} » is not seen:\n{self.text()}"
        return found


def _undrawn(screen: Screen[Any]) -> bool:
    return any((screen._update_timer._active.is_set(), screen._callbacks))


_CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t"}


@asynccontextmanager
async def seat(app: BobineApp, size: tuple[int, int] = (80, 24), *, toasts: bool = False) -> AsyncIterator[Hands]:
    """The application, running in a terminal of that size.

    Args:
        app: the application.
        size: of the terminal, columns and lines.
        toasts: whether the messages in the corner are drawn, over what stands there.
    """
    loop = asyncio.get_running_loop()
    threads = getattr(loop, "_default_executor", None)
    if not isinstance(threads, Threads):
        threads = Threads()
        loop.set_default_executor(threads)
    async with app.run_test(size=size, notifications=toasts) as pilot:
        hands = Hands(app, pilot, threads)
        await hands.until(lambda: any(isinstance(screen, DeskScreen) for screen in app.screen_stack), "a screen")
        yield hands
        for screen in app.made_screens.made:
            await screen.settle()


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run an asynchronous test to its end."""
    asyncio.run(test())
