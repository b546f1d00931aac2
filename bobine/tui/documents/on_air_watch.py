"""A look at what is on air while another screen is shown: this program's show, or another's in the same workspace."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.state.session import fold
from bobine.air.recorder.link import control
from bobine.air.recorder.link.status import Watch
from bobine.errors import BobineError
from bobine.model.show import Show
from bobine.store.workspace import Workspace

LATEST = timedelta(hours=1)
"""A show is believed to be on air until so long after its hard end, or after the last thing that was done to it."""


class OnAirWatch:
    """Follows the journals and the recorders of a workspace; it writes nothing."""

    def __init__(self) -> None:
        self._journals: dict[Path, tuple[int, Journal, bool, datetime | None]] = {}
        self._watches: dict[Path, Watch] = {}

    def words(self, workspace: Workspace, now: datetime) -> str:
        """« À L'ANTENNE · ENR », « À L'ANTENNE · SANS ENR », « ENR »; empty while nothing is on air.

        Args:
            workspace: all its shows are looked at.
            now: the instant, aware.
        """
        on_air = recording = False
        for show in workspace.shows:
            try:
                days = workspace.episode_dates(show)
            except (BobineError, OSError):
                continue
            for day in days:
                aired, recorded = self._of(workspace, show, day, now)
                on_air, recording = on_air or aired, recording or recorded
        if on_air:
            return "À L'ANTENNE · ENR" if recording else "À L'ANTENNE · SANS ENR"
        return "ENR" if recording else ""

    def _of(self, workspace: Workspace, show: Show, day: date, now: datetime) -> tuple[bool, bool]:
        """Whether the show of a day is on air, and whether it is recorded."""
        folder = workspace.folder(show, day)
        path = folder.path / JOURNAL_FILE
        try:
            size = path.stat().st_size
        except OSError:
            return False, False
        known = self._journals.get(path)
        if known is None or known[0] != size:
            journal = known[1] if known is not None else Journal(path)
            try:
                events = journal.read()
                session = fold(events)
            except (BobineError, OSError):
                return False, False
            live = session.progress.begun and session.progress.ended is None
            known = self._journals[path] = (size, journal, live, events[-1].at if events else None)
        _, _, live, last = known
        if last is None or now > max(show.slot.bounds(day)[1], last) + LATEST:
            return False, False
        watch = self._watches.setdefault(folder.recording, control.watch(folder.recording))
        return live, watch.look().recording
