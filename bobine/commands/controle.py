"""``bobine conducteur EPISODE --controle``: is the show ready, and if not, who owes what?"""

from __future__ import annotations

from collections.abc import Iterator

from bobine.commands.console import Console
from bobine.commands.places import Place, now
from bobine.evening.seasons.reading import read_lengths
from bobine.french import enumerate_words, in_tense, long_date
from bobine.plan.files.control import control
from bobine.plan.readiness.absences import unwritten_settings
from bobine.store.documents.shows import SHOWS_FILE


def tell_control(console: Console, place: Place) -> int:
    """Say what keeps the episode from being ready, one line each; the exit code is 1 when something does.

    Raises:
        ToolError: if its sounds cannot be read for want of ffmpeg.
    """
    lacks = control(place.show, place.episode, place.folder)
    settings = unwritten_settings(place.show)
    console.result(
        {
            "ready": not lacks,
            "lacks": [{"item": lack.item or None, "owner": lack.owner, "what": lack.what} for lack in lacks],
            "settings": list(settings),
            "overruns": list(_overruns(place)),
        }
    )
    for words in _overruns(place):
        console.say(f"! {words}")
    date, today = place.episode.date, now().date()
    day = long_date(date)
    for lack in lacks:
        console.say(f"✗ {lack.owner} : {lack.what}")
    if settings:
        console.say(f"! Avant de publier, à remplacer dans {SHOWS_FILE} : {enumerate_words(settings)}.")
    if not lacks:
        was = in_tense(date, today, past="était", present="est", future="est")
        where = " pour l'antenne" if settings else ""
        console.say(f"✓ L'émission du {day} {was} prête{where}.", "bold green")
        return 0
    count = f"{len(lacks)} chose{'s' if len(lacks) > 1 else ''} à régler"
    over = f"L'émission était le {day} ; il reste {count}."
    still = f"Pas encore prête : {count} pour le {day}."
    console.say(in_tense(date, today, past=over, present=still, future=still), "bold")
    return 1


def _overruns(place: Place) -> Iterator[str]:
    """The chroniques that usually take longer than they are planned for here, in the plan's order."""
    show, episode = place.show, place.episode
    number = show.season.number(episode.date)
    known = read_lengths(place.workspace, show, number)
    for item in episode.counted_items:
        usual = known.get(item.chronique or "")
        if usual is not None and usual.overruns(item.duration):
            yield f"« {item.title} » : {usual.words_for(item.duration)}."
