"""``bobine antenne EPISODE``: the live slot."""

from __future__ import annotations

import argparse
import sys

from bobine.commands.places import now, open_episode
from bobine.errors import WorkspaceError
from bobine.tui.desk import Desk


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    place = open_episode(options)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise WorkspaceError("L'antenne s'ouvre dans un terminal, et ce n'en est pas un.")
    from bobine.tui.app import BobineApp

    app = BobineApp(Desk(place.workspace, place.show, now), place.episode.date, on_air=True)
    app.run()
    return app.return_code or 0
