"""The memory of what a feed's further pages were made from: an unchanged one is not made again. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bobine.publish.memory.prints import bare_digest


@dataclass(frozen=True, slots=True)
class FeedMemory:
    """The pages that are online, and what is known of how they were made.

    Attributes:
        online: the content of each page that was read, by key.
        made: print of what a page was last made from, and SHA-256 of what came out, by key; grows as pages are made.
        standing: SHA-256 of each page that was not read, by key. All digests are of pages without their stamp.
    """

    online: Mapping[str, bytes]
    made: dict[str, tuple[str, str]] = field(default_factory=dict)
    standing: Mapping[str, str] = field(default_factory=dict)

    def page(self, key: str, made_from: str, make: Callable[[], bytes]) -> bytes | None:
        """A page: the one that is online where it was made from the same (None if it was not read), else a new one.

        Args:
            key: the page's.
            made_from: print of all that it depends on.
            make: makes it.
        """
        there = self.online.get(key)
        digest = bare_digest(there) if there is not None else self.standing.get(key, "")
        if digest and self.made.get(key) == (made_from, digest):
            return there
        content = make()
        self.made[key] = (made_from, bare_digest(content))
        return content
