"""``bobine garder``: put a hold on an episode, so that nothing purges its recording; or lift it."""

from __future__ import annotations

import argparse
import getpass

from bobine.commands.console import Console
from bobine.commands.places import now, open_root
from bobine.errors import WorkspaceError
from bobine.french import long_date
from bobine.model.published.keeping import Hold
from bobine.store.records.keeping import hold_path, lift_hold, put_hold
from bobine.store.rules.texts import one_line


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    workspace = open_root(options)
    folder = workspace.folder(*workspace.resolve(options.episode, now().date(), now()))
    path = hold_path(folder.path)
    if options.lever:
        if options.motif or options.par:
            raise WorkspaceError("--lever enlève la demande de garder : n'écrivez ni --motif ni --par avec lui.")
        lifted = lift_hold(path)
        console.result({"episode": folder.reference, "hold": None, "lifted": lifted is not None})
        console.say(
            f"{folder.reference} n'est plus à garder : les délais ordinaires s'appliquent."
            if lifted is not None
            else f"{folder.reference} n'était pas à garder : rien n'a changé."
        )
        return 0
    wanted = Hold(by=_checked("--par", options.par or _user()), at=now().replace(microsecond=0),
                  reason=_checked("--motif", options.motif) if options.motif else "")  # fmt: skip
    hold = put_hold(path, wanted)
    console.result(
        {
            "episode": folder.reference,
            "hold": {"by": hold.by, "at": hold.at.isoformat(), "reason": hold.reason},
            "new": hold == wanted,
        }
    )
    why = f" : {hold.reason}" if hold.reason else ""
    if hold == wanted:
        console.say(f"{folder.reference} est à garder{why}. Rien n'en sera purgé avant « bobine garder --lever ».")
    else:
        day = long_date(hold.at.astimezone(now().tzinfo).date())
        console.say(f"{folder.reference} est déjà à garder, demandé par {hold.by} le {day}{why}. Rien n'a changé.")
    return 0


def _checked(option: str, text: str) -> str:
    fault = one_line(text)
    if fault:
        raise WorkspaceError(f"{option} : {fault}.")
    return text


def _user() -> str:
    """The name of the session, where nobody gave a better one."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "quelqu'un"
