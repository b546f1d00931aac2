"""The line of keys: as many as there is room for, each whole; the one for help, which tells the others, always."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
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


class _Key(NamedTuple):
    """A key that works now, as it is told."""

    key: str
    sign: str
    description: str
    action: str
    disabled: bool
    tooltip: str


class Keys(Footer):
    """The keys that work now."""

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self._drawn: tuple[_Key, ...] = ()

    def compose(self) -> ComposeResult:
        """Those that fit."""
        for one in self._drawn:
            # its look is given to it: a key that is made compact afterwards has its style worked out twice
            yield FooterKey(one.key, one.sign, one.description, one.action, one.disabled, one.tooltip, "-compact")

    def _found(self) -> tuple[_Key, ...]:
        """The keys of now that fit; of an action that has several, the first."""
        if not self._bindings_ready:
            return ()
        keys: dict[str, _Key] = {}
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if binding.show and binding.action not in keys:
                sign = self.app.get_key_display(binding)
                key = _Key(binding.key, sign, binding.description, binding.action, not enabled, tooltip)
                keys[binding.action] = key
        found = [*keys.values()]
        sizes = [(one.action, cell_len(f"{one.sign} {one.description}")) for one in found]
        shown = told(sizes, self.app.size.width)
        return tuple(one for place, one in enumerate(found) if place in shown)

    async def recompose(self) -> None:
        """Draw them where others are to be told: most keys that are pressed change none."""
        if self.is_attached and (found := self._found()) != self._drawn:
            self._drawn = found
            await super().recompose()

    async def on_resize(self) -> None:
        """There is room for others."""
        await self.recompose()
