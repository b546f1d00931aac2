"""Read and write ``edits.toml``: the cuts and retakes made in an episode's sound after the show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from bobine.model.aired.edits import NO_EDITS, Cut, Edits, Take, WithdrawnItem, overlaps
from bobine.model.written.positions import format_position
from bobine.store.codec.decode import Rules
from bobine.store.codec.encode import encode
from bobine.store.files import locked
from bobine.store.records.derived import read_derived, safe_text, write_document
from bobine.store.rules import texts
from bobine.store.toml.write import toml_table

_HEADER = (
    "Écrit par « bobine couper », « bobine importer --element » et « bobine retirer --element » : ce qui est coupé, "
    "remplacé ou retiré dans les éléments. "
    "L'enregistrement n'est jamais touché."
)


def edits_path(episode_folder: Path) -> Path:
    """``edits.toml`` in an episode's folder."""
    return episode_folder / "edits.toml"


def read_edits(path: Path) -> Edits:
    """Read the edits of an episode; none where there is no file.

    Raises:
        PlanError: if the file cannot be read as it stands.
    """
    try:
        return read_derived(path, Edits, _RULES)
    except FileNotFoundError:
        return NO_EDITS


def change_edits(path: Path, change: Callable[[Edits], Edits]) -> Edits:
    """Change the edits of an episode: a function of their newest state, under the file's lock.

    Returns:
        The edits as they are now; where nothing changed, nothing is written.

    Raises:
        PlanError: if the file cannot be read as it stands: nothing is changed.
        WorkspaceError: if another program is writing it.
        DiskError: if the disk is full or the place cannot be written: nothing is changed.
        BobineError: what ``change`` raises.
    """
    with locked(path):
        found = read_edits(path)
        edits = change(found)
        if edits != found:
            _write(path, edits)
    return edits


def _write(path: Path, edits: Edits) -> None:
    """Write the edits, each cut with its length, and each take with its name, in a comment."""
    import tomlkit

    document = tomlkit.document()
    for key, rows in (("takes", edits.takes), ("cuts", edits.cuts)):
        tables = tomlkit.aot()
        for row in rows:
            table = toml_table(encode(row))
            for name in ("start", "end"):
                table[name].comment(format_position(Fraction(getattr(row, name), row.rate)))
            tables.append(table)
        if rows:
            document.add(key, tables)
    if edits.withdrawn:
        document.add("withdrawn", toml_table({"rows": [encode(row) for row in edits.withdrawn]})["rows"])
    write_document(path, document, _HEADER)


def _edits(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    takes, cuts = fields.get("takes", ()), fields.get("cuts", ())
    if len({take.item for take in takes}) < len(takes):
        yield "takes", "un élément y a deux sons de remplacement"
    withdrawn = fields.get("withdrawn", ())
    if len({one.item for one in withdrawn}) < len(withdrawn):
        yield "withdrawn", "un élément y est retiré deux fois"
    for one, _ in overlaps(cuts):
        yield "cuts", f"deux coupes de « {one.item} » se recouvrent : enlevez l'une des deux"


def _cut(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    start, end = fields.get("start"), fields.get("end")
    if start is not None and end is not None and end <= start:
        yield "end", "la fin n'est pas après le début"


def _take(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _cut(fields)
    end, samples = fields.get("end"), fields.get("samples")
    if end is not None and samples is not None and end > samples:
        yield "end", "cela finit après le fichier"


_RULES = Rules(
    text=safe_text,
    fields={
        (Cut, "item"): texts.slug,
        (Cut, "rate"): texts.at_least(1),
        (Cut, "start"): texts.at_least(0),
        (Take, "item"): texts.slug,
        (Take, "file"): texts.file_name,
        (Take, "rate"): texts.at_least(1),
        (Take, "channels"): texts.at_least(1),
        (Take, "samples"): texts.at_least(1),
        (WithdrawnItem, "item"): texts.slug,
        (Take, "start"): texts.at_least(0),
    },
    tables={Edits: _edits, Cut: _cut, Take: _take},
)
