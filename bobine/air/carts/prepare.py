"""Prepare a cart: silence cut at both ends, one loudness without clipping, short fades; kept as a WAV."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import threading
import warnings
import wave
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import ffmpeg as graph
import numpy as np

from bobine import ffmpeg
from bobine.errors import SoundError
from bobine.french import printable
from bobine.sound.blocks import Samples
from bobine.sound.conform import sounds
from bobine.store.files import atomic_write

with warnings.catch_warnings():
    # pydub warns where it finds no ffmpeg program: it is given decoded sound, and has nothing to run
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

RATE, CHANNELS, WIDTH = 48000, 2, 2
FRAME = CHANNELS * WIDTH

LOUDNESS_LUFS = -20.0
"""Loudness of every cart but a bed: loud enough beside a voice, with room for the peaks of nearly any sound."""

CEILING_DBTP = -3.0
"""True peak that no cart exceeds, even if it stays quieter for it: a bed fits under it without clipping."""

BED_DB = -12.0
"""Level of a bed below the other carts, dB; its ceiling is lowered as much."""

MOST_GAIN_DB = 30.0
LONGEST = timedelta(minutes=20)
"""A cart is held in memory while it is prepared and while it plays."""

FADE_IN_MS, FADE_OUT_MS = 4, 30
SILENCE_DB = -50.0
"""Level, below a sound's highest sample, under which its ends count as silence."""

_KEPT_MS = 20
_MADE = 2
"""Counts the ways of preparing: what an older one left is prepared anew."""

