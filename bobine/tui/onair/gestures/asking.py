"""Questions to the technician: a choice, a text, or a word to type, one dialog at a time.

The show's single keys do nothing meanwhile. What is asked while another question is open waits for its turn, and so
does what is asked while another screen is shown.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

from bobine.french import sort_key
from bobine.tui.kit.dialogs.ask import Ask
from bobine.tui.kit.dialogs.choice import Choice, Option
from bobine.tui.kit.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from bobine.tui.onair.show_on_air import Asked

T = TypeVar("T")

SOON_S = 0.5
"""A dialog that comes this soon after its key, in seconds, is waited for: it hears the next one."""

_LOOK_S = 0.05

_KEY: ContextVar[tuple[int, float]] = ContextVar("key", default=(-1, 0.0))
"""Of a gesture: how many keys had been pressed, and the time, when somebody last told it something."""


def begin(air: Asked) -> None:
    """A gesture begins, or goes on after an answer."""
    _KEY.set((air.workshop.keyboard.count, time.monotonic()))


async def show(air: Asked, dialog: Dialog[T]) -> T | None:
    """Open a dialog once it is its turn; gives its answer, None where there was none or the screen is gone."""
    async with air.turns:
        while not air.is_active:
            if not air.is_attached:
                return None
            await asyncio.sleep(_LOOK_S)
        count, at_s = _KEY.get()
        dialog.late = air.workshop.keyboard.count != count or time.monotonic() - at_s > SOON_S
        answer = await air.answer(dialog)
    begin(air)
    return answer


async def typed(air: Asked, title: str, word: str) -> bool:
    """Whether somebody typed the word, accents or not."""

    def check(text: str) -> str | None:
        return None if sort_key(text) == sort_key(word) else f"écrivez « {word} », ou Échap pour ne rien faire"

    return await ask(air, f"{title} Écrivez « {word} ».", "", check) is not None


async def choose(
    air: Asked, title: str, options: Sequence[Option], *, intro: str = "", current: str = ""
) -> str | None:
    """The key of the option that was chosen; None where nothing was."""
    return await show(air, Choice(title, options, intro=intro, current=current, search=False, empty="Rien à proposer."))


async def ask(air: Asked, title: str, value: str, check: Callable[[str], str | None]) -> str | None:
    """The text typed, once ``check`` finds no fault in it; None if nothing was typed."""
    return await show(air, Ask(title, value, check=check))
