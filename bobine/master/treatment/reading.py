"""Read a stretch of a recording with its treatment, as an ffmpeg graph."""

from __future__ import annotations

from typing import Any

import ffmpeg as graph

from bobine.master.edit import RATE, Stretch
from bobine.master.encoding.inputs import Inputs
from bobine.master.pieces import Piece, Pieces, joined, length, part
from bobine.master.treatment.plan import NOTHING, Patches, Treatment, split
from bobine.sound.faults.sides import AS_IT_IS

CROSSFADE = RATE // 50
"""Samples over which one treatment passes into the next, in the stretch that comes after."""

_LEAD = RATE
_HIGH_PASS_HZ = 10
_NOTCH_WIDTH_HZ = 1.5


def read(inputs: Inputs, stretch: Stretch, plan: Patches) -> Any:
    """A stretch of the podcast, exact to the sample, treated; its time starts at 0.

    Where the treatment changes inside it, the sound after the change is heard both ways for 20 ms, one fading into the
    other: no step is left.
    """
    parts = split(plan, stretch.start, stretch.start + stretch.samples)
    sound = None
    for n, one in enumerate(parts):
        following = parts[n + 1] if n + 1 < len(parts) else None
        after = min(CROSSFADE, following.end - following.start) if following else 0
        pieces = part(stretch.pieces, one.start - stretch.start, one.end - stretch.start + after)
        own = _treated(inputs, pieces, one.treatment)
        if sound is not None:
            over = min(CROSSFADE, one.end - one.start)
            own = graph.filter([sound, own], "acrossfade", ns=over, c1="tri", c2="tri").filter("asetpts", "N/SR/TB")
        sound = own
    return sound


def _treated(inputs: Inputs, pieces: Pieces, treatment: Treatment) -> Any:
    if treatment == NOTHING:
        return inputs.read(pieces)
    lead, again = 0, 0
    if treatment.high_pass or treatment.notches_hz:
        # a filter hears a second of sound before it counts: what lies before, or at the file's start the same second
        first = pieces[0]
        lead = min(first.first, _LEAD)
        again = min(length(pieces) + lead, _LEAD) if lead < _LEAD else 0
        pieces = joined((Piece(first.sound, first.first - lead, lead),), pieces) if lead else pieces
    sound = inputs.read(pieces)
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
