"""Read volunteer hours back from a spreadsheet, as strictly as ``hours.toml``; every fault is told with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bobine.errors import Fault, PlanError, unforeseen_as
from bobine.french import printable, sort_key
from bobine.model.fields.hours import HOURS
from bobine.model.hours import HoursLine, Task
from bobine.model.written.days import parse_day
from bobine.model.written.hours import parse_hours
from bobine.plan.editing.ids import free_id
from bobine.plan.files.workbook import MOST_ROWS, WorkbookFault, read_workbook
from bobine.plan.sheet.spreadsheet.cell_forms import CellFault, read_cell
from bobine.plan.sheet.spreadsheet.cells import CellsError, read_cells
from bobine.plan.sheet.spreadsheet.file_kinds import WORKBOOK, decoded, file_kind
from bobine.plan.volunteers.hours_csv import HEADINGS
from bobine.store.codec.decode import Decoder
from bobine.store.codec.encode import encode
from bobine.store.codec.spelling import closest
from bobine.store.rules.tables import RULES

_NEEDED = ("name", "task", "duration")
_OTHER_WORDS = {"émission": "show", "date": "date", "personne": "name", "bénévole": "name", "durée": "duration"}
"""Other headings that are read."""

Lines = Mapping[date | None, Sequence[HoursLine]]
"""Lines by the day of the show that they go to; None for none in particular."""


def read_hours_file(
    content: bytes, name: str, previous: Lines, only: date | None = None
) -> dict[date | None, tuple[HoursLine, ...]]:
    """Read the lines of a CSV file, or of an Excel workbook.

    A row without an ``id`` is the line of ``previous`` of that show, person, task and day, if there is one; else it is
    a new one.

    Args:
        content: the file.
        name: how to call it in messages.
        previous: what is noted, of the shows that may be named and of none in particular.
        only: a show that all rows are of, whether they say so or not; None for a season's file.

    Raises:
        PlanError: if the file cannot be read as it stands; lists every fault, with its line and its column.
    """
    told = "ce fichier contient quelque chose d'impossible à lire : enregistrez-le à nouveau depuis le tableur"
    with unforeseen_as(lambda: PlanError((Fault(name, 0, "", told),))):
        headings, rows = _cells(content, name)
        reading = _Reading(name, _keys(headings, name), previous, only)
        for line, cells in rows:
            reading.row(line, cells)
        if reading.faults:
            raise PlanError(tuple(reading.faults))
        return reading.named()


@dataclass(slots=True)
class _Row:
    """One row as read: the day of its show, its line, and the line of the file where it stands."""

    day: date | None
    line: HoursLine
    at: int


@dataclass(slots=True)
class _Reading:
    """Turns cells into lines, and collects what is wrong with them."""

    name: str
    keys: Sequence[str]
    previous: Lines
    only: date | None
    faults: list[Fault] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)

    def row(self, at: int, cells: Sequence[str]) -> None:
        """Read one row."""
        if any(cell.strip() for cell in cells[len(self.keys) :]):
            self._fault(at, "", "cette ligne a plus de cellules que la première n'a de titres")
            return
        written = {key: cell.strip() for key, cell in zip(self.keys, cells, strict=False) if cell.strip()}
        missing = [key for key in _NEEDED if key not in written]
        for key in missing:
            self._fault(at, key, "cette cellule est vide : remplissez-la")
        before = len(self.faults)
        show = self._show(at, written)
        day = self._day(at, "date", written)
        length = self._length(at, written)
        task = self._task(at, written)
        if missing or len(self.faults) > before or length is None or task is None:
            return
        if show is None and day is None:
            self._fault(at, "date", "ce qui ne va pas à une émission a besoin de son jour, comme 26/11/2026")
            return
        line = HoursLine(id=written.get("id", ""), name=" ".join(written["name"].split()), task=task, duration=length,
                         date=day, notes=written.get("notes", ""))  # fmt: skip
        if self._is_sound(at, line):
            self.rows.append(_Row(show, line, at))

    def _show(self, at: int, written: Mapping[str, str]) -> date | None:
        day = self._day(at, "show", written)
        if self.only is not None:
            if day not in (None, self.only):
                self._fault(at, "show", f"cette ligne est d'une autre émission que celle du {self.only:%d/%m/%Y}")
            return self.only
        if day is not None and day not in self.previous:
            self._fault(at, "show", f"il n'y a pas d'émission le {day:%d/%m/%Y} cette saison")
        return day

    def _day(self, at: int, key: str, written: Mapping[str, str]) -> date | None:
        text = written.get(key, "").removesuffix(" 00:00:00")
        try:
            return parse_day(text) if text else None
        except ValueError as error:
            self._fault(at, key, str(error))
            return None

    def _length(self, at: int, written: Mapping[str, str]) -> timedelta | None:
        try:
            return parse_hours(written["duration"]) if "duration" in written else None
        except ValueError as error:
            self._fault(at, "duration", str(error))
            return None

    def _task(self, at: int, written: Mapping[str, str]) -> Task | None:
        try:
            return Task(read_cell(HOURS["task"], written["task"])) if "task" in written else None
        except CellFault as error:
            self._fault(at, "task", str(error))
            return None

    def _is_sound(self, at: int, line: HoursLine) -> bool:
        """Whether ``hours.toml`` takes the line; what it would not is told."""
        decoder = Decoder(RULES)
        decoder.table(HoursLine, encode(replace(line, id=line.id or "x")))
        for fault in decoder.faults:
            self._fault(at, str(fault.path[0]) if fault.path else "", fault.message)
        return not decoder.faults

    def named(self) -> dict[date | None, tuple[HoursLine, ...]]:
        """The lines, each with an id of its own, by the day of their show.

        Raises:
            PlanError: if two rows of one show have the same id.
        """
        found: dict[date | None, list[HoursLine]] = {}
        written = {(row.day, row.line.id) for row in self.rows if row.line.id}
        for row in self.rows:
            lines = found.setdefault(row.day, [])
            taken = {line.id for line in lines} | {name for day, name in written if day == row.day}
            line = row.line if row.line.id else replace(row.line, id=self._id(row, taken))
            if row.line.id and any(one.id == line.id for one in lines):
                self._fault(row.at, "id", f"« {printable(line.id)} » y est deux fois : videz l'une des deux cellules")
            lines.append(line)
        if self.faults:
            raise PlanError(tuple(self.faults))
        return {day: tuple(lines) for day, lines in found.items()}

    def _id(self, row: _Row, taken: set[str]) -> str:
        """The id of the line that a row without one is, or a new one."""
        line = row.line
        for one in self.previous.get(row.day, ()):
            if one.id not in taken and (sort_key(one.name), one.task, one.date) == (
                sort_key(line.name),
                line.task,
                line.date,
            ):
                return one.id
        known = {one.id for one in self.previous.get(row.day, ())}
        return free_id(f"{line.name}-{line.task}" + (f"-{line.date}" if line.date else ""), taken | known)

    def _fault(self, at: int, key: str, message: str) -> None:
        self.faults.append(Fault(self.name, at, HEADINGS.get(key, ""), message))


def _cells(content: bytes, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    kind = file_kind(content)
    try:
        if kind == WORKBOOK:
            return read_workbook(content, _names_columns)
        text = decoded(content, _names_columns) if not kind else None
        if text is None:
            fault = kind or "ce fichier n'est ni du texte ni un classeur Excel : donnez un fichier CSV ou .xlsx"
            raise PlanError((Fault(name, 0, "", fault),))
        headings, rows = read_cells(text)
    except WorkbookFault as error:
        raise PlanError((Fault(name, 0, "", str(error)),)) from error
    except CellsError as error:
        message = "cette ligne n'est pas du CSV : il y a un guillemet de trop, ou il en manque un"
        raise PlanError((Fault(name, error.line, "", message),)) from error
    if len(rows) > MOST_ROWS:
        fault = f"ce fichier a plus de {MOST_ROWS} lignes : donnez-le en plusieurs fois"
        raise PlanError((Fault(name, rows[MOST_ROWS][0], "", fault),))
    return headings, rows


def _names_columns(line: str) -> bool:
    """Whether a line holds the headings of tasks and hours."""
    cells = {cell.strip(' "') for cell in sort_key(line).replace("\t", ";").replace(",", ";").split(";")}
    return {sort_key(HEADINGS["task"]), sort_key(HEADINGS["duration"])} <= cells


def _keys(headings: Sequence[str], name: str) -> list[str]:
    """The field of each column.

    Raises:
        PlanError: if a heading is none of ours, is there twice, or one is missing that must be there.
    """
    by_word = {sort_key(word): key for key, word in HEADINGS.items()}
    by_word |= {sort_key(word): key for word, key in _OTHER_WORDS.items()}
    keys: list[str] = []
    for heading in headings:
        word = sort_key(heading.strip())
        if word not in by_word:
            near = closest(word, by_word)
            hint = f"vouliez-vous « {near} » ?" if near else f"les colonnes sont {', '.join(HEADINGS.values())}"
            raise PlanError(
                (Fault(name, 1, "", f"« {printable(heading[:40])} » n'est pas une colonne des heures : {hint}"),)
            )
        if by_word[word] in keys:
            raise PlanError((Fault(name, 1, "", f"la colonne « {printable(heading[:40])} » y est deux fois"),))
        keys.append(by_word[word])
    missing = [HEADINGS[key] for key in _NEEDED if key not in keys]
    if missing:
        fault = f"il manque la colonne « {missing[0]} » : la première ligne nomme les colonnes"
        raise PlanError((Fault(name, 1, "", fault),))
    return keys
