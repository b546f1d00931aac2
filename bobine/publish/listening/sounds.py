"""The audio files of a show, and how much of each makes a download. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bobine.model.published.release import Audio, Release

_MINUTE_S = 60
_NAME = re.compile(r"(?P<stem>.+)-[0-9a-f]{12}\.(?P<suffix>[A-Za-z0-9]{1,8})", re.ASCII)
_BYTES_PER_KBIT = 125
_CONSTANT = "audio/mpeg"
"""The media type whose bit rate is constant: what a file has beyond it is its tag."""


@dataclass(frozen=True, slots=True)
class Sound:
    """An audio file of an episode, in all its versions.

    Attributes:
        episode: its day of broadcast (ISO).
        suffix: of the file's name: what tells an episode's formats apart.
        least_bytes: bytes that hold a minute of its sound, or all of a shorter one.
    """

    episode: str
    suffix: str
    least_bytes: int


class Sounds:
    """The sounds of a show, found by the paths that listeners ask for.

    Args:
        slug: the show's.
        releases: its records; the last one of an episode counts.
    """

    def __init__(self, slug: str, releases: Iterable[Release]) -> None:
        self._folder = f"{slug}/audio/"
        self._sounds = {}
        for release in releases:
            for audio in release.audio:
                name = _NAME.fullmatch(audio.file.key.rpartition("/")[2])
                if name is not None:
                    sound = Sound(release.date.isoformat(), name["suffix"], least_bytes(audio, release.duration_s))
                    self._sounds[name["stem"], name["suffix"]] = sound

    def name_in(self, path: str) -> str | None:
        """The name of the audio file of the show that a path ends with; None for any other path."""
        folder, _, name = path.rpartition("/")
        return name if name and f"/{folder}/".endswith(f"/{self._folder}") else None

    def named(self, name: str) -> Sound | None:
        """The sound of a file's name, also of one that was replaced since; None for one that no record knows."""
        found = _NAME.fullmatch(name)
        return None if found is None else self._sounds.get((found["stem"], found["suffix"]))


def least_bytes(audio: Audio, duration_s: int) -> int:
    """Bytes of a file from its start that hold a minute of sound (IAB Podcast Measurement 2.2: one minute).

    Where the bit rate is constant, what the file has beyond its sound is its tag and comes first; a cover there is no
    minute of anything. Elsewhere it is the file's share of a minute.

    Args:
        audio: the file.
        duration_s: the length of its sound, seconds.
    """
    size = audio.file.bytes
    if duration_s <= _MINUTE_S:
        return size
    if audio.file.media_type != _CONSTANT:
        return min(size, -(-size * _MINUTE_S // duration_s))
    rate = audio.kbps * _BYTES_PER_KBIT
    return min(size, max(0, size - rate * duration_s) + rate * _MINUTE_S)
