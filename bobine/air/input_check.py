"""What is looked at before going on air of the recording: whether sound comes in, and where the second copy goes."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from bobine.air.preflight import ENOUGH_MINUTES, Check, Verdict
from bobine.air.recorder import control
from bobine.air.recorder.capture import Capture
from bobine.air.recorder.clocks import boot, steady
from bobine.air.recorder.inputs import stall_s
from bobine.air.recorder.levels import SILENT_LUFS, Levels, Meter
from bobine.air.recorder.status import FRESH_S, State, Status
from bobine.air.recorder.wav import SAMPLE_BYTES
from bobine.errors import BobineError
from bobine.french import decimal, printable
from bobine.model.recording import RecordingSettings, SoundInput

LISTEN_S = 2.0
"""How long the input is listened to, seconds."""

INPUT = "Entrée son"
SECOND = "Deuxième copie"
_OWNER = "technique"
_TICK_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What was heard of an input.

    Attributes:
        peak_dbfs: highest sample; None for digital silence.
        lufs: loudest 0.4 s; None for silence.
        clipped: samples at full scale.
    """

    peak_dbfs: float | None
    lufs: float | None
    clipped: int = 0


def input_check(settings: RecordingSettings, root: Path, recording: Path, *, seconds: float = LISTEN_S) -> Check:
    """Whether sound comes in: from a recorder that is already at work, else by listening for a moment.

    Args:
        settings: the show's.
        root: the folder that relative paths of the settings start from: the workspace's.
        recording: the episode's ``recording/`` folder.
        seconds: how long to listen.
    """
    if control.is_running(recording):
        status, signal = follow(recording, seconds)
        return status_check(status, signal, steady(), boot())
    if not settings.input:
        words = "aucune n'est choisie dans shows.toml : ce direct ne sera pas enregistré ici"
        return Check(what=INPUT, verdict=Verdict.DOUBT, words=words, owner=_OWNER)
    try:
        heard = listen(control.source_of(settings, root), settings, seconds)
    except BobineError as error:
        return _bad(_as_words(str(error)))
    return _bad(_as_words(heard)) if isinstance(heard, str) else signal_check(heard)


def second_check(settings: RecordingSettings, root: Path, recording: Path) -> Check | None:
    """Whether the second copy can be written, on another disk; None where there is to be none.

    Args:
        settings: the show's.
        root: the workspace's folder.
        recording: the episode's ``recording/`` folder.
    """
    if not settings.second:
        return None
    place = root / settings.second
    shown = f"« {printable(str(place))} »"
    if not place.is_dir():
        words = f"{shown} n'est pas là : branchez ce disque, ou videz « second » dans shows.toml"
        return Check(what=SECOND, verdict=Verdict.BAD, words=words, owner=_OWNER)
    try:
        with tempfile.TemporaryFile(dir=place) as trial:
            trial.write(b"\0")
        minutes = shutil.disk_usage(place).free // (settings.rate * settings.channels * SAMPLE_BYTES) // 60
        near = next(one for one in (recording, *recording.resolve().parents) if one.exists())
        together = near.stat().st_dev == place.stat().st_dev
    except OSError:
        words = f"{shown} ne peut pas être écrit : vérifiez ses droits et sa place, ou changez de disque"
        return Check(what=SECOND, verdict=Verdict.BAD, words=words, owner=_OWNER)
    words = f"{shown}, de la place pour {minutes} minutes"
    if minutes < ENOUGH_MINUTES:
        verdict = Verdict.DOUBT if minutes >= ENOUGH_MINUTES // 4 else Verdict.BAD
        return Check(what=SECOND, verdict=verdict, words=f"{words} : libérez de la place", owner=_OWNER)
    if together:
        words = f"{shown} est sur le même disque que la première : elle ne protège pas d'une panne de ce disque"
        return Check(what=SECOND, verdict=Verdict.DOUBT, words=words, owner=_OWNER)
    return Check(what=SECOND, verdict=Verdict.GOOD, words=words)


