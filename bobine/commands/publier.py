"""``bobine publier``: put the episode online."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bobine.commands.amended import interrupted
from bobine.commands.console import Console
from bobine.commands.places import Place, now, open_episode, open_root
from bobine.errors import PublishError, WorkspaceError
from bobine.evening.corrections.amending import note_return
from bobine.evening.online.letting_out import LetOut, let_out_due, moment_words
from bobine.evening.online.live_item import follow, tell_once
from bobine.evening.publishing import Published, publish_episode
from bobine.french import long_date, sort_key
from bobine.model.destination import Destination
from bobine.model.episode import Episode
from bobine.model.written.moments import parse_moment
from bobine.publish.feed.live_item import LiveStatus
from bobine.store.documents.edit_episode import edit_episode
from bobine.store.records.releases import read_releases

_FIELDS = ("feed_url", "feed_path", "guid", "enclosure_url", "pages", "uploaded", "unchanged", "warnings")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    if options.dus:
        return _let_out(console, options)
    if options.episode is None:
        raise WorkspaceError("Dites quelle émission publier, comme « bobine publier derniere », ou --dus.")
    place = open_episode(options)
    if options.le is not None:
        place = replace(place, episode=_held(place, options.le, options.vers or place.show.podcast.destination))
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
            lambda label, done, total: progress(label, done / max(total, 1)),
            before_air=options.avant_l_antenne,
        )
    if before is not None and before.release.withdrawn is not None:
        note_return(place.folder, name, now())
    console.result({key: value for key, value in asdict(published).items() if key in _FIELDS})
    _say(console, place, name, published)
    return 0


def _say(console: Console, place: Place, name: str, published: Published) -> None:
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
        console.say(f"Rien à changer : tout est déjà {'en ligne' if held is None else 'envoyé'} vers « {name} ».")
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
    if held is None:
        console.say(f"Page de l'épisode : {published.pages[0]}")
    console.say(f"Flux du podcast : {published.feed_url}")


def _held(place: Place, written: str, destination: str) -> Episode:
    """The episode with another date of release, written in its plan.

    Raises:
        WorkspaceError: if that is no date, or one that is past.
        PublishError: if listeners have it already.
    """
    moment: datetime | None = None
    local = read_releases(place.folder.release).get(destination)
    if local is not None and local.is_out:
        raise PublishError(f"{place.episode.reference} est déjà dans le flux : il ne peut plus attendre une date.")
    if sort_key(written.strip()) != "maintenant":
        try:
            moment = parse_moment(written, now().date(), ZoneInfo(place.show.slot.timezone))
        except ValueError as error:
            raise WorkspaceError(
                f"--le : « {written[:40]} » n'est pas une date : écrivez « 27/11/2026 8h30 », ou « maintenant »."
            ) from error
        if moment <= now():
            raise WorkspaceError(
                f"--le : {moment_words(place.show, moment)} est passé : donnez une date à venir, ou « maintenant »."
            )

    def dated(episode: Episode) -> Episode:
        return replace(episode, release_at=moment)

    return edit_episode(place.workspace, place.show, place.episode.date, dated, now())


def _let_out(console: Console, options: argparse.Namespace) -> int:
    """Let what is due into the feeds of all shows, or of one destination."""
    if options.episode is not None or options.le is not None or options.direct:
        raise WorkspaceError("--dus met en ligne tout ce qui attendait : ne donnez ni émission, ni --le, ni --direct.")
    workspace = open_root(options)
    wanted = [workspace.destination(options.vers)] if options.vers is not None else workspace.destinations
    done: list[LetOut] = []
    names: list[str] = []
    for show in workspace.shows:
        for destination in wanted:
            found = let_out_due(workspace, show, destination, now())
            done.append(found)
            names += [f"{show.slug}/{day}" for day in found.days]
            for day in found.days:
                console.say(f"En ligne vers « {destination.name} » : {show.title}, {long_date(day)}.")
            for warning in found.warnings:
                console.warn(warning)
    console.result({"episodes": names, "uploaded": [key for one in done for key in one.uploaded]})
    if not names:
        console.say("Aucun épisode n'attendait d'être mis en ligne.")
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
