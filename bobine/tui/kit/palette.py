"""The command palette: everything that can be done here now, found by its words."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from bobine.french import sort_key, typeset
from bobine.tui.kit.help import KEY_WORDS


class Actions(Provider):
    """The actions of the screen and of what has the keyboard, each with its key."""

    def _lines(self) -> list[tuple[str, str, partial[Coroutine[Any, Any, bool]]]]:
        lines: dict[str, tuple[str, str, partial[Coroutine[Any, Any, bool]]]] = {}
        for key, active in self.screen.active_bindings.items():
            binding = active.binding
            if not active.enabled or not binding.description or binding.system or binding.action in lines:
                continue
            words = typeset(binding.tooltip or binding.description)
            run = partial(self.app.run_action, binding.action, active.node)
            lines[binding.action] = (words, f"touche {KEY_WORDS.get(key, key.upper())}", run)
        return list(lines.values())

    async def discover(self) -> Hits:
        """Everything, before a word is typed."""
        for words, key, run in self._lines():
            yield DiscoveryHit(words, run, help=key)

    async def search(self, query: str) -> Hits:
        """What has the words, accents or not."""
        matcher = self.matcher(query)
        plain = self.matcher(sort_key(query))
        for words, key, run in self._lines():
            score = max(matcher.match(words), plain.match(sort_key(words)))
            if score > 0:
                yield Hit(score, matcher.highlight(words), run, help=key)
