"""Checks on the recording before a show: does sound come in, and where does the second copy go?"""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from bobine.air.preflight.machine import ENOUGH_MINUTES, Check, Verdict
from bobine.air.recorder.capture import Capture
from bobine.air.recorder.clocks import boot, steady
from bobine.air.recorder.inputs import server
from bobine.air.recorder.inputs.chosen import source_of
from bobine.air.recorder.inputs.ffmpeg_options import Wanted, stall_s
from bobine.air.recorder.inputs.sources import Source
from bobine.air.recorder.levels import SILENT_LUFS, Levels, Meter, dead_side
from bobine.air.recorder.link import control
from bobine.air.recorder.link.alarms import SIDES
from bobine.air.recorder.link.status import FRESH_S, State, Status
from bobine.air.recorder.wav import SAMPLE_BYTES
from bobine.errors import BobineError
from bobine.french import decimal, printable
from bobine.model.recording import RecordingSettings, SoundInput

LISTEN_S = 2.0
"""Time for which the input is listened to, seconds."""

INPUT = "Entrée son"
SOURCES = "Entrées possibles"
SECOND = "Deuxième copie"
_OWNER = "technique"
_DEFAULT = "pulse:default"
_TICK_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """The levels heard on an input.

    Attributes:
        peak_dbfs: highest sample; None for digital silence.
        lufs: loudest 0.4 s; None for silence.
        clipped: samples at full scale.
        dead_side: the channel, 0 or 1, that brought nothing while the other did; None for none.
    """

    peak_dbfs: float | None
    lufs: float | None
    clipped: int = 0
    dead_side: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """The result of listening to an input for a moment.

    Attributes:
        signal: what was heard; None where nothing came.
        trouble: why nothing came, in French.
        source: the source that was listened to, by the name that people know it by; empty where it has none.
        monitor: it is what the computer plays, not what comes into it.
    """

    signal: Signal | None
    trouble: str = ""
    source: str = ""
    monitor: bool = False


def input_check(settings: RecordingSettings, root: Path, recording: Path, *, seconds: float = LISTEN_S) -> Check:
    """Check that sound comes in: from a recorder that is already at work, else by listening for a moment.

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
        heard = listen(source_of(settings, root), settings, seconds)
    except BobineError as error:
        return _bad(_as_words(str(error)))
    if heard.signal is None:
        return _bad(_as_words(heard.trouble))
    found = signal_check(heard.signal)
    named = replace(found, words=f"« {printable(heard.source)} » : {found.words}") if heard.source else found
    if heard.monitor and named.verdict is Verdict.GOOD and settings.input == _DEFAULT:
        words = f"{named.words} ; c'est ce que joue cet ordinateur, pas ce qui y entre : choisissez une autre entrée"
        return replace(named, verdict=Verdict.DOUBT, words=words, owner=_OWNER)
    return named


def sources_check() -> Check | None:
    """A check that lists the inputs of this computer as ``shows.toml`` names them; None where none is known."""
    seen = server.look()
    if seen is None and shutil.which("pactl") is None:
        words = (
            "« pactl » n'est pas sur cet ordinateur : l'entrée ne peut être ni nommée, ni tenue si une autre prend sa "
            "place ; installez-le (paquet pulseaudio-utils)"
        )
        return Check(what=SOURCES, verdict=Verdict.DOUBT, words=words, owner=_OWNER)
    if seen is None:
        listed = list(server.cards())
    else:
        # what comes in is looked for first, what is played can be recorded too
        ordered = sorted(seen.sources, key=lambda one: (one.monitor, one.name != seen.default))
        listed = [f"pulse:{one.name} ({one.words or 'sans nom'}{_width(one)})" for one in ordered]
    if not listed:
        return None
    return Check(what=SOURCES, verdict=Verdict.GOOD, words=printable(", ".join(listed)))


def _width(source: Source) -> str:
    return f", {len(source.channel_map)} voies" if len(source.channel_map) > 2 else ""


def second_check(settings: RecordingSettings, root: Path, recording: Path) -> Check | None:
    """Check that the second copy can be written, on another disk; None where none is wanted.

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
        minutes = shutil.disk_usage(place).free // bytes_per_second(settings) // 60
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


