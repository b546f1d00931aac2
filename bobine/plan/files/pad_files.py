"""Read the ready-to-air sounds that a rundown names: are they there, are they sound, how long do they last?"""

from __future__ import annotations

import contextlib
from datetime import timedelta
from pathlib import Path

from bobine.errors import SoundError
from bobine.model.episode import Episode
from bobine.plan.readiness.report import PadFacts
from bobine.sound.conform import sounds
from bobine.sound.header_reading import plain_samples
from bobine.sound.survey import SILENCE
from bobine.store.opening import is_regular
from bobine.store.sounds import find_file

LISTENED_BEYOND = timedelta(minutes=10)
"""Length of a sound that is decoded past its item's planned end: enough to say that it is too long."""

_RATE = 8000
_HIGHEST_RATE = 192_000


def read_pads(episode: Episode, folder: Path) -> dict[str, PadFacts]:
    """Read the facts of each sound that an item names, by the item's id.

    Args:
        episode: the plan, read strictly: its paths stay inside the workspace.
        folder: the episode's folder, which the paths start from.

    Raises:
        ToolError: if there is no ffmpeg.
    """
    return {item.id: read_pad(find_file(folder, item.file), item.duration) for item in episode.items if item.file}


def read_pad(path: Path, planned: timedelta) -> PadFacts:
    """Read the facts of one sound; a sound that cannot be decoded is a fact, not an error.

    Args:
        path: the file, existing or not.
        planned: how long its item may last; the sound is listened to for ``LISTENED_BEYOND`` more.

    Raises:
        ToolError: if there is no ffmpeg.
    """
    if not is_regular(path):
        return PadFacts(exists=False)
    rate = _rate(path)
    most = round((planned + LISTENED_BEYOND).total_seconds() * rate)
    samples, peak = 0, 0.0
    try:
        with contextlib.closing(sounds(path, rate)) as pieces:
            for piece in pieces:
                heard = piece[: most - samples]
                samples += len(heard)
                peak = max(peak, float(abs(heard).max(initial=0.0)))
                if samples >= most:
                    break
    except SoundError:
        return PadFacts(exists=True)
    if not samples:
        return PadFacts(exists=True)
    return PadFacts(exists=True, decodable=True, silent=peak < SILENCE, duration=timedelta(seconds=samples / rate))


def _rate(path: Path) -> int:
    """The rate to listen at, Hz: a file's own where its samples are plain, and need no ffmpeg then; else a low one."""
    pcm = plain_samples(path)
    return pcm.rate if pcm is not None and _RATE <= pcm.rate <= _HIGHEST_RATE else _RATE
