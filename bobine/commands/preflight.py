"""``bobine antenne EPISODE --controle``: is everything there to go on air, and who can mend what is not?"""

from __future__ import annotations

from bobine.air.carts.choose import show_carts
from bobine.air.carts.preflight import carts_findings
from bobine.air.input_check import input_check, second_check
from bobine.air.preflight import Check, Verdict, clock_synchronised, machine_checks
from bobine.commands.console import Console
from bobine.commands.places import Place
from bobine.french import long_date
from bobine.plan.control import control

BYTES_PER_SECOND = 48_000 * 2 * 3
"""What a recording takes, in 24 bits at 48 kHz."""

SIGNS = {Verdict.GOOD: "✓", Verdict.DOUBT: "!", Verdict.BAD: "✗"}
"""A sign for each verdict, beside its words."""


def tell_preflight(console: Console, place: Place, *, listen: bool = True) -> int:
    """Say how each thing is, one line each; the exit code is 1 when something is bad.

    Args:
        console: where to say it.
        place: the episode.
        listen: listen to the sound input for a moment.

    Raises:
        ToolError: if the sounds of the plan cannot be read for want of ffmpeg.
    """
    synchronised = clock_synchronised()
    checks = machine_checks(place.folder.recording, BYTES_PER_SECOND, synchronised=synchronised)
    checks += _recording_checks(place, listen=listen)
    # the sounds that the rundown names are looked at with it
    folder = place.folder.path
    own = tuple(show_carts(place.show, folder.relative_to(place.workspace.root).as_posix()))
    checks += carts_findings(own, place.workspace.root, folder, place.show.recording.output)
    lacks = control(place.show, place.episode, place.folder)
    checks += tuple(Check(what="Conducteur", verdict=Verdict.BAD, words=lack.what, owner=lack.owner) for lack in lacks)
    if not lacks:
        checks += (Check(what="Conducteur", verdict=Verdict.GOOD, words="prêt : il ne manque rien"),)
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
        owner = f" ({check.owner})" if check.owner else ""
        console.say(f"{SIGNS[check.verdict]} {check.what} : {check.words}{owner}")
    day = long_date(place.episode.date)
    console.say(f"✗ {len(bad)} à régler avant l'antenne du {day}." if bad else f"✓ On peut y aller, le {day}.", "bold")
    return 1 if bad else 0


def _recording_checks(place: Place, *, listen: bool) -> tuple[Check, ...]:
    """The sound input, and the second copy where there is to be one."""
    settings, root, folder = place.show.recording, place.workspace.root, place.folder.recording
    found = (input_check(settings, root, folder) if listen else None, second_check(settings, root, folder))
    return tuple(check for check in found if check is not None)
