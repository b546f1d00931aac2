"""How the technician is asked: a choice, a text, or a word to type. The show's single keys do nothing meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bobine.french import sort_key
from bobine.tui.kit.ask import Ask
from bobine.tui.kit.choice import Choice, Option

if TYPE_CHECKING:
    from bobine.tui.onair.screen import AirScreen


async def typed(screen: AirScreen, title: str, word: str) -> bool:
    """Whether somebody typed the word, accents or not."""

    def check(text: str) -> str | None:
        return None if sort_key(text) == sort_key(word) else f"écrivez « {word} », ou Échap pour ne rien faire"

    return await ask(screen, f"{title} Écrivez « {word} ».", "", check) is not None


async def choose(
    screen: AirScreen, title: str, options: Sequence[Option], *, intro: str = "", current: str = ""
) -> str | None:
    """The key of the option that was chosen; None where nothing was."""
    dialog = Choice(title, options, intro=intro, current=current, search=False, empty="Rien à proposer.")
    return await screen.app.push_screen_wait(dialog)


async def ask(screen: AirScreen, title: str, value: str, check: Callable[[str], str | None]) -> str | None:
    """What was typed, once ``check`` finds nothing wrong with it; None where nothing was."""
    return await screen.app.push_screen_wait(Ask(title, value, check=check))
