"""The stretches that the stopwatches of political speech counted, with their places in the recording. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bobine.air.live.state import events as e
from bobine.air.live.state.bounds import fault_of
from bobine.air.live.state.undoing import without_undone


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechTurn:
    """One stretch that a stopwatch counted.

    Attributes:
        of: who speaks, as the journal has it: the id of a participant, or a name.
        started: aware.
        ended: aware, not before ``started``.
        file: of the recording; None where nothing recorded as it began.
        rate: sampling rate of the file, Hz; 0 where nothing recorded.
        first: its first sample in the file; None where nothing recorded.
        last: one past its last sample; None where that is in no file, or in another one.
    """

    of: str
    started: datetime
    ended: datetime
    file: str | None = None
    rate: int = 0
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class _Running:
    """A stopwatch that was started."""

    at: datetime
    position: int | None
    recording: e.RecordingStarted | None

    def stopped(self, of: str, at: datetime, position: int | None, recording: e.RecordingStarted | None) -> SpeechTurn:
        began = self.recording if self.position is not None else None
        same = began is not None and recording is not None and began.file == recording.file
        return SpeechTurn(
            of=of,
            started=self.at,
            ended=max(self.at, at),
            file=began.file if began is not None else None,
            rate=began.rate if began is not None else 0,
            first=self.position if began is not None else None,
            last=position if same else None,
        )


def speech_turns(events: Iterable[e.Event], over: datetime) -> tuple[SpeechTurn, ...]:
    """The stretches of all stopwatches but the spare one, as they add up in the session's stopwatches.

    Args:
        events: of the journal.
        over: when the air was given back; a stopwatch that still runs then stops then.
    """
    kept, _ = without_undone(event for event in events if not fault_of(event))
    running: dict[str, _Running] = {}
    turns: list[SpeechTurn] = []
    recording: e.RecordingStarted | None = None
    for event in kept:
        match event:
            case e.RecordingStarted():
                recording = event
            case e.BegunAgain():
                running, turns = {}, []
            case e.StopwatchTurned(of=of) if event.running and of:
                running.setdefault(of, _Running(event.at, event.position, recording))
            case e.StopwatchTurned(of=of) if of in running:
                turns.append(running.pop(of).stopped(of, event.at, event.position, recording))
            case e.StopwatchCleared(of=of):
                turns = [one for one in turns if one.of != of]
                if of in running:
                    running[of] = _Running(event.at, event.position, recording)
    turns += [one.stopped(of, over, None, recording) for of, one in running.items()]
    return tuple(sorted(turns, key=lambda one: (one.started, one.of)))
