"""``bobine conducteur EPISODE --controle``: is the show ready, and if not, who owes what?"""

from __future__ import annotations

from bobine.commands.console import Console
from bobine.commands.places import Place
from bobine.french import long_date
from bobine.plan.control import control


def tell_control(console: Console, place: Place) -> int:
    """Say what keeps the episode from being ready, one line each; the exit code is 1 when something does.

    Raises:
        ToolError: if its sounds cannot be read for want of ffmpeg.
    """
    lacks = control(place.show, place.episode, place.folder)
    console.result(
        {
            "ready": not lacks,
            "lacks": [{"item": lack.item or None, "owner": lack.owner, "what": lack.what} for lack in lacks],
        }
    )
    day = long_date(place.episode.date)
    if not lacks:
        console.say(f"✓ L'émission du {day} est prête.", "bold green")
        return 0
    for lack in lacks:
        console.say(f"✗ {lack.owner} : {lack.what}")
    console.say(f"Pas encore prête : {len(lacks)} chose{'s' if len(lacks) > 1 else ''} à régler pour le {day}.", "bold")
    return 1
