"""TOML files read for strict decoding: faults of the file itself are told in French, with their lines."""

from __future__ import annotations

import contextlib
import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bobine.errors import Fault, PlanError, unforeseen_as
from bobine.french import printable
from bobine.store.codec.decode import MOST_FAULTS
from bobine.store.codec.keys import KeyFault, format_key
from bobine.store.opening import UnusableFileError, read_bounded
from bobine.store.rules.limits import MOST_BYTES, excess_before, excesses, impossible_dates
from bobine.store.strays import MERGE_SENTENCE, merge_marker_line
from bobine.store.toml.locate import Places, find_places

_BOM = b"\xef\xbb\xbf"
"""The byte order mark that some editors put at the start of a text."""


@dataclass(frozen=True, slots=True)
class Source:
    """A TOML file that was read.

    Attributes:
        name: the file, as the user knows it.
        content: its bytes.
        text: its content, without a byte-order mark, line ends as they are.
        table: what it says; shared, never to be changed.
    """

    name: str
    content: bytes
    text: str
    table: Mapping[str, Any]

    def encoded(self, text: str) -> bytes:
        """Another text as this file's content: a byte-order mark stays.

        Raises:
            UnicodeEncodeError: if the text cannot be UTF-8.
        """
        return (_BOM if self.content.startswith(_BOM) else b"") + text.encode()

    def error(self, faults: Iterable[KeyFault]) -> PlanError:
        """All the faults, each with its line, in the order of the file."""
        told = list(itertools.islice(faults, MOST_FAULTS + 1))
        places = _places(self.text) if any(fault.path for fault in told) else Places()
        located = [Fault(self.name, places.line(f.path), format_key(f.path), f.message) for f in told[:MOST_FAULTS]]
        located.sort(key=lambda fault: fault.line)
        if len(told) > MOST_FAULTS:
            located.append(Fault(self.name, 0, "", "… et d'autres défauts : corrigez déjà ceux-là"))
        return PlanError(tuple(located))


def read_toml(path: Path, root: Path | None = None) -> Source:
    """Read a TOML file.

    Args:
        path: the file.
        root: the workspace, to name the file relative to it; it must really lie in there.

    Raises:
        FileNotFoundError: if there is none.
        PlanError: if it cannot be read, is too big, is not UTF-8, or is not TOML.
    """
    name = path.relative_to(root).as_posix() if root is not None and path.is_relative_to(root) else str(path)
    name = printable(name)
    try:
        content = read_bounded(
            path, MOST_BYTES, within=root if root is not None and path.is_relative_to(root) else None
        )
    except UnusableFileError as error:
        raise whole_file(name, 0, f"ce fichier ne peut pas être lu ({error.reason})") from error
    return parse_toml(content, name)


