"""How gestures ask: each shows a dialog and waits for its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bobine.tui.kit.ask import Ask
from bobine.tui.kit.choice import Choice, Option

if TYPE_CHECKING:
    from bobine.tui.rundown.screen import RundownScreen


async def choose(
    screen: RundownScreen,
    title: str,
    options: Sequence[Option],
    *,
    intro: str = "",
    current: str = "",
    empty: str = "Rien à choisir ici.",
    search: bool | None = None,
) -> str | None:
    """The key that was chosen, or None."""
    dialog = Choice(title, options, intro=intro, current=current, empty=empty, search=search)
    return await screen.app.push_screen_wait(dialog)


async def ask(
    screen: RundownScreen,
    title: str,
    value: str = "",
    *,
    hint: str = "",
    check: Callable[[str], str | None] | None = None,
    complete: Callable[[str], str | None] | None = None,
) -> str | None:
    """The text that was typed, or None."""
    return await screen.app.push_screen_wait(Ask(title, value, hint=hint, check=check, complete=complete))
