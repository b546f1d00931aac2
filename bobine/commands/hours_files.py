"""Files of ``bobine heures``: the sheet to sign, the spreadsheet, and reading it back once its changes were shown."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.places import now
from bobine.commands.relire import file_content
from bobine.errors import WorkspaceError
from bobine.evening.seasons.hours_read import signed_lines
from bobine.model.hours import HoursLine
from bobine.model.show import Show
from bobine.plan.editing.differences import row_differences
from bobine.plan.editing.ids import slug
from bobine.plan.volunteers.hours_csv import write_hours
from bobine.plan.volunteers.hours_reading import read_hours_file
from bobine.report.words import counted
from bobine.store.documents.hours import edit_hours, edit_other_hours
from bobine.store.files import atomic_write
from bobine.store.workspace import Workspace

_TOLD = 20
"""Differences that are shown one by one."""

Lines = tuple[HoursLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The hours of one show's day, or of a season.

    Attributes:
        workspace: where.
        show: whose.
        lines: by the day of the show that they go to; None for none in particular.
        day: the one show; None for a season.
        season: its number.
        name: the one person whose lines they are; empty for everybody.
    """

    workspace: Workspace
    show: Show
    lines: Mapping[date | None, Lines]
    day: date | None = None
    season: int = 0
    name: str = ""

    @property
    def rows(self) -> list[tuple[date | None, HoursLine]]:
        """The lines in order of day, each after the day of its show."""
        rows = [(day, line) for day, lines in self.lines.items() for line in lines]
        return sorted(rows, key=lambda one: (one[1].date or one[0] or date.min, one[0] is None))

    @property
    def heading(self) -> str:
        """« saison 8, 2026-2027 », « saison 3, 2028 »."""
        first, last = self.show.season.years(self.season)
        return f"saison {self.season}, {first}-{last}" if last != first else f"saison {self.season}, {first}"

    def of(self, name: str) -> Hours:
        """The lines of one person."""
        kept = {day: tuple(line for line in lines if line.name == name) for day, lines in self.lines.items()}
        return replace(self, lines=kept, name=name)


def write_files(hours: Hours, options: argparse.Namespace, proposed: Sequence[HoursLine] = ()) -> list[Path]:
    """Write the sheet and the spreadsheet, as far as they were asked for.

    Args:
        hours: what is noted.
        options: of the command.
        proposed: lines that are not noted yet; the sheet of a show has room for their hours.

    Raises:
        DiskError: if a place cannot be written.
    """
    stem = f"heures-{hours.show.slug}-{hours.day or f'saison-{hours.season}'}"
    if hours.name:
        stem += f"-{slug(hours.name)}"
    written = []
    if options.feuille is not None:
        written.append(_chosen(options.feuille, f"{stem}.pdf"))
        atomic_write(written[-1].absolute(), _sheet(hours, proposed))
    if options.csv is not None:
        written.append(_chosen(options.csv, f"{stem}.csv"))
        atomic_write(written[-1].absolute(), write_hours(hours.rows))
    return written


def _chosen(path: Path, usual: str) -> Path:
    return Path(usual) if path == Path() else path


def _sheet(hours: Hours, proposed: Sequence[HoursLine]) -> bytes:
    from bobine.plan.paper.hours import SignedLine, season_hours_pdf, show_hours_pdf

    if hours.day is not None:
        day = hours.day
        lines = [(line, True) for line in hours.lines[day]] + [(line, False) for line in proposed]
        return show_hours_pdf(
            hours.show, day, [SignedLine(line=line, day=line.date or day, noted=noted) for line, noted in lines]
        )
    heading = f"{hours.heading} — {hours.name}" if hours.name else hours.heading
    signed = signed_lines(hours.workspace, hours.show, hours.rows)
    return season_hours_pdf(hours.show, heading, now().date(), signed)


