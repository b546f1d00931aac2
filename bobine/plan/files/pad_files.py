"""Read the ready-to-air sounds that a rundown names: are they there, are they sound, how long do they last?"""

from __future__ import annotations

import warnings
from datetime import timedelta
from pathlib import Path

import ffmpeg as graph

from bobine import ffmpeg
from bobine.model.episode import Episode
from bobine.plan.readiness.report import PadFacts
from bobine.store.opening import is_regular
from bobine.store.sounds import find_file

with warnings.catch_warnings():
    # pydub warns where it finds no ffmpeg program: it is given decoded sound, and has nothing to run
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

LISTENED_BEYOND = timedelta(minutes=10)
"""Length of a sound that is decoded past its item's planned end: enough to say that it is too long."""

_RATE, _CHANNELS, _WIDTH = 8000, 2, 2


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
    limit = (planned + LISTENED_BEYOND).total_seconds()
    stream = ffmpeg.read_file(path)
    output = stream.output("pipe:1", f="s16le", acodec="pcm_s16le", ac=_CHANNELS, ar=_RATE, t=limit)
    try:
        data = ffmpeg.run(graph.get_args(output)).output
    except ffmpeg.FfmpegError:
        return PadFacts(exists=True)
    frame = _CHANNELS * _WIDTH
    sound = AudioSegment(
        data=data[: len(data) // frame * frame], sample_width=_WIDTH, frame_rate=_RATE, channels=_CHANNELS
    )
    if not len(sound):
        return PadFacts(exists=True)
    duration = timedelta(seconds=sound.duration_seconds)
    return PadFacts(exists=True, decodable=True, silent=sound.max == 0, duration=duration)
