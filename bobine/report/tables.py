"""The report as a script or a spreadsheet takes it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bobine.model.episode import Objective
from bobine.report.figures import Basis, Figure, SeasonReport, Unit
from bobine.report.words import value_words

_HOUR_S = 3600

HEADINGS = ("rubrique", "chiffre", "valeur", "unité", "saison d'avant", "repose sur", "à savoir", "clé",
            "d'où il vient", "date", "personnes", "part")  # fmt: skip
"""The first line of the CSV."""

UNITS = {Unit.COUNT: "", Unit.SECONDS: "heures", Unit.CENTS: "€", Unit.PERMILLE: "%"}
"""Words for the units of the CSV's numbers."""


def report_rows(report: SeasonReport) -> Iterator[tuple[str, ...]]:
    """The lines of the CSV: each figure, then a line for each thing that it is made from."""
    yield HEADINGS
    for section in report.sections:
        for one in section.figures:
            basis = one.basis.words if one.basis is not None and not one.basis.whole else ""
            yield (
                section.title, one.label, _number(one, one.value), UNITS[one.unit], _number(one, one.before), basis,
                one.note, one.key, "", "", "", "",
            )  # fmt: skip
            for source in one.sources:
                yield (
                    section.title, one.label, "", "", "", "", "", one.key, source.what,
                    source.date.isoformat() if source.date is not None else "", ", ".join(source.people),
                    _number(one, source.amount) if source.amount else "",
                )  # fmt: skip


def _number(figure: Figure, value: int | None) -> str:
    """A number as a French spreadsheet adds it up: no unit, no grouping, a comma."""
    if value is None:
        return ""
    match figure.unit:
        case Unit.COUNT:
            return str(value)
        case Unit.SECONDS:
            return f"{value / _HOUR_S:.4f}".rstrip("0").rstrip(".").replace(".", ",")
        case Unit.CENTS:
            return f"{value / 100:.2f}".replace(".", ",")
        case Unit.PERMILLE:
            return f"{value / 10:.1f}".replace(".", ",")


def report_json(report: SeasonReport) -> dict[str, Any]:
    """The report for a script."""
    figure = report.figure
    return {
        "show": report.show,
        "season": report.season,
        "shows": {key: figure(key).value for key in ("planned", "aired", "online", "cancelled", "replays")},
        "minutes_aired": _minutes(figure("minutes_aired").value),
        "minutes_replayed": _minutes(figure("minutes_replayed").value),
        "volunteers_active": figure("volunteers_active").value,
        "newcomers": figure("newcomers").value,
        "trained": figure("trained").value,
        "hours": {
            "total": _hours(figure("hours_total").value),
            "per_show": _hours(figure("hours_per_show").value),
            "board": _hours(figure("hours_board").value),
            "value_euros": _euros(figure("hours_value").value),
        },
        "guests": figure("guests").value,
        "appearances": figure("appearances").value,
        "live_musicians": figure("live_musicians").value,
        "live_acts": figure("live_acts").value,
        "works_live": figure("works_live").value,
        "chroniques": figure("chroniques").value,
        "instalments": figure("instalments").value,
        "objectives": {str(objective): _minutes(figure(f"objective/{objective}").value) for objective in Objective},
        "based_on": {
            one.key: _basis(one.basis)
            for section in report.sections
            for one in section.figures
            if one.basis is not None and "/" not in one.key
        },
        "calendar": [{"date": day.date.isoformat(), "outcome": str(day.outcome)} for day in report.days],
        "likenesses": [list(pair) for pair in report.likenesses],
        "remarks": list(report.remarks),
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "note": section.note,
                "figures": [_figure(one) for one in section.figures],
            }
            for section in report.sections
        ],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "key": figure.key,
        "label": figure.label,
        "unit": str(figure.unit),
        "value": figure.value,
        "words": value_words(figure, figure.value),
        "before": figure.before,
        "note": figure.note,
        "based_on": _basis(figure.basis) if figure.basis is not None else None,
        "sources": [
            {
                "what": source.what,
                "date": source.date.isoformat() if source.date is not None else None,
                "people": list(source.people),
                "amount": source.amount,
            }
            for source in figure.sources
        ],
    }


def _basis(basis: Basis) -> dict[str, int]:
    return {"known": basis.known, "of": basis.of}


def _minutes(seconds: int | None) -> int | float | None:
    return _quotient(seconds, 60, 1)


def _hours(seconds: int | None) -> int | float | None:
    return _quotient(seconds, _HOUR_S, 2)


def _euros(cents: int | None) -> int | float | None:
    return _quotient(cents, 100, 2)


def _quotient(value: int | None, by: int, digits: int) -> int | float | None:
    """A whole number where it comes out even, as people count."""
    if value is None:
        return None
    return value // by if value % by == 0 else round(value / by, digits)
