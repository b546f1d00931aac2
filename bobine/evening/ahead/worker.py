"""The process that masters a show while it is on air: it follows the journal and the recording, and fills the cache.

It writes nothing else than what is in the cache, where all of it can be deleted, or be found half made, without harm.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from bobine.air.live.journal import Journal
from bobine.air.live.state.session import Session, fold
from bobine.air.recorder.link import control
from bobine.errors import BobineError, DiskError, Interrupted
from bobine.evening.ahead.folder import AheadFolder
from bobine.evening.ahead.known import SoFar, last_sample, recorded_file, so_far
from bobine.evening.ahead.pace import Pace
from bobine.evening.ahead.sources import Growing, Takes
from bobine.evening.ahead.status import State, Status, write_status
from bobine.evening.ending.sending_ahead import ahead_destination
from bobine.evening.mastering import WORK
from bobine.master.ahead import make_ahead
from bobine.master.cache.cache import cache_of
from bobine.master.edit import RATE
from bobine.master.encoding.frames import Frames, frames_path
from bobine.master.pieces import RECORDING
from bobine.model.aired.edits import NO_EDITS, Edits
from bobine.model.episode import Episode
from bobine.model.show import AudioFormat, Show
from bobine.store.documents.episodes import read_episode
from bobine.store.records.edits import edits_path, read_edits
from bobine.store.sounds import find_file
from bobine.store.workspace import MANIFEST, open_workspace

LOOK_S = 0.5
LEAST_ROOM_BYTES = 1 << 30
"""Room that is left to the recording: below it nothing is kept."""

IDLE_S = 120.0
"""A show whose journal and recording stand still for so long is not on air: there is nothing to wait for, seconds."""

_AGAIN_S = 20.0


@dataclass(frozen=True, slots=True)
class Task:
    """The show to master.

    Attributes:
        root: the workspace.
        slug: whose show.
        day: which episode.
        journal: the file of its events.
        recording: the folder that it is recorded into.
        master: the folder whose cache is filled.
        edited: the episode's folder, where its ``edits.toml`` is; None for a rehearsal, which has none.
    """

    root: Path
    slug: str
    day: date
    journal: Path
    recording: Path
    master: Path
    edited: Path | None


@dataclass(slots=True)
class _Done:
    """The outcome of the last work: for which signature, and when to try again if it failed."""

    signature: tuple[object, ...] = ()
    again_at: float | None = None


@dataclass(slots=True)
class _Seen:
    """The state last seen of the journal and the recording, and since when."""

    state: tuple[object, ...] = ()
    at: float = field(default_factory=time.monotonic)


class Worker:
    """Masters one show ahead; ``run`` ends when there is nothing left to do."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._place = AheadFolder(task.master)
        self._journal = Journal(task.journal)
        self._status = Status(os.getpid())
        self._cancel = threading.Event()
        self._pace = Pace(self._beat, self._is_useless, self._cancel)
        self._takes = Takes(self._place.work / "takes")
        self._growing: Growing | None = None
        self._plan: tuple[Show, Episode] | None = None
        self._done = _Done()
        self._seen = _Seen()
        self._over_at_s: float | None = None

    def run(self) -> None:
        """Work until the show is over and all of it is made, or there is nothing to work on any more."""
        shutil.rmtree(self._place.work, ignore_errors=True)
        self._place.sound.unlink(missing_ok=True)
        try:
            while not self._is_useless() and self._step():
                self._pace.live()
                time.sleep(LOOK_S)
        finally:
            shutil.rmtree(self._place.work, ignore_errors=True)
            self._beat()

    def _step(self) -> bool:
        """Look, and make what can be made; False once nothing is left to be made."""
        try:
            session = fold(self._journal.read())
        except BobineError:
            return True
        self._notice_end(is_over=session.progress.ended is not None)
        plan = self._read_plan()
        if plan is None:
            return True
        show, episode = plan
        if not show.sound.master_on_air:
            return False
        growing = self._look_at_recording(session)
        if self._is_idle(growing, session):
            return False
        if growing is None:
            return session.progress.ended is None
        if growing.rate != RATE:
            self._say(state=State.OTHER_RATE)
            return session.progress.ended is None
        edits = self._read_edits()
        if edits is None:
            return True
        found = so_far(session, episode, edits, growing.path.name, growing.channels, growing.samples)
        is_there = growing.samples >= last_sample(session, growing.path.name)
        if not is_there and control.is_running(self._task.recording):
            return True
        self._say(total=found.total)
        signature = (found.signature, show.sound)
        waits = self._done.again_at is not None and time.monotonic() < self._done.again_at
        if found.known and not waits and (signature != self._done.signature or self._done.again_at is not None):
            self._done = _Done(signature, self._make(show, episode, found, growing))
        return found.goes_on or self._done.again_at is not None

    def _make(self, show: Show, episode: Episode, found: SoFar, growing: Growing) -> float | None:
        """Make it; gives when to try again, None where all went well."""
        cache = cache_of(self._task.master)
        work = self._place.work / "frames"
        try:
            if shutil.disk_usage(self._place.folder).free < LEAST_ROOM_BYTES:
                self._say(state=State.NO_ROOM)
                return time.monotonic() + _AGAIN_S
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(parents=True)
            names = [take.file for take in found.edits.takes]
            files, states = self._takes.read(self._task.recording, names, self._cancel)
            ready = make_ahead(
                found.segments,
                found.known,
                {item.id: item for item in episode.items},
                {**files, RECORDING: growing.path},
                {**states, RECORDING: growing.state},
                show.sound,
                show.sound.formats,
                work,
                self._pace.progress,
                self._cancel,
                cache,
                growing.notes,
                goes_on=found.goes_on,
            )
            cache.trim()
            self._give_away(show, work, ready)
        except Interrupted:
            return time.monotonic()
        except (DiskError, OSError):
            self._say(state=State.NO_ROOM)
            return time.monotonic() + _AGAIN_S
        except BobineError:
            self._say(state=State.FAILED)
            return time.monotonic() + _AGAIN_S
        finally:
            shutil.rmtree(work, ignore_errors=True)
        self._say(ready=ready, state=State.WORKING)
        return None

    def _give_away(self, show: Show, work: Path, ready: int) -> None:
        """Write the frames that are known, where a destination takes them before the end: the screen sends them."""
        if self._task.edited is None or ahead_destination(open_workspace(self._task.root), show) is None:
            return
        fresh = self._place.sound.with_suffix(".tmp")
        with fresh.open("wb") as stream:
            for n in range(ready):
                stream.writelines(Frames(frames_path(work, AudioFormat.MP3, n)))
        fresh.replace(self._place.sound)

    def _read_plan(self) -> tuple[Show, Episode] | None:
        """The show and its plan; the last ones known while they cannot be read."""
        with contextlib.suppress(BobineError, OSError):
            workspace = open_workspace(self._task.root)
            show = workspace.show(self._task.slug)
            self._plan = show, read_episode(workspace, show, self._task.day)
        return self._plan

    def _read_edits(self) -> Edits | None:
        """The edits of the sound; None while they cannot be read."""
        if self._task.edited is None:
            return NO_EDITS
        with contextlib.suppress(BobineError, OSError):
            return read_edits(edits_path(self._task.edited))
        return None

    def _look_at_recording(self, session: Session) -> Growing | None:
        """The file that is recorded, as far as it is on the disk; None where there is none."""
        name = recorded_file(session)
        path = find_file(self._task.recording, name) if name is not None else None
        with contextlib.suppress(OSError):
            if self._growing is not None and (self._growing.path != path or not self._growing.look()):
                self._growing.close()
                self._growing = None
            if self._growing is None and path is not None:
                self._growing = Growing(path)
                if not self._growing.look():
                    self._growing.close()
                    self._growing = None
            return self._growing
        return None

    def _is_idle(self, growing: Growing | None, session: Session) -> bool:
        state = (growing.samples if growing is not None else None, session.last)
        if state != self._seen.state:
            self._seen = _Seen(state)
        return time.monotonic() - self._seen.at > IDLE_S

    def _notice_end(self, *, is_over: bool) -> None:
        """Hurry once the show is over, and remember since when; it may go on after all."""
        self._pace.hurries = is_over
        self._over_at_s = (self._over_at_s or time.time()) if is_over else None

    def _is_useless(self) -> bool:
        """Whether the show's folder is gone, or its master is made from beginning to end since it is over."""
        if self._over_at_s is not None and ((self._task.master / WORK).is_dir() or self._is_mastered(self._over_at_s)):
            return True
        return not self._task.journal.exists() or not self._place.folder.is_dir()

    def _is_mastered(self, since_s: float) -> bool:
        """Whether a master was put in place since an instant, in seconds of the clock that files have."""
        try:
            return (self._task.master / MANIFEST).stat().st_mtime >= since_s
        except OSError:
            return False

    def _say(self, *, ready: int | None = None, total: int | None = None, state: State | None = None) -> None:
        said = replace(
            self._status,
            ready=self._status.ready if ready is None else ready,
            total=self._status.total if total is None else total,
            state=self._status.state if state is None else state,
        )
        if said != self._status:
            self._status = said
            self._beat()

    def _beat(self) -> None:
        self._status = replace(self._status, beat=self._status.beat + 1)
        write_status(self._place.status, self._status)
