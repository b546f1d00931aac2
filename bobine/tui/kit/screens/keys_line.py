"""The line of keys: as many as there is room for, each whole; the one for help, which tells the others, always."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

HELP = frozenset({"explain", "app.explain"})
"""The action that is told even where there is hardly any room."""


def told(keys: Sequence[tuple[str, int]], width: int) -> frozenset[int]:
    """Which keys are told, by their place. Pure.

    Args:
        keys: the action of each, and the columns that it takes.
        width: room, in columns; one stands between two keys.
    """
    taken: list[int] = [place for place, (action, _) in enumerate(keys) if action in HELP][:1]
    room = width - sum(keys[place][1] for place in taken)
    for place, (_, size) in enumerate(keys):
        if place in taken:
            continue
        if size + 1 > room:
            break
        taken.append(place)
        room -= size + 1
    return frozenset(taken)


class Keys(Footer):
    """The keys that work now."""

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self._width = 0

    def compose(self) -> ComposeResult:
        """Those that fit."""
        found = [one for one in super().compose() if isinstance(one, FooterKey)]
        sizes = [(one.action, cell_len(f"{one.key_display} {one.description}")) for one in found]
        shown = told(sizes, self.app.size.width)
        yield from (one for place, one in enumerate(found) if place in shown)

    async def on_resize(self, event: events.Resize) -> None:
        """There is room for others."""
        if event.size.width != self._width:
            self._width = event.size.width
            await self.recompose()
