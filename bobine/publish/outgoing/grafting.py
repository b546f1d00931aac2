"""A correction of words alone sends words alone: the sound behind the tags is there already, and is copied there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bobine.errors import PublishError
from bobine.model.published.release import Audio, Release
from bobine.publish.destinations.asking import fetch_confirmed
from bobine.publish.destinations.grafting import Grafts, Stretch
from bobine.publish.destinations.growing import OnBytes
from bobine.publish.destinations.store import Store
from bobine.publish.layout import IMMUTABLE, record_key
from bobine.publish.outgoing.sound_heads import head_bytes
from bobine.publish.records import decode

_EDGE = 64 << 10
"""Bytes that are read back where the head and the sound meet."""


class SoundThere:
    """The sound of an episode as it is at a destination; its record is read when it is first asked for."""

    def __init__(self, store: Store, slug: str, release: Release) -> None:
        """Nothing is asked yet.

        Args:
            store: the destination.
            slug: the show's.
            release: the episode as it is to be.
        """
        self._store = store
        self._slug = slug
        self._day = release.date
        self._wanted = {audio.file.key: audio for audio in release.audio}
        self._known: Sequence[Audio] | None = None

    def graft(self, key: str, source: Path, on_bytes: OnBytes) -> bool:
        """Make a file of its head and of the same sound there; False where that cannot be: it is to be sent whole.

        Args:
            key: of the file.
            source: the local file.
            on_bytes: called with each number of bytes that are sent or found there.

        Raises:
            PublishError: if the destination fails.
        """
        audio = self._wanted.get(key)
        if audio is None or audio.body_sha256 is None or not isinstance(self._store, Grafts):
            return False
        size = head_bytes(source)
        body_bytes = audio.file.bytes - size
        was = next((one for one in self._there() if _is_same_sound(one, audio)), None)
        if was is None or size <= 0 or not 0 < body_bytes < was.file.bytes:
            return False
        found = self._store.head(was.file.key)
        if found is None or not found.is_identical_to(was.file):
            return False
        with source.open("rb") as stream:
            head = stream.read(size)
            start = stream.read(_EDGE)
        body = Stretch(was.file.key, was.file.bytes - body_bytes, body_bytes)
        if self._store.read(body.key, body.start, len(start)) != start:
            return False
        told = 0

        def count(more: int) -> None:
            nonlocal told
            told += more
            on_bytes(more)

        if self._store.graft(audio.file, head, body, IMMUTABLE, count) and self._is_whole(audio, size, start):
            return True
        if told:
            on_bytes(-told)
        return False

    def _is_whole(self, audio: Audio, size: int, start: bytes) -> bool:
        """Whether what was made there is the file, as far as its size, its digest and the seam tell."""
        found = self._store.head(audio.file.key)
        if found is None or not found.is_identical_to(audio.file):
            return False
        return self._store.read(audio.file.key, size, len(start)) == start

    def _there(self) -> Sequence[Audio]:
        if self._known is None:
            self._known = ()
            key = record_key(self._slug, self._day)
            found = fetch_confirmed(self._store, key)
            try:
                release = decode(found.content, self._store.location(key)) if found is not None else None
            except PublishError:  # damaged, or a newer Bobine's: nothing is known
                release = None
            if release is not None and release.withdrawn is None:
                self._known = release.audio
        return self._known


def _is_same_sound(one: Audio, other: Audio) -> bool:
    same = (one.file.media_type, one.body_sha256) == (other.file.media_type, other.body_sha256)
    return same and one.file.key != other.file.key