_ROOM_DB = -6.0
_MEASURED_S = 3.0
_LOUDNESS = re.compile(r"^    I: +(-?[\d.]+|nan|-inf) LUFS", re.MULTILINE)
_PEAK = re.compile(r"^    Peak: +(-?[\d.]+|nan|-inf) dBFS", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sound that is ready to be played.

    Attributes:
        path: the WAV: 16 bits, ``RATE``, ``CHANNELS``.
        frames: its length, samples per channel.
        head: its first seconds, samples as they stand in the file.
    """

    path: Path
    frames: int
    head: bytes

    @property
    def length(self) -> timedelta:
        """Length of the prepared sound."""
        return timedelta(seconds=self.frames / RATE)

    def samples(self) -> bytes:
        """The whole sound, read from the disk.

        Raises:
            OSError: if the file cannot be read any more.
            SoundError: if it is not what it was.
        """
        found = _read(self.path)
        if found is None or len(found) != self.frames * FRAME:
            raise SoundError(f"« {self.path.name} » n'est plus ce qui avait été préparé.")
        return found


HEAD_S = 20
"""Length of a sound's start that always is in memory, seconds: the rest is read while that plays."""


def prepared(source: Path, cache: Path, *, bed: bool = False, cancel: threading.Event | None = None) -> Prepared:
    """Prepare a sound, or find it as it was prepared before.

    Args:
        source: the file, of any format that ffmpeg reads.
        cache: the folder that keeps prepared sounds; it need not exist.
        bed: make it ``BED_DB`` lower.
        cancel: once set, the work is stopped.

    Raises:
        SoundError: if the file is missing, is no sound, is silent or too long.
        DiskError: if the folder cannot be written.
        ToolError: if there is no ffmpeg.
        Interrupted: if ``cancel`` was set.
    """
    path = cache / f"{_name(source, bed)}.wav"
    samples = _read(path)
    if samples is None:
        sound = make(source, bed=bed, cancel=cancel)
        samples = sound.raw_data
        packed = io.BytesIO()
        with wave.open(packed, "wb") as out:
            out.setparams((CHANNELS, WIDTH, RATE, 0, "NONE", ""))
            out.writeframes(samples)
        atomic_write(path, packed.getvalue())
    return Prepared(path, len(samples) // FRAME, samples[: HEAD_S * RATE * FRAME])


def tidy(cache: Path, kept: frozenset[Path]) -> None:
    """Remove prepared sounds that nothing uses any more; what cannot be removed stays."""
    for path in cache.glob("*.wav"):
        if path not in kept:
            try:
                path.unlink(missing_ok=True)
            except OSError:  # held open elsewhere: it goes the next time
                continue


def make(source: Path, *, bed: bool = False, cancel: threading.Event | None = None) -> AudioSegment:
    """The prepared sound itself; errors as ``prepared``."""
    sound = _decode(source, cancel)
    name = printable(source.name)
    if not len(sound) or sound.max == 0:
        raise SoundError(f"« {name} » ne contient que du silence : remplacez ce son.")
    sound = trimmed(sound)
    loudness, peak = measure(sound, cancel)
    target, ceiling = (LOUDNESS_LUFS, CEILING_DBTP) if not bed else (LOUDNESS_LUFS + BED_DB, CEILING_DBTP + BED_DB)
    gain = min(target - loudness, ceiling - peak, MOST_GAIN_DB)
    length = len(sound)
    return sound.apply_gain(gain).fade_in(min(FADE_IN_MS, length // 4)).fade_out(min(FADE_OUT_MS, length // 4))


def trimmed(sound: AudioSegment) -> AudioSegment:
    """The sound without the silence at its ends, but for 20 ms."""
    threshold = sound.max_dBFS + SILENCE_DB
    start = max(0, detect_leading_silence(sound, threshold) - _KEPT_MS)
    end = max(0, detect_leading_silence(sound.reverse(), threshold) - _KEPT_MS)
    return sound[start : len(sound) - end]


def measure(sound: AudioSegment, cancel: threading.Event | None = None) -> tuple[float, float]:
    """Integrated loudness (LUFS) and true peak (dBTP) of a sound that is not silent.

    A sound too short for the measure is repeated, which leaves its loudness what it is.
    """
    times = max(1, round(_MEASURED_S / max(sound.duration_seconds, 0.001) + 0.5))
    stream = ffmpeg.read_pipe("s16le", ar=RATE, ac=CHANNELS).filter("ebur128", peak="true", framelog="verbose")
    feed = sound.raw_data * times
    log = ffmpeg.run(graph.get_args(stream.output("pipe:1", f="null")), feed=feed, cancel=cancel, level="info").log
    loudness, peak = _LOUDNESS.findall(log), _PEAK.findall(log)
    if not loudness or not peak:
        raise SoundError("Un son n'a pas pu être mesuré : le ffmpeg de cet ordinateur ne dit pas son volume.")
    # what lies below the meter's gate is judged by its mean level
    found = float(loudness[-1])
    return found if found > -70 else sound.dBFS, float(peak[-1])


def _decode(source: Path, cancel: threading.Event | None) -> AudioSegment:
    name = printable(source.name)
    try:
        there = source.is_file()
    except OSError:  # a folder on the way that may not be entered
        there = False
    if not there:
        raise SoundError(f"« {name} » n'est pas là : copiez ce son à sa place.")
    most = round(LONGEST.total_seconds() * RATE)
    data, samples = bytearray(), 0
    try:
        with contextlib.closing(sounds(source, RATE, cancel)) as pieces:
            for piece in pieces:
                data += _as_words(piece)
                samples += len(piece)
                if samples > most:
                    break
    except SoundError as error:
        raise SoundError(f"« {name} » n'est pas un son lisible : remplacez-le.") from error
    if samples > most:
        raise SoundError(f"« {name} » dure plus de {LONGEST.seconds // 60} minutes : c'est trop long pour une touche.")
    return AudioSegment(data=bytes(data), sample_width=WIDTH, frame_rate=RATE, channels=CHANNELS)


def _as_words(sound: Samples) -> bytes:
    """Floats as the numbers of a WAV: what overshoots in a decoded sound is not clipped before it is measured."""
    found = np.rint(sound * np.float32(32768 * 10 ** (_ROOM_DB / 20)))
    return bytes(np.clip(found, -32768, 32767, out=found).astype("<i2"))


def _name(source: Path, bed: bool) -> str:
    """A name that changes whenever the sound does, or the way it is prepared."""
    try:
        stat = source.stat()
    except OSError:
        raise SoundError(f"« {printable(source.name)} » n'est pas là : copiez ce son à sa place.") from None
    facts = (_MADE, bed, str(source.resolve()), stat.st_size, stat.st_mtime_ns)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def _read(path: Path) -> bytes | None:
    """The samples of a prepared sound; None where there is none, or not a whole one."""
    try:
        with wave.open(str(path), "rb") as sound:
            count = sound.getnframes()
            samples = sound.readframes(count)
    except (OSError, EOFError, wave.Error):
        return None
    return samples if samples and len(samples) == count * FRAME else None
