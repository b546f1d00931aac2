"""The output of every command: sentences, tables, progress; or one JSON object and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console as Terminal
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from bobine.french import printable, typeset
from bobine.usage import as_json_text
from bobine.wrapping import keep_unbroken

_LEAST_TEXT = 14
"""Columns that a text of a table needs, to be read without effort."""


class Console:
    """Speaks French to a terminal, or JSON to a script.

    In JSON mode sentences and progress are silent, so that standard output holds the object alone.
    """

    def __init__(self, *, as_json: bool) -> None:
        keep_unbroken()
        self.as_json = as_json
        self._out = Terminal(highlight=False, quiet=as_json)
        self._err = Terminal(stderr=True, highlight=False)
        # in a terminal sentences break between words; in a file or a pipe a sentence stays one line
        self._out.soft_wrap = not self._out.is_terminal

    @property
    def width(self) -> int:
        """How many columns standard output has."""
        return self._out.width

    @property
    def interactive(self) -> bool:
        """Whether somebody at a terminal can be asked something."""
        return not self.as_json and sys.stdin.isatty() and sys.stdout.isatty()

    def ask(self, question: str) -> str:
        """The answer typed at the terminal, without the spaces around it; empty where none is given."""
        self.say(question)
        try:
            return input("> ").strip()
        except EOFError:
            return ""

    def agreed(self, question: str) -> bool:
        """Whether somebody at the terminal says « oui » to a question; everything else is no."""
        return self.ask(f"{question} Écrivez « oui », ou Entrée pour ne rien faire.").casefold() in ("o", "oui")

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

        A dense one leaves less room between its columns. An empty title is not shown. Where the terminal is too narrow
        for columns, each row is a few lines, its figures first, and every cell says what it is.
        """
        if _is_crowded(columns, rows, self.width):
            self._stack(title, columns, rows)
            return
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

    def _stack(self, title: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> None:
        """The rows below one another; what a row says stands together, a line apart from the next."""
        if title:
            self._out.print(_text(title, "bold"), soft_wrap=False)
        figures = [place for place, (_, side) in enumerate(columns) if side == "right"]
        texts = [place for place in range(len(columns)) if place not in figures]
        for row in rows:
            cells = [f"{columns[place][0]} {row[place]}".replace(" ", "\u00a0") for place in figures if row[place]]
            lines = [("\u00a0· ".join(cells), "bold"), *(
                (row[place] if place == texts[0] else f"{columns[place][0]} : {row[place]}", "")
                for place in texts if row[place]
            )]  # fmt: skip
            for text, style in lines:
                if text:
                    self._out.print(_text(text, style), soft_wrap=False)
            self._out.print()

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


def _is_crowded(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether texts would have no room for words beside the figures."""
    longest = [
        max([cell_len(heading), *(cell_len(row[place]) for row in rows)]) for place, (heading, _) in enumerate(columns)
    ]
    figures = [length for length, (_, side) in zip(longest, columns, strict=True) if side == "right"]
    texts = [min(length, _LEAST_TEXT) for length, (_, side) in zip(longest, columns, strict=True) if side != "right"]
    return sum(figures) + sum(texts) + len(columns) > width


def _text(sentence: str, style: str = "") -> Text:
    lines = (printable(line) for line in sentence.split("\n"))
    return Text(typeset("\n".join(lines)), style=style)
