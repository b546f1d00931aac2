"""Search: a title, a person, a word of the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bobine.tui.rundown.gestures.asking import ask

if TYPE_CHECKING:
    from bobine.tui.rundown.screen import RundownScreen


async def run(screen: RundownScreen) -> None:
    """Ask for words and go to the first item that has them."""
    text = await ask(screen, "Chercher dans le conducteur", screen.sought, hint="N va ensuite d'un résultat à l'autre.")
    if text:
        screen.sought = text
        screen.action_next_match()
