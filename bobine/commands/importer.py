"""``bobine importer``: attach a recording made anywhere to an episode."""

from __future__ import annotations

import argparse
import sys
import threading
from typing import Any
from zoneinfo import ZoneInfo

from bobine.air.importer import import_recording
from bobine.air.placing import Aligned
from bobine.air.recorded_when import doubt, recorded_when
from bobine.commands import element_sound
from bobine.commands.console import Console
from bobine.commands.places import Place, now, open_episode
from bobine.errors import SoundError, WorkspaceError
from bobine.evening.edits import faults as edit_faults
from bobine.french import decimal, sort_key, typeset
from bobine.model.as_run import MarksSource
from bobine.model.durations import clock

_DRIFT_WORTH_SAYING_PPM = 5


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    place = open_episode(options)
    if element_sound.is_asked(options):
        return element_sound.run(console, place, options)
    if options.file is None:
        raise WorkspaceError("Il manque le fichier : bobine importer ÉMISSION FICHIER")
    _ask_whether_of(place, options)
    cancel = threading.Event()
    with console.progress() as progress:
        try:
            imported = import_recording(
                place.episode,
                place.folder.recording,
                options.file,
                options.reperes,
                accept_damage=options.accept_damage,
                progress=lambda done: progress("Lecture et copie", done),
                cancel=cancel,
            )
        except KeyboardInterrupt:
            cancel.set()
            raise
    as_run = imported.as_run
    notes = (*imported.notes, *edit_faults(place.folder, place.episode))
    recording = as_run.recording
    titles = {item.id: item.title for item in place.episode.items}
    console.result(
        {
            "path": str(place.folder.recording / recording.file),
            "duration_s": round(recording.samples / recording.rate, 3),
            "rate": recording.rate,
            "channels": recording.channels,
            "source": as_run.source.value,
            "items": [
                {
                    "id": aired.id,
                    "title": titles[aired.id],
                    "start_s": round(aired.start / recording.rate, 3),
                    "end_s": round(aired.end / recording.rate, 3),
                }
                for aired in as_run.items
            ],
            "alignment": _as_json(imported.aligned),
            "notes": list(notes),
        }
    )
    rows = [
        (clock(aired.start / recording.rate), clock((aired.end - aired.start) / recording.rate), titles[aired.id])
        for aired in as_run.items
    ]
    source = "repères" if as_run.source is MarksSource.MARKS else "heures prévues, à vérifier"
    console.table(f"Éléments trouvés ({source})", (("Début", "right"), ("Durée", "right"), ("Élément", "left")), rows)
    if imported.aligned is not None:
        console.say(_sentence(imported.aligned))
    for note in notes:
        console.warn(note)
    console.say(f"Enregistrement rattaché. Ensuite : bobine monter {place.episode.reference}")
    return 0


def _ask_whether_of(place: Place, options: argparse.Namespace) -> None:
    """Ask about a recording that cannot be of that show, by its dates; where nobody is there to answer, refuse it.

    Raises:
        SoundError: if it is refused.
    """
    found = None if options.accept_damage else recorded_when(options.file)
    if found is None:
        return
    slot = place.show.slot
    why = doubt(found, slot.bounds(place.episode.date), ZoneInfo(slot.timezone), now())
    if not why or (not options.json and sys.stdin.isatty() and _says_yes(why)):
        return
    raise SoundError(f"{why} Rien n'est rattaché. Si c'est bien le sien : --quand-meme.")


def _says_yes(why: str) -> bool:
    print(typeset(f"{why} Est-ce bien son enregistrement ? Écrivez « oui »."), flush=True)  # noqa: T201
    try:
        return sort_key(input("> ").strip()) == "oui"
    except (EOFError, KeyboardInterrupt):
        return False


def _as_json(aligned: Aligned | None) -> dict[str, Any] | None:
    if aligned is None:
        return None
    found = aligned.alignment
    return {
        "with": aligned.file,
        "offset_s": round(found.offset_s, 3),
        "drift_ppm": None if found.drift is None else round(found.drift * 1e6, 1),
        "agreement": round(found.agreement, 3),
    }


def _sentence(aligned: Aligned) -> str:
    found = aligned.alignment
    what = "l'enregistrement de l'antenne" if aligned.own else "l'enregistrement déjà rattaché"
    drift = 0.0 if found.drift is None else found.drift * 1e6
    said = f", dérive {_signed(drift, 0)} ppm" if abs(drift) >= _DRIFT_WORTH_SAYING_PPM else ""
    return f"Calé sur {what} : décalage {_signed(found.offset_s, 2)} s{said}, accord {decimal(found.agreement, 2)}."


def _signed(value: float, digits: int) -> str:
    text = decimal(value, digits)
    return text if text.startswith("−") else f"+{text}"
