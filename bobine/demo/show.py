"""Record the show of the demonstration: a WAV file with the faults of a real one, and marks for its items."""

from __future__ import annotations

import random
import threading
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bobine.demo import music, voices
from bobine.demo.real_sounds import SoundFolder
from bobine.demo.rundown import RUNDOWN, DemoItem, Effect, planned_seconds
from bobine.demo.studio import BYTES_PER_FRAME, RATE, Take, record
from bobine.errors import SoundError
from bobine.store.codec.json_text import json_text
from bobine.store.files import atomic_write, replacing

SHORTEST_MINUTES, LONGEST_MINUTES = 1, 180
"""Length of the show that can be asked for, in minutes."""

BEFORE_S, AFTER_S = 12, 8
"""Seconds of studio noise before the opening and after the end."""

RECORDING_FILE, MARKS_FILE = "recording.wav", "marks.json"


@dataclass(frozen=True, slots=True)
class ShowFiles:
    """The files made: the recording (48 kHz, stereo, 16 bits) and its marks in the project's JSON."""

    recording: Path
    marks: Path


def make_show(
    out: Path,
    minutes: float,
    seed: int = 1,
    sounds: Path | None = None,
    progress: Callable[[float], None] | None = None,
    cancel: threading.Event | None = None,
) -> ShowFiles:
    """Record a show: ``recording.wav`` and ``marks.json`` in a folder, which is made where it is missing.

    The items last about what was planned (95 to 106 %). Guests are far too quiet, one is on the phone, musicians are
    louder than speech, one passage is clipped, one has six seconds of dead air. The same seed records the same bytes.

    Args:
        out: the folder.
        minutes: length of the show, about.
        seed: decides everything that varies.
        sounds: a folder of real sounds to use; what it lacks (speech or music) is synthesised.
        progress: told how much is done, from 0 to 1.
        cancel: once set, the work stops and leaves no file.

    Raises:
        SoundError: if the length is out of range, or the sounds cannot be used.
        DiskError: if there is no room, or the folder cannot be written.
        Interrupted: if ``cancel`` was set.
    """
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise SoundError(
            f"Une émission dure entre {SHORTEST_MINUTES} et {LONGEST_MINUTES} minutes : corrigez la durée."
        )
    tell = progress or (lambda _share: None)
    cast = _Cast(seed, SoundFolder(sounds, f"{seed} sounds") if sounds else None)
    files = ShowFiles(out / RECORDING_FILE, out / MARKS_FILE)
    marks: list[dict[str, object]] = []
    rng = random.Random(f"{seed} lengths")  # noqa: S311 - sound, not a secret
    planned = planned_seconds(minutes)
    with replacing(files.recording) as temporary, _Tape(temporary, seed, cancel) as tape:
        tape.add_room(BEFORE_S)
        for number, (item, seconds) in enumerate(zip(RUNDOWN, planned, strict=True), 1):
            tell(sum(planned[: number - 1]) / sum(planned))
            start = tape.position
            tape.add(cast.perform(item, seconds * rng.uniform(0.95, 1.06), cancel), item.level_lufs, item.effect)
            marks.append(_mark(number, item, seconds, start, tape.position))
        tape.add_room(AFTER_S)
    content = json_text({"rate": RATE, "items": marks}, indent=1)
    atomic_write(files.marks, f"{content}\n".encode())
    tell(1.0)
    return files


def _mark(number: int, item: DemoItem, planned_s: int, start: int, end: int) -> dict[str, object]:
    return {
        "n": number,
        "title": item.title,
        "kind": item.kind.value,
        "planned_s": planned_s,
        "start": start,
        "end": end,
        "recorded_lufs": item.level_lufs,
    }


class _Cast:
    """Everyone who is heard: synthesised, or from the user's own sounds."""

    def __init__(self, seed: int, folder: SoundFolder | None) -> None:
        self._seed = seed
        self._folder = folder
        self._speakers: dict[str, voices.Speaker] = {}
        self._bands: dict[str, music.Band] = {}

    def perform(self, item: DemoItem, seconds: float, cancel: threading.Event | None) -> Take:
        if self._folder is not None and self._folder.has(music=item.musical):
            return self._folder.play(seconds, music=item.musical, cancel=cancel)
        seed = f"{self._seed} {item.sound}"
        if item.musical:
            if item.sound not in self._bands:
                self._bands[item.sound] = music.Band(music.SONGS[item.sound], seed)
            return Take(self._bands[item.sound].play(seconds), music.RATE, 2)
        if item.sound not in self._speakers:
            self._speakers[item.sound] = voices.Speaker(voices.VOICES[item.sound], seed)
        return Take(self._speakers[item.sound].speak(seconds), voices.RATE, 1)


class _Tape:
    """The recording while it is made."""

    def __init__(self, path: Path, seed: int, cancel: threading.Event | None) -> None:
        self._wave = wave.open(str(path), "wb")  # noqa: SIM115 - closed by __exit__
        self._wave.setparams((2, 2, RATE, 0, "NONE", "not compressed"))
        self._noise_seed = 1000 * (seed % 1_000_000)
        self._cancel = cancel
        self._bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._wave.close()

    @property
    def position(self) -> int:
        """Samples recorded so far, per channel."""
        return self._bytes // BYTES_PER_FRAME

    def add_room(self, seconds: int) -> None:
        """Add the noise of the room, with nobody speaking."""
        self.add(Take(bytes(BYTES_PER_FRAME * RATE * seconds), RATE, 2), None, Effect.NONE)

    def add(self, take: Take, level_lufs: float | None, effect: Effect) -> None:
        self._noise_seed += 1
        record(take, level_lufs, effect, self._noise_seed, self._write, self._cancel)

    def _write(self, pcm: bytes) -> None:
        self._wave.writeframesraw(pcm)
        self._bytes += len(pcm)
