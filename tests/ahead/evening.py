"""A show on air without a sound server: a script writes the growing recording and the journal; the rest is real."""

from __future__ import annotations

import shutil
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from bobine.air.live.aired_recording import finish
from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.state import events as e
from bobine.air.recorder.wav import GrowingWav
from bobine.evening.ahead.folder import AheadFolder
from bobine.evening.ahead.status import Status, read_status
from bobine.evening.mastering import Mastered, master_episode
from bobine.model.episode import Episode, Item
from bobine.model.show import AudioFormat, Show
from bobine.processes import Apart, start_module
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import EpisodeFolder, open_workspace

RATE = 48_000
BOTH = (AudioFormat.MP3, AudioFormat.OPUS)
NAMES = ("podcast.mp3", "podcast.opus")


def speech(seconds: float, level: float, seed: int) -> np.ndarray:
    """Noise with the rhythm of words, stereo, 16 bits; shape (samples, 2).

    Args:
        seconds: its length.
        level: of its loudest words, full scale 1.
        seed: another for another sound.
    """
    rng = np.random.default_rng(seed)
    at = np.arange(round(seconds * RATE)) / RATE
    words = np.clip(np.sin(2 * np.pi * 1.7 * at) + 0.8, 0, 1)
    sound = np.convolve(rng.uniform(-1, 1, len(at)), np.ones(6) / 6, "same") * words * level
    return (np.stack([sound, sound], 1) * 32767).astype("<i2")


@dataclass
class Evening:
    """One show, with its technician.

    Attributes:
        root: the workspace.
        at: the hour of the next event.
    """

    root: Path
    at: datetime
    rate: int = RATE
    process: Apart | None = None
    _wav: GrowingWav | None = None
    _journal: Journal | None = field(default=None)

    def __post_init__(self) -> None:
        workspace = open_workspace(self.root)
        (day,) = workspace.episode_dates(self.show)
        self.folder: EpisodeFolder = workspace.folder(self.show, day)
        self.items: tuple[Item, ...] = self.episode.items

    @property
    def show(self) -> Show:
        return open_workspace(self.root).shows[0]

    @property
    def episode(self) -> Episode:
        return read_episode(open_workspace(self.root), self.show, self.folder.date)

    @property
    def wav(self) -> GrowingWav:
        if self._wav is None:
            self.folder.recording.mkdir(parents=True, exist_ok=True)
            self._wav = GrowingWav(self.folder.recording / "antenne.wav", self.rate, 2)
            self.write(e.RecordingStarted, file="antenne.wav", rate=self.rate, channels=2)
        return self._wav

    @property
    def place(self) -> AheadFolder:
        return AheadFolder(self.folder.master)

    def write(self, kind: type[e.Event], **more: object) -> None:
        """Write an event where the recording is now."""
        if self._journal is None:
            self._journal = Journal(self.folder.path / JOURNAL_FILE)
        position = self._wav.samples if self._wav is not None else 0
        self._journal.append(kind(at=self.at, position=position, **more))

    def play(self, sound: np.ndarray) -> None:
        """Record some sound."""
        self.wav.append(sound.tobytes())
        self.wav.sync()
        self.at += timedelta(seconds=len(sound) / self.rate)

    def air(self, n: int, seconds: float, level: float = 0.2, seed: int | None = None) -> None:
        """Put an item on air for some seconds."""
        _ = self.wav
        self.write(e.Taken, item=self.items[n])
        self.play(speech(seconds, level, n if seed is None else seed))

    def play_more(self, seconds: float) -> None:
        """Let what is on air go on."""
        self.play(speech(seconds, 0.2, 55))

    def end(self) -> None:
        """Give the air back, and record a little of what comes after it."""
        self.write(e.Ended)
        self.play(speech(1, 0.1, 99))

    def stop(self) -> None:
        """Stop the recording and write the as-run."""
        self.wav.close()
        finish(self.folder.recording, Journal(self.folder.path / JOURNAL_FILE), [item.id for item in self.items])

    def begin_ahead(self) -> Apart:
        """Start the process that masters ahead."""
        folder = self.folder
        self.place.folder.mkdir(parents=True, exist_ok=True)
        arguments = [self.root, folder.show, folder.date.isoformat(), folder.path / JOURNAL_FILE, folder.recording]
        arguments += [folder.master, folder.path]
        self.process = start_module("bobine.evening.ahead", [str(one) for one in arguments], self.place.log)
        return self.process

    def said(self) -> Status | None:
        return read_status(self.place.status)

    def wait_for(self, ready: int, process: Apart | None = None) -> None:
        """Wait until so many segments are ready."""
        process = process or self.process
        while (said := self.said()) is None or said.ready != ready or (process and said.pid != process.pid):
            assert process is None or process.is_alive(), self.place.log.read_text()
            time.sleep(0.05)

    def wait_for_end(self) -> None:
        """Wait until the process has ended by itself."""
        assert self.process is not None
        while self.process.is_alive():
            time.sleep(0.05)
        assert self.process.code == 0, self.place.log.read_text()
        assert not self.place.log.read_bytes()

    def master(self) -> Mastered:
        """Master the show as ``monter`` does."""
        progress = lambda _what, _share: None  # noqa: E731
        return master_episode(self.show, self.episode, self.folder, BOTH, progress, threading.Event())

    def files(self) -> dict[str, bytes]:
        """The files of the master."""
        return {name: (self.folder.master / name).read_bytes() for name in NAMES}

    def cold(self) -> dict[str, bytes]:
        """The files of a master that is made from nothing."""
        shutil.rmtree(self.folder.master)
        self.master()
        return self.files()
