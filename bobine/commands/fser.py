"""``bobine bilan --fser ANNEE``: the actions of a year that score for the fund, and the partners' attestations."""

from __future__ import annotations

import argparse
import re
from datetime import datetime, timedelta
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.which_show import show_and_word
from bobine.errors import WorkspaceError
from bobine.evening.seasons.reading import read_year
from bobine.french import day_and_month, decimal, long_date, others, printable
from bobine.plan.editing.ids import free_id, slug
from bobine.plan.sheet.spreadsheet.cells import cells_csv
from bobine.report.figures import Basis
from bobine.report.subsidy.actions import by_partner
from bobine.report.subsidy.dossier import Dossier, theme_words, year_dossier
from bobine.report.subsidy.tables import dossier_json, dossier_rows
from bobine.report.words import counted, length_words, value_words
from bobine.store.files import atomic_write
from bobine.store.workspace import Workspace

_MANY = 40
"""Actions of a theme that the terminal shows; the CSV has them all."""


def tell_fser(console: Console, workspace: Workspace, options: argparse.Namespace, now: datetime) -> int:
    """Show the file of a year, or write the files that were asked for.

    Raises:
        WorkspaceError: if the year is none, or another option does not go with it.
        DiskError: if a place cannot be written.
    """
    if options.anonyme:
        raise WorkspaceError("--fser nomme qui a participé, c'est ce qui est attesté : --anonyme ne va pas avec lui.")
    if options.html is not None or options.pdf is not None:
        raise WorkspaceError("--fser s'écrit avec --csv et --attestations : ni --html ni --pdf ne vont avec lui.")
    show, word = show_and_word(workspace, options.season, "bilan")
    if word:
        raise WorkspaceError("--fser compte une année civile : dites l'année seulement, comme « bilan --fser 2026 ».")
    if not re.fullmatch(r"[12]\d{3}", options.fser, re.ASCII):
        raise WorkspaceError(
            f"« {printable(options.fser[:40])} » n'est pas une année : écrivez celle des actions, comme {now.year - 1}."
        )
    dossier = year_dossier(read_year(workspace, show, int(options.fser)))
    written = _write(dossier, options)
    console.say(f"{dossier.title}, actions de l'année {dossier.year} pour le FSER", "bold")
    _tell_due(console, dossier, now)
    for path in written:
        console.say(f"Écrit : {path}")
    if not written:
        _tell(console, dossier)
    _tell_missing(console, dossier)
    console.result({**dossier_json(dossier), **({"written": [str(path) for path in written]} if written else {})})
    return 0


def _write(dossier: Dossier, options: argparse.Namespace) -> list[Path]:
    written = []
    if options.csv is not None:
        path = options.csv if options.csv != Path() else Path(f"fser-{dossier.show}-{dossier.year}.csv")
        atomic_write(path.absolute(), cells_csv(dossier_rows(dossier)))
        written.append(path)
    if options.attestations is not None:
        from bobine.evening.papers.attestation import attestation_pdf  # drawing is slow to import

        names: set[str] = set()
        for partner, actions in by_partner(dossier.actions):
            name = free_id(slug(partner), names)
            names.add(name)
            path = options.attestations / f"attestation-{dossier.year}-{name}.pdf"
            atomic_write(path.absolute(), attestation_pdf(dossier, partner, actions))
            written.append(path)
    return written


def _tell_due(console: Console, dossier: Dossier, now: datetime) -> None:
    left = (dossier.due - now.date()) // timedelta(days=1)
    when = f"le {day_and_month(dossier.due)} {dossier.due.year}"
    if left < 0:
        console.say(f"Le dossier était à déposer {when} au plus tard.")
    else:
        console.say(f"Le dossier est à déposer {when} au plus tard, dans {counted(left, 'jour')}.")


def _tell(console: Console, dossier: Dossier) -> None:
    columns = [
        ("Date", "left"),
        ("Action", "left"),
        ("Durée", "right"),
        ("Personnes", "right"),
        ("Partenaires", "left"),
    ]
    for theme in dossier.themes:
        actions = dossier.of_theme(theme)
        console.say(f"{theme.title} (jusqu'à {counted(theme.points, 'point')}) : {theme_words(dossier, theme)}", "bold")
        rows = [
            [f"{one.date:%d/%m/%Y}", f"{one.title} ({one.form})", _length(one.length), str(one.persons),
             ", ".join(one.partners)]
            for one in actions[:_MANY]
        ]  # fmt: skip
        if rows:
            console.table("", columns, rows, dense=True)
        if len(actions) > _MANY:
            console.say(f"… et {others(len(actions) - _MANY)} : --csv les donne toutes.")
    for section in dossier.sections:
        figures = [[one.label, value_words(one, one.value), _basis(one.basis), one.note] for one in section.figures]
        console.table(section.title, [("", "left"), ("", "right"), ("D'après", "left"), ("À savoir", "left")], figures,
                      dense=True)  # fmt: skip
    _tell_jobs(console, dossier)
    partners = [f"{partner} ({counted(len(actions), 'action')})" for partner, actions in by_partner(dossier.actions)]
    if partners:
        console.say(f"À faire signer (--attestations écrit une page pour chacun) : {', '.join(partners)}.")


def _tell_jobs(console: Console, dossier: Dossier) -> None:
    if not dossier.jobs:
        console.say("Emplois : aucun n'est noté dans shows.toml (subsidy, jobs).")
        return
    rows = [
        [one.job.title, one.job.contract, f"depuis le {one.job.start:%d/%m/%Y}" if one.job.end is None
         else f"du {one.job.start:%d/%m/%Y} au {one.job.end:%d/%m/%Y}", decimal(one.permille / 1000, 2)]
        for one in dossier.jobs
    ]  # fmt: skip
    rows.append(["En tout", "", "", decimal(sum(one.permille for one in dossier.jobs) / 1000, 2)])
    columns = [("Poste", "left"), ("Contrat", "left"), ("Quand", "left"), ("Temps plein", "right")]
    console.table("Emplois", columns, rows, dense=True)


def _tell_missing(console: Console, dossier: Dossier) -> None:
    rows = [
        [one.asked, f"{one.title}, {long_date(one.date)}", ", ".join(one.lacks)] for one in dossier.missing
    ]  # fmt: skip
    if rows:
        console.table("Ce qui manque pour que ces actions comptent", [("À qui", "left"), ("Action", "left"),
                      ("Il manque", "left")], rows, dense=True)  # fmt: skip
    for remark in dossier.remarks:
        console.warn(remark)


def _basis(basis: Basis | None) -> str:
    return basis.words if basis is not None and not basis.whole else ""


def _length(length: timedelta | None) -> str:
    return "?" if length is None else length_words(length // timedelta(seconds=1))
