"""The end of a show, waited for by its files alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.state.events import Ended, Taken
from bobine.errors import SoundError
from bobine.evening.ending.air_over import Stage, wait_for_the_end
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import EpisodeFolder, open_workspace
from tests.conftest import ATELIER

START = datetime.fromisoformat("2026-11-26T18:00:00+01:00")


class Evening:
    """A show whose files change each time that somebody waits."""

    def __init__(self, show: Show, episode: Episode, folder: EpisodeFolder) -> None:
        self.show, self.episode, self.folder = show, episode, folder
        self.now = show.slot.bounds(episode.date)[0]
        self.journal = Journal(folder.path / JOURNAL_FILE)
        self.told: list[Stage] = []
        self.coming: list[Callable[[], None]] = []

    def wait(self) -> datetime | None:
        return wait_for_the_end(self.show, self.episode, self.folder, lambda: self.now, self.told.append, self._sleep)

    def _sleep(self, _seconds: float) -> None:
        if self.coming:
            self.coming.pop(0)()
        self.now += timedelta(minutes=10)

    def take(self) -> None:
        self.journal.append(Taken(at=self.now, item=self.episode.items[0]))

    def end(self) -> None:
        self.journal.append(Ended(at=self.now))

    def write(self, at: datetime | None = None) -> None:
        self.folder.recording.mkdir(exist_ok=True)
        self.folder.as_run.touch()
        moment = (at or self.now).timestamp()
        os.utime(self.folder.as_run, (moment, moment))


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    shutil.copytree(ATELIER, tmp_path / "atelier", ignore=shutil.ignore_patterns("recording", "master"))
    workspace = open_workspace(tmp_path / "atelier")
    show, day = workspace.resolve("2026-11-26", START.date(), START)
    made = Evening(show, read_episode(workspace, show, day), workspace.folder(show, day))
    made.journal.path.unlink(missing_ok=True)
    return made


def test_it_waits_through_every_stage_and_says_each_once(evening: Evening) -> None:
    evening.coming = [lambda: None, evening.take, lambda: None, evening.end, lambda: None, evening.write]
    off_air = evening.wait()
    assert evening.told == [Stage.BEFORE, Stage.ON_AIR, Stage.STOPPING]
    assert off_air == evening.journal.read()[-1].at


def test_an_as_run_of_before_is_not_the_one_of_this_show(evening: Evening) -> None:
    evening.write(evening.now - timedelta(days=1))
    evening.take()
    evening.end()
    evening.coming = [evening.write]
    assert evening.wait() is not None
    assert evening.told == [Stage.STOPPING]


def test_a_recording_that_was_attached_is_there_at_once(evening: Evening) -> None:
    evening.write()
    assert evening.wait() is None
    assert evening.told == []


def test_a_show_that_never_began_is_waited_for_only_while_it_may_come(evening: Evening) -> None:
    assert evening.wait() is None
    assert evening.told == [Stage.BEFORE]


def test_a_show_that_nobody_ended_is_not_waited_for_for_ever(evening: Evening) -> None:
    evening.take()
    with pytest.raises(SoundError, match="n'a pas été rendue"):
        evening.wait()
