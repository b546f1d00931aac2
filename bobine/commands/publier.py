"""``bobine publier``: put the episode online."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from bobine.commands.amended import interrupted
from bobine.commands.console import Console
from bobine.commands.places import now, open_episode
from bobine.errors import PublishError
from bobine.evening.corrections.amending import note_return
from bobine.evening.publishing import publish_episode
from bobine.store.records.releases import read_releases

_FIELDS = ("feed_url", "feed_path", "guid", "enclosure_url", "uploaded", "unchanged", "warnings")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    place = open_episode(options)
    name = options.vers or place.show.podcast.destination
    destination = place.workspace.destination(name)
    if place.episode.date in interrupted(console, place.workspace, place.show, (destination,)):
        raise PublishError("Son retrait vient d'être fini. Pour la remettre en ligne, publiez-la de nouveau.")
    before = read_releases(place.folder.release).get(name)
    with console.progress() as progress:
        published = publish_episode(
            place.workspace,
            place.show,
            place.episode,
            destination,
            now(),
            lambda label, done, total: progress(label, done / max(total, 1)),
        )
    if before is not None and before.release.withdrawn is not None:
        note_return(place.folder, name, now())
    console.result({key: value for key, value in asdict(published).items() if key in _FIELDS})
    if published.uploaded:
        console.say(f"En ligne vers « {name} » : {len(published.uploaded)} objets envoyés.")
        for key in published.uploaded:
            console.say(f"  + {key}")
    else:
        console.say(f"Rien à changer : tout est déjà en ligne vers « {name} ».")
    for key in published.removed:
        console.say(f"  − {key}")
    if published.new_podcast_guid:
        console.say(f"L'identité du podcast ({published.new_podcast_guid}) est notée pour toujours dans shows.toml.")
    for warning in published.warnings:
        console.warn(warning)
    if not published.conditional:
        console.warn(
            "ce stockage n'impose pas l'écriture conditionnelle : ne publiez pas depuis deux ordinateurs à la fois."
        )
    console.say(f"Flux du podcast : {published.feed_url}")
    return 0
