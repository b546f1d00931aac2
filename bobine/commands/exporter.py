"""``bobine exporter``: a folder with all that the podcast needs to live elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.places import open_root
from bobine.commands.shown import show_named
from bobine.evening.moving.exporting import export_podcast
from bobine.french import size
from bobine.publish.moving.mirror import verified


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 if something was not there to be copied, or is not as the manifest says."""
    console = Console(as_json=options.json)
    if options.verifier:
        return _verify(console, options.dossier.absolute())
    workspace = open_root(options)
    show = show_named(workspace, options.emission)
    destination = workspace.destination(options.vers or show.podcast.destination)
    with console.progress() as progress:
        exported = export_podcast(
            workspace,
            show,
            destination,
            options.dossier.absolute(),
            options.nouvelle_adresse or "",
            lambda label, done, total: progress(label, done / max(total, 1)),
        )
    console.result(
        {
            "folder": str(exported.folder),
            "episodes": exported.episodes,
            "files": exported.files,
            "bytes": exported.bytes,
            "new_feed_url": exported.new_feed,
            "missing": exported.missing,
            "warnings": exported.warnings,
        }
    )
    told = f"{exported.episodes} épisode{'s' if exported.episodes > 1 else ''}"
    console.say(
        f"« {show.title} » : {told}, {exported.files} fichiers ({size(exported.bytes)}), vérifiés, dans "
        f"{exported.folder}."
    )
    for key in exported.missing:
        console.warn(f"« {key} » n'est plus à la destination, ni sur cet ordinateur : il manque à l'export.")
    for warning in exported.warnings:
        console.warn(warning)
    console.say(f"La suite, étape par étape : {exported.folder / 'LISEZ-MOI.md'}")
    return 1 if exported.missing else 0


def _verify(console: Console, folder: Path) -> int:
    """Compare an export, wherever it was carried, with its manifest."""
    wrong = verified(folder)
    console.result({"folder": str(folder), "ok": not wrong, "wrong": wrong})
    for path in wrong:
        console.warn(f"« {path} » manque, ou n'est plus comme le manifeste le dit : refaites l'export.")
    if not wrong:
        console.say(f"L'export {folder} est entier : chaque fichier est comme son manifeste le dit.")
    return 1 if wrong else 0
