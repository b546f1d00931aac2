"""The memory of mastering: what a graph would give is looked up by what it does and by the samples that it reads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bobine.errors import SoundError
from bobine.french import printable
from bobine.master.cache.cache import Cache
from bobine.master.cache.digests import Digests
from bobine.master.cache.program import makers
from bobine.master.cache.values import as_reading, as_ride, reading_bytes, ride_bytes
from bobine.master.encoding.inputs import Named, Sources
from bobine.master.levelling.loudness import Reading
from bobine.master.levelling.rider import Ride
from bobine.master.pieces import Join, Piece


class Memory:
    """What was made before of the same sound, and what is made now for the next time.

    A key is a digest of all that decides the result: the program and its ffmpeg, the arguments of the graph, and in the
    place of its inputs the digests of the samples that it reads. Where nothing is kept, the arguments themselves do.
    """

    def __init__(self, cache: Cache, sources: Mapping[str | Join, Path], digests: Digests | None) -> None:
        self.cache = cache
        self._sources = sources
        self._digests = digests
        self._makers = makers()

    def asked(self, graph: Callable[[Sources], Sequence[str]]) -> str:
        """The key of what a graph gives.

        Args:
            graph: makes its arguments for given sources.

        Raises:
            SoundError: if a source cannot be read.
        """
        digests = self._digests
        if digests is None:
            return self.key("plain", *graph(self._sources))
        return self.key(*graph(Named(lambda piece: self._name(digests, piece))))

    def key(self, *parts: object) -> str:
        """The key of what is worked out from values whose ``repr`` says all of them."""
        return hashlib.sha256(repr((self._makers, parts)).encode("utf-8", "surrogatepass")).hexdigest()

    def known_reading(self, key: str) -> Reading | None:
        """A reading that was measured before; None where it was not."""
        content = self.cache.read(key)
        return None if content is None else as_reading(content)

    def reading(self, key: str, items: Sequence[str], measure: Callable[[], Reading]) -> Reading:
        """A reading, measured where it is not known."""
        known = self.known_reading(key)
        if known is not None:
            return known
        found = measure()
        self.keep_reading(key, found, items)
        return found

    def keep_reading(self, key: str, reading: Reading, items: Sequence[str]) -> None:
        """Keep a reading that was measured of the sound of these items."""
        self.cache.write(key, [reading_bytes(reading)], items)

    def ride(self, key: str, items: Sequence[str], find: Callable[[], Ride]) -> Ride:
        """A ride, found where it is not known."""
        known = self.cache.read(key)
        if known is not None:
            return as_ride(known)
        found = find()
        self.cache.write(key, [ride_bytes(found)], items)
        return found

    def end(self) -> None:
        """Keep what was found out about the sources."""
        if self._digests is not None:
            self._digests.remember()

    def _name(self, digests: Digests, piece: Piece) -> str:
        try:
            return digests.name(piece)
        except OSError as error:
            name = printable(self._sources[piece.sound].name)
            raise SoundError(f"« {name} » ne peut pas être lu : vérifiez ce fichier et son disque.") from error
