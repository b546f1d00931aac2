"""Looking for somebody in files: what is found, where it stands, and what each place says."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bobine.errors import BobineError
from bobine.evening.privacy.places import KnownFile
from bobine.evening.privacy.rows import PersonRow, parsed, rows_about, texts_in
from bobine.evening.privacy.tag_texts import tag_texts
from bobine.evening.privacy.words.search import NameSearch
from bobine.evening.privacy.words.texts import TextBytes, read_text
from bobine.store.codec.json_text import JsonFault, read_json
from bobine.store.codec.keys import format_key
from bobine.store.opening import read_bounded
from bobine.store.toml.locate import find_places

MOST_BYTES = 64 << 20
"""Size over which a file that is no sound is only told of."""

_EDGE = 256 << 10
"""Bytes at each end of a file of sound in which headers and tags lie."""

_LONGEST = 300
"""Characters that are shown of a text."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place where somebody is named, or a row about them.

    Attributes:
        place: the file, or the object online.
        key: where in it: a key, a tag, or « nom du fichier »; empty for the text as a whole.
        line: from 1; 0 where there are none.
        text: what stands there.
        row: all that a row about the person says; empty where the place is no such row.
    """

    place: str
    key: str
    line: int
    text: str
    row: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Looked:
    """The findings in one file.

    Attributes:
        file: the file.
        found: where in it, in order.
        text: the file as text; None for a file of sound, and for what is no text.
        rows: the rows about the person.
    """

    file: KnownFile
    found: tuple[Found, ...] = ()
    text: TextBytes | None = None
    rows: tuple[PersonRow, ...] = ()

    @property
    def content(self) -> tuple[Found, ...]:
        """The findings in its content, without those in its name."""
        return tuple(one for one in self.found if one.key != FILE_NAME)


FILE_NAME = "nom du fichier"
"""The key of a name that stands in the name of a file."""

HEADER = "en-tête du fichier"
"""The key of a name that stands in a file that is no text."""


def look(file: KnownFile, search: NameSearch) -> Looked:
    """Look for a person in one file; one that cannot be read says so in the place of what it holds.

    Args:
        file: the file.
        search: the names.
    """
    named = _named(file, search)
    if file.is_sound:
        return Looked(file, (*named, *_in_sound(file, search)))
    try:
        content = read_bounded(file.path, MOST_BYTES, within=file.within)
    except FileNotFoundError:
        return Looked(file)
    except (BobineError, OSError) as error:
        return Looked(file, (*named, Found(file.name, "", 0, f"n'a pas pu être lu : {error}")) if named else ())
    text = None if file.is_picture else read_text(content)
    if text is None:
        return Looked(file, (*named, *_in_bytes(file, content, search)))
    if not search.may_hold(text.text):
        return Looked(file, named, text)
    rows = rows_about(text.text, search) if file.path.suffix == ".toml" else ()
    return Looked(file, (*named, *found_in_text(file.name, text.text, search, rows)), text, rows)


def found_in_text(place: str, text: str, search: NameSearch, rows: tuple[PersonRow, ...] = ()) -> tuple[Found, ...]:
    """The places where a text names somebody: by keys in TOML and JSON, else by lines.

    Args:
        place: how the text is told of.
        text: the text, whole.
        search: the names.
        rows: rows about the person: each is told of as a whole, once.
    """
    whole = [Found(place, row.key, row.line, _shown(" · ".join(map(str, row.values.values()))), dict(row.values))
             for row in rows]  # fmt: skip
    if not search.holds(text):
        return tuple(whole)
    by_keys = _by_keys(place, text, search, {row.path for row in rows})
    told = by_keys if by_keys is not None else list(_by_lines(place, text, search))
    if not told and not whole:  # in a comment
        told = list(_by_lines(place, text, search))
    return (*whole, *told)


def _by_keys(place: str, text: str, search: NameSearch, told: set[Any]) -> list[Found] | None:
    """By the keys of a document; None for a text that is none."""
    table: Any = parsed(text) if place.endswith(".toml") else None
    if table is not None:
        places = find_places(text)
        found = [(path, one) for path, one in texts_in(table) if search.holds(one)]
        return [Found(place, format_key(path), places.line(path), _shown(one)) for path, one in found
                if path[:2] not in told]  # fmt: skip
    with contextlib.suppress(JsonFault):
        if place.endswith(".json"):
            document = read_json(text, distinct=False)
            return [Found(place, format_key(path), 0, _shown(one)) for path, one in texts_in(document)
                    if search.holds(one)]  # fmt: skip
    return None


def _by_lines(place: str, text: str, search: NameSearch) -> Iterator[Found]:
    seen = set()
    for match in search.matches(text):
        line = text.count("\n", 0, match.start) + 1
        if line not in seen:
            seen.add(line)
            yield Found(place, "", line, _around(text, match.start, match.end))


def _around(text: str, start: int, end: int) -> str:
    first = max(text.rfind("\n", 0, start) + 1, start - _LONGEST // 2)
    last = text.find("\n", end)
    return _shown(text[first : min(last if last >= 0 else len(text), end + _LONGEST // 2)])


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _named(file: KnownFile, search: NameSearch) -> tuple[Found, ...]:
    if not search.holds(file.path.name):
        return ()
    return (Found(file.name, FILE_NAME, 0, file.path.name),)


def _in_sound(file: KnownFile, search: NameSearch) -> Iterator[Found]:
    texts = [one for one in tag_texts(file.path) if search.holds(one)]
    for one in texts:
        yield Found(file.name, "étiquette", 0, _shown(one))
    if not texts and search.bytes_pattern().search(_edges(file.path)):
        yield Found(file.name, HEADER, 0, file.path.name)


def _edges(path: Path) -> bytes:
    with contextlib.suppress(OSError), path.open("rb") as stream:
        start = stream.read(_EDGE)
        stream.seek(max(_EDGE, stream.seek(0, 2) - _EDGE))
        return start + stream.read(_EDGE)
    return b""


def _in_bytes(file: KnownFile, content: bytes, search: NameSearch) -> Iterator[Found]:
    pattern = search.bytes_pattern()
    if pattern.search(content):
        yield Found(file.name, HEADER, 0, file.path.name)
        return
    for member in _members(file.path):
        text = read_text(member)
        if text is not None and search.may_hold(text.text):
            yield Found(file.name, HEADER, 0, file.path.name)
            return


def _members(path: Path) -> Iterator[bytes]:
    """The members of a spreadsheet or another packed file, a bounded part of each."""
    unreadable = (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError)
    with contextlib.suppress(*unreadable), zipfile.ZipFile(path) as packed:
        for name in packed.namelist()[:200]:
            with packed.open(name) as stream:
                yield stream.read(8 << 20)
