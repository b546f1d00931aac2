"""The index of a show's records at its destination: what each said at the version that a listing named.

It spares a publisher the reading of every record, and nothing else rests on it: an entry counts only where the listing
still names the version that the record was read at, and what is missing, stale or damaged is read from the record. It
is two objects, so that few bytes go up: ``index`` holds nearly all, and ``recent`` what came since it was written.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bobine.errors import BobineError, PublishError
from bobine.model.published.release import Release
from bobine.publish.destinations.s3.tags import bare_tag
from bobine.publish.destinations.store import Fetched, Store
from bobine.publish.layout import MAX_RECORD_BYTES, RECORD_CACHE, index_key, recent_key, record_key, records_prefix
from bobine.publish.media_types import UNKNOWN
from bobine.publish.records import decode
from bobine.store.codec.json_text import JsonFault, json_text, read_json

RECENT = 64
"""Most records of the smaller object; with more, the larger one is written instead."""

_FORMAT = 1
_LONGEST_LINE = 8 * MAX_RECORD_BYTES
_MOST_BYTES = 512 << 20
"""Most bytes that an index is unpacked to."""

_LARGEST = 12 << 20
"""Packed size in bytes at which an index is full: records beyond the newest that fit are read each time."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A record as it was read.

    Attributes:
        version: the one that a listing named.
        text: the record, as it stood.
    """

    version: str
    text: str


@dataclass(frozen=True, slots=True)
class _Object:
    """One of the two objects, as it was found.

    Attributes:
        found: its packed content; None if there is none.
        versions: the versions of its entries, by the record's key.
        is_full: whether there was no room for older records.
    """

    found: Fetched | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    is_full: bool = False


class RecordsIndex:
    """The index of one show's records; read when it is first asked."""

    def __init__(self, store: Store, slug: str) -> None:
        self._store = store
        self._slug = slug
        self._objects: dict[str, _Object] | None = None
        self._known: dict[str, tuple[str, Release]] = {}
        self._new: dict[str, _Entry] = {}

    def release(self, key: str, listed: Mapping[str, str]) -> Release | None:
        """The release of a record, if the index has it at the version that is listed.

        Args:
            key: the record's.
            listed: the versions that a listing names, by key, the index's own objects included.

        Raises:
            PublishError: if the destination fails.
        """
        if self._objects is None:
            self._read(listed)
        version, release = self._known.get(key, ("", None))
        return release if version and version == listed.get(key) else None

    def note(self, key: str, listed: str, found: Fetched) -> None:
        """Note a record that was read, if it was read at the version that a listing named.

        Stores that describe one version in two ways, or not at all, have no index: there each record is read.

        Args:
            key: the record's.
            listed: the version that the listing named; empty if it names none.
            found: what was read.
        """
        if listed and bare_tag(listed) == bare_tag(found.version):
            self._new[key] = _Entry(listed, found.content.decode(errors="replace"))

    def keep(self, listed: Mapping[str, str]) -> None:
        """Write what was noted, unless another publisher wrote the index meanwhile.

        Args:
            listed: as above.

        Raises:
            PublishError: if the destination fails.
        """
        if self._objects is None:
            return
        large, small = (self._objects.get(key, _Object()) for key in (index_key(self._slug), recent_key(self._slug)))
        oldest = min(large.versions, default="") if large.is_full else ""
        new = {
            key: entry
            for key, entry in self._new.items()
            if listed.get(key) == entry.version
            and large.versions.get(key) != entry.version
            and small.versions.get(key) != entry.version
            and key >= oldest
        }
        if not new:
            return
        recent = {key: entry for key, entry in self._entries(small) if listed.get(key) == entry.version}
        recent = {key: entry for key, entry in recent.items() if large.versions.get(key) != entry.version} | new
        is_small = large.found is not None and len(recent) <= RECENT
        if not is_small:
            old = {key: entry for key, entry in self._entries(large) if listed.get(key) == entry.version}
            recent = old | recent
        key, before = (recent_key(self._slug), small) if is_small else (index_key(self._slug), large)
        expected = before.found.version if before.found is not None else None
        if self._store.swap(key, _packed(recent), UNKNOWN, RECORD_CACHE, expected):
            self._new.clear()

    def _read(self, listed: Mapping[str, str]) -> None:
        self._objects = {}
        for key in (index_key(self._slug), recent_key(self._slug)):
            if key not in listed:
                continue
            found = self._store.fetch(key)
            one = _Object(found)
            versions: dict[str, str] = {}
            for record, entry in self._entries(one):
                versions[record] = entry.version
                if entry.version != listed.get(record):
                    continue
                release = self._decoded(record, entry)
                if release is not None:
                    self._known[record] = (entry.version, release)
            self._objects[key] = _Object(found, versions, found is not None and len(found.content) >= _LARGEST)

    def _decoded(self, key: str, entry: _Entry) -> Release | None:
        try:
            release = decode(entry.text.encode(), key)
        except (PublishError, UnicodeEncodeError):
            return None
        return release if record_key(self._slug, release.date) == key else None

    def _entries(self, one: _Object) -> Iterator[tuple[str, _Entry]]:
        """The entries of an object, up to where it is damaged."""
        if one.found is None:
            return
        prefix = records_prefix(self._slug)
        for line in _lines(one.found.content):
            entry = _entry(line)
            if entry is None:
                return
            yield prefix + entry[0], entry[1]


def _packed(entries: Mapping[str, _Entry]) -> bytes:
    """The newest entries that there is room for; equal entries give equal bytes."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, compresslevel=6) as stream:
        for key in sorted(entries, reverse=True):
            entry = entries[key]
            name = key.rpartition("/")[2]
            row = {"format": _FORMAT, "name": name, "version": entry.version, "record": entry.text}
            row["sha256"] = _digest(name, entry)
            stream.write((json_text(row) + "\n").encode())
            if packed.tell() >= _LARGEST:
                break
    return packed.getvalue()


def _lines(content: bytes) -> Iterable[bytes]:
    """The lines of a packed object, up to where it is damaged or longer than it may be."""
    left = _MOST_BYTES
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            while left > 0 and (line := stream.readline(_LONGEST_LINE)):
                left -= len(line)
                yield line
    except (OSError, EOFError, zlib.error):
        return


def _entry(line: bytes) -> tuple[str, _Entry] | None:
    try:
        row = read_json(line)
        entry = _Entry(row["version"], row["record"])
        name = row["name"]
        is_text = all(isinstance(value, str) for value in (name, entry.version, entry.text))
        whole = is_text and row["format"] == _FORMAT and row["sha256"] == _digest(name, entry)
    except (JsonFault, LookupError, TypeError, AttributeError, ValueError, BobineError):
        return None
    return (name, entry) if whole else None


def _digest(name: str, entry: _Entry) -> str:
    return hashlib.sha256(f"{name}\n{entry.version}\n{entry.text}".encode()).hexdigest()
