"""``bobine transcription``: attach the transcript of an episode, tell of the one that it has, or take it away."""

from __future__ import annotations

import argparse
from typing import Any

from bobine.commands.console import Console
from bobine.commands.places import Place, open_episode
from bobine.errors import BobineError, WorkspaceError
from bobine.evening.transcripts.attaching import attach_transcript
from bobine.evening.transcripts.going_out import heard_cues
from bobine.evening.transcripts.heard import heard_sound
from bobine.evening.transcripts.words import cues_told, doubts, replaced_told, told
from bobine.model.aired.transcript import Transcript
from bobine.store.records.manifests import read_manifest
from bobine.store.records.releases import read_releases
from bobine.store.records.transcripts import read_transcript, remove_transcript, transcript_path
from bobine.store.typed_paths import typed_path


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    place = open_episode(options)
    if options.retirer:
        if options.file is not None:
            raise WorkspaceError("--retirer enlève la transcription qu'il y a : il ne prend pas de fichier.")
        return _take_away(console, place)
    if options.file is None:
        return _show(console, place)
    attached = attach_transcript(place.folder, typed_path(str(options.file)))
    transcript = attached.transcript
    console.result(
        {
            **_as_json(place, transcript),
            "beyond": attached.beyond,
            "doubt": attached.doubt or None,
            "replaced": attached.replaced or None,
        }
    )
    console.say(f"Transcription {told(transcript)}.")
    if attached.replaced:
        console.say(replaced_told(attached))
    for sentence in doubts(attached):
        console.warn(sentence)
    console.say(_next(place))
    return 0


def _take_away(console: Console, place: Place) -> int:
    was = remove_transcript(transcript_path(place.folder.path))
    console.result({"episode": place.folder.reference, "removed": was})
    if not was:
        console.say(f"{place.folder.reference} n'a pas de transcription.")
        return 0
    console.say(f"{place.folder.reference} n'a plus de transcription.")
    console.say(_next(place))
    return 0


def _show(console: Console, place: Place) -> int:
    transcript = read_transcript(transcript_path(place.folder.path))
    if transcript is None:
        console.result({"episode": place.folder.reference, "cues": 0})
        console.say(
            f"{place.folder.reference} n'a pas de transcription. Donnez celle du son du podcast : bobine transcription "
            f"{place.folder.reference} FICHIER.vtt"
        )
        return 0
    try:
        sound = heard_sound(place.folder, read_manifest(place.folder.manifest))
        heard, why = len(heard_cues(transcript, sound, place.episode)), ""
    except BobineError as error:
        heard, why = 0, str(error)
    console.result({**_as_json(place, transcript), "heard": heard, "why": why or None})
    console.say(f"Transcription {told(transcript)}.")
    if why:
        console.warn(why)
    elif heard < len(transcript.cues):
        console.say(f"{cues_told(heard)} dans le son de maintenant ; le reste y a été coupé, remplacé ou écarté.")
    return 0


def _next(place: Place) -> str:
    """The command that puts the change online, in French."""
    reference = place.folder.reference
    if any(one.is_online for one in read_releases(place.folder.release).values()):
        return f'Ensuite : bobine corriger {reference} --motif "la transcription"'
    return f"Ensuite : bobine publier {reference}"


def _as_json(place: Place, transcript: Transcript) -> dict[str, Any]:
    return {
        "episode": place.folder.reference,
        "origin": transcript.origin,
        "cues": len(transcript.cues),
        "voices": list(transcript.voices),
    }
