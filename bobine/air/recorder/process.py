"""The recorder's main loop: sound comes in, is placed, measured, handed to the copies, and the status published."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from bobine.air.live.state.events import RecordingGap, RecordingStarted, RecordingStopped
from bobine.air.recorder.capture import Capture
from bobine.air.recorder.chronicle import Chronicle
from bobine.air.recorder.clocks import boot, steady, wall
from bobine.air.recorder.copies import Block, CopyWriter, sharing
from bobine.air.recorder.inputs.ffmpeg_options import Wanted
from bobine.air.recorder.levels import Meter
from bobine.air.recorder.link.alive import birth
from bobine.air.recorder.link.folder import Order, RecorderFolder
from bobine.air.recorder.link.home import disclaim
from bobine.air.recorder.link.status import Publisher, State, Status, read
from bobine.air.recorder.resume import Beginning, beginning, lost_before, source_before
from bobine.air.recorder.standby import Standby
from bobine.air.recorder.stopping import TwiceTold
from bobine.air.recorder.syncer import Syncer
from bobine.air.recorder.timeline import Placed, Timeline
from bobine.air.recorder.wav import SAMPLE_BYTES
from bobine.errors import BobineError
from bobine.model.recording import InputKind

_TICK_S = 0.05
_PUBLISH_S = 0.1
_JOURNAL_WAIT_S = 0.5
_CLOSING_S = 20.0


class Recorder:
    """Fulfils one order until it is told twice to stop."""

    def __init__(self, place: RecorderFolder, order: Order) -> None:
        said = read(place.status)
        begin: Beginning = beginning(order, place.recording, said)
        self._place, self._order, self._born = place, order, birth(os.getpid())
        self._publisher = Publisher(place.status)
        self._syncer = Syncer(place.status)
        self._file = begin.file
        self._frame = order.channels * SAMPLE_BYTES
        self._pace = order.rate * order.speed
        self._timeline = Timeline(
            self._pace,
            self._frame,
            position=begin.position,
            epoch=begin.epoch,
            waits=order.source.kind is InputKind.FILE,
        )
        self._meter = Meter(order.rate, order.channels)
        self._chronicle = Chronicle(Path(order.journal))
        goes_on = said is not None and said.run == order.run and said.file == begin.file
        self._started = goes_on and said is not None and said.started
        self._gaps, self._lost, self._strays = lost_before(said, begin.file)
        self._stopping = TwiceTold(place.stops_told())
        self._leave = False
        self._standby = Standby(place)
        self._position = begin.position
        self._capture = Capture(
            order.source,
            Wanted(rate=order.rate, channels=order.channels, pair=order.pair),
            speed=order.speed,
            begin=self._file_begins,
            on_line=self._meter.read_line,
            known=source_before(said, order),
        )
        self._copies = self._open_copies()
        self._publish_at = 0.0

    def run(self) -> None:
        """Record until told twice to stop, or until this process is asked to end (another one then takes over)."""
        signal.signal(signal.SIGTERM, self._asked_to_leave)
        while not self._stopping.stop and not self._leave:
            heard = self._capture.next(_TICK_S)
            if heard is not None:
                if heard.new_run:
                    self._put(self._timeline.release())
                    self._timeline.interrupt(self._known_start())
                self._put(self._timeline.arrive(heard.at, heard.sound))
            now = steady()
            if now >= self._publish_at:
                self._publish_at = now + _PUBLISH_S
                self._stopping.look(self._place.stops_told(), now)
                self._standby.keep()
                self._publish(self._state())
        self._put(self._timeline.release())
        if self._stopping.stop:
            self._stop()
        self._capture.close()
        for copy in self._copies:
            copy.close()
        self._await(lambda: not any(copy.busy for copy in self._copies))
        if self._stopping.stop:
            # in this order: whoever sees no order knows that the recording is whole
            self._publish(State.STOPPED)
            self._place.forget_order()
            disclaim(self._order.run)
            self._standby.dismiss()
        self._chronicle.close(_CLOSING_S)
        self._syncer.close()

    def _await(self, is_done: Callable[[], bool]) -> None:
        """Wait for the disks, for a while; whoever watches sees that this process lives."""
        limit = steady() + _CLOSING_S
        while not is_done() and steady() < limit:
            self._publish(self._state())
            time.sleep(_TICK_S)

    def _asked_to_leave(self, _signal: int, _frame: FrameType | None) -> None:
        self._leave = True

    def _open_copies(self) -> tuple[CopyWriter, ...]:
        order = self._order
        main = self._place.recording / self._file
        second = Path(order.second) / self._file if order.second else None
        # where the workspace was unmounted, the episode's folder is gone: it is not made on another disk
        copies = [CopyWriter(main, order.rate, order.channels, root=self._place.recording.parent, other=second)]
        if second is not None:
            root = Path(order.second_root)
            copies.append(CopyWriter(second, order.rate, order.channels, root=root, other=main))
        return tuple(copies)

    def _put(self, placed: Placed | None) -> None:
        if placed is None:
            return
        length = len(placed.sound) // self._frame
        start = self._timeline.position - length - placed.silence
        if not self._started:
            self._started = True
            event = RecordingStarted(
                at=wall(), position=start, file=self._file, rate=self._order.rate, channels=self._order.channels
            )
            self._chronicle.write(event, _JOURNAL_WAIT_S)
        if placed.silence:
            self._note_gap(start, placed.silence)
        self._meter.hear(placed.sound)
        for copy in self._copies:
            copy.put(Block(start, placed.silence, placed.sound))

    def _note_gap(self, start: int, silence: int) -> None:
        self._gaps += 1
        self._lost += silence / self._pace
        end = start + silence
        self._chronicle.write(RecordingGap(at=wall(), position=end, start=start, end=end), _JOURNAL_WAIT_S)

    def _stop(self) -> None:
        start = self._timeline.position
        missing = self._timeline.fill_to(steady()) if self._capture.trouble and not self._capture.ended else 0
        if missing:
            self._note_gap(start, missing)
            for copy in self._copies:
                copy.put(Block(start, missing, b""))
        if self._started:
            self._chronicle.write(RecordingStopped(at=wall(), position=self._timeline.position), _JOURNAL_WAIT_S)

    def _file_begins(self) -> float:
        """The point to play a file from, seconds: where it would be without any interruption."""
        return self._timeline.position_at(steady()) / self._order.rate

    def _known_start(self) -> int | None:
        return round(self._capture.begun_s * self._order.rate) if self._order.source.kind is InputKind.FILE else None

    def _state(self) -> State:
        if self._capture.ended:
            return State.ENDED
        if self._capture.trouble:
            return State.WAITING
        return State.RECORDING if self._started else State.STARTING

    def _publish(self, state: State) -> None:
        levels = self._meter.levels()
        self._position = max(self._position, *(copy.samples for copy in self._copies))
        status = Status(
            run=self._order.run,
            state=state,
            detail=self._capture.trouble,
            file=self._file,
            rate=self._order.rate,
            channels=self._order.channels,
            position=self._position,
            epoch=self._timeline.epoch,
            pace=self._pace,
            at=steady(),
            boot=boot(),
            utc=wall(),
            levels=levels,
            silent=levels.silence_s > self._order.silence_s,
            copies=tuple(copy.told(count) for copy, count in zip(self._copies, sharing(self._copies), strict=True)),
            gaps=self._gaps,
            lost_s=round(self._lost, 3),
            stop_asked=self._stopping.asked,
            started=self._started,
            pid=os.getpid(),
            born=self._born,
            standby=self._standby.pid,
            capture=self._capture.pid,
            asked=str(self._order.source),
            source=self._capture.pin.name,
            source_words=self._capture.pin.words,
            strays=self._strays + self._capture.strays,
        )
        with contextlib.suppress(OSError, ValueError, BobineError):
            self._publisher.publish(status)
