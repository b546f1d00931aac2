"""``bobine importer``: attach a recording made anywhere, in one file or in several, to an episode."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bobine.air.importing.importer import Imported, import_recording
from bobine.air.importing.placed import Aligned
from bobine.air.importing.remarks_of_items import told
from bobine.commands.console import Console
from bobine.commands.places import Place, now, open_episode
from bobine.errors import SoundError, WorkspaceError
from bobine.evening.attaching import (
    aligned_sentence,
    attach_pads,
    file_lines,
    found_by,
    found_rows,
    sound_files,
    why_not_of,
)
from bobine.evening.edits import faults as edit_faults
from bobine.french import sort_key, typeset


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    place = open_episode(options)
    if _is_about_an_item(options):
        from bobine.commands import element_sound  # edits are slow to import, and most imports are of a whole show

        return element_sound.run(console, place, options)
    _check(options)
    files = sound_files(options.files)
    _ask_whether_of(place, files, options)
    cancel = threading.Event()
    with console.progress() as progress:

        def tell(done: float) -> None:
            progress("Lecture et copie", done)

        try:
            if options.pad:
                imported = attach_pads(
                    place.episode, place.folder, without=options.accept_damage, progress=tell, cancel=cancel
                )
            else:
                imported = import_recording(
                    place.episode,
                    place.folder.recording,
                    files,
                    options.reperes,
                    accept_damage=options.accept_damage,
                    removes_hum=place.show.sound.remove_hum,
                    progress=tell,
                    cancel=cancel,
                )
        except KeyboardInterrupt:
            cancel.set()
            raise
    faults = edit_faults(place.folder, place.episode)
    console.result(as_json(imported, place, faults))
    console.table(
        f"Éléments trouvés ({found_by(imported)})",
        (("Début", "right"), ("Durée", "right"), ("Élément", "left")),
        found_rows(imported, place.episode),
    )
    if imported.aligned is not None:
        console.say(aligned_sentence(imported.aligned))
    for line in file_lines(imported):
        console.say(line)
    for note in (*told(imported.remarks), *imported.notes, *faults):
        console.warn(note)
    console.say(f"Enregistrement rattaché. Ensuite : bobine monter {place.episode.reference}")
    return 0


def as_json(imported: Imported, place: Place, faults: Sequence[str]) -> dict[str, Any]:
    """Result of an import for a script; ``faults`` says which cuts and takes no longer fit."""
    recording = imported.as_run.recording
    titles = {item.id: item.title for item in place.episode.items}
    folder = place.folder.recording
    return {
        "path": str(folder / recording.file),
        "files": [
            {
                "path": str(folder / part.file),
                "starts_s": round(part.start / recording.rate, 6),
                "duration_s": round(part.samples / recording.rate, 6),
            }
            for part in recording.parts
        ],
        "others": [{"path": str(folder / one.file), "bytes": one.bytes} for one in imported.others],
        "duration_s": round(recording.samples / recording.rate, 3),
        "rate": recording.rate,
        "channels": recording.channels,
        "source": imported.as_run.source.value,
        "items": [
            {
                "id": aired.id,
                "title": titles[aired.id],
                "start_s": round(aired.start / recording.rate, 3),
                "end_s": round(aired.end / recording.rate, 3),
            }
            for aired in imported.as_run.items
        ],
        "alignment": _alignment(imported.aligned),
        "remarks": [
            {"kind": remark.kind.value, "item": remark.item or None, "at_s": remark.at_s, "text": remark.text}
            for remark in imported.remarks
        ],
        "notes": [*(remark.text for remark in imported.remarks), *imported.notes, *faults],
    }


def _is_about_an_item(options: argparse.Namespace) -> bool:
    """Whether the options of ``importer`` are about one item; refuses those that make no sense without or with it.

    Raises:
        WorkspaceError: if they do not go together.
    """
    if options.element is None:
        if options.retirer or options.start or options.end:
            raise WorkspaceError("--retirer, --de et --a vont avec --element : écrivez l'id de l'élément.")
        return False
    if options.reperes is not None:
        raise WorkspaceError("--reperes ne va pas avec --element : le son d'un élément n'a pas de repères.")
    if options.retirer and (options.files or options.start or options.end):
        raise WorkspaceError("--retirer rend à l'élément son propre son : n'écrivez ni fichier, ni --de, ni --a.")
    if not options.retirer and len(options.files) != 1:
        raise WorkspaceError("--element prend un fichier : bobine importer ÉMISSION FICHIER --element ID")
    return True


def _check(options: argparse.Namespace) -> None:
    """Refuse options that contradict one another, or that say nothing.

    Raises:
        WorkspaceError: if they do.
    """
    if options.pad and (options.files or options.reperes):
        raise WorkspaceError("--pad fait l'enregistrement des PAD du conducteur : ne donnez ni fichier ni repères.")
    if not options.pad and not options.files:
        raise WorkspaceError("Donnez le fichier de l'enregistrement, ou --pad si l'émission est faite de ses PAD.")


def _ask_whether_of(place: Place, files: Sequence[Path], options: argparse.Namespace) -> None:
    """Ask about a recording that cannot be of that show, by its dates; where nobody is there to answer, refuse it.

    Raises:
        SoundError: if it is refused.
    """
    why = "" if options.accept_damage else why_not_of(place.show, place.episode, files, now())
    if not why or (not options.json and sys.stdin.isatty() and _says_yes(why)):
        return
    raise SoundError(f"{why} Rien n'est rattaché. Si c'est bien le sien : --quand-meme.")


def _says_yes(why: str) -> bool:
    print(typeset(f"{why} Est-ce bien son enregistrement ? Écrivez « oui »."), flush=True)  # noqa: T201
    try:
        return sort_key(input("> ").strip()) == "oui"
    except (EOFError, KeyboardInterrupt):
        return False


def _alignment(aligned: Aligned | None) -> dict[str, Any] | None:
    if aligned is None:
        return None
    found = aligned.alignment
    return {
        "with": aligned.file,
        "offset_s": round(found.offset_s, 3),
        "drift_ppm": None if found.drift is None else round(found.drift * 1e6, 1),
        "agreement": round(found.agreement, 3),
    }
