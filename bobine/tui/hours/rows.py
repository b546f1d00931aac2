"""The rows of « Heures »: the lines that are noted, those that the plan proposes, and the meetings. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bobine.evening.seasons.presence import proposed_hours
from bobine.french import long_date, short_day
from bobine.model.episode import Episode
from bobine.model.hours import TASKS, HoursLine, Task
from bobine.model.written.hours import hours_text
from bobine.plan.fields.field_words import label
from bobine.plan.volunteers.lines import total
from bobine.report.words import counted
from bobine.tui.kit.forms.fields import Control, FieldSpec, Section, words_options
from bobine.tui.kit.lists.rows import Cell, Column, Row, Tone

SHOW_COLUMNS = (
    Column("", 11),
    Column("Qui", 18, share=2, most=34),
    Column("Tâche", 22, share=1, most=32),
    Column("Durée", 8, right=True),
    Column("Notes", 10, share=3, rank=2),
)

OTHER_COLUMNS = (
    Column("Jour", 14),
    Column("Qui", 18, share=2, most=34),
    Column("Tâche", 31, share=1, most=32),
    Column("Durée", 8, right=True),
    Column("Notes", 8, share=3, from_width=100),
)

ORDER_OF_OTHERS = (Task.BOARD, Task.LEARNING, *(task for task in Task if task not in (Task.BOARD, Task.LEARNING)))
"""The tasks as they are offered outside of a show: meetings and training first."""


def hours_form(*, dated: bool) -> tuple[Section, ...]:
    """The form of a line.

    Args:
        dated: it needs its day; beside a show, that of the show is meant where none is written.
    """
    day = FieldSpec(
        name="date",
        label=label(HoursLine, "date"),
        control=Control.DAY,
        optional=not dated,
        hint="" if dated else "vide : le jour de l'émission",
    )
    return (
        Section(
            "",
            (
                FieldSpec(name="name", label=label(HoursLine, "name")),
                FieldSpec(
                    name="task",
                    label=label(HoursLine, "task"),
                    control=Control.PICK,
                    options=words_options(TASKS),
                    make=Task,
                ),
                FieldSpec(
                    name="duration",
                    label=label(HoursLine, "duration"),
                    control=Control.HOURS,
                    hint="par exemple 2 h 30 ou 2,5",
                ),
                day,
                FieldSpec(name="notes", label=label(HoursLine, "notes"), control=Control.LINES),
            ),
        ),
    )


def lines_of_show(
    episode: Episode | None, noted: Sequence[HoursLine], before: Iterable[HoursLine]
) -> tuple[tuple[HoursLine, bool], ...]:
    """The lines of a show, each with whether it is noted: in the plan's order, then what the plan does not know.

    A line that is noted or no more stays where it was.

    Args:
        episode: the show's plan; None where it cannot be read, and nothing is proposed.
        noted: what is noted.
        before: lines of other shows.
    """
    if episode is None:
        return tuple((line, True) for line in noted)
    known = tuple(before)
    planned = [(line.name, line.task) for line in proposed_hours(episode, (), known)]
    place = {key: index for index, key in enumerate(planned)}
    lines = [(line, True) for line in noted]
    lines += [(line, False) for line in proposed_hours(episode, noted, known)]
    return tuple(sorted(lines, key=lambda one: place.get((one[0].name, one[0].task), len(place))))


def show_rows(lines: Iterable[tuple[HoursLine, bool]]) -> list[Row]:
    """A row a line; what is only proposed is told by a sign and a word."""
    return [
        Row(
            line.id,
            (
                Cell("✓ notée", Tone.GOOD) if noted else Cell("○ proposée", Tone.MUTED),
                Cell(line.name, Tone.PLAIN if noted else Tone.MUTED),
                Cell(line.task.french, Tone.PLAIN if noted else Tone.MUTED),
                Cell(hours_text(line.duration), Tone.STRONG if noted else Tone.MUTED),
                Cell(_notes(line), Tone.MUTED),
            ),
        )
        for line, noted in lines
    ]


def other_rows(lines: Iterable[HoursLine]) -> list[Row]:
    """A row a line, the latest day first; lines of one day keep their order."""
    ordered = sorted(lines, key=lambda line: line.date or date.min, reverse=True)
    return [
        Row(
            line.id,
            (
                short_day(line.date) if line.date is not None else "",
                line.name,
                line.task.french,
                Cell(hours_text(line.duration), Tone.STRONG),
                Cell(line.notes, Tone.MUTED),
            ),
        )
        for line in ordered
    ]


def _notes(line: HoursLine) -> str:
    return " · ".join(part for part in (short_day(line.date) if line.date is not None else "", line.notes) if part)


def show_headline(day: date, lines: Sequence[tuple[HoursLine, bool]]) -> str:
    """« Heures du jeudi 26 novembre 2026 · 13 lignes notées, 39 h · 2 proposées »."""
    noted = [line for line, is_noted in lines if is_noted]
    proposed = len(lines) - len(noted)
    said = f"{counted(len(noted), 'ligne notée', 'lignes notées')}, {hours_text(total(noted))}" if noted else ""
    parts = [f"Heures du {long_date(day)}", said, counted(proposed, "proposée") if proposed else ""]
    return " · ".join(part for part in parts if part)


def others_headline(season: int, lines: Sequence[HoursLine]) -> str:
    """« Hors émissions, saison 8 : réunions, formations · 3 lignes, 6 h »."""
    said = f" · {counted(len(lines), 'ligne')}, {hours_text(total(lines))}" if lines else ""
    return f"Hors émissions, saison {season} : réunions, formations{said}"
