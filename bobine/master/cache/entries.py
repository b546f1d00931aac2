"""Entries of a cache: files that carry their own checksum, and name the items whose sound is in them.

An entry is written under another name and renamed, never synced: one that a power cut left half written is told by its
checksum. Entries are addressed by content, so that several programs may write the same one at once.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bobine.store.codec.json_text import JsonFault, json_text, read_json

_MARK = b"bobine cache 1\n"
_DIGEST = 65
_AT_A_TIME = 1 << 20
_LONGEST_HEADER = 1 << 16


class DamagedEntryError(ValueError):
    """A file that is no entry, or not the one that was written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as its header describes it.

    Attributes:
        items: ids of the items whose sound it was made from.
        offset: bytes before its content.
    """

    items: tuple[str, ...]
    offset: int


def write_entry(path: Path, content: Iterable[bytes], items: Sequence[str]) -> None:
    """Write an entry, whole or not at all.

    Args:
        path: where; replaced if it is there.
        content: its pieces.
        items: ids of the items whose sound it was made from.

    Raises:
        OSError: if it cannot be written.
    """
    pieces = [json_text({"items": list(items)}, compact=True).encode() + b"\n", *content]
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.writelines([_MARK, digest.hexdigest().encode() + b"\n", *pieces])
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def read_header(path: Path) -> Entry:
    """The header of an entry; its content is not looked at.

    Raises:
        DamagedEntryError: if it is none.
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        if file.read(len(_MARK)) != _MARK:
            raise DamagedEntryError
        file.seek(len(_MARK) + _DIGEST)
        line = file.readline(_LONGEST_HEADER)
    try:
        items = read_json(line)["items"]
    except (JsonFault, KeyError, TypeError) as error:
        raise DamagedEntryError from error
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise DamagedEntryError
    return Entry(tuple(items), len(_MARK) + _DIGEST + len(line))


def checked(path: Path) -> Entry:
    """The header of an entry whose checksum is right.

    Raises:
        DamagedEntryError: if it is not.
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        if file.read(len(_MARK)) != _MARK:
            raise DamagedEntryError
        expected = file.read(_DIGEST)
        digest = hashlib.sha256()
        while piece := file.read(_AT_A_TIME):
            digest.update(piece)
    if expected != digest.hexdigest().encode() + b"\n":
        raise DamagedEntryError
    return read_header(path)
