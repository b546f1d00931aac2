"""The headline of a rundown: does it fit? In words and a sign, beside what it is made of."""

from __future__ import annotations

from datetime import timedelta

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from bobine.french import typeset
from bobine.plan.timing import Timing
from bobine.tui.rundown.rows import facts_line, headline


class Headline(Horizontal):
    """« ▼ IL RESTE 2'10 », the lengths, and how much is to be settled."""

    DEFAULT_CSS = """
    Headline {
        height: 1; background: $panel;
        & > #headline-gap { width: auto; padding: 0 1; text-style: bold; color: $background; }
        & > #headline-gap.-good { background: $tone-good; }
        & > #headline-gap.-warn { background: $tone-warn; }
        & > #headline-gap.-alert { background: $tone-alert; }
        & > #headline-facts { width: 1fr; padding: 0 1; }
        & > #headline-lacks { width: auto; padding: 0 1; text-style: bold; }
    }
    """

    def compose(self) -> ComposeResult:
        """Three parts."""
        yield Static(id="headline-gap")
        yield Static(id="headline-facts")
        yield Static(id="headline-lacks")

    def show(self, timing: Timing, tolerance: timedelta, lacks: int) -> None:
        """Show a rundown's figures.

        Args:
            timing: its hours.
            tolerance: how far from the hard end it still counts as fitting.
            lacks: how many things keep the show from being ready.
        """
        text, tone = headline(timing, tolerance)
        gap = self.query_one("#headline-gap", Static)
        gap.update(Content(typeset(text)))
        gap.set_classes(f"-{tone}")
        wide = self.size.width >= 100
        self.query_one("#headline-facts", Static).update(Content(typeset(facts_line(timing, wide=wide))), layout=False)
        settled = "✓ prête" if not lacks else f"✗ {lacks} à régler"
        self.query_one("#headline-lacks", Static).update(Content(settled))
