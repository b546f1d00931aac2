"""``bobine retirer``: take an episode out of the feed, or one item out of all that is online of it."""

from __future__ import annotations

import argparse
import threading

from bobine.commands.amended import OldFiles, amend, interrupted, stated_reason, tell, tell_platforms
from bobine.commands.console import Console
from bobine.commands.places import Place, now, open_episode, open_root
from bobine.commands.progress_words import PublicationProgress
from bobine.errors import WorkspaceError
from bobine.evening.corrections.amending import Amendment, places_online
from bobine.evening.corrections.checking import check_gone
from bobine.evening.corrections.decisions import still_named
from bobine.evening.corrections.withdrawing import give_item_back, leave_item_out, withdraw_episode
from bobine.evening.moving.published import taken_over_episode
from bobine.french import long_date
from bobine.model.published.corrections import Act
from bobine.store.records.transcripts import transcript_path
from bobine.store.workspace import day_of_folder


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 if something that was withdrawn is still there."""
    console = Console(as_json=options.json)
    place = _opened(options)
    if options.verifier:
        return _check(console, place, options)
    if options.rendre:
        return _give_back(console, place, options)
    destinations = places_online(place.workspace, place.folder, options.vers, place.show.podcast.destination)
    reason = stated_reason(options.motif, f"bobine retirer {place.folder.reference}")
    interrupted(console, place.workspace, place.show, destinations)
    keep = OldFiles(at_once=options.maintenant).keep
    if options.element is not None:
        return _withdraw_item(console, place, options, reason)
    with console.progress() as progress:
        amended = withdraw_episode(
            place.workspace,
            place.show,
            place.episode.date,
            destinations,
            reason,
            now(),
            PublicationProgress(progress),
            keep=keep,
        )
    done = f"L'émission du {long_date(place.episode.date)} n'est plus dans le flux"
    return tell(console, place.show, amended, done, at_once=options.maintenant)


def _opened(options: argparse.Namespace) -> Place:
    """The episode that is named: with a plan here, or taken over from another host, which only its record tells."""
    try:
        return open_episode(options)
    except WorkspaceError:
        workspace = open_root(options)
        slug, _, name = options.episode.rpartition("/")
        day = day_of_folder(name)
        shows = [show for show in workspace.shows if slug in ("", show.slug)]
        episode = taken_over_episode(workspace, shows[0], day) if day is not None and len(shows) == 1 else None
        if episode is None:
            raise
        return Place(workspace, shows[0], episode, workspace.folder(shows[0], episode.date))


def _withdraw_item(console: Console, place: Place, options: argparse.Namespace, reason: str) -> int:
    destinations = places_online(place.workspace, place.folder, options.vers, place.show.podcast.destination)
    cancel = threading.Event()
    with console.progress() as progress:
        try:
            leave_item_out(place.show, place.episode, place.folder, options.element, reason, now(), progress, cancel)
        except KeyboardInterrupt:
            cancel.set()
            raise
        amendment = Amendment(
            Act.WITHDRAW_ITEM, reason, item=options.element, keep=OldFiles(at_once=options.maintenant).keep
        )
        amended = amend(place, destinations, amendment, now(), progress)
    title = next((item.title for item in place.episode.items if item.id == options.element), options.element)
    code = tell(console, place.show, amended, f"« {title} » est retiré", at_once=options.maintenant)
    heard = {person for item in place.episode.items if item.id == options.element for person in item.people}
    names = [person.name for person in place.episode.people if person.id in heard]
    for name in sorted({name for release in amended.releases for name in still_named(release, names)}):
        console.warn(f"le titre ou le résumé nomme encore {name} : changez-les, puis « bobine corriger ».")
    return code


def _give_back(console: Console, place: Place, options: argparse.Namespace) -> int:
    if options.element is None:
        raise WorkspaceError("--rendre va avec --element : une émission entière se remet en ligne avec publier.")
    was = give_item_back(place.folder, options.element)
    console.result({"episode": place.folder.reference, "item": options.element, "given_back": was})
    console.say(
        f"« {options.element} » n'est plus retiré. Ensuite : bobine monter {place.folder.reference}, puis publier."
        if was
        else f"« {options.element} » n'était pas retiré."
    )
    if was and transcript_path(place.folder.path).exists():
        console.say(
            "Ses paroles, elles, ne sont plus dans la transcription : après le montage, donnez celle du nouveau son "
            f"(bobine transcription {place.folder.reference} FICHIER)."
        )
    return 0


def _check(console: Console, place: Place, options: argparse.Namespace) -> int:
    destinations = places_online(place.workspace, place.folder, options.vers, place.show.podcast.destination)
    answers = check_gone(place.folder, destinations, now())
    ok = all(answer.is_right for answer in answers)
    addresses = [
        {
            "address": one.address,
            "found": one.found.name.lower(),
            "kept_until": one.until.isoformat() if one.until else None,
        }
        for one in answers
    ]
    console.result({"ok": ok, "addresses": addresses})
    for one in answers:
        until = f" (le {long_date(one.until.date())})" if one.until is not None else ""
        console.say(f"{'✓' if one.is_right else '✗'} {one.address} : {one.found}{until}", "" if one.is_right else "red")
    if not answers:
        console.say(f"Rien n'a été retiré ni remplacé de {place.folder.reference}.")
    elif ok:
        console.say("Plus rien de ce qui devait disparaître n'est en ligne ici.")
        tell_platforms(console, place.show)
    else:
        console.say("Il reste à faire : recommencez la commande qui a retiré, ou videz le cache de l'hébergement.")
    return 0 if ok else 1
