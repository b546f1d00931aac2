"""The headline of a rundown: does it fit? In words and a sign, beside what it is made of."""

from __future__ import annotations

from datetime import timedelta

from textual.content import Content
from textual.widget import Widget

from bobine.french import typeset
from bobine.model.published.online import SinceOnline
from bobine.plan.timing.rundown import Timing
from bobine.tui.rundown.rows import facts_line, headline

WIDE = 100
"""Columns from which it says how elastic the rundown is."""


class Headline(Widget):
    """« ▼ IL RESTE 2'10 », the lengths, and how much is to be settled; one line, drawn without a new layout."""

    DEFAULT_CSS = """
    Headline { height: 1; background: $panel; color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._figures: tuple[Timing, timedelta, int] | None = None
        self._online: SinceOnline | None = None

    def show_online(self, since: SinceOnline | None) -> None:
        """Show whether the episode is online, and whether it is as the plan says; None where it is not."""
        if since != self._online:
            self._online = since
            self.refresh()

    def show(self, timing: Timing, tolerance: timedelta, lacks: int) -> None:
        """Show a rundown's figures.

        Args:
            timing: its hours.
            tolerance: how far from the hard end it still counts as fitting.
            lacks: how many things keep the show from being ready.
        """
        self._figures = timing, tolerance, lacks
        self.refresh()

    def render(self) -> Content:
        """The gap on a ground of its colour, the facts, and what lacks at the right end."""
        if self._figures is None:
            return Content("")
        timing, tolerance, lacks = self._figures
        text, tone = headline(timing, tolerance)
        gap = Content(typeset(f" {text} ")).stylize(f"bold $background on $tone-{tone}")
        facts = Content(typeset(f" {facts_line(timing, wide=self.size.width >= WIDE)}"))
        settled = Content(f" {f'✗ {lacks} à régler' if lacks else '✓ prête'} ").stylize("bold")
        settled = Content.assemble(self._online_words(), settled)
        room = self.size.width - gap.cell_length - settled.cell_length
        return Content.assemble(gap, facts.truncate(max(0, room), ellipsis=True, pad=True), settled)

    def _online_words(self) -> Content:
        """« ▲ en ligne », or that the plan changed since: what changed too, where there is room."""
        if self._online is None:
            return Content("")
        if not self._online.changes:
            return Content(" ▲ en ligne ")
        changes = f" : {', '.join(self._online.changes)}" if self.size.width >= WIDE else ""
        return Content(typeset(f" ▲ modifié depuis{changes} ")).stylize("bold $background on $tone-warn")
