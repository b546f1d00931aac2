"""An episode put online at its destinations, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from bobine.commands.console import Console
from bobine.commands.places import Place, now
from bobine.commands.progress_words import PublicationProgress
from bobine.evening.corrections.amending import note_return
from bobine.evening.online.destinations import AtEach
from bobine.evening.online.everywhere import publish_everywhere
from bobine.evening.online.letting_out import moment_words
from bobine.evening.publishing import Published, publish_episode
from bobine.model.destination import Destination
from bobine.model.show import Show
from bobine.publish.corrections.told_keys import told_with_key
from bobine.store.records.releases import read_releases

_FIELDS = ("feed_url", "feed_path", "guid", "enclosure_url", "pages", "uploaded", "unchanged", "warnings")

Tried = Callable[[Callable[[], Published]], Published]
"""Does the work of one destination, perhaps more than once."""


def put_online(
    console: Console,
    place: Place,
    destinations: Sequence[Destination],
    *,
    before_air: bool,
    tried: Tried = lambda work: work(),
) -> AtEach[Published]:
    """Publish an episode at each destination, with a bar that shows how far it is.

    Raises:
        BobineError: if it succeeds nowhere.
    """
    with console.progress() as progress:

        def publish_at(show: Show, destination: Destination) -> Published:
            start = f"{destination.name} : " if len(destinations) > 1 else ""
            before = read_releases(place.folder.release).get(destination.name)
            shown = PublicationProgress(lambda label, share: progress(f"{start}{label}", share))
            published = tried(
                lambda: publish_episode(
                    place.workspace, show, place.episode, destination, now(), shown, before_air=before_air
                )
            )
            if before is not None and before.release.withdrawn is not None:
                note_return(place.folder, destination.name, now())
            return published

        return publish_everywhere(place.show, destinations, publish_at)


def as_json(at: AtEach[Published]) -> dict[str, Any]:
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


def tell(console: Console, place: Place, at: AtEach[Published]) -> None:
    """Say what was sent where, what failed, and the addresses."""
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
            console.say(f"  + {told_with_key(key)}")
    else:
        console.say(f"Rien à changer : tout est déjà en ligne vers « {name} ».")
    for key in published.removed:
        console.say(f"  − {told_with_key(key)}")
    if published.new_podcast_guid:
        console.say(f"L'identité du podcast ({published.new_podcast_guid}) est notée pour toujours dans shows.toml.")
    for warning in published.warnings:
        console.warn(warning)
    for limit in published.limits:
        console.say(f"À savoir de « {name} » : {limit}.")
