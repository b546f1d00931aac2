"""What every command says to its user: sentences, tables, progress; or one JSON object and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console as Terminal
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from bobine.french import printable, typeset
from bobine.usage import as_json_text


class Console:
    """Speaks French to a terminal, or JSON to a script.

    In JSON mode sentences and progress are silent, so that standard output holds the object alone.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._out = Terminal(highlight=False, quiet=as_json)
        self._err = Terminal(stderr=True, highlight=False)
        # in a terminal sentences break between words; in a file or a pipe a sentence stays one line
        self._out.soft_wrap = not self._out.is_terminal

    @property
    def width(self) -> int:
        """How many columns standard output has."""
        return self._out.width

    def say(self, sentence: str, style: str = "") -> None:
        """One sentence; text in it is never taken for markup or control codes."""
        self._out.print(_text(sentence, style))

    def warn(self, sentence: str) -> None:
        """Something to look at; with a word and a sign, not colour alone."""
        self._out.print(_text(f"⚠ À voir : {sentence}", "yellow"))

    def table(
        self, title: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]], *, dense: bool = False
    ) -> None:
        """A table: columns are (heading, "left" or "right"); figures, to the right, keep to one line.

        A dense one leaves less room between its columns. An empty title is not shown.
        """
        table = Table(
            title=_text(title, "bold") if title else None,
            title_justify="left",
            box=SIMPLE_HEAD,
            pad_edge=False,
            padding=(0, 0, 0, 1) if dense else (0, 1),
        )
        for heading, side in columns:
            figures = side == "right"
            justify: Literal["right", "left"] = "right" if figures else "left"
            table.add_column(_text(heading), justify=justify, overflow="fold", no_wrap=figures)
        for row in rows:
            table.add_row(*(_text(cell) for cell in row))
        self._out.print(table, soft_wrap=False)

    def result(self, value: dict[str, Any]) -> None:
        """The command's result for a script; says nothing to a person."""
        if self.as_json:
            sys.stdout.write(as_json_text(value) + "\n")

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, float], None]]:
        """A bar on standard error, moved by calling what this gives with a label and a fraction from 0 to 1."""
        columns = (TextColumn("{task.description:32}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
        with Progress(
            *columns,
            TimeElapsedColumn(),
            console=self._err,
            transient=True,
            disable=self.as_json or not self._err.is_terminal,
        ) as bar:
            task = bar.add_task("", total=1.0)

            def report(label: str, fraction: float) -> None:
                bar.update(task, description=typeset(printable(label)), completed=fraction)

            yield report


def _text(sentence: str, style: str = "") -> Text:
    lines = (printable(line) for line in sentence.split("\n"))
    return Text(typeset("\n".join(lines)), style=style)
