"""``bobine bilan``: the figures of a season, each with what it rests on and where it comes from."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.places import now, open_root
from bobine.commands.which_show import show_and_word
from bobine.errors import WorkspaceError
from bobine.evening.season_pages.files import ReportForm, file_name, write_report
from bobine.evening.seasons.reading import read_report
from bobine.french import others, printable
from bobine.model.episode_day import plain_day
from bobine.model.show import Show
from bobine.report.anonymous import anonymous
from bobine.report.figures import Figure, SeasonReport, Section
from bobine.report.tables import report_json
from bobine.report.words import to_know, value_words
from bobine.store.workspace import Workspace

_MANY = 15
"""Figures of a section that the terminal shows; the CSV has them all."""


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    workspace = open_root(options)
    if options.fser is not None:
        from bobine.commands.fser import tell_fser  # another report

        return tell_fser(console, workspace, options, now())
    if options.attestations is not None:
        raise WorkspaceError("--attestations va avec --fser : « bobine bilan --fser ANNEE --attestations ».")
    show, number = season_named(workspace, options.season, now().date())
    report = read_report(workspace, show, number)
    if options.anonyme:
        report = anonymous(report)
    written = []
    for form in ReportForm:
        path = getattr(options, form)
        if path is not None:
            path = path if path != Path() else Path(file_name(report, form))
            write_report(path.absolute(), report, form, now().date(), nameless=options.anonyme)
            written.append(str(path))
            console.say(f"Le bilan de la {report.heading} est écrit dans « {path} ».")
    if not written:
        _tell(console, report)
    console.result({**report_json(report), **({"written": written} if written else {})})
    return 0


def season_named(workspace: Workspace, text: str | None, today: date) -> tuple[Show, int]:
    """The show and the number of the season that a command names.

    Args:
        workspace: where.
        text: ``9``, ``2025-2026``, or either after ``SHOW/``; None for the season of the last episode until today.
        today: the day it is.

    Raises:
        WorkspaceError: if it names none; one French sentence.
    """
    show, word = show_and_word(workspace, text, "bilan")
    if not word:
        begun = [day for day in workspace.episode_dates(show) if plain_day(day) <= today]
        return show, show.season.number(begun[-1] if begun else today)
    years = re.fullmatch(r"(\d{4})(?:[-–/](\d{2}|\d{4}))?", word, re.ASCII)
    if years is not None:
        number = int(years[1]) - show.season.first_year + 1
        closes = show.season.years(number)[1]
        if number >= 1 and years[2] in (None, str(closes), f"{closes % 100:02}"):
            return show, number
        first, last = show.season.years(1)
        raise WorkspaceError(
            f"« {word} » n'est pas une saison de « {show.title} » : la première est {first}-{last}, puis "
            f"{first + 1}-{last + 1}…"
        )
    if re.fullmatch(r"[1-9]\d{0,2}", word, re.ASCII):
        return show, int(word)
    raise WorkspaceError(
        f"« {printable(word[:40])} » n'est pas une saison : écrivez son numéro, comme {show.season.number(today)}, ou "
        "ses années, comme 2026-2027."
    )


def _tell(console: Console, report: SeasonReport) -> None:
    console.say(f"{report.title}, {report.heading}", "bold")
    for section in report.sections:
        _tell_section(console, report, section)
    for one, other in report.likenesses:
        console.warn(
            f"« {one} » et « {other} » : la même personne ? Si oui, écrivez un seul nom, ou notez l'autre dans "
            "aliases, dans team.toml. Rien n'est réuni sans vous."
        )
    for remark in report.remarks:
        console.warn(remark)


def _tell_section(console: Console, report: SeasonReport, section: Section) -> None:
    columns = [("", "left"), (f"Saison {report.season}", "right")]
    if report.has_before:
        columns.append((f"Saison {report.season - 1}", "right"))
    shown = section.figures[:_MANY] if len(section.figures) > _MANY + 1 else section.figures
    rows = [_row(report, one) for one in shown]
    if any(row[-1] for row in rows):
        columns.append(("À savoir", "left"))
    else:
        rows = [row[:-1] for row in rows]
    console.table(section.title, columns, rows, dense=True)
    left = len(section.figures) - len(shown)
    if left:
        console.say(f"… et {others(left)} : --csv les donne tous.")
    if section.note:
        console.say(section.note)
    console.say("")


def _row(report: SeasonReport, figure: Figure) -> list[str]:
    before = [value_words(figure, figure.before) if figure.before is not None else "–"] if report.has_before else []
    return [figure.label, value_words(figure, figure.value), *before, to_know(figure)]
