"""``bobine publier --a-la-fin``: from the end of the show to listeners, in one go."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bobine.commands.amended import interrupted
from bobine.commands.console import Console
from bobine.commands.held import held_episode
from bobine.commands.monter import reuse_words
from bobine.commands.monter import tell as tell_master
from bobine.commands.places import Place, now, open_episode
from bobine.commands.put_online import as_json, put_online, tell
from bobine.errors import AwayError, PublishError
from bobine.evening.ending.air_over import Stage, wait_for_the_end
from bobine.evening.ending.audible import Heard, listen_as_public
from bobine.evening.ending.patience import until_it_is_back
from bobine.evening.mastering import master_episode
from bobine.evening.online.destinations import AtEach, destinations_of
from bobine.evening.publishing import Published
from bobine.model.destination import Destination
from bobine.model.written.durations import format_duration

_WAITING = {
    Stage.BEFORE: "L'émission n'a pas commencé : j'attends qu'elle finisse. Ctrl-C pour ne plus attendre.",
    Stage.ON_AIR: "L'émission est à l'antenne : j'attends qu'elle finisse. Ctrl-C pour ne plus attendre.",
    Stage.STOPPING: "L'antenne est rendue ; l'enregistrement n'est pas encore fini : j'attends qu'il s'arrête.",
}
_LONG = timedelta(hours=2)


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 if a destination failed, or if listeners do not hear the episode."""
    console = Console(as_json=options.json)
    place = open_episode(options)
    called = now()
    off_air = wait_for_the_end(place.show, place.episode, place.folder, now, lambda stage: console.say(_WAITING[stage]))
    since = called if off_air is None else off_air
    options.episode = place.folder.reference
    place = open_episode(options)  # the plan of now: it may have changed while the show was on air
    destinations = destinations_of(place.workspace, place.show, options.vers)
    if options.le is not None:
        place = replace(place, episode=held_episode(place, options.le, destinations))
    _master(console, place)
    tried = partial(until_it_is_back, tell=_told(console))
    if place.episode.date in tried(lambda: interrupted(console, place.workspace, place.show, destinations)):
        raise PublishError("Son retrait vient d'être fini. Pour la remettre en ligne, publiez-la de nouveau.")
    at = put_online(console, place, destinations, before_air=options.avant_l_antenne, tried=tried)
    heard = _listen(console, place, at, {one.name: one for one in destinations})
    took = now() - since
    audible = all(one.audible for one in heard.values()) and not _is_held(at)
    console.result({**as_json(at), "audible": audible, "seconds": round(took.total_seconds(), 1)})
    tell(console, place, at)
    for name, one in heard.items():
        _tell_heard(console, name, one, at.done[name], took, is_off_air=off_air is not None)
    return 0 if all(one.audible for one in heard.values()) and not at.failures else 1


def _master(console: Console, place: Place) -> None:
    cancel = threading.Event()
    with console.progress() as progress:
        try:
            formats = place.show.sound.formats
            mastered = master_episode(place.show, place.episode, place.folder, formats, progress, cancel)
        except KeyboardInterrupt:
            cancel.set()
            raise
    tell_master(console, mastered.manifest, place.folder)
    console.say(reuse_words(mastered))


def _told(console: Console) -> Callable[[AwayError, float], None]:
    def told(away: AwayError, wait_s: float) -> None:
        again = f"{wait_s:.0f} s" if wait_s < 120 else f"{wait_s / 60:.0f} min"
        console.warn(
            f"{away} Nouvel essai dans {again} ; rien n'est perdu, et la même commande finira aussi plus tard."
        )

    return told


def _listen(
    console: Console, place: Place, at: AtEach[Published], destinations: Mapping[str, Destination]
) -> dict[str, Heard]:
    """Listen to the episode as its listeners do, at each destination where it is."""
    with console.progress() as progress:
        heard = {}
        for count, (name, published) in enumerate(at.done.items()):
            progress("Écoute de l'adresse publique", count / len(at.done))
            heard[name] = listen_as_public(place.workspace, destinations[name], place.folder, published)
        return heard


def _is_held(at: AtEach[Published]) -> bool:
    return any(one.release.held_until is not None for one in at.done.values())


def _tell_heard(
    console: Console, name: str, heard: Heard, published: Published, took: timedelta, *, is_off_air: bool
) -> None:
    address = published.enclosure_url
    if not heard.audible:
        console.warn(
            f"« {name} » : l'épisode n'est pas audible comme il le devrait à l'adresse {heard.address} : "
            f"{heard.fault}. Attendez un peu, puis relancez la même commande."
        )
    elif published.release.held_until is not None:
        console.say(f"Le son attend à son adresse, relu et décodé : {address}", "green")
    else:
        when = ""
        if is_off_air and took < _LONG:
            seconds = took.total_seconds()
            duration = f"{seconds:.0f} s" if seconds < 100 else format_duration(took)
            when = f", {duration} après la fin de l'antenne"
        console.say(f"✓ En ligne et audible{when} : {address}", "green")
