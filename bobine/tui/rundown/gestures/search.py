"""Search: a title, a person, a word of the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bobine.tui.rundown.asking import ask

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import SearchedRundown


async def run(rundown: SearchedRundown) -> None:
    """Ask for words and go to the first item that has them."""
    text = await ask(
        rundown, "Chercher dans le conducteur", rundown.sought, hint="N va ensuite d'un résultat à l'autre."
    )
    if text:
        rundown.sought = text
        rundown.action_next_match()
