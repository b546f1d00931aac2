"""``bobine publier``: put the episode online."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from bobine.commands.amended import interrupted
from bobine.commands.console import Console
from bobine.commands.places import Place, now, open_episode
from bobine.commands.progress_words import PublicationProgress
from bobine.errors import PublishError
from bobine.evening.corrections.amending import note_return
from bobine.evening.online.live_item import follow, tell_once
from bobine.evening.publishing import publish_episode
from bobine.model.destination import Destination
from bobine.publish.feed.live_item import LiveStatus
from bobine.store.records.releases import read_releases

_FIELDS = ("feed_url", "feed_path", "guid", "enclosure_url", "pages", "uploaded", "unchanged", "warnings")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    place = open_episode(options)
    name = options.vers or place.show.podcast.destination
    destination = place.workspace.destination(name)
    if options.direct:
        return _tell_live(console, place, destination, follows=options.suivre)
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
            PublicationProgress(progress),
            before_air=options.avant_l_antenne,
        )
    if before is not None and before.release.withdrawn is not None:
        note_return(place.folder, name, now())
    console.result({key: value for key, value in asdict(published).items() if key in _FIELDS})
    if published.uploaded:
        count = len(published.uploaded)
        console.say(
            f"En ligne vers « {name} » : {count} objet{'s' if count > 1 else ''} envoyé{'s' if count > 1 else ''}."
        )
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
    console.say(f"Page de l'épisode : {published.pages[0]}")
    console.say(f"Flux du podcast : {published.feed_url}")
    return 0


def _tell_live(console: Console, place: Place, destination: Destination, *, follows: bool) -> int:
    """Bring the live item of the feed up to date, once or until the slot ends."""
    if not place.show.station.stream:
        console.warn("aucun direct n'est annoncé : donnez l'adresse du son de la radio (stream, dans shows.toml).")
        return 1
    if follows:
        follow(place.workspace, place.show, destination, place.episode.date, now)
    item, written = tell_once(place.workspace, place.show, destination, now())
    console.result({"status": item.status.value if item is not None else None, "written": written})
    words = "Aucun direct n'est prévu" if item is None else f"« {item.title} » est {_STATUSES[item.status]}"
    console.say(f"{words}{'' if written else ' : le flux le disait déjà'}.")
    return 0


_STATUSES = {LiveStatus.PENDING: "annoncé", LiveStatus.LIVE: "en cours", LiveStatus.ENDED: "fini"}
