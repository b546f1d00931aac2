"""Reads a stretch of a recording with its treatment, as an ffmpeg graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ffmpeg as graph

from bobine import ffmpeg
from bobine.master.edit import RATE, Stretch
from bobine.master.treatment.plan import NOTHING, Pieces, Treatment, split
from bobine.sound.faults.sides import AS_IT_IS

CROSSFADE = RATE // 50
"""Samples over which one treatment passes into the next, in the stretch that comes after."""

_LEAD = RATE
_HIGH_PASS_HZ = 10
_NOTCH_WIDTH_HZ = 1.5


def read(recording: Path, stretch: Stretch, plan: Pieces) -> Any:
    """A stretch of a 48 kHz PCM file, exact to the sample, treated; its time starts at 0.

    Where the treatment changes inside it, the sound after the change is heard both ways for 20 ms, one fading into the
    other: no step is left.
    """
    parts = split(plan, stretch.start, stretch.start + stretch.samples)
    sound = None
    for n, part in enumerate(parts):
        following = parts[n + 1] if n + 1 < len(parts) else None
        after = min(CROSSFADE, following.end - following.start) if following else 0
        source = stretch.source + part.start - stretch.start
        own = _treated(recording, source, part.end - part.start + after, part.treatment)
        if sound is not None:
            over = min(CROSSFADE, part.end - part.start)
            own = graph.filter([sound, own], "acrossfade", ns=over, c1="tri", c2="tri").filter("asetpts", "N/SR/TB")
        sound = own
    return sound


def stereo(sound: Any) -> Any:
    """The sound at 48 kHz in two channels of floats."""
    return sound.filter("aresample", RATE).filter("aformat", sample_fmts="fltp", channel_layouts="stereo")


def _treated(recording: Path, source: int, samples: int, treatment: Treatment) -> Any:
    if treatment == NOTHING:
        return _plain(recording, source, samples)
    lead, again = 0, 0
    if treatment.high_pass or treatment.notches_hz:
        # a filter hears a second of sound before it counts: what lies before, or at the file's start the same second
        lead = min(source, _LEAD)
        again = min(samples + lead, _LEAD) if lead < _LEAD else 0
    sound = _plain(recording, source - lead, samples + lead)
    if again:
        sound = sound.filter("aloop", loop=1, size=again, start=0)
    if treatment.ceiling is not None:
        sound = (
            sound.filter("volume", f"{1 / treatment.ceiling:.9f}", precision="float")
            .filter("asoftclip", type="hard")
            .filter("volume", f"{treatment.ceiling:.9f}", precision="float")
        )
    if treatment.high_pass:
        sound = sound.filter("highpass", frequency=_HIGH_PASS_HZ, precision="f64")
    for line in treatment.notches_hz:
        sound = sound.filter("bandreject", frequency=line, width_type="h", width=_NOTCH_WIDTH_HZ, precision="f64")
    if lead or again:
        sound = sound.filter("atrim", start_sample=lead + again).filter("asetpts", "PTS-STARTPTS")
    if treatment.matrix != AS_IT_IS:
        left, right = (f"{of_left:g}*c0{of_right:+g}*c1" for of_left, of_right in treatment.matrix)
        # by its name: a value without one is escaped once too often for its equals signs
        sound = sound.filter("pan", args=f"stereo|c0={left}|c1={right}")
    return sound.filter("aformat", sample_fmts="fltp", channel_layouts="stereo")


def _plain(recording: Path, source: int, samples: int) -> Any:
    """Sought to a whole second, then trimmed by counting.

    Trimmed first: two stretches that begin in one second share their input, and no filter may have two followers.
    """
    seconds, rest = divmod(source, RATE)
    sound = ffmpeg.read_file(recording, ss=seconds).filter("atrim", start_sample=rest, end_sample=rest + samples)
    return stereo(sound.filter("asetpts", "PTS-STARTPTS"))
