"""A workspace with the show of the worked example, and a journal of how it went."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.state import events as e
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.model.episode import Item, ItemKind
from bobine.model.show import Show
from bobine.store.documents.episodes import read_episode
from bobine.store.records.recordings import write_as_run
from bobine.store.workspace import EpisodeFolder, Workspace, open_workspace
from tests.conftest import ATELIER

DAY = date(2026, 11, 26)
PARIS = ZoneInfo("Europe/Paris")
BEGAN = datetime(2026, 11, 26, 18, 0, 12, tzinfo=PARIS)
LATER = datetime(2027, 2, 1, 12, tzinfo=PARIS)


class Studio:
    """The workspace, and what was done in it."""

    def __init__(self, root: Path) -> None:
        shutil.copytree(ATELIER / "episodes", root / "episodes", ignore=shutil.ignore_patterns("recording", "master"))
        shutil.copy(ATELIER / "shows.toml", root)
        os.utime(self._plan(root), (BEGAN.timestamp() - 3600,) * 2)
        self.root = root
        self.work_until(LATER)

    def work_until(self, end: datetime) -> None:
        """Go on week after week, as the dates of files tell: nothing else says whether a clock can be believed."""
        start = BEGAN - timedelta(days=7)
        for path in self.root.rglob("*"):
            if path.is_file() and path.name != "episode.toml":
                os.utime(path, (start.timestamp(),) * 2)
        for week in range((end - start).days // 7 + 1):
            note = self.root / "episodes" / "bobine-romanaise" / f"semaine-{week}.txt"
            note.write_bytes(b"")
            os.utime(note, ((start + timedelta(days=7 * week)).timestamp(),) * 2)

    @staticmethod
    def _plan(root: Path) -> Path:
        return root / "episodes" / "bobine-romanaise" / DAY.isoformat() / "episode.toml"

    def configure(self, before: str, after: str) -> None:
        """Change a line of shows.toml."""
        shows = self.root / "shows.toml"
        text = shows.read_text("utf-8")
        assert before in text
        shows.write_text(text.replace(before, after), "utf-8")

    @property
    def workspace(self) -> Workspace:
        return open_workspace(self.root)

    @property
    def show(self) -> Show:
        return self.workspace.shows[0]

    @property
    def folder(self) -> EpisodeFolder:
        return self.workspace.folder(self.show, DAY)

    @property
    def items(self) -> tuple[Item, ...]:
        return read_episode(self.workspace, self.show, DAY).counted_items

    def air(self) -> None:
        """Six items of a minute: the third one is skipped, one is added, the first one comes again."""
        journal = Journal(self.folder.path / JOURNAL_FILE)
        items = self.items
        song = Item(id="chanson", title="Une chanson de plus", kind=ItemKind.MUSIC, duration=timedelta(minutes=1))
        journal.append(e.Skipped(at=BEGAN, item_id=items[2].id))
        for minute, item in enumerate((items[0], items[1], items[4], song, items[3], items[0])):
            journal.append(e.Taken(at=BEGAN + timedelta(minutes=minute), item=item))
        journal.append(e.StopwatchTurned(at=BEGAN + timedelta(seconds=10), of="Liste A", running=True))
        journal.append(e.StopwatchTurned(at=BEGAN + timedelta(seconds=100), of="Liste A", running=False))
        journal.append(e.Noted(at=BEGAN + timedelta(minutes=2), text="=micro 3 muet"))
        journal.append(e.Ended(at=BEGAN + timedelta(minutes=6)))

    def record(self, *, second: Path | None = None) -> Path:
        """A recording, attached."""
        folder = self.folder
        folder.recording.mkdir(exist_ok=True)
        path = folder.recording / "antenne.wav"
        path.write_bytes(b"RIFF" + bytes(2000))
        items = tuple(AiredItem(id=item.id, start=n * 100, end=n * 100 + 100) for n, item in enumerate(self.items[:5]))
        recording = Recording(file=path.name, rate=100, channels=1, samples=1000, sha256="0" * 64)
        write_as_run(folder.as_run, AsRun(recording=recording, source=MarksSource.MARKS, items=items))
        if second is not None:
            copy = second / folder.show / DAY.isoformat()
            copy.mkdir(parents=True)
            shutil.copy(path, copy)
        return path


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    (tmp_path / "atelier").mkdir()
    return Studio(tmp_path / "atelier")
