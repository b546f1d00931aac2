"""People: who takes part in the item, by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bobine.plan.people.known_people import people_text, set_people
from bobine.tui.episode.completion import completion
from bobine.tui.rundown.asking import ask, put

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import OpenRundown

HINT = (
    "Des noms, entre virgules. Entre parenthèses, si besoin : le rôle, comme (animation) ou (personne invitée), "
    "ou (mineure : qui signe pour elle)."
)


async def run(rundown: OpenRundown) -> None:
    """Ask for names, and go to the next item when they are given."""
    item = rundown.item
    if item is None:
        return
    seen = rundown.episode

    def check(text: str) -> str | None:
        try:
            set_people(seen, item.id, text, rundown.known)
        except ValueError as error:
            return str(error)
        return None

    typed = people_text(seen, item)
    text = await ask(rundown, f"Qui participe à « {item.title} » ?", f"{typed}, " if typed else "", hint=HINT,
                     check=lambda one: check(_names(one)), complete=completion(lambda: rundown.known))  # fmt: skip
    if text is None:
        return
    names = _names(text)
    put(rundown, seen, set_people(seen, item.id, names, rundown.known), f"« {item.title} » : {names or 'personne'}")


def _names(text: str) -> str:
    return text.strip().rstrip(",;").strip()
