"""Files for one person of « Équipe », in the folder where the program was started."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Protocol, TypeVar

from textual.screen import Screen

from bobine.plan.editing.ids import slug
from bobine.report.names import Names, plain
from bobine.store.files import atomic_write
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.failures import sentence
from bobine.tui.kit.dialogs.choice import Choice, Option

T = TypeVar("T")

_FORMS = (
    Option("agenda", "Ses dates, pour son agenda (.ics)", "Réécrit au même endroit, le fichier met son agenda à jour."),
    Option("hours", "Ses heures de la saison, à signer (PDF)"),
    Option(
        "pathway",
        "Son parcours : ce qu'elle ou il a fait et appris (PDF)",
        "Seulement si la personne le demande, et pour elle. Rien n'en est gardé ni envoyé.",
    ),
)


class Asking(Protocol):
    """The part of the screen that is needed."""

    @property
    def desk(self) -> Desk:
        """The workspace and the show, as all screens have them."""

    async def answer(self, dialog: Screen[T]) -> T | None:
        """Open a dialog and wait for its answer; None where there was none."""

    def tell(self, sentence: str, *, warning: bool = False, refused: bool = False) -> None:
        """Say one sentence."""


async def run(team: Asking, name: str) -> None:
    """Ask which file, and write it.

    Args:
        team: the screen.
        name: of the member.
    """
    form = await team.answer(Choice(f"Pour {name}", _FORMS))
    if form is None:
        return
    try:
        path = await asyncio.to_thread(_write, team.desk, plain(name), form)
    except Exception as error:  # noqa: BLE001 - said, and nothing was changed
        team.tell(sentence(error), refused=True)
    else:
        team.tell(f"Écrit : {path}")


def _write(desk: Desk, name: str, form: str) -> Path:
    match form:
        case "agenda":
            return _agenda(desk, name)
        case "hours":
            return _hours(desk, name)
        case _:
            return _pathway(desk, name)


def _agenda(desk: Desk, name: str) -> Path:
    from bobine.evening.seasons.volunteer import read_coming, write_agenda

    path = Path.cwd() / f"agenda-{slug(name)}.ics"
    write_agenda(path, read_coming(desk.workspace, desk.show, desk.today), name, desk.now())
    return path


def _hours(desk: Desk, name: str) -> Path:
    from bobine.evening.seasons.hours_read import season_lines, signed_lines
    from bobine.plan.paper.hours import season_hours_pdf

    number = desk.show.season.number(desk.today)
    lines = season_lines(desk.workspace, desk.show, number)
    spelled = Names(desk.members()).spelled
    rows = [(day, line) for day, of in lines.items() for line in of if spelled(line.name) == name]
    path = Path.cwd() / f"heures-saison-{number}-{slug(name)}.pdf"
    signed = signed_lines(desk.workspace, desk.show, rows)
    atomic_write(path, season_hours_pdf(desk.show, f"saison {number} — {name}", desk.today, signed))
    return path


def _pathway(desk: Desk, name: str) -> Path:
    from bobine.evening.seasons.pathway_pdf import pathway_pdf
    from bobine.evening.seasons.reading import read_facts
    from bobine.report.pathway import pathway

    path = Path.cwd() / f"parcours-{slug(name)}.pdf"
    atomic_write(path, pathway_pdf(pathway(read_facts(desk.workspace, desk.show), name, desk.today)))
    return path
