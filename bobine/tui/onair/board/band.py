"""The band of a rehearsal, above and below everything else, so that it is seen from across the room."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from bobine.french import typeset


class RehearsalBand(Widget):
    """One line, full of a word.

    Args:
        word: « RÉPÉTITION ×20 »; empty for a band that is not there.
    """

    DEFAULT_CSS = """
    RehearsalBand { height: 1; display: none; background: $tone-warn; color: $background; text-style: bold; }
    RehearsalBand.-shown { display: block; }
    """

    def __init__(self, word: str) -> None:
        super().__init__(classes="-shown" if word else "")
        self._word = typeset(word)

    def render(self) -> Content:
        """The word, again and again."""
        one = f"▚▚▚ {self._word} "
        return Content((one * (self.size.width // len(one) + 1))[: self.size.width])
