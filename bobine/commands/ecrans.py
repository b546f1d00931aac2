"""``bobine`` alone: open the screens."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from bobine.commands.places import now, open_root
from bobine.commands.screens import run_screens
from bobine.errors import WorkspaceError
from bobine.model.show import Show
from bobine.store.workspace import Workspace
from bobine.tui.documents.desk import Desk


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    workspace = open_root(options)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise WorkspaceError(
            "Les écrans s'ouvrent dans un terminal, et ce n'en est pas un. Dans un script, écrivez une commande : "
            "« bobine --help » les montre."
        )
    from bobine.tui.app import BobineApp

    return run_screens(lambda: BobineApp(Desk(workspace, _first_show(workspace, now()), now)), options)


def _first_show(workspace: Workspace, moment: datetime) -> Show:
    """The show whose next planned episode comes first; the first of the file where none is planned."""
    today = moment.date()
    coming = [
        (day, place) for place, show in enumerate(workspace.shows)
        for day in workspace.episode_dates(show) if day >= today
    ]  # fmt: skip
    return workspace.shows[min(coming)[1] if coming else 0]
