"""A sound that is sent while it grows: what a destination needs of it, and what it offers for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from bobine.model.published.release import StoredFile

OnBytes = Callable[[int], None]
"""Called with each number of bytes that are sent, negative for those that did not arrive."""


class Body(Protocol):
    """The sound as far as it is known, without what comes before it in the file."""

    @property
    def size(self) -> int:
        """Bytes that are known."""

    def read(self, start: int, length: int) -> bytes:
        """A stretch of them."""


class CannotSendAheadError(Exception):
    """The destination lacks what sending ahead needs; its text is a French clause that says what."""


class Growing(Protocol):
    """The sounds of a destination that still grow, each under a key of its own until it has its name."""

    def offer(self, key: str, body: Body, on_bytes: OnBytes) -> None:
        """Send the parts that are whole by now, and those that are not what was sent.

        Raises:
            CannotSendAheadError: if the destination lacks what is needed; nothing is left there.
            PublishError: if it fails or refuses; what has arrived stays.
        """

    def finish(
        self, key: str, file: StoredFile, head: bytes, body: Body, cache_control: str, on_bytes: OnBytes
    ) -> bool:
        """Send what lacks, and give the whole its name.

        Args:
            key: where it went up.
            file: what it has become.
            head: what it begins with.
            body: the rest, all of it.
            cache_control: the header it is served with.
            on_bytes: called with each number of bytes that are sent or found there already, negative for what did not
                arrive.

        Returns:
            False where nothing had been begun, or no whole came of it: it is to be sent in another way.

        Raises:
            PublishError: if the destination fails; what has arrived stays.
        """

    def abandon(self, key: str) -> None:
        """Take away all that went up; what cannot be taken away now goes with a later sound."""


@runtime_checkable
class SendsAhead(Protocol):
    """A destination that takes a sound while it grows."""

    def growing(self) -> Growing:
        """Its sounds that grow."""
