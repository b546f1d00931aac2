"""``bobine publier``: put the episode online."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from bobine.commands import a_la_fin
from bobine.commands.amended import interrupted, tell_failures
from bobine.commands.console import Console
from bobine.commands.held import held_episode, let_out
from bobine.commands.places import Place, now, open_episode
from bobine.commands.put_online import as_json, put_online, tell
from bobine.errors import PublishError
from bobine.evening.online.destinations import at_each, destinations_of
from bobine.evening.online.live_item import follow, tell_once
from bobine.model.destination import Destination
from bobine.publish.feed.live_item import LiveStatus


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 if one of several destinations failed."""
    console = Console(as_json=options.json)
    if options.dus:
        return let_out(console, options)
    if options.episode is None:
        options.wrong_call("dites quelle émission publier, comme « bobine publier derniere », ou --dus.")
    if options.a_la_fin:
        return a_la_fin.run(options)
    place = open_episode(options)
    destinations = destinations_of(place.workspace, place.show, options.vers)
    if options.le is not None:
        place = replace(place, episode=held_episode(place, options.le, destinations))
    if options.direct:
        return _tell_live(console, place, destinations, follows=options.suivre)
    if place.episode.date in interrupted(console, place.workspace, place.show, destinations):
        raise PublishError("Son retrait vient d'être fini. Pour la remettre en ligne, publiez-la de nouveau.")
    at = put_online(console, place, destinations, before_air=options.avant_l_antenne)
    console.result(as_json(at))
    tell(console, place, at)
    return 1 if at.failures else 0


def _tell_live(console: Console, place: Place, destinations: Sequence[Destination], *, follows: bool) -> int:
    """Bring the live item of the feeds up to date, once or until the slot ends."""
    if not place.show.station.stream:
        console.warn("aucun direct n'est annoncé : donnez l'adresse du son de la radio (stream, dans shows.toml).")
        return 1
    if follows:
        follow(place.workspace, place.show, destinations, place.episode.date, now)
    at = at_each(destinations, lambda destination: tell_once(place.workspace, place.show, destination, now()))
    item = next(iter(at.done.values())).item
    written = any(told.written for told in at.done.values())
    console.result({"status": item.status.value if item is not None else None, "written": written})
    words = "Aucun direct n'est prévu" if item is None else f"« {item.title} » est {_STATUSES[item.status]}"
    console.say(f"{words}{'' if written else ' : le flux le disait déjà'}.")
    for sentence in dict.fromkeys(sentence for told in at.done.values() for sentence in told.warnings):
        console.warn(sentence)
    tell_failures(console, at.failures)
    return 1 if at.failures else 0


_STATUSES = {LiveStatus.PENDING: "annoncé", LiveStatus.LIVE: "en cours", LiveStatus.ENDED: "fini"}