def reread(console: Console, hours: Hours, options: argparse.Namespace) -> tuple[Hours, dict[str, object]]:
    """Take over the lines of a file, once somebody at the terminal has seen the differences.

    Lines that the file lacks are kept, unless ``--retirer-absents`` says otherwise. Away from a terminal the
    differences are told and made.

    Returns:
        The hours as they are now, and what is to be told to a script.

    Raises:
        WorkspaceError: if the file cannot be read, or the hours were changed by others meanwhile.
        PlanError: if the file does not hold hours.
        DiskError: if the hours cannot be written.
    """
    file: Path = options.depuis_csv
    found = read_hours_file(file_content(file), str(file), hours.lines, hours.day)
    after = {day: _after(lines, found.get(day, ()), options) for day, lines in hours.lines.items()}
    changed = {day: lines for day, lines in after.items() if lines != hours.lines[day]}
    phrases = [
        f"{f'{day:%d/%m/%Y}, ' if day is not None and hours.day is None else ''}{phrase}"
        for day, lines in sorted(changed.items(), key=lambda one: one[0] or date.max)
        for phrase in row_differences(hours.lines[day], lines)
    ]
    kept = sum(line.id not in {one.id for one in found.get(day, ())} for day in after for line in after[day])
    console.say(f"« {file} » : {counted(sum(map(len, found.values())), 'ligne')}.")
    _tell(console, phrases, kept)
    written = bool(changed) and (not console.interactive or options.oui or console.agreed("Faire ces changements ?"))
    if written:
        for day, lines in changed.items():
            _write(hours, day, lines)
        console.say("Heures modifiées.")
    else:
        console.say("Rien n'a été changé." if changed else "Les heures sont déjà ainsi : rien n'est à changer.")
    told: dict[str, object] = {"changes": phrases, "kept": kept, "changed": written}
    return (replace(hours, lines=after) if written else hours), told


def _after(before: Lines, found: Lines, options: argparse.Namespace) -> Lines:
    """The lines as the file says them, each in its place; those that it lacks are kept, or go."""
    by_id = {line.id: line for line in found}
    known = {line.id for line in before}
    kept = [by_id.get(line.id, line) for line in before if line.id in by_id or not options.retirer_absents]
    return (*kept, *(line for line in found if line.id not in known))


def _tell(console: Console, phrases: Sequence[str], kept: int) -> None:
    for phrase in phrases[:_TOLD]:
        console.say(f"  {phrase}")
    if len(phrases) > _TOLD:
        console.say(f"  … et {len(phrases) - _TOLD} de plus")
    if kept:
        said = "ligne notée n'y est pas, et reste" if kept == 1 else "lignes notées n'y sont pas, et restent"
        console.warn(f"{kept} {said}. Pour enlever ce qui n'y est pas : --retirer-absents.")


def _write(hours: Hours, day: date | None, lines: Lines) -> None:
    seen = hours.lines[day]
    if day is None:
        edit_other_hours(hours.workspace, hours.show, _if_unchanged(hours, seen, lines))
    else:
        edit_hours(hours.workspace, hours.show, day, _if_unchanged(hours, seen, lines))


def _if_unchanged(hours: Hours, seen: Lines, after: Lines) -> Callable[[Lines], Lines]:
    """The change that was shown, if the lines are still those that it was shown for; other seasons' lines stay."""
    ids = {line.id for line in seen}

    def is_elsewhere(line: HoursLine) -> bool:
        return hours.day is None and line.date is not None and hours.show.season.number(line.date) != hours.season

    def change(newest: Lines) -> Lines:
        elsewhere = tuple(line for line in newest if line.id not in ids and is_elsewhere(line))
        if tuple(line for line in newest if line not in elsewhere) != seen:
            raise WorkspaceError("Quelqu'un d'autre vient de noter des heures : rien n'a été changé, recommencez.")
        by_id, known = {line.id: line for line in after}, {line.id for line in newest}
        stay = [line if line in elsewhere else by_id.get(line.id) for line in newest]
        return (*(line for line in stay if line is not None), *(line for line in after if line.id not in known))

    return change
