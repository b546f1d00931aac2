"""``bobine antenne EPISODE --controle``: is everything there to go on air, and who can mend what is not?"""

from __future__ import annotations

from bobine.air.preflight.machine import Verdict
from bobine.commands.console import Console
from bobine.commands.places import Place, now
from bobine.evening.preflight import check_line, preflight
from bobine.french import in_tense, long_date


def tell_preflight(console: Console, place: Place, *, listen: bool = True) -> int:
    """Say how each thing is, one line each; the exit code is 1 when something is bad.

    Args:
        console: where to say it.
        place: the episode.
        listen: listen to the sound input for a moment.

    Raises:
        ToolError: if the sounds of the plan cannot be read for want of ffmpeg.
    """
    checks = preflight(place.show, place.episode, place.workspace.root, place.folder, listen=listen)
    bad = [check for check in checks if check.verdict is Verdict.BAD]
    console.result(
        {
            "ready": not bad,
            "checks": [
                {"what": one.what, "verdict": one.verdict.value, "words": one.words, "owner": one.owner or None}
                for one in checks
            ],
        }
    )
    for check in checks:
        console.say(check_line(check))
    day = long_date(place.episode.date)
    over = f"Cette émission était le {day} : "
    past = over + (f"{len(bad)} chose{'s' if len(bad) > 1 else ''} n'irai{'en' if len(bad) > 1 else ''}t pas."
                   if bad else "tout est en place ici.")  # fmt: skip
    go = f"✗ {len(bad)} à régler avant l'antenne du {day}." if bad else f"✓ On peut y aller, le {day}."
    console.say(in_tense(place.episode.date, now().date(), past=past, present=go, future=go), "bold")
    return 1 if bad else 0
