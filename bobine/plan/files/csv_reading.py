"""Read a rundown back from a spreadsheet, as strictly as the plan is read; every fault is told with its line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bobine.errors import Fault, PlanError, unforeseen_as
from bobine.french import printable, sort_key
from bobine.model.episode import Item
from bobine.model.fields.field import FieldType
from bobine.model.fields.item import ITEM
from bobine.model.people import Person
from bobine.plan.editing.ids import free_id
from bobine.plan.files.workbook import MOST_ROWS, WorkbookFault, read_workbook
from bobine.plan.sheet.spreadsheet.cell_forms import CellFault, read_cell
from bobine.plan.sheet.spreadsheet.cells import CellsError, read_cells
from bobine.plan.sheet.spreadsheet.csv import COLUMNS
from bobine.plan.sheet.spreadsheet.file_kinds import WORKBOOK, decoded, file_kind
from bobine.plan.sheet.spreadsheet.hours import Reading, settled
from bobine.store.codec.decode import Decoder
from bobine.store.codec.encode import encode
from bobine.store.codec.keys import KeyFault
from bobine.store.codec.spelling import closest
from bobine.store.rules.crosschecks import episode_faults
from bobine.store.rules.tables import RULES

_REQUIRED = ("title", "kind", "duration")
_UNNAMED = ""
_HEADINGS = {field.name: field.cell.heading for field in ITEM.values() if field.cell is not None}


def read_csv(
    content: bytes,
    name: str,
    people: Sequence[Person],
    chroniques: Collection[str],
    previous: Sequence[Item] = (),
    *,
    slot: timedelta = timedelta(days=1),
    reading: Reading | None = None,
) -> tuple[Item, ...]:
    """Read the items of a CSV file, or of an Excel workbook.

    Hours and back times are not read: they follow from the durations. A row without an ``id`` is the item of
    ``previous`` that has its title, if that is still free; else it gets one from its title. Values that the
    file has no column for are kept from the item of the same id.

    Args:
        content: the file.
        name: how to call it in messages.
        people: who may be named, by id or by name.
        chroniques: ids of the show's chroniques.
        previous: the items that the new ones replace.
        slot: how long the show is.
        reading: what 04:30:00 means as a duration, where that may be doubted.

    Raises:
        PlanError: if the file cannot be read as it stands; lists every fault, with its line and its column.
        UnclearDurationsError: if durations may be hours or minutes, and ``reading`` does not say.
    """
    told = "ce fichier contient quelque chose d'impossible à lire : enregistrez-le à nouveau depuis le tableur"
    with unforeseen_as(lambda: _whole(name, 0, told)):
        return _items(content, name, people, chroniques, previous, slot, reading)


def _items(
    content: bytes,
    name: str,
    people: Sequence[Person],
    chroniques: Collection[str],
    previous: Sequence[Item],
    slot: timedelta,
    reading: Reading | None,
) -> tuple[Item, ...]:
    headings, rows = _cells(content, name)
    keys = _keys(headings, name)
    reader = _Reader(name, people, previous)
    written = [(line, reader.row(line, cells, keys)) for line, cells in rows]
    written = list(zip([line for line, _ in rows], settled(name, written, slot, reading), strict=True))
    _name_again([row for _, row in written], previous)
    tables = [reader.table(line, row, keys) for line, row in written]
    if not tables:
        raise _whole(name, 0, "ce fichier n'a aucun élément : une ligne par élément était attendue sous les titres")
    _give_ids(tables)
    decoder = Decoder(RULES)
    items = [decoder.table(Item, table, ("items", index)) for index, table in enumerate(tables)]
    raw = {"people": [{"id": person.id} for person in people], "items": tables}
    faults = [*reader.faults, *_located([*decoder.faults, *episode_faults(raw, chroniques)], name, rows, reader)]
    found = tuple(item for item in items if item is not None)
    if faults or len(found) < len(items):
        raise PlanError(tuple(sorted(faults, key=lambda fault: fault.line)))
    return found


def with_absent(found: Sequence[Item], previous: Sequence[Item]) -> tuple[Item, ...]:
    """The items of a file, with earlier items that it does not hold, each after the one that it followed."""
    items = list(found)
    ids = [item.id for item in items]
    for place, item in enumerate(previous):
        if item.id not in ids:
            at = ids.index(previous[place - 1].id) + 1 if place else 0
            items.insert(at, item)
            ids.insert(at, item.id)
    return tuple(items)


def _whole(name: str, line: int, message: str) -> PlanError:
    return PlanError((Fault(name, line, "", message),))


def _cells(content: bytes, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    kind = file_kind(content)
    try:
        if kind == WORKBOOK:
            return read_workbook(content, _names_columns)
        text = decoded(content, _names_columns) if not kind else None
        if text is None:
            raise _whole(name, 0, kind or "ce fichier n'est ni du texte ni un classeur Excel : donnez un fichier CSV "
                         "ou .xlsx")  # fmt: skip
        headings, rows = read_cells(text)
    except WorkbookFault as error:
        raise _whole(name, 0, str(error)) from error
    except CellsError as error:
        message = "cette ligne n'est pas du CSV : il y a un guillemet de trop, ou il en manque un"
        raise _whole(name, error.line, message) from error
    if len(rows) > MOST_ROWS:
        raise _whole(
            name, rows[MOST_ROWS][0], f"ce fichier a plus de {MOST_ROWS} lignes : un conducteur n'en a pas tant"
        )
    return headings, rows


def _names_columns(line: str) -> bool:
    """Whether a line holds the heading of the items' titles, in one cell of its own."""
    plain = sort_key(line)
    cells = (cell.strip(' "') for cell in plain.replace("\t", ";").replace(",", ";").split(";"))
    return sort_key(_HEADINGS["title"]) in cells


