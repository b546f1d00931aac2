"""The way of a key to what it does: read as it was meant, and on air looked at by the hand's guard first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input, TextArea

from bobine.tui.keystrokes import Answer, Keystrokes, Press
from bobine.tui.kit.dialogs.dialog import Dialog
from bobine.tui.kit.keys import meant
from bobine.tui.kit.screens.desk_screen import DeskScreen

LOOKING = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end"})
"""Keys that only move the cursor: a held one goes on, and none of them waits."""


class Host(Protocol):
    """An application whose keys are read."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen or dialog that is shown."""

    @property
    def place(self) -> DeskScreen:
        """The screen that is shown, under any dialog."""

    @property
    def on_air(self) -> bool:
        """Whether that screen is one where slips count."""

    async def handle(self, key: Key) -> None:
        """Give a key to what has the keyboard."""

    async def run_action(self, action: str, default_namespace: Any = None) -> bool:
        """Do what a key is bound to."""

    def set_timer(self, delay: float, callback: Callable[[], Awaitable[None]]) -> object:
        """Call something a while later."""


class Keyboard:
    """The keys of an application.

    Args:
        app: whose keys they are.

    Attributes:
        count: how many keys came so far.
    """

    def __init__(self, app: Host) -> None:
        self._app = app
        self.count = 0
        self._hand = Keystrokes()
        self._events: dict[Press, Key] = {}
        self._typed_on: WeakKeyDictionary[Key, Screen[Any]] = WeakKeyDictionary()

    @property
    def waits(self) -> bool:
        """Whether a key waits to act."""
        return self._hand.waiting is not None

    async def read(self, event: Key) -> Key | None:
        """The key as it was meant, if it is to be handled now; None where it waits, or does nothing."""
        self.count += 1
        screen = self._app.screen
        if isinstance(screen, DeskScreen) and screen.closing.ignores(event.key, event.time):
            return None
        key = await self._heard(event, screen)
        if key is not None:
            self._typed_on[key] = screen
        return key

    def was_typed_here(self, key: Key) -> bool:
        """Whether what was shown when a key came still is; one that was typed on a dialog does nothing under it."""
        return self._typed_on.get(key, self._app.screen) is self._app.screen

    async def _heard(self, event: Key, screen: Screen[Any]) -> Key | None:
        """The key as it was meant, once the hand's guard has looked at it; None where it waits, or does nothing."""
        key = self._meant(event)
        guarded = isinstance(screen, DeskScreen) and screen.GUARDED
        if isinstance(screen, Dialog) and screen.deaf:
            return None
        if not self._app.on_air:
            return key if await self._off_air(key, screen) else None
        if key.key in LOOKING:
            await self.let_go()
            return key if self._app.screen is screen else None
        what, several = self._what(key.key) if guarded else (key.key, False)
        press = Press(key.key, what, event.time, screen, several)
        answer = self._hand.press(press) if guarded else self._hand.press_elsewhere(press)
        await self._take(press, key, answer)
        return key if answer.passes else None

    async def _off_air(self, key: Key, screen: Screen[Any]) -> bool:
        """Whether a key on a planning screen is handled now; what counts once there is done once while it is held."""
        once, what = False, key.key
        if isinstance(screen, DeskScreen) and not isinstance(screen.focused, Input | TextArea):
            what = self._what(key.key)[0]
            once = what in screen.ONCE
        press = Press(key.key, what, key.time, screen, several=True)
        answer = self._hand.press_off_air(press, once=once)
        await self._take(press, key, answer)
        return answer.passes and self._app.screen is screen

    async def _take(self, press: Press, key: Key, answer: Answer) -> None:
        """Do what the hand's guard answered; a key that waits acts when its moment has passed."""
        await self._heed(answer)
        if self._hand.waiting is press:
            self._events = {press: key}
            self._app.place.pressed()
            self._app.set_timer(self._hand.patience_s, lambda: self._go(press))

    async def let_go(self) -> None:
        """Let the key that waits act now."""
        press = self._hand.let_go()
        if press is not None:
            await self._act(press)

    async def _go(self, press: Press) -> None:
        if self._hand.waiting is press:
            await self.let_go()

    async def _heed(self, answer: Answer) -> None:
        if answer.acts is not None:
            await self._act(answer.acts)
        if answer.said:
            self._app.place.tell(answer.said)

    async def _act(self, press: Press) -> None:
        """Do what a key does where it was pressed; nothing once something else is shown there."""
        screen = self._app.screen
        key = self._events.pop(press, None)
        if key is None or screen is not press.place:
            return
        if isinstance(screen, Dialog):
            self._typed_on[key] = screen
            await self._app.handle(key)
            return
        active = screen.active_bindings.get(press.key)
        if active is not None and active.enabled:
            with self._app.place.as_pressed():
                await self._app.run_action(active.binding.action, active.node)

    def _what(self, key: str) -> tuple[str, bool]:
        """The action of a key on the screen that is shown, and whether it may be pressed several times in a row."""
        active = self._app.screen.active_bindings.get(key)
        action = active.binding.action if active is not None else key
        return action, action in self._app.place.SEVERAL

    def _meant(self, event: Key) -> Key:
        """A key as it is bound, where it came in another spelling; text that is typed stays as it is."""
        found = meant(event.key)
        if found is None:
            return event
        typing = isinstance(self._app.screen.focused, Input | TextArea)
        if typing and event.character is not None:
            return event
        bound = self._app.screen.active_bindings
        if not typing and (event.key in bound or found[0] not in bound):
            return event
        key = Key(*found)
        key.time = event.time
        return key
