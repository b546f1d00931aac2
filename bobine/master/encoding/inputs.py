"""The inputs of one ffmpeg graph: pieces of 48 kHz PCM files, read exactly to the sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg as graph

from bobine import ffmpeg
from bobine.master.edit import RATE
from bobine.master.pieces import Join, Piece, Pieces


@dataclass(frozen=True, slots=True)
class Named:
    """Sounds by a name of their samples: a graph over them is never run, its arguments say what it would give.

    Attributes:
        name: a text that is the same for the same samples.
    """

    name: Callable[[Piece], str]


Sources = Mapping[str | Join, Path] | Named
"""A 48 kHz PCM file for each sound: the recording, the takes, the joins; or their names."""


class Inputs:
    """Opens the sounds of one graph; make another for another graph."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._opened: Counter[tuple[str | Join, int]] = Counter()

    def read(self, pieces: Pieces) -> Any:
        """The sound of pieces, one after the other; its time starts at 0."""
        parts = [self._piece(piece) for piece in pieces]
        return parts[0] if len(parts) == 1 else graph.concat(*parts, v=0, a=1)

    def _piece(self, piece: Piece) -> Any:
        if isinstance(self._sources, Named):
            sound = self._named(piece, self._sources.name(piece))
        else:
            sound = self._sought(piece, self._sources[piece.sound])
        if piece.muted:  # all that comes before a fade-in is silence
            sound = sound.filter("afade", type="in", start_sample=piece.muted, nb_samples=1)
        return sound

    def _named(self, piece: Piece, name: str) -> Any:
        again = self._opened[name, 0]
        self._opened[name, 0] += 1
        sound = ffmpeg.stand_in(name, again).filter("atrim", start_sample=0, end_sample=piece.samples)
        return stereo(sound.filter("asetpts", "PTS-STARTPTS"))

    def _sought(self, piece: Piece, path: Path) -> Any:
        """Sought to a whole second, then trimmed by counting.

        The graph's builder takes two inputs that are written alike for one, and refuses to read it twice: one that
        begins in the same second of the same file as another has its second written with one more zero.
        """
        seconds, rest = divmod(piece.first, RATE)
        again = self._opened[piece.sound, seconds]
        self._opened[piece.sound, seconds] += 1
        sought = f"{seconds}.{'0' * again}" if again else seconds
        sound = ffmpeg.read_file(path, ss=sought)
        sound = sound.filter("atrim", start_sample=rest, end_sample=rest + piece.samples)
        return stereo(sound.filter("asetpts", "PTS-STARTPTS"))


def stereo(sound: Any) -> Any:
    """The sound at 48 kHz in two channels of floats."""
    return sound.filter("aresample", RATE).filter("aformat", sample_fmts="fltp", channel_layouts="stereo")
