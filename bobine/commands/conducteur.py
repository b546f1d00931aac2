"""``bobine conducteur``: show an episode's rundown, put it on paper or in a file, or read it back from one."""

from __future__ import annotations

import argparse
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.controle import tell_control
from bobine.commands.places import open_episode
from bobine.commands.realise import tell_realised
from bobine.commands.relire import reread
from bobine.errors import WorkspaceError
from bobine.model.people import Person
from bobine.plan.people.short_names import short_names
from bobine.plan.sheet.content import Row, Sheet
from bobine.plan.sheet.html import sheet_html
from bobine.plan.sheet.json import sheet_json
from bobine.plan.sheet.make import make_sheet
from bobine.plan.sheet.spreadsheet.csv import write_csv
from bobine.plan.timing.rundown import time_rundown
from bobine.store.files import atomic_write

DEFAULT = Path()
"""The value of an option that takes a file, when it was given none."""

WIDE = 110
"""Columns of a terminal from which what to know of an item is shown."""

WIDEST = 150
"""Columns from which names are written whole, and kinds are shown."""


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    place = open_episode(options)
    if options.fiches and options.pdf is None:
        raise WorkspaceError("--fiches ajoute une page au PDF : écrivez aussi --pdf.")
    if options.depuis_csv is None and (options.retirer_absents or options.durees or options.oui):
        raise WorkspaceError("--retirer-absents, --durees et --oui ne vont qu'avec --depuis-csv.")
    if options.controle:
        if any(chosen is not None for chosen in (options.pdf, options.html, options.csv, options.depuis_csv)):
            raise WorkspaceError("--controle ne fait que vérifier : n'écrivez pas d'autre option avec lui.")
        return tell_control(console, place)
    if options.realise:
        return tell_realised(console, place, options)
    episode = place.episode
    found = reread(console, place, options) if options.depuis_csv is not None else None
    if found is not None:
        episode = found.episode
    slot = place.show.bounds(episode)
    sheet = make_sheet(place.show, episode, time_rundown(episode.items, slot))
    written = write_files(sheet, options)
    if written:
        for path in written:
            console.say(f"Écrit : {path}")
    else:
        tell(console, sheet)
    said = {} if found is None else {
        "changes": list(found.changes), "kept": [item.id for item in found.kept], "changed": found.written
    }  # fmt: skip
    console.result({**sheet_json(sheet), **said, **({"written": [str(path) for path in written]} if written else {})})
    return 0


def write_files(sheet: Sheet, options: argparse.Namespace) -> list[Path]:
    """Write the files that were asked for, each whole or not at all.

    Raises:
        DiskError: if a place cannot be written.
    """
    written = []
    for suffix, chosen in (("pdf", options.pdf), ("html", options.html), ("csv", options.csv)):
        if chosen is not None:
            path = Path(f"conducteur-{sheet.reference.replace('/', '-')}.{suffix}") if chosen == DEFAULT else chosen
            atomic_write(path, _content(sheet, suffix, cards=options.fiches))
            written.append(path)
    return written


def _content(sheet: Sheet, suffix: str, *, cards: bool) -> bytes:
    match suffix:
        case "pdf":
            from bobine.plan.paper.pdf import sheet_pdf

            return sheet_pdf(sheet, cards=cards)
        case "html":
            return sheet_html(sheet).encode()
        case _:
            return write_csv(sheet)


def tell(console: Console, sheet: Sheet) -> None:
    """Show the rundown as a table that fits the terminal, under its headline."""
    widest = console.width >= WIDEST
    names = {person.id: person.name for person in sheet.people} if widest else _short_names(sheet.people)
    console.say(f"{sheet.show} · {sheet.day} · {sheet.season}", "bold")
    console.say(sheet.title)
    console.say(f"{sheet.hours} · prévu {sheet.total} · {sheet.gap_words} ({sheet.gap_sign})", "bold")
    columns = [("N°", "right"), ("Heure", "right"), ("Durée", "right"), ("À rebours", "right"), ("Élément", "left"),
               ("Personnes", "left"), ("Source", "left"), ("À savoir", "left"), ("Genre", "left")]  # fmt: skip
    shown = len(columns) if widest else len(columns) - 1 if console.width >= WIDE else len(columns) - 2
    rows = [_cells(row, names)[:shown] for row in (*sheet.rows, *sheet.standbys)]
    console.table("", columns[:shown], rows, dense=True)
    for line in sheet.to_settle:
        console.warn(line)


def _cells(row: Row, names: dict[str, str]) -> list[str]:
    return [
        "+" if row.number is None else str(row.number),
        row.hour or "secours",
        row.duration,
        row.back_hour,
        row.item.title,
        ", ".join(names[person_id] for person_id in row.item.people),
        row.item.source or row.mics,
        ", ".join((*(alert.words for alert in row.alerts), *row.marks)),
        row.kind,
    ]


def _short_names(people: tuple[Person, ...]) -> dict[str, str]:
    """First names, where there is one and nobody else has the same."""
    return dict(zip([one.id for one in people], short_names([one.name for one in people]), strict=True))
