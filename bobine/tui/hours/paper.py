"""Paper and files of « Heures », in the folder where the program was started."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from textual.screen import Screen

from bobine.model.hours import HoursLine
from bobine.store.files import atomic_write
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.failures import sentence
from bobine.tui.kit.dialogs.choice import Choice, Option

T = TypeVar("T")

_FORMS = (
    Option("pdf", "La feuille à signer (PDF)", "Une ligne par personne ; ce qui n'est pas encore noté reste à écrire."),
    Option("csv", "Un fichier de tableur (CSV)", "Il se relit par « bobine heures --depuis-csv »."),
)


class HoursShown(Protocol):
    """The part of the screen that is put on paper."""

    day: date

    @property
    def desk(self) -> Desk:
        """The workspace and the show, as all screens have them."""

    @property
    def lines(self) -> Sequence[tuple[HoursLine, bool]]:
        """The lines of the show, each with whether it is noted."""

    async def answer(self, dialog: Screen[T]) -> T | None:
        """Open a dialog and wait for its answer; None where there was none."""

    def tell(self, sentence: str, *, warning: bool = False, refused: bool = False) -> None:
        """Say one sentence."""


async def run(hours: HoursShown) -> None:
    """Ask which, and write it."""
    form = await hours.answer(Choice("Imprimer ou exporter les heures", _FORMS))
    if form is None:
        return
    path = Path.cwd() / f"heures-{hours.day}.{form}"
    try:
        await asyncio.to_thread(_write, path, hours, form)
    except Exception as error:  # noqa: BLE001 - said, and nothing was changed
        hours.tell(sentence(error), refused=True)
    else:
        hours.tell(f"Écrit : {path}")


def _write(path: Path, hours: HoursShown, form: str) -> None:
    if form == "csv":
        from bobine.plan.volunteers.hours_csv import write_hours

        atomic_write(path, write_hours((hours.day, line) for line, noted in hours.lines if noted))
        return
    from bobine.plan.paper.hours import SignedLine, show_hours_pdf

    lines = [SignedLine(line=line, day=line.date or hours.day, noted=noted) for line, noted in hours.lines]
    atomic_write(path, show_hours_pdf(hours.desk.show, hours.day, lines))