def listen(source: SoundInput, settings: RecordingSettings, seconds: float) -> Signal | str:
    """Listen to an input for a moment, as the recorder would.

    Args:
        source: the input; a file's path is absolute.
        settings: rate and channels.
        seconds: how much sound is wanted.

    Returns:
        What was heard, or, where nothing came, why, in French.

    Raises:
        ToolError: if there is no ffmpeg.
    """
    meter = Meter(settings.rate, settings.channels)
    capture = Capture(source, settings.rate, settings.channels, speed=1, begin=lambda: 0.0, on_line=meter.read_line)
    frame = settings.channels * SAMPLE_BYTES
    wanted, heard, rest, found = round(seconds * settings.rate), 0, b"", Levels()
    limit = steady() + stall_s(source) + seconds
    trouble = ""
    try:
        while heard < wanted and steady() < limit and not capture.ended:
            piece = capture.next(_TICK_S)
            trouble = capture.trouble or trouble
            if piece is None:
                continue
            sound = rest + piece.sound
            whole = len(sound) - len(sound) % frame
            meter.hear(sound[:whole])
            heard, rest = heard + whole // frame, sound[whole:]
            found = _louder(found, meter.levels())
    finally:
        capture.close()
    if not heard:
        return trouble or f"Rien n'arrive de l'entrée « {printable(source.name)} » : vérifiez son branchement."
    return _signal(found)


def signal_check(signal: Signal) -> Check:
    """What is said of a signal."""
    if signal.peak_dbfs is None:
        return _bad("silence total : vérifiez le câble, la tranche de la console et l'entrée choisie")
    peak = f"crête {decimal(signal.peak_dbfs)} dBFS"
    if signal.clipped:
        return _bad(f"elle sature ({peak}) : baissez le niveau qui y entre")
    if signal.lufs is None or signal.lufs < SILENT_LUFS:
        words = f"presque rien n'arrive ({peak}) : parlez dans un micro et recommencez"
        return Check(what=INPUT, verdict=Verdict.DOUBT, words=words, owner=_OWNER)
    return Check(what=INPUT, verdict=Verdict.GOOD, words=f"du son arrive, {decimal(signal.lufs)} LUFS, {peak}")


def follow(recording: Path, seconds: float) -> tuple[Status | None, Signal]:
    """What a recorder that runs already publishes last, and what it heard for a moment.

    Args:
        recording: its folder.
        seconds: how long to follow it.
    """
    first = status = control.status(recording)
    limit = steady() + seconds
    loudest = Levels()
    while status is not None and steady() < limit:
        loudest = _louder(loudest, status.levels)
        time.sleep(_TICK_S)
        status = control.status(recording)
    signal = _signal(loudest)
    return status, replace(signal, clipped=signal.clipped - (first.levels.clipped if first is not None else 0))


def status_check(status: Status | None, signal: Signal, now: float, this_boot: str) -> Check:
    """What is said of a recorder that runs already.

    Args:
        status: what it published last; None for nothing.
        signal: what it heard lately.
        now: on the steady clock, seconds.
        this_boot: names the present run of the computer.
    """
    if status is None or status.boot != this_boot or now - status.at > FRESH_S:
        return _bad("un enregistreur est lancé mais ne dit plus rien : relancez-le depuis l'écran du direct (W)")
    if status.state is not State.RECORDING:
        return _bad(_as_words(status.detail or "l'enregistreur est lancé et attend encore du son"))
    if status.silent:
        return _bad(f"l'enregistrement est en cours, et silencieux depuis {decimal(status.levels.silence_s, 0)} s")
    level = signal_check(signal)
    return Check(what=INPUT, verdict=level.verdict, words=f"déjà enregistrée ; {level.words}", owner=level.owner)


def _louder(one: Levels, other: Levels) -> Levels:
    """The highest of both; clipping is counted from the beginning already."""
    peaks = [peak for peak in (*one.peaks_dbfs, *other.peaks_dbfs) if peak is not None]
    lufs = [value for value in (one.momentary_lufs, other.momentary_lufs) if value is not None]
    return Levels(
        peaks_dbfs=(max(peaks),) if peaks else (), momentary_lufs=max(lufs, default=None), clipped=other.clipped
    )


def _signal(levels: Levels) -> Signal:
    peak = max((peak for peak in levels.peaks_dbfs if peak is not None), default=None)
    return Signal(peak_dbfs=peak, lufs=levels.momentary_lufs, clipped=levels.clipped)


def _bad(words: str) -> Check:
    return Check(what=INPUT, verdict=Verdict.BAD, words=words, owner=_OWNER)


def _as_words(sentence: str) -> str:
    """A sentence as the end of a line: no capital, no full stop."""
    return sentence[:1].lower() + sentence[1:].removesuffix(".")
