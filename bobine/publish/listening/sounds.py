"""The audio files of a show and of its chroniques' feeds, and how much of each makes a download. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bobine.model.published.listening import instalment_name
from bobine.model.published.release import Audio, Release
from bobine.publish.layout import SERIALS

_MINUTE_S = 60
_NAME = re.compile(r"(?P<stem>.+)-[0-9a-f]{12}\.(?P<suffix>[A-Za-z0-9]{1,8})", re.ASCII)
_BYTES_PER_KBIT = 125
_CONSTANT = "audio/mpeg"
"""The media type whose bit rate is constant: what a file has beyond it is its tag."""


@dataclass(frozen=True, slots=True)
class Sound:
    """An audio file of an episode or of an instalment, in all its versions.

    Attributes:
        name: what figures call it: its day of broadcast (ISO), or the instalment's name.
        suffix: of the file's name: what tells an episode's formats apart.
        least_bytes: bytes that hold a minute of its sound, or all of a shorter one.
    """

    name: str
    suffix: str
    least_bytes: int


class Sounds:
    """The sounds of a show, found by the paths that listeners ask for.

    Args:
        slug: the show's.
        releases: its records; the last one of an episode counts.
    """

    def __init__(self, slug: str, releases: Iterable[Release]) -> None:
        self._slug = slug
        self._sounds: dict[tuple[str, str], Sound] = {}
        for release in releases:
            day = release.date.isoformat()
            for audio in release.audio:
                self._know(day, audio, release.duration_s)
            for one in release.instalments:
                self._know(instalment_name(day, one.item), one.audio, one.duration_s)

    def _know(self, name: str, audio: Audio, duration_s: int) -> None:
        found = _NAME.fullmatch(self.name_in(audio.file.key) or "")
        if found is not None:
            self._sounds[found["stem"], found["suffix"]] = Sound(name, found["suffix"], least_bytes(audio, duration_s))

    def name_in(self, path: str) -> str | None:
        """The name of the show's audio file that a path ends with, its chronique's folder before it where it has one.

        None for any other path, pages and feeds of chroniques included.
        """
        folder, _, name = path.rpartition("/")
        if name and f"/{folder}".endswith(f"/{self._slug}/audio"):
            return name
        above, _, chronique = folder.rpartition("/")
        if chronique and f"/{above}".endswith(f"/{self._slug}/{SERIALS}") and _NAME.fullmatch(name):
            return f"{chronique}/{name}"
        return None

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
