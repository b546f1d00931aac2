"""The memory of what a feed's further pages were made from: an unchanged one is not made again. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FeedMemory:
    """The pages that are online, and what is known of how they were made.

    Attributes:
        online: the content of each page, by key.
        made: print of what a page was last made from, and SHA-256 of what came out, by key; grows as pages are made.
    """

    online: Mapping[str, bytes]
    made: dict[str, tuple[str, str]] = field(default_factory=dict)

    def page(self, key: str, made_from: str, make: Callable[[], bytes]) -> bytes:
        """A page: the one that is online where it was made from the same, else a new one.

        Args:
            key: the page's.
            made_from: print of all that it depends on.
            make: makes it.
        """
        content = self.online.get(key)
        if content is not None and self.made.get(key) == (made_from, hashlib.sha256(content).hexdigest()):
            return content
        content = make()
        self.made[key] = (made_from, hashlib.sha256(content).hexdigest())
        return content
