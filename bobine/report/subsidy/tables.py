"""The subsidy's file as a spreadsheet or a script takes it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bobine.report.subsidy.actions import Action, sum_of
from bobine.report.subsidy.dossier import Dossier
from bobine.report.words import counted

HEADINGS = ("thème", "compte", "date", "action", "forme", "durée", "participants", "nombre de personnes", "partenaires",
            "ce qui manque", "à qui le demander", "référence")  # fmt: skip
"""The first line of the CSV."""

_SECOND = timedelta(seconds=1)


def dossier_rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """The lines of the CSV: each action once in each of its themes, those without one last."""
    yield HEADINGS
    for theme in dossier.themes:
        for one in dossier.actions:
            if theme.id in one.themes:
                yield _row(theme.title, one)
    for one in dossier.actions:
        if not one.themes:
            yield _row("", one)


def _row(theme: str, one: Action) -> tuple[str, ...]:
    return (
        theme, "oui" if one.counts else "non", one.date.isoformat(), one.title, one.form, clock_words(one.length),
        participants_words(one), str(one.persons), ", ".join(one.partners), " ; ".join(one.lacks),
        "" if one.counts else one.asked, f"{one.reference}/{one.id}",
    )  # fmt: skip


def participants_words(one: Action) -> str:
    """Names of the participants, with how many people are behind a group's; minors are counted, not named."""
    named = [f"{each.name} ({each.persons})" if each.persons > 1 else each.name
             for each in one.participants if not each.minor]  # fmt: skip
    minors = sum(each.persons for each in one.participants if each.minor)
    unnamed = [counted(minors, "personne mineure", "personnes mineures")] if minors else []
    return ", ".join([*named, *unnamed])


def clock_words(length: timedelta | None) -> str:
    """A length as ``hh:mm:ss``; empty where it is not known."""
    if length is None:
        return ""
    minutes, seconds = divmod(length // _SECOND, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def dossier_json(dossier: Dossier) -> dict[str, Any]:
    """The file for a script."""
    return {
        "show": dossier.show,
        "station": dossier.station,
        "year": dossier.year,
        "due": dossier.due.isoformat(),
        "themes": [
            {"id": theme.id, "title": theme.title, "points": theme.points, **_sum(dossier.of_theme(theme))}
            for theme in dossier.themes
        ],
        "actions": [_action(one) for one in dossier.actions],
        "figures": {
            figure.key: {"value": figure.value, "unit": str(figure.unit)}
            for section in dossier.sections
            for figure in section.figures
        },
        "jobs": [
            {
                "title": share.job.title,
                "contract": share.job.contract,
                "start": share.job.start.isoformat(),
                "end": share.job.end.isoformat() if share.job.end is not None else None,
                "full_time_permille": share.permille,
            }
            for share in dossier.jobs
        ],
        "remarks": list(dossier.remarks),
    }


def _sum(actions: tuple[Action, ...]) -> dict[str, Any]:
    whole = sum_of(actions)
    return {
        "actions": whole.actions,
        "seconds": whole.length // _SECOND,
        "people": whole.people,
        "appearances": whole.appearances,
        "partners": list(whole.partners),
    }


def _action(one: Action) -> dict[str, Any]:
    return {
        "date": one.date.isoformat(),
        "title": one.title,
        "themes": list(one.themes),
        "form": one.form,
        "seconds": one.length // _SECOND if one.length is not None else None,
        "participants": [
            {"name": "" if each.minor else each.name, "persons": each.persons, "minor": each.minor}
            for each in one.participants
        ],
        "partners": list(one.partners),
        "counts": one.counts,
        "missing": list(one.lacks),
        "ask": one.asked if one.lacks else "",
        "reference": f"{one.reference}/{one.id}",
    }