def _keys(headings: Sequence[str], name: str) -> list[str | None]:
    """The field of each column: None for one that is worked out, ``_UNNAMED`` for one without a heading."""
    by_name = {_plain(column.heading): column.field.name if column.field else None for column in COLUMNS}
    former = {_plain(name): column.field.name for column in COLUMNS if column.field for name in column.former}
    keys: list[str | None] = []
    for heading in headings:
        plain = _plain(heading)
        if not plain:
            keys.append(_UNNAMED)
            continue
        if plain not in by_name | former:
            near = closest(plain, by_name)
            hint = f"vouliez-vous « {near} » ?" if near else f"les colonnes sont {', '.join(by_name)}"
            raise _whole(name, 1, f"« {printable(heading[:40])} » n'est pas une colonne du conducteur : {hint}")
        key = (by_name | former)[plain]
        if key is not None and key in keys:
            raise _whole(name, 1, f"la colonne « {printable(heading[:40])} » y est deux fois")
        keys.append(key)
    missing = [_HEADINGS[key] for key in _REQUIRED if key not in keys]
    if missing:
        raise _whole(name, 1, f"il manque la colonne « {missing[0]} » : la première ligne nomme les colonnes")
    return keys


def _plain(heading: str) -> str:
    return sort_key(heading.partition("(")[0]).replace("’", "'").strip()


class _Reader:
    """Turns cells into tables of the plan's values, and collects what is wrong with them.

    Attributes:
        faults: what was wrong so far.
        broken: pairs of a line and a field that have their fault already.
    """

    def __init__(self, name: str, people: Sequence[Person], previous: Sequence[Item]) -> None:
        self.faults: list[Fault] = []
        self.broken: set[tuple[int, str]] = set()
        self._name = name
        self._people = {person.id: person.id for person in people}
        for person in people:
            self._people.setdefault(sort_key(person.name), person.id)
        self._previous = {item.id: item for item in previous}

    def row(self, line: int, cells: Sequence[str], keys: Sequence[str | None]) -> dict[str, str]:
        """A row's cells by field; cells under no heading must be empty."""
        width = len(keys)
        if any(cell.strip() for cell in cells[width:]):
            self._fault(line, "", "cette ligne a plus de cellules que la première n'a de titres")
        elif any(cell.strip() for key, cell in zip(keys, cells, strict=False) if key == _UNNAMED):
            self._fault(
                line, "", "une cellule est remplie sous une colonne sans titre : donnez-lui un titre ou videz-la"
            )
        return {key: cell for key, cell in zip(keys, cells, strict=False) if key}

    def table(self, line: int, written: Mapping[str, str], keys: Sequence[str | None]) -> dict[str, Any]:
        """The item of one row, as the plan would hold it."""
        before = self._previous.get(written.get("id", "").strip())
        kept = {} if before is None else encode(before, sparse=True)
        table = {key: value for key, value in kept.items() if key not in keys}
        for key, cell in written.items():
            if not cell.strip():
                if key in _REQUIRED:
                    self._fault(line, key, "cette cellule est vide : remplissez-la")
                continue
            try:
                table[key] = self._value(key, cell)
            except CellFault as fault:
                self._fault(line, key, str(fault))
        for key in _REQUIRED:
            if key not in table and (line, key) not in self.broken:
                self._fault(line, key, "cette cellule manque")
        return table

    def _fault(self, line: int, key: str, message: str) -> None:
        self.broken.add((line, key))
        self.faults.append(Fault(self._name, line, _HEADINGS.get(key, ""), message))

    def _value(self, key: str, cell: str) -> Any:
        value = read_cell(ITEM[key], cell)
        if ITEM[key].holds is FieldType.PEOPLE:
            return [self._people.get(sort_key(name), name) for name in value]
        return value


def _name_again(rows: Sequence[dict[str, str]], previous: Sequence[Item]) -> None:
    """Give each row without an id the id of the earlier item of the same title, unless another row names it."""
    named = {row.get("id", "").strip() for row in rows}
    free = [item for item in previous if item.id not in named]
    for row in rows:
        if not row.get("id", "").strip():
            title = sort_key(row.get("title", "").strip())
            found = next((item for item in free if sort_key(item.title) == title), None)
            if found is not None:
                row["id"] = found.id
                free.remove(found)


def _give_ids(tables: list[dict[str, Any]]) -> None:
    """Give an id of its own to each item that has none: its title's, with a number where that is taken."""
    taken = {str(table["id"]) for table in tables if "id" in table}
    for table in tables:
        if "id" not in table:
            table["id"] = free_id(str(table.get("title", "")), taken)
            taken.add(table["id"])


def _located(
    faults: Sequence[KeyFault], name: str, rows: Sequence[tuple[int, list[str]]], reader: _Reader
) -> list[Fault]:
    """The plan's faults, at the lines and under the headings of the file; a cell is told once."""
    located = []
    for fault in faults:
        _, index, *rest = fault.path
        line = rows[int(index)][0]
        key = str(rest[0]) if rest else ""
        if (line, key) not in reader.broken:
            located.append(Fault(name, line, _HEADINGS.get(key, key), fault.message))
    return located
