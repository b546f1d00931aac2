"""``bobine publier``: put the episode online."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from bobine.commands.amended import interrupted, tell_failures
from bobine.commands.console import Console
from bobine.commands.held import held_episode, let_out
from bobine.commands.places import Place, now, open_episode
from bobine.commands.progress_words import PublicationProgress
from bobine.errors import PublishError, WorkspaceError
from bobine.evening.corrections.amending import note_return
from bobine.evening.online.destinations import AtEach, at_each, destinations_of
from bobine.evening.online.everywhere import publish_everywhere
from bobine.evening.online.letting_out import moment_words
from bobine.evening.online.live_item import follow, tell_once
from bobine.evening.publishing import Published, publish_episode
from bobine.model.destination import Destination
from bobine.model.show import Show
from bobine.publish.feed.live_item import LiveStatus
from bobine.store.records.releases import read_releases

_FIELDS = ("feed_url", "feed_path", "guid", "enclosure_url", "pages", "uploaded", "unchanged", "warnings")


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 if one of several destinations failed."""
    console = Console(as_json=options.json)
    if options.dus:
        return let_out(console, options)
    if options.episode is None:
        raise WorkspaceError("Dites quelle émission publier, comme « bobine publier derniere », ou --dus.")
    place = open_episode(options)
    destinations = destinations_of(place.workspace, place.show, options.vers)
    if options.le is not None:
        place = replace(place, episode=held_episode(place, options.le, destinations))
    if options.direct:
        return _tell_live(console, place, destinations, follows=options.suivre)
    if place.episode.date in interrupted(console, place.workspace, place.show, destinations):
        raise PublishError("Son retrait vient d'être fini. Pour la remettre en ligne, publiez-la de nouveau.")
    with console.progress() as progress:

        def publish_at(show: Show, destination: Destination) -> Published:
            start = f"{destination.name} : " if len(destinations) > 1 else ""
            before = read_releases(place.folder.release).get(destination.name)
            published = publish_episode(
                place.workspace,
                show,
                place.episode,
                destination,
                now(),
                PublicationProgress(lambda label, share: progress(f"{start}{label}", share)),
                before_air=options.avant_l_antenne,
            )
            if before is not None and before.release.withdrawn is not None:
                note_return(place.folder, destination.name, now())
            return published

        at = publish_everywhere(place.show, destinations, publish_at)
    console.result(_as_json(at))
    for name, published in at.done.items():
        _tell(console, place, name, published)
    for failure in at.failures:
        console.warn(f"rien n'a été publié vers « {failure.destination} » : {failure.reason}")
    first = next(iter(at.done.values()))
    if first.release.held_until is None:
        console.say(f"Page de l'épisode : {first.pages[0]}")
    console.say(f"Flux du podcast : {first.feed_url}")
    for name, published in list(at.done.items())[1:]:
        console.say(f"Son miroir « {name} » : {published.feed_url}")
    return 1 if at.failures else 0


def _as_json(at: AtEach[Published]) -> dict[str, Any]:
    """The first destination's result; where there are several, also what became of each."""
    told = {name: _of(published) for name, published in at.done.items()}
    first = next(iter(told.values()))
    if len(told) + len(at.failures) == 1:
        return first
    each = [
        *({"destination": name, "ok": True, "feed_url": one["feed_url"]} for name, one in told.items()),
        *({"destination": one.destination, "ok": False, "error": one.reason} for one in at.failures),
    ]
    return {**first, "destinations": each}


def _of(published: Published) -> dict[str, Any]:
    return {key: value for key, value in asdict(published).items() if key in _FIELDS}


def _tell(console: Console, place: Place, name: str, published: Published) -> None:
    """Say what was sent, what listeners have from when on, and what was noticed."""
    held = published.release.held_until
    if held is not None:
        console.say(f"Le son est envoyé ; l'épisode entre dans le flux le {moment_words(place.show, held)}.")
        console.say("Passé cette date, publier n'importe quel épisode l'y met, ou : bobine publier --dus")
    elif place.episode.release_at is not None and place.episode.release_at > now():
        console.warn("il est déjà dans le flux : sa date de mise en ligne (release_at) n'y change plus rien.")
    if published.uploaded:
        count = len(published.uploaded)
        sent = f"{count} objets envoyés" if count > 1 else "1 objet envoyé"
        console.say(f"{'En ligne' if held is None else 'Prêt'} vers « {name} » : {sent}.")
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
    for limit in published.limits:
        console.say(f"À savoir de « {name} » : {limit}.")


def _tell_live(console: Console, place: Place, destinations: Sequence[Destination], *, follows: bool) -> int:
    """Bring the live item of the feeds up to date, once or until the slot ends."""
    if not place.show.station.stream:
        console.warn("aucun direct n'est annoncé : donnez l'adresse du son de la radio (stream, dans shows.toml).")
        return 1
    if follows:
        follow(place.workspace, place.show, destinations, place.episode.date, now)
    at = at_each(destinations, lambda destination: tell_once(place.workspace, place.show, destination, now()))
    item, _ = next(iter(at.done.values()))
    written = any(was_written for _, was_written in at.done.values())
    console.result({"status": item.status.value if item is not None else None, "written": written})
    words = "Aucun direct n'est prévu" if item is None else f"« {item.title} » est {_STATUSES[item.status]}"
    console.say(f"{words}{'' if written else ' : le flux le disait déjà'}.")
    tell_failures(console, at.failures)
    return 1 if at.failures else 0


_STATUSES = {LiveStatus.PENDING: "annoncé", LiveStatus.LIVE: "en cours", LiveStatus.ENDED: "fini"}
