"""``bobine importer --element``: one item's sound from elsewhere, and its own sound back."""

from __future__ import annotations

import argparse
import threading
from fractions import Fraction

from bobine.air.importing.takes import import_take, withdraw_take
from bobine.commands.console import Console
from bobine.commands.couper import position
from bobine.commands.places import Place
from bobine.errors import WorkspaceError
from bobine.evening.edits import aired_item, read_edited
from bobine.model.written.durations import clock
from bobine.store.records.edits import edits_path


def run(console: Console, place: Place, options: argparse.Namespace) -> int:
    """Give the item its sound, or its own back."""
    show = read_edited(place.folder, place.episode)
    edits_file = edits_path(place.folder.path)
    if options.retirer:
        return _withdraw(console, place, options.element)
    aired = aired_item(show, options.element)
    cancel = threading.Event()
    with console.progress() as progress:
        try:
            taken = import_take(
                aired.id,
                place.folder.recording,
                edits_file,
                options.files[0],
                start_s=position(options.start) if options.start else Fraction(0),
                end_s=position(options.end) if options.end else None,
                accept_damage=options.accept_damage,
                progress=lambda done: progress("Lecture et copie", done),
                cancel=cancel,
            )
        except KeyboardInterrupt:
            cancel.set()
            raise
    item = read_edited(place.folder, place.episode).item(aired.id)
    take = taken.take
    console.result(
        {
            "path": str(place.folder.recording / take.file),
            "item": item.id,
            "title": item.title,
            "aired_s": round(item.aired_s or 0, 3),
            "duration_s": round((take.end - take.start) / take.rate, 3),
            "notes": list(taken.notes),
        }
    )
    length = clock((take.end - take.start) / take.rate)
    console.say(
        f"« {item.title} » sera « {take.origin} » : {length}, au lieu de {clock(item.aired_s or 0)} à l'antenne."
    )
    for note in taken.notes:
        console.warn(note)
    console.say(f"Le reste ne change pas. Ensuite : bobine monter {place.folder.reference}")
    return 0


def _withdraw(console: Console, place: Place, item_id: str) -> int:
    had = withdraw_take(item_id, edits_path(place.folder.path))
    if had is None:
        raise WorkspaceError(f"« {item_id} » a déjà son propre son : rien à retirer.")
    item = read_edited(place.folder, place.episode).item(item_id)
    console.result({"item": item_id, "title": item.title, "withdrawn": had.file})
    console.say(
        f"« {item.title} » a de nouveau son propre son ; « {had.file} » reste dans recording/ jusqu'à une purge. "
        f"Ensuite : bobine monter {place.folder.reference}"
    )
    return 0
