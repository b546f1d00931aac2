"""``bobine importer``: attach a recording made anywhere to an episode."""

from __future__ import annotations

import argparse
import threading

from bobine.air.importer import import_recording
from bobine.commands.console import Console
from bobine.commands.places import open_episode
from bobine.model.as_run import MarksSource
from bobine.model.durations import clock


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    place = open_episode(options)
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
            "notes": list(imported.notes),
        }
    )
    rows = [
        (clock(aired.start / recording.rate), clock((aired.end - aired.start) / recording.rate), titles[aired.id])
        for aired in as_run.items
    ]
    source = "repères" if as_run.source is MarksSource.MARKS else "heures prévues, à vérifier"
    console.table(f"Éléments trouvés ({source})", (("Début", "right"), ("Durée", "right"), ("Élément", "left")), rows)
    for note in imported.notes:
        console.warn(note)
    console.say(f"Enregistrement rattaché. Ensuite : bobine monter {place.episode.reference}")
    return 0
