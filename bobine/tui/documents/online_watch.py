"""Alarms for what is online and may no longer be heard, in all episodes of a show; read again when files change."""

from __future__ import annotations

from datetime import date

from bobine.errors import BobineError
from bobine.french import long_date
from bobine.model.show import Show
from bobine.store.documents.episodes import read_episode
from bobine.store.records.online import read_since_online
from bobine.store.workspace import Workspace
from bobine.tui.documents.signatures import Signature, signature


class OnlineWatch:
    """The alarms of one show."""

    def __init__(self) -> None:
        self._found: dict[date, tuple[Signature, tuple[str, ...]]] = {}

    def alarms(self, workspace: Workspace, show: Show) -> tuple[str, ...]:
        """One French sentence for each thing that must be taken out of what is online, with what to do; reads files."""
        days = workspace.episode_dates(show)
        for day in days:
            folder = workspace.folder(show, day)
            seen = signature((folder.release, folder.plan))
            known = self._found.get(day)
            if known is None or known[0] != seen:
                self._found[day] = seen, _read(workspace, show, day)
        return tuple(sentence for day in days for sentence in self._found[day][1])


def _read(workspace: Workspace, show: Show, day: date) -> tuple[str, ...]:
    folder = workspace.folder(show, day)
    if not folder.release.is_file():
        return ()
    try:
        since = read_since_online(folder, read_episode(workspace, show, day))
    except BobineError:
        return ()  # said where that day is shown
    if since is None:
        return ()
    return tuple(
        f"EN LIGNE, À RETIRER : {alarm}, émission du {long_date(day)}. Remontez et publiez de nouveau : "
        f"bobine monter {folder.reference}, puis bobine publier {folder.reference}"
        for alarm in since.alarms
    )