def bytes_per_second(settings: RecordingSettings) -> int:
    """Bytes that one second of a recording takes on the disk."""
    return settings.rate * settings.channels * SAMPLE_BYTES


def listen(source: SoundInput, settings: RecordingSettings, seconds: float) -> Listened:
    """Listen to an input for a moment, as the recorder would.

    Args:
        source: the input; a file's path is absolute.
        settings: rate, channels and pair.
        seconds: how much sound is wanted.

    Raises:
        ToolError: if there is no ffmpeg.
    """
    meter = Meter(settings.rate, settings.channels)
    wanted = Wanted(rate=settings.rate, channels=settings.channels, pair=settings.pair)
    capture = Capture(source, wanted, speed=1, begin=lambda: 0.0, on_line=meter.read_line)
    frame = settings.channels * SAMPLE_BYTES
    goal, heard, rest, found = round(seconds * settings.rate), 0, b"", Levels()
    limit = steady() + stall_s(source) + seconds
    trouble = ""
    try:
        while heard < goal and steady() < limit and not capture.ended:
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
    own = capture.pin.view().source
    name = str(own) if own is not None else capture.pin.name
    if not heard:
        trouble = trouble or f"Rien n'arrive de l'entrée « {printable(source.name)} » : vérifiez son branchement."
        return Listened(signal=None, trouble=trouble, source=name)
    return Listened(signal=_signal(found), source=name, monitor=own is not None and own.monitor)


def signal_check(signal: Signal) -> Check:
    """The verdict on a signal."""
    if signal.peak_dbfs is None:
        return _bad("silence total : vérifiez le câble, la tranche de la console et l'entrée choisie")
    peak = f"crête {decimal(signal.peak_dbfs)} dBFS"
    if signal.clipped:
        return _bad(f"elle sature ({peak}) : baissez le niveau qui y entre")
    if signal.lufs is None or signal.lufs < SILENT_LUFS:
        words = f"presque rien n'arrive ({peak}) : parlez dans un micro et recommencez"
        return Check(what=INPUT, verdict=Verdict.DOUBT, words=words, owner=_OWNER)
    if signal.dead_side is not None:
        words = f"rien n'arrive {SIDES[signal.dead_side]} ({peak} de l'autre côté) : vérifiez le câble de ce côté"
        return _bad(f"{words}, ou prenez une seule voie (« channels » et « pair » dans shows.toml)")
    return Check(what=INPUT, verdict=Verdict.GOOD, words=f"du son arrive, {decimal(signal.lufs)} LUFS, {peak}")


def follow(recording: Path, seconds: float) -> tuple[Status | None, Signal]:
    """Follow a recorder that is already running: its last status, and the signal it heard meanwhile.

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
    """The verdict on a recorder that is already running.

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
    name = status.source_words or status.source
    words = f"déjà enregistrée{f' depuis « {printable(name)} »' if name else ''} ; {level.words}"
    return Check(what=INPUT, verdict=level.verdict, words=words, owner=level.owner)


def _louder(one: Levels, other: Levels) -> Levels:
    """The highest of both; clipping is counted from the beginning already."""
    lufs = [value for value in (one.momentary_lufs, other.momentary_lufs) if value is not None]
    sides = zip_longest(one.peaks_dbfs, other.peaks_dbfs)
    peaks = tuple(max((peak for peak in side if peak is not None), default=None) for side in sides)
    return Levels(peaks_dbfs=peaks, momentary_lufs=max(lufs, default=None), clipped=other.clipped)


def _signal(levels: Levels) -> Signal:
    peak = max((peak for peak in levels.peaks_dbfs if peak is not None), default=None)
    dead = dead_side(levels.peaks_dbfs)
    return Signal(peak_dbfs=peak, lufs=levels.momentary_lufs, clipped=levels.clipped, dead_side=dead)


def _bad(words: str) -> Check:
    return Check(what=INPUT, verdict=Verdict.BAD, words=words, owner=_OWNER)


def _as_words(sentence: str) -> str:
    """A sentence as the end of a line: no capital, no full stop."""
    return sentence[:1].lower() + sentence[1:].removesuffix(".")
