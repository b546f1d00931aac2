"""The index of a feed's further pages at its destination: what each was at the version that a listing named.

It spares a publisher the reading of every page, and nothing else rests on it: an entry counts only where the listing
still names the version that the page was read at, and what is missing, stale or damaged is read from the page.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bobine.publish.destinations.store import Fetched, Store
from bobine.publish.layout import RECORD_CACHE, feed_page, pages_index_key
from bobine.publish.media_types import UNKNOWN
from bobine.store.codec.json_text import JsonFault, json_text, read_json

_FORMAT = 1
_MOST_BYTES = 64 << 20
"""Most bytes that an index is unpacked to."""


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A further page as it was read.

    Attributes:
        version: the one that the destination gave with it, as a bare tag.
        digest: SHA-256 of its content without its stamp, which was right.
        guids: the identities of its items.
    """

    version: str
    digest: str
    guids: frozenset[str]


class PagesIndex:
    """The index of one show's further pages; read when it is first asked."""

    def __init__(self, store: Store, slug: str) -> None:
        self._store = store
        self._slug = slug
        self._found: Fetched | None = None
        self._seen: Mapping[str, SeenPage] | None = None

    def seen(self) -> Mapping[str, SeenPage]:
        """The pages that it tells of, by key.

        Raises:
            PublishError: if the destination fails.
        """
        if self._seen is None:
            self._found = self._store.fetch(pages_index_key(self._slug))
            self._seen = self._unpacked(self._found.content) if self._found is not None else {}
        return self._seen

    def keep(self, pages: Mapping[str, SeenPage]) -> None:
        """Write the pages that are known now, unless it says so, or another publisher wrote it meanwhile.

        Args:
            pages: all that is known, by key.

        Raises:
            PublishError: if the destination fails.
        """
        if pages == (self._seen or {}):
            return
        expected = self._found.version if self._found is not None else None
        if self._store.swap(pages_index_key(self._slug), self._packed(pages), UNKNOWN, RECORD_CACHE, expected):
            self._seen = pages

    def _packed(self, pages: Mapping[str, SeenPage]) -> bytes:
        """Equal pages give equal bytes."""
        table = {
            key.rpartition("/")[2]: {"version": page.version, "digest": page.digest, "guids": sorted(page.guids)}
            for key, page in pages.items()
        }
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
            document = {"format": _FORMAT, "pages": table, "sha256": _digest(table)}
            stream.write((json_text(document, ordered=True) + "\n").encode())
        return packed.getvalue()

    def _unpacked(self, content: bytes) -> dict[str, SeenPage]:
        """The pages of an index; none where it is damaged."""
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
                document = read_json(stream.read(_MOST_BYTES))
            table = document["pages"]
            is_whole = document["format"] == _FORMAT and document["sha256"] == _digest(table)
            pages = {f"{self._slug}/{name}": _page(row) for name, row in table.items()} if is_whole else {}
        except (OSError, EOFError, zlib.error, JsonFault, LookupError, TypeError, AttributeError, ValueError):
            return {}
        return {key: page for key, page in pages.items() if (feed_page(self._slug, key) or 1) > 1}


def _page(row: Mapping[str, Any]) -> SeenPage:
    texts = (row["version"], row["digest"], *row["guids"])
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    return SeenPage(row["version"], row["digest"], frozenset(row["guids"]))


def _digest(table: Mapping[str, Any]) -> str:
    return hashlib.sha256(json_text(table, ordered=True).encode()).hexdigest()
