"""The end of a show without a screen: what is done, in which order, and what a « no » leaves undone."""

from __future__ import annotations

import asyncio
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.rehearsal import NoRecorder
from bobine.air.live.show import Live
from bobine.air.live.stage import RecorderLink, Stage
from bobine.air.live.state import events as e
from bobine.air.live.state.sound import Sound
from bobine.errors import DiskError
from bobine.evening import off_air
from bobine.evening.off_air import give_back
from bobine.evening.rundowns import ARCHIVE
from bobine.model.aired.as_run import AsRun
from bobine.model.episode import Item
from bobine.model.show import Show
from bobine.store.documents.episodes import read_episode
from bobine.store.records.recordings import as_run_path, read_as_run
from bobine.store.workspace import Workspace, open_workspace
from tests.keeping.conftest import BEGAN, DAY, Studio

RATE = 8000


class Recorder(NoRecorder):
    """A recorder that runs until it is stopped, if it lets itself be stopped."""

    def __init__(self, *, stops: bool) -> None:
        self._stops = stops
        self.alive = True

    def sound(self) -> Sound:
        return Sound(alive=self.alive)

    def stop(self) -> bool:
        self.alive = self.alive and not self._stops
        return self._stops


@dataclass
class Ending:
    """A show that ends, with the answers of its technician."""

    workspace: Workspace
    recorder: RecorderLink
    rehearsal: str = ""
    answers: list[bool] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    recorded: bool = True
    day: date = DAY
    now: datetime = BEGAN + timedelta(minutes=5)

    def __post_init__(self) -> None:
        self.folder = self.workspace.folder(self.show, DAY).path
        recording = self.folder / "recording" if self.recorded else None
        self.stage = Stage(self.folder / JOURNAL_FILE, self.recorder, recording, self.rehearsal)
        self.live = Live(Journal(self.stage.journal), lambda: self.now, lambda: 40 * RATE)

    @property
    def desk(self) -> Ending:
        return self

    @property
    def show(self) -> Show:
        return self.workspace.shows[0]

    @property
    def items(self) -> Sequence[Item]:
        return read_episode(self.workspace, self.show, DAY).items

    def act(self, action: Callable[[], str | None]) -> bool:
        return not action()

    def tell(self, sentence: str, *, warning: bool = False, refused: bool = False) -> None:
        self.said.append(f"{'!' * warning}{'✗' * refused}{sentence}")

    async def is_over(self) -> bool:
        self.asked.append("over?")
        return self.answers.pop(0)

    async def stops_recording(self) -> bool:
        self.asked.append("stop?")
        return self.answers.pop(0)

    def give_back(self, *answers: bool) -> AsRun | None:
        self.answers = [*answers]
        return asyncio.run(give_back(self, self))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A show of two items on air, and forty seconds of its recording."""
    made = open_workspace(Studio(tmp_path).root)
    folder = made.folder(made.shows[0], DAY).path
    first, second = read_episode(made, made.shows[0], DAY).items[:2]
    journal = Journal(folder / JOURNAL_FILE)
    journal.append(e.RecordingStarted(at=BEGAN, position=0, file="antenne.wav", rate=RATE, channels=1))
    journal.append(e.Taken(at=BEGAN, position=10 * RATE, item=first))
    journal.append(e.Taken(at=BEGAN + timedelta(seconds=15), position=25 * RATE, item=second))
    (folder / "recording").mkdir(exist_ok=True)
    with wave.open(str(folder / "recording" / "antenne.wav"), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(RATE)
        stream.writeframes(b"\x10\x20" * (40 * RATE))
    return made


def test_the_air_is_given_back_and_all_that_follows_is_done(workspace: Workspace) -> None:
    air = Ending(workspace, Recorder(stops=True))
    as_run = air.give_back(True, True)
    assert as_run is not None
    assert [(item.start / RATE, item.end / RATE) for item in as_run.items] == [(10, 25), (25, 40)]
    assert read_as_run(as_run_path(air.folder / "recording")) == as_run
    assert air.live.session.progress.ended == air.now
    assert len(list((air.folder / ARCHIVE).glob("conducteur-*"))) == 2
    assert (air.asked, air.said) == (["over?", "stop?"], ["L'enregistrement s'arrête…"])


def test_without_a_yes_the_show_goes_on(workspace: Workspace) -> None:
    air = Ending(workspace, Recorder(stops=True))
    assert air.give_back(False) is None
    assert air.live.session.progress.ended is None
    assert not (air.folder / ARCHIVE).exists()
    assert air.recorder.sound().alive


def test_a_recording_that_goes_on_leaves_the_rest_for_later(workspace: Workspace) -> None:
    air = Ending(workspace, Recorder(stops=False))
    assert air.give_back(True, False) is None
    assert len(list((air.folder / ARCHIVE).glob("conducteur-*"))) == 2
    # asked again, the air is given back already; and a recorder that does not stop is said
    assert air.give_back(True) is None
    assert air.asked == ["over?", "stop?", "stop?"]
    assert air.said[-1].startswith("✗L'enregistreur ne s'est pas arrêté")
    assert not as_run_path(air.folder / "recording").exists()


def test_an_archive_that_fails_hinders_nothing_else(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskError("Le disque est plein.")

    monkeypatch.setattr(off_air, "archive", full)
    air = Ending(workspace, Recorder(stops=True))
    assert air.give_back(True, True) is not None
    assert air.said[0] == "!Les conducteurs n'ont pas été archivés : Le disque est plein."


def test_a_rehearsal_keeps_nothing(workspace: Workspace) -> None:
    air = Ending(workspace, NoRecorder(), rehearsal="RÉPÉTITION", recorded=False)
    assert air.give_back(True) is None
    assert air.said == ["Répétition finie : rien n'en reste."]
    assert not (air.folder / ARCHIVE).exists()
