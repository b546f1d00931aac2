"""A row of the evening's table: what was asked for, what was measured, and why it was missed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Measure = Callable[[argparse.Namespace, Path], "Iterator[Row]"]
"""Measures some rows in an empty folder, and gives each as soon as it is known."""


@dataclass(frozen=True)
class Row:
    """What was measured beside what was asked for.

    Attributes:
        what: in words.
        target: in words; empty where nothing was asked for.
        measured: in words.
        held: whether it is what was asked for; None where nothing was.
        why: why it is not, by figures of the same run.
    """

    what: str
    target: str
    measured: str
    held: bool | None
    why: str = ""

    def line(self) -> str:
        """A line of a Markdown table."""
        verdict = {True: "held", False: f"**missed**: {self.why}", None: "–"}[self.held]
        return f"| {self.what} | {self.target or '–'} | {self.measured} | {verdict} |"


def at_most(what: str, found: float, most: float, unit: str, why: str, *, digits: int = 1, more: str = "") -> Row:
    """A row whose figure is to be at most so much.

    Args:
        what: in words.
        found: the figure.
        most: the target.
        unit: of both; empty for a ratio.
        why: what to say where it is more.
        digits: behind the point, of the figure.
        more: what else was measured, in words.
    """
    space = " " if unit else ""
    measured = f"{found:.{digits}f}{space}{unit}{f' ({more})' if more else ''}"
    return Row(what, f"≤ {most:g}{space}{unit}", measured, found <= most, why)
