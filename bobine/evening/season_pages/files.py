"""The files that a report is written to: a PDF, a page, a spreadsheet file; each is made only when it is asked for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path

from bobine.report.figures import SeasonReport
from bobine.store.files import atomic_write


class ReportForm(StrEnum):
    """The kinds of files, by their suffix."""

    PDF = "pdf"
    HTML = "html"
    CSV = "csv"


def file_name(report: SeasonReport, form: ReportForm) -> str:
    """The name of a report's file where none is given: ``bilan-bobine-romanaise-2026-2027.pdf``."""
    first, last = report.years
    return f"bilan-{report.show}-{first}{f'-{last}' if last != first else ''}.{form}"


def write_report(path: Path, report: SeasonReport, form: ReportForm, today: date, *, nameless: bool) -> None:
    """Write a report, whole or not at all.

    Args:
        path: absolute.
        report: what is written; already without names where it is to have none.
        form: of the file.
        today: the day it is.
        nameless: say at the foot that nobody is named.

    Raises:
        DiskError: if the place cannot be written.
    """
    atomic_write(path, _content(report, form, today, nameless=nameless))


def _content(report: SeasonReport, form: ReportForm, today: date, *, nameless: bool) -> bytes:
    match form:
        case ReportForm.PDF:
            from bobine.evening.season_pages.paper import report_pdf

            return report_pdf(report, today, nameless=nameless)
        case ReportForm.HTML:
            from bobine.evening.season_pages.page import report_page

            return report_page(report, today, nameless=nameless)
        case ReportForm.CSV:
            from bobine.plan.sheet.spreadsheet.cells import cells_csv
            from bobine.report.tables import report_rows

            return cells_csv(report_rows(report))
