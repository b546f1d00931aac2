"""Paper and files: the rundown as PDF, page, spreadsheet file, in the folder where the program was started."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from bobine.plan.sheet.content import Sheet
from bobine.store.files import atomic_write
from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.rundown.asking import choose

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import TimedRundown

_FORMS = (
    Option("pdf", "Une feuille A4 (PDF)", "Le conducteur, une colonne pour les heures réelles et une pour les notes."),
    Option("cards", "La feuille et les fiches (PDF)", "Avec une fiche par personne de l'équipe."),
    Option("html", "Une page pour téléphone (HTML)"),
    Option("csv", "Un fichier de tableur (CSV)", "Il se relit par « bobine conducteur --depuis-csv »."),
)


async def run(rundown: TimedRundown) -> None:
    """Ask which, and write it."""
    form = await choose(rundown, "Imprimer ou exporter", _FORMS)
    if form is None:
        return
    suffix = "pdf" if form == "cards" else form
    path = Path.cwd() / f"conducteur-{rundown.day}.{suffix}"
    await asyncio.to_thread(_write, path, rundown.sheet, form)
    rundown.tell(f"Écrit : {path}")


def _write(path: Path, sheet: Sheet, form: str) -> None:
    atomic_write(path, _content(sheet, form))


def _content(sheet: Sheet, form: str) -> bytes:
    match form:
        case "html":
            from bobine.plan.sheet.html import sheet_html

            return sheet_html(sheet).encode()
        case "csv":
            from bobine.plan.sheet.spreadsheet.csv import write_csv

            return write_csv(sheet)
        case _:
            from bobine.plan.paper.pdf import sheet_pdf

            return sheet_pdf(sheet, cards=form == "cards")
