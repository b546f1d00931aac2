"""``bobine musiques``: the music log of half a year, for the station, and what it still lacks."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from functools import partial

from bobine.commands.console import Console
from bobine.commands.paper_files import write_asked
from bobine.commands.places import now, open_root
from bobine.commands.which_show import show_and_word
from bobine.errors import WorkspaceError
from bobine.evening.seasons.music import read_music
from bobine.french import day_and_month, printable
from bobine.model.show import Show
from bobine.plan.sheet.spreadsheet.cells import cells_csv
from bobine.report.music.facts import HalfYear, half_year_named, half_year_of
from bobine.report.music.log import LogLine, MusicLog
from bobine.report.music.tables import USES, length_words, log_json, log_rows
from bobine.report.words import counted
from bobine.store.workspace import Workspace

_MANY = 30
"""Lines that the terminal shows, the last ones; the files have them all."""


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    workspace = open_root(options)
    show, half = half_year_asked(workspace, options.semestre, now().date())
    log = read_music(workspace, show, half, now())
    written = write_asked(options, f"musiques-{show.slug}-{log.half}", partial(_content, log))
    console.say(f"{show.title}, relevé musical, {half.words}", "bold")
    for path in written:
        console.say(f"Écrit : {path}")
    if not written:
        _tell_lines(console, log)
    _tell_lacks(console, log)
    console.say(f"À donner à la radio pour le {day_and_month(half.due)} {half.due.year}.")
    console.result({**log_json(log), **({"written": [str(path) for path in written]} if written else {})})
    return 0


def half_year_asked(workspace: Workspace, text: str | None, today: date) -> tuple[Show, HalfYear]:
    """The show and the half-year that a command names.

    Args:
        workspace: where.
        text: ``2026-S1``, a show, or both with a slash; None for the last half-year that is over.
        today: the day it is.

    Raises:
        WorkspaceError: if it names none; one French sentence.
    """
    show, word = show_and_word(workspace, text, "musiques")
    last = half_year_of(half_year_of(today).first - timedelta(days=1))
    if not word:
        return show, last
    half = half_year_named(word)
    if half is None:
        raise WorkspaceError(f"« {printable(word[:40])} » n'est pas un semestre : écrivez-le comme {last}.")
    return show, half


def _content(log: MusicLog, suffix: str) -> bytes:
    if suffix == "csv":
        return cells_csv(log_rows(log))
    from bobine.evening.papers.music import music_pdf  # drawing is slow to import

    return music_pdf(log)


def _tell_lines(console: Console, log: MusicLog) -> None:
    if not log.lines:
        console.say("Aucune œuvre notée n'est passée à l'antenne dans ce semestre.")
        return
    shown = log.lines[-_MANY:]
    columns = [("Date", "left"), ("Heure", "right"), ("Titre", "left"), ("Interprètes", "left"), ("Durée", "right"),
               ("Usage", "left")]  # fmt: skip
    console.table("", columns, [_row(line) for line in shown], dense=True)
    before = len(log.lines) - len(shown)
    if before:
        console.say(f"… et {counted(before, 'autre')} avant : --csv et --pdf les donnent toutes.")


def _row(line: LogLine) -> list[str]:
    at = line.at
    return [f"{at:%d/%m/%Y}", f"{at:%H:%M:%S}", line.work.title, line.performer, length_words(line.length) or "?",
            USES[line.use]]  # fmt: skip


def _tell_lacks(console: Console, log: MusicLog) -> None:
    if log.lacks:
        rows = [[one.asked, f"{one.title}, {one.when}", one.what] for one in log.lacks]
        console.table("Ce qui manque, et à qui le demander", [("À qui", "left"), ("Élément", "left"), ("Quoi", "left")],
                      rows, dense=True)  # fmt: skip
    for remark in log.remarks:
        console.warn(remark)
