"""``bobine parole``: speech times of an election window, for each person and each list."""

from __future__ import annotations

import argparse
from datetime import date
from functools import partial

from bobine.commands.console import Console
from bobine.commands.paper_files import write_asked
from bobine.commands.places import now, open_root
from bobine.commands.which_show import show_and_word
from bobine.errors import WorkspaceError
from bobine.evening.seasons.speech import read_speech
from bobine.french import enumerate_words, long_date, printable, sort_key
from bobine.model.show import Election, Show
from bobine.model.written.days import parse_day
from bobine.model.written.durations import format_duration
from bobine.plan.editing.ids import slug
from bobine.plan.sheet.spreadsheet.cells import cells_csv
from bobine.report.speech.tables import speech_json, speech_rows
from bobine.report.speech.times import SpeechTimes
from bobine.store.workspace import Workspace


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    workspace = open_root(options)
    show, election = window_asked(workspace, options.periode, now().date())
    times = read_speech(workspace, show, election, now())
    written = write_asked(options, f"parole-{show.slug}-{slug(times.election.name)}", partial(_content, times))
    console.say(f"{show.title}, temps de parole : {election.name}", "bold")
    console.say(f"Du {long_date(election.start)} au {long_date(election.end)}, d'après les chronomètres du direct.")
    for path in written:
        console.say(f"Écrit : {path}")
    _tell(console, times)
    console.result({**speech_json(times), **({"written": [str(path) for path in written]} if written else {})})
    return 0


def window_asked(workspace: Workspace, text: str | None, today: date) -> tuple[Show, Election]:
    """The show and the election window that a command names.

    Args:
        workspace: where.
        text: the window's name or a day in it, a show, or both with a slash; None for the last window begun.
        today: the day it is.

    Raises:
        WorkspaceError: if it names none, or there is none; one French sentence.
    """
    show, word = show_and_word(workspace, text, "parole")
    windows = sorted(show.elections, key=lambda one: (one.start, one.end))
    if not windows:
        raise WorkspaceError(
            f"« {show.title} » n'a aucune période électorale : notez-en une dans shows.toml, sous "
            f"[[shows.{show.slug}.elections]]."
        )
    if not word:
        begun = [one for one in windows if one.start <= today]
        return show, begun[-1] if begun else windows[0]
    named = [one for one in windows if sort_key(one.name) == sort_key(word)]
    named = named or [one for one in windows if sort_key(word) in sort_key(one.name)]
    day = _day(word)
    if day is not None:
        named = [one for one in windows if one.start <= day <= one.end]
    if not named:
        known = enumerate_words([f"« {one.name} »" for one in windows], "ou")
        raise WorkspaceError(f"« {printable(word[:60])} » ne désigne aucune période électorale : il y a {known}.")
    return show, named[-1]


def _day(word: str) -> date | None:
    try:
        return parse_day(word)
    except ValueError:
        return None


def _content(times: SpeechTimes, suffix: str) -> bytes:
    if suffix == "csv":
        return cells_csv(speech_rows(times))
    from bobine.evening.papers.speech import speech_pdf  # drawing is slow to import

    return speech_pdf(times)


def _tell(console: Console, times: SpeechTimes) -> None:
    if not times.speeches:
        console.say("Personne n'a été chronométré dans cette période.")
    lists = [[one.name, format_duration(one.length), str(one.times)] for one in times.lists]
    people = [[one.name, one.on_list, format_duration(one.length), str(one.times)] for one in times.people]
    if people:
        console.table("Par liste", [("Liste ou parti", "left"), ("En tout", "right"), ("Fois", "right")], lists,
                      dense=True)  # fmt: skip
        console.table("Par personne", [("Qui", "left"), ("Liste ou parti", "left"), ("En tout", "right"),
                      ("Fois", "right")], people, dense=True)  # fmt: skip
    for one in times.untimed:
        console.warn(f"{long_date(one.date)}, « {one.title} » : parole politique non chronométrée ; voir {one.asked}.")
    for remark in times.remarks:
        console.warn(remark)
