"""The attestation of a partner: one A4 page, ready to be signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

from bobine.evening.papers.tables import STRONG, TEXT, Column, draw_lines, draw_table, row_heights, table_room
from bobine.french import long_date, sort_key
from bobine.plan.paper.page import MARGIN_MM, Face, Paper
from bobine.report.subsidy.actions import Action, sum_of
from bobine.report.subsidy.dossier import Dossier
from bobine.report.subsidy.tables import participants_words
from bobine.report.words import counted, length_words

_COLUMNS = (Column("Date", 34), Column("Action", 50, STRONG), Column("Forme", 26), Column("À l'antenne", 20),
            Column("Avec", 60))  # fmt: skip
_PLAIN = Face("", 10.5)
_SIGNED_MM = 62.0
"""Room for the signature."""

_SCALES = (1.0, 0.9, 0.82)
_LEAST_TOGETHER = 2


def attestation_pdf(dossier: Dossier, partner: str, actions: Sequence[Action]) -> bytes:
    """The page of a partner, the same bytes for the same actions; actions of one title share a line where they must.

    Args:
        dossier: whose.
        partner: who attests.
        actions: those that count and were made with the partner, in order of date.
    """
    each = [_row([one]) for one in actions]
    together = [_row(group) for group in _groups(actions)]
    for rows in (each, together):
        for scale in _SCALES:
            paper = _begun(dossier, partner, actions, scale)
            if _fitting(paper, rows) == len(rows):
                return _finished(paper, dossier, partner, rows)
    paper = _begun(dossier, partner, actions, _SCALES[-1])
    count = _fitting(paper, together) - 1
    left = counted(len(together) - count, "autre ligne", "autres lignes")
    return _finished(paper, dossier, partner, [*together[:count], ("…", f"et {left}", "", "", "dans le tableau joint")])


def _fitting(paper: Paper, rows: Sequence[tuple[str, ...]]) -> int:
    """The number of first rows that fit on the page above the signature."""
    room = paper.bottom - _SIGNED_MM - paper.y - table_room(paper)
    if len(rows) * paper.leading(TEXT) > room:  # not even in one line each
        rows = rows[: int(room / paper.leading(TEXT)) + 1]
    ends = accumulate(row_heights(paper, _COLUMNS, rows))
    return sum(end <= room for end in ends)


def _paper(dossier: Dossier, partner: str, scale: float) -> Paper:
    paper = Paper(
        title=f"{dossier.title} — attestation de {partner} pour {dossier.year}",
        author=dossier.station,
        created=datetime.combine(date(dossier.year, 12, 31), time(), UTC),
        scale=scale,
    )
    paper.add_page()
    return paper


def _begun(dossier: Dossier, partner: str, actions: Sequence[Action], scale: float) -> Paper:
    paper = _paper(dossier, partner, scale)
    _draw_text(paper, dossier, partner, actions)
    return paper


def _draw_text(paper: Paper, dossier: Dossier, partner: str, actions: Sequence[Action]) -> None:
    whole = sum_of(actions)
    length = length_words(whole.length // timedelta(seconds=1))
    themes = [theme.title for theme in dossier.themes if any(theme.id in one.themes for one in actions)]
    paper.text(MARGIN_MM, paper.y + 7, "Attestation de partenariat", Face("B", 18))
    paper.text_right(paper.right, paper.y + 7, str(dossier.year), Face("B", 18))
    paper.y += 13
    draw_lines(paper, [f"{dossier.title}, sur {dossier.station}" if dossier.station else dossier.title], Face("B", 11))
    paper.y += 3
    draw_lines(paper, [
        f"Je soussigné·e (nom, fonction) : {'.' * 84}",
        f"au nom de : {partner}",
    ], _PLAIN)  # fmt: skip
    paper.y += 1
    done = "l'action suivante" if whole.actions == 1 else f"les {whole.actions} actions suivantes"
    draw_lines(paper, [
        f"atteste que {done} de l'année {dossier.year} ont été menées avec l'émission « {dossier.title} » : "
        f"{length} à l'antenne, {counted(whole.people, 'participant·e différent·e', 'participant·es différent·es')}, "
        f"{counted(whole.appearances, 'participation')} en tout."
        if whole.actions > 1
        else f"atteste que {done} de l'année {dossier.year} a été menée avec l'émission « {dossier.title} » : "
        f"{length} à l'antenne, {counted(whole.people, 'participant·e', 'participant·es')}.",
        f"Domaine{'s' if len(themes) > 1 else ''} : {' ; '.join(themes)}.",
    ], _PLAIN)  # fmt: skip
    paper.y += 2


def _finished(paper: Paper, dossier: Dossier, partner: str, rows: Sequence[tuple[str, ...]]) -> bytes:
    draw_table(paper, "", _COLUMNS, rows)
    paper.y = paper.bottom - _SIGNED_MM + 4
    draw_lines(paper, ["Ce que cette action a apporté (facultatif) :"], TEXT)
    for _ in range(2):
        paper.y += 7
        paper.line(MARGIN_MM, paper.y, paper.right, paper.y)
    paper.y += 8
    paper.text(MARGIN_MM, paper.y, f"Fait à {'.' * 34}, le {'.' * 34}", _PLAIN)
    paper.text(MARGIN_MM + 110, paper.y, "Signature et cachet :", _PLAIN)
    paper.box(MARGIN_MM + 110, paper.y + 2, 80, 24)
    return paper.finish(f"{dossier.title}, attestation de {partner}, {dossier.year}")


def _groups(actions: Sequence[Action]) -> list[list[Action]]:
    """The actions of one title and form together, in order of the first one's date."""
    groups: dict[tuple[str, str], list[Action]] = defaultdict(list)
    for one in actions:
        groups[sort_key(one.title), one.form].append(one)
    return list(groups.values())


def _row(group: Sequence[Action]) -> tuple[str, ...]:
    first, whole = group[0], sum_of(group)
    length = length_words(whole.length // timedelta(seconds=1))
    if len(group) < _LEAST_TOGETHER:
        return long_date(first.date), first.title, first.form, length, participants_words(first)
    when = f"{len(group)} fois, du {long_date(first.date)} au {long_date(group[-1].date)}"
    return when, first.title, first.form, length, counted(whole.people, "personne")
