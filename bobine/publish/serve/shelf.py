"""The files of a destination's folder that may be served: its feeds and pages, and what a feed or a record names."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.sax.saxutils import escape

from bobine.errors import PublishError
from bobine.publish.feed.online_items import parse_feed
from bobine.publish.layout import (
    MAX_FEED_BYTES,
    MAX_RECORD_BYTES,
    RECORDS,
    feed_key,
    feed_page,
    is_key,
    is_record_key,
    is_serial_feed,
)
from bobine.publish.pages.keys import is_page_key
from bobine.publish.records import decode, stored_files
from bobine.publish.text import ascii_url

_Signature = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Show:
    """The files that one show's folder names.

    Attributes:
        seen: the feed and the records, each with what changes when it does.
        pages: the feed's pages, with when each changed (Unix seconds).
        keys: what may be served.
        gone: what was withdrawn.
    """

    seen: _Signature
    pages: Mapping[int, tuple[bytes, float]]
    keys: frozenset[str]
    gone: frozenset[str] = frozenset()


class Shelf:
    """A folder, as far as it may be seen. What its feeds and records name is read again once one of them changes.

    A feed or a record opens no other show's files, and none of the records.
    """

    def __init__(self, folder: Path, public_url: str) -> None:
        self._folder = folder
        self._roots = tuple({url for url in (public_url, ascii_url(public_url)) if url})
        self._shows: dict[str, _Show] = {}

    def slugs(self) -> list[str]:
        """The shows that have a feed here."""
        try:
            found = sorted(path.name for path in self._folder.iterdir() if is_key(path.name))
        except OSError:
            return []
        return [slug for slug in found if self.feed(slug) is not None]

    def feed(self, slug: str, page: int = 1) -> tuple[bytes, float] | None:
        """A show's feed, or a further page of it, as it is stored, and when its file changed; None if there is none."""
        show = self._show(slug)
        return show.pages.get(page) if show is not None else None

    def page(self, key: str) -> tuple[bytes, float] | None:
        """A page, or a chronique's feed, as it is stored, and when its file changed (Unix seconds); None for none."""
        path = _regular(self._folder, key) if is_key(key) and (is_page_key(key) or is_serial_feed(key)) else None
        content = _content(path, MAX_FEED_BYTES) if path is not None else None
        return None if path is None or content is None else (content, path.stat().st_mtime)

    def path(self, key: str) -> Path | None:
        """The file of a key, if it is there and something names it; never a link's, never one outside."""
        show = self._show(key.partition("/")[0]) if is_key(key) else None
        if show is None or key not in show.keys:
            return None
        return _regular(self._folder, key)

    def is_gone(self, key: str) -> bool:
        """Whether a key was a withdrawn episode's: it will not come back (410, RFC 9110, section 15.5.11)."""
        show = self._show(key.partition("/")[0]) if is_key(key) else None
        return show is not None and key in show.gone and key not in show.keys

    def _show(self, slug: str) -> _Show | None:
        if not is_key(slug) or "/" in slug:
            return None
        sources = self._sources(slug)
        seen = tuple(sources.values())
        known = self._shows.get(slug)
        if known is None or known.seen != seen:
            if not sources:
                self._shows.pop(slug, None)
                return None
            known = self._read(slug, sources)
            self._shows[slug] = known
        return known

    def _sources(self, slug: str) -> dict[str, tuple[str, int, int, int]]:
        """The feed and the records of a show, each with what changes when it does."""
        keys = [feed_key(slug), *sorted(f"{slug}/{name}" for name in _names(self._folder / slug) if "-" in name)]
        keys = [key for key in keys if feed_page(slug, key) is not None]
        names = _names(self._folder / slug / RECORDS)
        keys += sorted(key for name in names if is_record_key(key := f"{slug}/{RECORDS}/{name}"))
        found = {}
        for key in keys:
            path = _regular(self._folder, key)
            if path is not None:
                about = path.stat()
                found[key] = (key, about.st_mtime_ns, about.st_size, about.st_ino)
        return found

    def _read(self, slug: str, sources: dict[str, tuple[str, int, int, int]]) -> _Show:
        pages: dict[int, tuple[bytes, float]] = {}
        keys: set[str] = set()
        gone: set[str] = set()
        for key, about in sources.items():
            page = feed_page(slug, key)
            content = _content(self._folder / key, MAX_RECORD_BYTES if page is None else MAX_FEED_BYTES)
            if content is None:
                continue
            if page is not None:
                pages[page] = content, about[1] / 1e9
                keys.update(self._named_by_feed(content))
            else:
                named, withdrawn = _named_by_record(content)
                keys.update(named)
                gone.update(withdrawn)
        mine = frozenset(key for key in keys if _is_servable(key, slug))
        return _Show(tuple(sources.values()), pages, mine, frozenset(gone) - mine)

    def _named_by_feed(self, content: bytes) -> Iterator[str]:
        document = parse_feed(content)
        if document is None:
            return
        for element in document.iter():
            for value in (element.text, *element.attrib.values()):
                for root in self._roots:
                    if isinstance(value, str) and value.strip().startswith(root):
                        yield unquote(value.strip()[len(root) :])

    def rewritten(self, content: bytes, base: str) -> bytes:
        """A feed's bytes with another address in the place of the destination's."""
        for address in self._roots:
            content = content.replace(escape(address).encode(), base.encode())
        return content


def _names(folder: Path) -> list[str]:
    """Names in a folder; none where it cannot be read."""
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def _named_by_record(content: bytes) -> tuple[list[str], list[str]]:
    """The keys that a record lets be served, former ones included, and those that it says are withdrawn."""
    try:
        release = decode(content, "")
    except PublishError:
        return [], []  # said when the show is published
    keys = [*(file.key for file in stored_files(release)), *(file.key for file in release.former)]
    return ([], keys) if release.withdrawn is not None else (keys, [])


def _is_servable(key: str, slug: str) -> bool:
    """Whether a named key may be handed out: of this show, and neither its feed (which is rewritten) nor a record."""
    return is_key(key) and re.match(rf"{re.escape(slug)}/(?!{RECORDS}/)", key, re.IGNORECASE) is not None


def _regular(folder: Path, key: str) -> Path | None:
    """The file of a key; None where it is missing, is a link or lies under one, or is no ordinary file."""
    path = folder
    try:
        top = folder.resolve()
        path = top / key
        if path.resolve() != path or not stat.S_ISREG(path.lstat().st_mode):
            return None
    except (OSError, RuntimeError, ValueError):
        return None
    return path


def _content(path: Path, most: int) -> bytes | None:
    """The content of a file; None if it is too long, or cannot be read."""
    try:
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError:
        return None
    return content if len(content) <= most else None
