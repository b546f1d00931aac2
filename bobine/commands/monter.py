"""``bobine monter``: make the podcast's audio from the recording."""

from __future__ import annotations

import argparse
import threading
from typing import Any

from bobine.commands.console import Console
from bobine.commands.formats import chosen_formats
from bobine.commands.places import open_episode
from bobine.errors import WorkspaceError
from bobine.evening.mastering import Mastered, master_episode
from bobine.french import decimal, size
from bobine.model.published.master import Manifest, MasteredItem, MasterFile
from bobine.model.written.durations import clock
from bobine.store.workspace import EpisodeFolder


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if options.tout:
        from bobine.commands.monter_tout import run as run_all

        return run_all(options)
    _check(options)
    return master_one(options)


def master_one(options: argparse.Namespace) -> int:
    """Master the episode that ``options.episode`` names."""
    console = Console(as_json=options.json)
    place = open_episode(options)
    formats = chosen_formats(options.formats, place.show.sound)
    cancel = threading.Event()
    with console.progress() as progress:
        try:
            mastered = master_episode(place.show, place.episode, place.folder, formats, progress, cancel)
        except KeyboardInterrupt:
            cancel.set()
            raise
    console.result(as_json(mastered, place.folder))
    tell(console, mastered.manifest, place.folder)
    console.say(reuse_words(mastered))
    console.say(f"Montage prêt. Ensuite : bobine publier {place.episode.reference}")
    return 0


def _check(options: argparse.Namespace) -> None:
    """Refuse what goes with the whole archive only.

    Raises:
        WorkspaceError: if an option needs --tout.
        SystemExit: if no episode is named.
    """
    for name in ("emission", "coeurs", "grappe"):
        if getattr(options, name) is not None:
            raise WorkspaceError(f"--{name} ne va qu'avec --tout.")
    if options.episode is None:
        options.wrong_call("dites quelle émission monter, comme « bobine monter derniere », ou --tout pour toutes.")


def reuse_words(mastered: Mastered) -> str:
    """One French sentence about what was taken from the master before."""
    if mastered.unchanged:
        return "Rien n'a changé depuis le dernier montage : il est gardé tel quel."
    total = mastered.reused + mastered.encoded
    if not mastered.reused:
        return f"{_segments(total)} encodé{'s' if total > 1 else ''}."
    if not mastered.encoded:
        return f"Aucun segment à encoder : les {total} du montage précédent sont repris."
    rest = "les autres sont repris" if mastered.reused > 1 else "l'autre est repris"
    return (
        f"{_segments(mastered.encoded)} encodé{'s' if mastered.encoded > 1 else ''} sur {total} : "
        f"{rest} du montage précédent."
    )


def _segments(count: int) -> str:
    return f"{count} segment{'s' if count > 1 else ''}"


def as_json(mastered: Mastered, folder: EpisodeFolder) -> dict[str, Any]:
    """The result as JSON, for scripts."""
    manifest = mastered.manifest
    files = {file.format.value: _file_as_json(file, folder) for file in manifest.files}
    items = [
        {
            "id": item.id,
            "title": item.title,
            "start_s": item.start_s,
            "end_s": item.end_s,
            "gain_db": item.gain_db,
            "lufs_before": item.lufs_before,
            "lufs_after": item.lufs_after,
            "inside_spread_lu": item.inside_spread_lu,
            "treated": [kind.value for kind in item.treated],
            "kept": item.kept,
            "cuts": item.cuts,
            "cut_s": item.cut_s,
            "take": item.take or None,
        }
        for item in manifest.items
    ]
    return {**files, "items": items, "segments": {"reused": mastered.reused, "encoded": mastered.encoded}}


def _file_as_json(file: MasterFile, folder: EpisodeFolder) -> dict[str, Any]:
    path = folder.master / file.file
    return {
        "path": str(path),
        "bytes": path.stat().st_size,
        "integrated_lufs": file.integrated_lufs,
        "true_peak_dbtp": file.true_peak_dbtp,
        "lra_lu": file.lra_lu,
        "duration_s": file.duration_s,
    }


def tell(console: Console, manifest: Manifest, folder: EpisodeFolder) -> None:
    """Print the result: the items, the files, and the places to listen to again."""
    item_columns = (("Début", "right"), ("Élément", "left"), ("Gain", "right"), ("Avant", "right"), ("Après", "right"))
    rows = [
        (
            "coupé" if item.start_s is None else clock(item.start_s),
            f"{item.title} ({said})" if (said := item.reason or edited_words(item)) else item.title,
            f"{'+' if item.gain_db > 0 else ''}{decimal(item.gain_db)} dB" if item.kept else "",
            _level(item.lufs_before),
            _level(item.lufs_after),
        )
        for item in manifest.items
    ]
    console.table("Éléments (niveaux en LUFS)", item_columns, rows)
    columns = (("Fichier", "left"), ("Taille", "right"), ("Durée", "right"), ("LUFS", "right"), ("dBTP", "right"),
               ("LRA", "right"))  # fmt: skip
    console.table(
        "Fichiers, mesurés après décodage",
        columns,
        [
            (
                file.file,
                size((folder.master / file.file).stat().st_size),
                clock(file.duration_s),
                decimal(file.integrated_lufs),
                decimal(file.true_peak_dbtp),
                decimal(file.lra_lu),
            )
            for file in manifest.files
        ],
    )
    for hole in manifest.dead_air:
        titles = {item.id: item.title for item in manifest.items}
        where = f"à {clock(hole.recording_s)} de " + (f"« {hole.take} »" if hole.take else "l'enregistrement")
        console.warn(f"« {titles[hole.item]} » : blanc de {decimal(hole.duration_s)} s {where}.")
    for warning in manifest.warnings:
        console.warn(warning)


def edited_words(item: MasteredItem) -> str:
    """French words for the cuts in an item or the take in its place; empty if there are none."""
    parts = [f"remplacé par « {item.take} »"] if item.take else []
    if item.cuts:
        count = f" en {item.cuts} fois" if item.cuts > 1 else ""
        parts.append(f"coupé de {decimal(item.cut_s)} s{count}")
    return ", ".join(parts)


def _level(lufs: float | None) -> str:
    return "" if lufs is None else decimal(lufs)
