"""Sentences to be read on air: one at a time, on lines of its own, so that it covers nothing."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static

from bobine.tui.kit.lists.lines import wrapped
from bobine.tui.kit.lists.rows import Tone

READ_S = 15.0
"""How long a sentence stays, in seconds; what is hidden by a dialog or by a newer one does not count."""

MOST = 4
"""So many sentences are kept at the most: the newest is shown, and those before it come back after it."""


@dataclass(slots=True)
class _Said:
    text: str
    tone: Tone
    left_s: float = READ_S


class Notice(Static):
    """The newest of what was said; nothing, and no line, once it was read."""

    DEFAULT_CSS = """
    Notice { display: none; height: auto; max-height: 3; padding: 0 1; text-style: bold;
             background: $panel; color: $foreground; }
    Notice.-shown { display: block; }
    Notice.-warn { color: $tone-warn; }
    Notice.-alert { color: $tone-alert; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[_Said] = []
        self._at_s = 0.0

    @property
    def said(self) -> str:
        """The sentence that is shown; empty where none is."""
        return self._kept[-1].text if self._kept else ""

    def say(self, text: str, tone: Tone) -> None:
        """Show a sentence before all others.

        Args:
            text: French, printable; its lines become one.
            tone: plain, a warning, or an alert.
        """
        line = " ".join(text.split("\n"))
        self._kept = [one for one in self._kept if one.text != line][1 - MOST :]
        self._kept.append(_Said(line, tone))
        self._draw()

    def tick(self, now_s: float, *, hidden: bool) -> None:
        """Let time go by.

        Args:
            now_s: seconds of a clock that only goes forward.
            hidden: something stands over it: nobody reads it.
        """
        spent, self._at_s = now_s - self._at_s, now_s
        if not self._kept or hidden:
            return
        self._kept[-1].left_s -= min(spent, 1.0)
        if self._kept[-1].left_s <= 0:
            self._kept.pop()
            self._draw()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._draw()

    def _draw(self) -> None:
        self.set_class(bool(self._kept), "-shown")
        tone = self._kept[-1].tone if self._kept else Tone.PLAIN
        for one in (Tone.WARN, Tone.ALERT):
            self.set_class(tone is one, f"-{one}")
        width = (self.size.width or self.app.size.width) - 2
        self.update(Content(wrapped(self.said, width)))
