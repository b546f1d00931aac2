"""ffmpeg's own loudness meter, which ours is held against."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bobine import ffmpeg
from bobine.master.levelling.loudness import Reading
from tests.inputs import fed

PRINTED = "ebur128=metadata=1:peak=true+sample,ametadata=mode=print:file=-"
"""The end of a filter chain whose blocks ``printed`` reads on standard output."""


def measured(sound: NDArray[np.float32]) -> Reading:
    """What it reads of stereo floats at 48 kHz, shape (samples, 2); its true peak counts silence after them."""
    content = sound.astype("<f4").tobytes()
    return printed([*fed("f32le", ar=48_000, ac=2), "-af", PRINTED, "-f", "null", "-"], content)


def printed(arguments: Sequence[str], feed: bytes | None = None) -> Reading:
    """What it reads in a run with ``PRINTED`` in it."""
    text = ffmpeg.run(arguments, feed=feed).output.decode()
    blocks = {name: [float(value) for value in re.findall(rf"r128\.{name}=(\S+)", text)] for name in ("M", "S")}
    peaks = [float(value) for value in re.findall(r"true_peaks_ch\d=(\S+)", text)]
    highest = max(peaks, default=0.0)
    return Reading(tuple(blocks["M"][3:]), tuple(blocks["S"][29:]), 20 * math.log10(highest) if highest else -math.inf)
