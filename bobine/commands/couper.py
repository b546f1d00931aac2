"""``bobine couper``: cut a cough, a hole or a sentence out of an item; list what is cut; give it back."""

from __future__ import annotations

import argparse
from fractions import Fraction
from typing import Any

from bobine.commands.console import Console
from bobine.commands.places import Place, open_episode
from bobine.errors import WorkspaceError
from bobine.evening.edits import (
    CutRow,
    CutState,
    EditedShow,
    ItemEdits,
    aired_item,
    cut_item,
    give_back,
    read_edited,
)
from bobine.french import decimal
from bobine.model.written.durations import clock
from bobine.model.written.positions import parse_position

ALL = "tout"


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    place = open_episode(options)
    if options.rendre is not None:
        return _give_back(console, place, options)
    if options.start is None:
        return _list(console, place, options.item)
    if options.end is None:
        raise WorkspaceError("Une coupe a un début et une fin : bobine couper ÉMISSION ID 1:23,4 1:31")
    row = cut_item(place.folder, place.episode, options.item, position(options.start), position(options.end))
    item = read_edited(place.folder, place.episode).item(options.item)
    console.result({"episode": place.folder.reference, "cut": _cut_as_json(row, item), "item": _as_json(item)})
    length = (row.end_s or 0) - (row.start_s or 0)
    console.say(f"« {item.title} » : coupé de {row.words} ({decimal(length, 2)} s, coupe {row.number}).")
    console.say(f"L'enregistrement n'a pas changé. Ensuite : bobine monter {place.folder.reference}")
    return 0


def position(text: str) -> Fraction:
    """A position given on the command line.

    Raises:
        WorkspaceError: if it is none.
    """
    try:
        return parse_position(text)
    except ValueError as error:
        raise WorkspaceError(f"{error}.") from error


def _give_back(console: Console, place: Place, options: argparse.Namespace) -> int:
    if options.item is None or options.start is not None:
        raise WorkspaceError(f"Rendre une coupe : bobine couper ÉMISSION ID --rendre N, ou --rendre {ALL}")
    which = _number(options.rendre) if options.rendre != ALL else None
    gone = give_back(place.folder, options.item, which)
    item = read_edited(place.folder, place.episode).item(options.item)
    console.result({"episode": place.folder.reference, "given_back": len(gone), "item": _as_json(item)})
    what = "La coupe est rendue" if len(gone) == 1 else f"Les {len(gone)} coupes sont rendues"
    console.say(f"« {item.title} » : {what[0].lower()}{what[1:]}. Ensuite : bobine monter {place.folder.reference}")
    return 0


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise WorkspaceError(f"--rendre prend le numéro d'une coupe, comme 1, ou « {ALL} ».")
    return int(text)


def _list(console: Console, place: Place, item_id: str | None) -> int:
    show = read_edited(place.folder, place.episode)
    if item_id is not None and item_id not in {one.id for one in show.edited}:
        aired_item(show, item_id)
    items = show.edited if item_id is None else (show.item(item_id),)
    console.result({"episode": place.folder.reference, "items": [_as_json(item) for item in items]})
    _tell(console, show, items)
    return 0


def _tell(console: Console, show: EditedShow, items: tuple[ItemEdits, ...]) -> None:
    rows = []
    for item in items:
        if item.take is not None:
            rows.append(("", "", _length(item.kept_s), f"{item.title} ({item.id}) : {_take_words(item)}"))
        rows += [
            (
                str(row.number),
                row.words,
                _cut_length(row),
                f"{item.title} ({item.id})" + (f" : {row.why}" if row.why else ""),
            )
            for row in item.cuts
        ]
    if not rows:
        ids = ", ".join(one.id for one in show.as_run.items)
        console.say("Rien n'est coupé ni remplacé." + (f" Les éléments : {ids}." if len(items) != 1 else ""))
        return
    columns = (("N°", "right"), ("Dans l'élément", "right"), ("Durée", "right"), ("Élément", "left"))
    console.table("Coupé ou remplacé", columns, rows)
    if any(row.state is CutState.MISFIT for item in items for row in item.cuts):
        console.warn(
            "une coupe ne va pas avec l'enregistrement : rendez-la, puis refaites-la si elle est encore utile."
        )


def _take_words(item: ItemEdits) -> str:
    return f"remplacé par « {item.take.origin or item.take.file} »" if item.take is not None else ""


def _cut_length(row: CutRow) -> str:
    return "" if row.start_s is None or row.end_s is None else f"{decimal(row.end_s - row.start_s, 2)} s"


def _length(seconds: float | None) -> str:
    return "" if seconds is None else clock(seconds)


def _as_json(item: ItemEdits) -> dict[str, Any]:
    take = item.take
    return {
        "id": item.id,
        "title": item.title,
        "aired_s": _rounded(item.aired_s),
        "kept_s": _rounded(item.kept_s),
        "take": None
        if take is None
        else {
            "file": take.file,
            "origin": take.origin,
            "start_s": _rounded(take.start / take.rate),
            "end_s": _rounded(take.end / take.rate),
        },
        "cuts": [_cut_as_json(row, item) for row in item.cuts],
    }


def _cut_as_json(row: CutRow, item: ItemEdits) -> dict[str, Any]:
    return {
        "item": item.id,
        "n": row.number,
        "start_s": _rounded(row.start_s),
        "end_s": _rounded(row.end_s),
        "state": row.state.value,
        "why": row.why,
    }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
