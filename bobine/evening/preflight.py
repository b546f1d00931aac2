"""Before going on air: is all there, and who can mend what is not? The machine, the sound, the carts, the plan."""

from __future__ import annotations

from pathlib import Path

from bobine.air.carts.choose import show_carts
from bobine.air.preflight.carts import carts_findings
from bobine.air.preflight.folder_probe import folder_check
from bobine.air.preflight.input_check import bytes_per_second, input_check, second_check, sources_check
from bobine.air.preflight.machine import Check, Verdict, clock_synchronised, machine_checks
from bobine.errors import DiskError
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.plan.files.control import control
from bobine.store.workspace import EpisodeFolder

SIGNS = {Verdict.GOOD: "✓", Verdict.DOUBT: "!", Verdict.BAD: "✗"}
"""A sign for each verdict, beside its words."""


def preflight(show: Show, episode: Episode, root: Path, folder: EpisodeFolder, *, listen: bool) -> tuple[Check, ...]:
    """Look at each thing, in a few seconds.

    Args:
        show: the show.
        episode: its plan.
        root: the workspace.
        folder: the episode's.
        listen: listen to the sound input for a moment.

    Raises:
        ToolError: if the sounds of the plan cannot be read for want of ffmpeg.
    """
    settings = show.recording
    checks = machine_checks(folder.recording, bytes_per_second(settings), synchronised=clock_synchronised())
    checks += (folder_check(folder.recording if folder.recording.exists() else folder.path),)
    heard = input_check(settings, root, folder.recording) if listen else None
    possible = sources_check() if listen else None
    second = second_check(settings, root, folder.recording)
    checks += tuple(check for check in (heard, possible, second) if check is not None)
    # the sounds that the rundown names are looked at with it
    own = tuple(show_carts(show, folder.path.relative_to(root).as_posix()))
    try:
        checks += carts_findings(own, root, folder.path, settings.output)
    except DiskError as error:
        checks += (Check(what="Sons", verdict=Verdict.BAD, words=str(error), owner="technique"),)
    lacks = control(show, episode, folder)
    if not lacks:
        return (
            *checks,
            Check(what="Conducteur", verdict=Verdict.GOOD, words="l'émission est prête : il ne manque rien"),
        )
    return checks + tuple(
        Check(what="Conducteur", verdict=Verdict.BAD, words=lack.what, owner=lack.owner) for lack in lacks
    )


def check_line(check: Check) -> str:
    """« ✗ Disque : de la place pour 12 minutes : libérez de la place (technique) »."""
    owner = f" ({check.owner})" if check.owner else ""
    return f"{SIGNS[check.verdict]} {check.what} : {check.words}{owner}"
