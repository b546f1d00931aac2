"""Drafts: texts that were left with Escape before they could be kept, and that wait until the same is opened again."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date

from textual.dom import DOMNode

MOST = 100
"""So many texts are remembered, the newest ones."""

AGAIN = "Repris : ce que vous aviez écrit avant de fermer."
"""The sentence beside a text that waited."""


class Drafts:
    """Texts by where they were typed, until they are kept or emptied."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, str] = OrderedDict()

    def keep(self, where: str, text: str) -> None:
        """Remember a text; an empty one forgets what was there."""
        self._texts.pop(where, None)
        if text:
            self._texts[where] = text
            while len(self._texts) > MOST:
                self._texts.popitem(last=False)

    def clear(self) -> None:
        """Forget all that was typed."""
        self._texts.clear()

    def find(self, where: str) -> str:
        """The text that waits there; empty for none."""
        return self._texts.get(where, "")


def place_of(node: DOMNode) -> str:
    """The show and the day of a widget, which tell its texts from those of another."""
    screen = next((one for one in reversed(node.app.screen_stack) if hasattr(one, "desk")), None)
    return place_in(screen.desk.show.slug if screen is not None else "", getattr(screen, "day", ""))


def place_in(slug: str, day: date | str) -> str:
    """The same, of a show by its short name and of a day; empty where there is none."""
    return f"{slug} {day} "


DRAFTS = Drafts()
"""Those of this program."""
