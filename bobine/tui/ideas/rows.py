"""The rows of « Idées ». Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bobine.french import long_date
from bobine.model.ideas import Idea, IdeaStatus
from bobine.model.written.durations import format_duration
from bobine.plan.fields.words import IDEA_STATUSES, KINDS
from bobine.plan.season.ideas import proposed_words, sorted_ideas
from bobine.tui.kit.forms.fields import text_of_day
from bobine.tui.kit.lists.rows import Cell, Column, Row, Tone

COLUMNS = (
    Column("Sujet", 22, share=3),
    Column("De la part de", 18, share=1, most=40, rank=2),
    Column("Proposé le", 10, rank=3),
    Column("État", 15, rank=1),
)

SIGNS = {IdeaStatus.OPEN: "○", IdeaStatus.PLANNED: "✓", IdeaStatus.SET_ASIDE: "—"}
"""A sign for each state, beside its words."""

_TONES = {IdeaStatus.OPEN: Tone.PLAIN, IdeaStatus.PLANNED: Tone.GOOD, IdeaStatus.SET_ASIDE: Tone.MUTED}


def idea_rows(ideas: Iterable[Idea]) -> list[Row]:
    """A row an idea: open ones first, the newest on top; lines between the states."""
    rows: list[Row] = []
    status = None
    for idea in sorted_ideas(ideas):
        tone = _TONES[idea.status]
        rows.append(
            Row(
                idea.id,
                (
                    Cell(idea.title, Tone.STRONG if idea.status is IdeaStatus.OPEN else Tone.MUTED),
                    idea.by,
                    text_of_day(idea.proposed),
                    Cell(f"{SIGNS[idea.status]} {IDEA_STATUSES[idea.status]}", tone),
                ),
                Tone.MUTED if idea.status is IdeaStatus.SET_ASIDE else Tone.PLAIN,
                rule=bool(rows) and idea.status is not status,
            )
        )
        status = idea.status
    return rows


def idea_lines(idea: Idea | None) -> list[tuple[str, Tone]]:
    """All that is known of an idea."""
    if idea is None:
        return [("« Antenne ouverte à tous » : tout le monde peut proposer un sujet. A pour en noter un.", Tone.PLAIN)]
    length = f" · {format_duration(idea.duration)}" if idea.duration is not None else ""
    lines = [(idea.title, Tone.STRONG), (f"{KINDS[idea.kind]}{length}", Tone.MUTED)]
    if idea.by or idea.proposed:
        lines.append((proposed_words(idea), Tone.MUTED))
    if idea.planned_for is not None:
        lines.append((f"✓ au conducteur du {long_date(idea.planned_for)}", Tone.GOOD))
    lines += [(line, Tone.PLAIN) for line in idea.notes.splitlines()]
    return lines
