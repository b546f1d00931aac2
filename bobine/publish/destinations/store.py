"""The operations that a release needs of a destination, be it a folder or a bucket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from bobine.model.published.release import StoredFile
from bobine.publish.destinations.unfinished import Unfinished

OnWait = Callable[[str, int, int], None]
"""Told what is waited for (in French), how long it was, and how long it may be at most, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObject:
    """An object of a destination, as the destination describes it.

    Attributes:
        key: its path below the destination's root.
        media_type: what it is served as, without parameters.
        bytes: its size.
        version: changes whenever its content does: an ETag, or a hash of the content.
        sha256: hexadecimal digest of its content, as computed or as noted when it was sent; empty if not known.
    """

    key: str
    media_type: str
    bytes: int
    version: str
    sha256: str = ""

    def is_identical_to(self, file: StoredFile) -> bool:
        """Whether the object is this very file, type included, so that it need not be sent again."""
        mine = (self.key, self.media_type, self.bytes, self.sha256)
        return mine == (file.key, file.media_type, file.bytes, file.sha256)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A small object read whole: its content, and the version that content is of."""

    content: bytes
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a listing.

    Attributes:
        bytes: size of the object.
        version: changes with the content, to compare with other listings only; empty if listing does not tell.
    """

    bytes: int
    version: str = ""


class Store(Protocol):
    """A destination, opened. Every method raises ``PublishError`` where the destination fails or refuses."""

    @property
    def name(self) -> str:
        """The key in ``shows.toml``."""

    @property
    def public_url(self) -> str:
        """The public address of the root; ends with ``/``."""

    def location(self, key: str) -> str:
        """The place of a key, for people: a path, or an ``s3://`` address."""

    def check(self) -> None:
        """Make sure that it can be reached and written.

        Raises:
            PublishError: if not, with what to do about it.
            DiskError: if it is a folder on a full disk.
        """

    def tell_waits(self, on_wait: OnWait) -> None:
        """Have waits for other publishers told from now on."""

    def skew(self) -> timedelta | None:
        """The lead of the destination's clock over this machine's, as :meth:`check` saw; None if not known."""

    def enforces_conditions(self) -> bool:
        """Whether :meth:`swap` is one step that no other publisher can come between; asked of the store once."""

    def head(self, key: str) -> StoredObject | None:
        """The object stored under a key; None if there is none."""

    def fetch(self, key: str) -> Fetched | None:
        """A small object, whole; None if there is none. More than ``MAX_FEED_BYTES`` is refused."""

    def read(self, key: str, start: int, length: int) -> bytes:
        """A stretch of an object's content.

        Args:
            key: the object, which must be there.
            start: first byte, from 0.
            length: number of bytes, from 1; fewer come back where the object ends before.
        """

    def listing(self, prefix: str) -> dict[str, Listed]:
        """Every object whose key begins with a prefix that ends with ``/``, by key."""

    def put(
        self, file: StoredFile, source: Path, cache_control: str, on_bytes: Callable[[int], None] | None = None
    ) -> None:
        """Send a file, over whatever its key held: whole, or not at all.

        Args:
            file: its key, type, size and digest.
            source: the local file.
            cache_control: the header it is served with.
            on_bytes: called with each number of bytes sent or found there already, negative for those to be sent again;
                when this ends in any way, the sum is what need not be sent again.

        Raises:
            DiskError: if the destination is a folder on a full disk.
        """

    def swap(self, key: str, content: bytes, media_type: str, cache_control: str, expected: str | None) -> bool:
        """Replace a small object only if it still is what the caller saw.

        Args:
            key: the object.
            content: its new content.
            media_type: what it is served as.
            cache_control: the header it is served with.
            expected: the version that is there, from :meth:`fetch`; None if nothing is.

        Returns:
            False, and the object is somebody else's, if it changed in the meantime.

        Raises:
            DiskError: if the destination is a folder on a full disk.
        """

    def delete(self, key: str) -> None:
        """Delete an object, for good; does nothing where there is none. Only what no feed names may be deleted.

        Raises:
            PublishError: if the destination refuses or fails; the object may then be there or not.
        """

    def unfinished(self, slug: str, day: date) -> tuple[Unfinished, ...]:
        """List the files that runs cut short may have left of a show, whoever ran them, or now run.

        Args:
            slug: the show's.
            day: the episode whose whole files are told as well: none may name them.
        """

    def clear(self, one: Unfinished) -> None:
        """Take one of them away, for good; does nothing where it is gone."""

    def probe_public(self, file: StoredFile) -> None:
        """Make sure that listeners can have a file at its public address, whole and by ranges."""