@lru_cache(maxsize=64)
def parse_toml(content: bytes, name: str) -> Source:
    """Parse the content of a TOML file; recent results are kept, as most files are read again unchanged.

    Raises:
        PlanError: if it is not UTF-8, not TOML, or holds more than any show does.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise whole_file(name, line, "ce fichier n'est pas du texte UTF-8 : enregistrez-le en UTF-8") from error
    merged = merge_marker_line(text)
    if merged:
        raise whole_file(name, merged, MERGE_SENTENCE)
    beyond = excess_before(text)
    if beyond:
        raise whole_file(name, *beyond)
    try:
        source = Source(name, content, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = _syntax_line(error, text)
        raise whole_file(name, line, _syntax_sentence(str(error), _line_of(text, line))) from error
    except RecursionError as error:
        raise whole_file(name, 0, "trop de listes ou de tables les unes dans les autres") from error
    except ValueError as error:
        raise whole_file(name, 0, "une date ou un nombre y est impossible") from error
    found = [KeyFault(path, message) for path, message in excesses(source.table)]
    if found:
        raise source.error(found)
    return source


@contextlib.contextmanager
def decoding(source: Source) -> Iterator[None]:
    """Guard a reader of such a file: any error that the content causes inside is told as a fault of the file.

    Raises:
        PlanError: in place of what is not the project's own; and for a date that nothing can be reckoned from.
    """
    found = [KeyFault(path, message) for path, message in impossible_dates(source.table)]
    if found:
        raise source.error(found)
    told = "ce fichier contient quelque chose d'impossible à lire : corrigez-le, ou revenez à un état d'avant"
    with unforeseen_as(lambda: whole_file(source.name, 0, told)):
        yield


def whole_file(name: str, line: int, message: str) -> PlanError:
    """An error about a file as a whole, or about one of its lines."""
    return PlanError((Fault(name, line, "", message),))


def _places(text: str) -> Places:
    """The places of the keys; none, so that faults have no lines, for a text that the second parser cannot follow."""
    try:
        return find_places(text)
    except (ValueError, LookupError, RecursionError):
        return Places()


def _line_of(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _syntax_line(error: tomllib.TOMLDecodeError, text: str) -> int:
    found = re.search(r"\(at line (\d+),", str(error))
    return int(found[1]) if found else len(text.rstrip().splitlines()) or 1


_TYPOGRAPHIC = re.compile("[\u201c\u201d\u201e\u201f\u2033\u2018\u2019\u201a«»‹›＂]")
_CLOSING = re.compile("[\u201c\u201d\u201e\u201f\u2033»＂]\\s*(?:#.*)?$")
_STRAIGHT = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'|#.*""")


def _has_typographic_quotes(line: str) -> bool:
    """Whether a line has typographic quotes where straight ones belong: outside of its texts and comments."""
    before, _, unclosed = _STRAIGHT.sub("", line).partition('"')
    return bool(_TYPOGRAPHIC.search(before) or _CLOSING.search(unclosed))


_QUOTES = (
    "ces guillemets sont typographiques (“ ”, « » ou ’), comme un traitement de texte en met : un texte se met entre "
    'guillemets droits ("), dans un éditeur de texte simple'
)


_SYNTAX = (
    ("Cannot overwrite|Cannot redefine|Duplicate", "cette clé, ou une partie de cette clé, est déjà écrite plus haut"),
    ("Cannot declare|Cannot mutate|namespace", "cette table est déjà écrite plus haut, ou sous une autre forme"),
    (r"Unterminated string|Illegal character '\\n'|Expected .(\"\"\"|''')", "il manque le guillemet fermant"),
    ("Illegal character", "un caractère invisible est interdit ici : effacez-le et retapez la ligne"),
    ("Unescaped|hex value|Unicode scalar", r"une barre oblique inverse s'écrit double (\\) entre guillemets"),
    ("Unclosed array", "il manque le crochet fermant ]"),
    ("Unclosed inline table", "il manque l'accolade fermante }"),
    (r"Expected .\]", "il manque le crochet fermant d'un titre, comme [table] ou [[liste]]"),
    ("Expected '='", "il manque le signe = après la clé, qui s'écrit en un mot et sans accent"),
    ("Invalid (statement|initial)", "une ligne s'écrit clé = valeur (sans accent dans la clé), ou commence par #"),
    ("Expected newline", "valeur illisible : textes et durées vont entre guillemets, une heure s'écrit 18:00:00"),
    ("Invalid date", "cette date n'existe pas dans le calendrier"),
    ("Invalid value", "valeur absente ou illisible : un texte ou une durée se met entre guillemets"),
)
"""Messages of the standard parser, as patterns, with their sense for somebody who edits by hand."""


def _syntax_sentence(message: str, line: str) -> str:
    """The parser's message in French; a general sentence for messages without a translation."""
    if _has_typographic_quotes(line):
        return _QUOTES
    for pattern, sentence in _SYNTAX:
        if re.search(pattern, message):
            return sentence
    return "cette ligne n'est pas du TOML correct"
