"""Digests of the very samples that a graph reads, so that the same sound is known again wherever it lies.

Stretches are digested apart at the bounds of the segments: each sample is read once, whichever graphs use it. What was
digested of a file is remembered for as long as nothing wrote to that file.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from bobine.master.edit import Segment
from bobine.master.pieces import Join, Piece
from bobine.sound.header_reading import plain_samples
from bobine.store.codec.json_text import JsonFault, json_text, read_json

_AT_A_TIME = 1 << 20


def file_state(path: Path) -> str:
    """A text that changes whenever a file is written to or replaced; the same on every machine that shares its disk.

    Raises:
        OSError: if it is not there.
    """
    state = path.stat()
    return f"{path.name} {state.st_ino} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}"


class Notes(Protocol):
    """Where digests are remembered: a ``Cache``, say."""

    def read(self, key: str) -> bytes | None:
        """The note kept under a key; None where nothing was."""

    def write(self, key: str, content: Iterable[bytes]) -> None:
        """Note something, if there is room."""


class _Sound:
    """One 48 kHz PCM file: the bounds at which it is digested, and what is known of it."""

    def __init__(self, path: Path, state: str, bounds: set[int], notes: Notes) -> None:
        self._path = path
        self._bounds = sorted(bounds)
        self._notes = notes
        self._note = hashlib.sha256(f"digests {state}".encode("utf-8", "surrogatepass")).hexdigest() if state else ""
        self._known = self._remembered()
        self._changed = False

    def _remembered(self) -> dict[str, str]:
        content = self._notes.read(self._note) if self._note else None
        try:
            found = read_json(content) if content else {}
        except JsonFault:
            return {}
        return {str(place): str(digest) for place, digest in found.items()} if isinstance(found, dict) else {}

    def remember(self) -> None:
        if self._changed and self._note:
            self._notes.write(self._note, [json_text(self._known, ordered=True).encode()])

    def name(self, first: int, last: int) -> str:
        inner = [bound for bound in self._bounds if first < bound < last]
        ends = [first, *inner, last]
        return " ".join(self._digest(start, end) for start, end in pairwise(ends))

    def _digest(self, first: int, last: int) -> str:
        place = f"{first}-{last}"
        if place not in self._known:
            self._known[place] = self._read(first, last)
            self._changed = True
        return self._known[place]

    def _read(self, first: int, last: int) -> str:
        pcm = plain_samples(self._path)
        width = re.search(r"\d+", pcm.coding) if pcm is not None else None
        frame = 0 if pcm is None or width is None else int(width[0]) // 8 * pcm.channels
        with self._path.open("rb") as file:
            if pcm is None or not frame:
                return f"{hashlib.file_digest(file, 'sha256').hexdigest()}@{first}-{last}"
            digest = hashlib.sha256(f"{pcm.coding} {pcm.channels} {last - first} ".encode())
            file.seek(pcm.offset + first * frame)
            left = max(0, min(last, pcm.samples) - first) * frame
            while left > 0 and (piece := file.read(min(left, _AT_A_TIME))):
                digest.update(piece)
                left -= len(piece)
        return digest.hexdigest()


class Digests:
    """The digests of the sounds that an edit list is made of.

    Args:
        sources: a 48 kHz PCM file for each sound.
        states: for each of them, a text that changes whenever its sound may; those that have none are not remembered.
        segments: the edit list.
        notes: where they are remembered.
    """

    def __init__(
        self,
        sources: Mapping[str | Join, Path],
        states: Mapping[str | Join, str],
        segments: tuple[Segment, ...],
        notes: Notes,
    ) -> None:
        bounds: dict[str | Join, set[int]] = {sound: set() for sound in sources}
        for piece in (piece for segment in segments for piece in segment.pieces):
            bounds[piece.sound] |= {piece.first + piece.muted, piece.first + piece.samples}
        self._sounds = {
            sound: _Sound(path, states.get(sound, ""), bounds[sound], notes) for sound, path in sources.items()
        }
        self._lock = threading.Lock()

    def name(self, piece: Piece) -> str:
        """A text that is the same for the same samples; those that are muted do not count.

        Raises:
            OSError: if the file cannot be read.
        """
        with self._lock:
            return self._sounds[piece.sound].name(piece.first + piece.muted, piece.first + piece.samples)

    def remember(self) -> None:
        """Keep what was found out, for the next time."""
        with self._lock:
            for sound in self._sounds.values():
                sound.remember()
