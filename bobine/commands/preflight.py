"""``bobine antenne EPISODE --controle``: is everything there to go on air, and who can mend what is not?"""

from __future__ import annotations

from bobine.air.preflight import Verdict
from bobine.commands.console import Console
from bobine.commands.places import Place
from bobine.evening.preflight import check_line, preflight
from bobine.french import long_date


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
    console.say(f"✗ {len(bad)} à régler avant l'antenne du {day}." if bad else f"✓ On peut y aller, le {day}.", "bold")
    return 1 if bad else 0
