"""TOML files read for strict decoding: what is wrong with the file itself is told in French, with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bobine.errors import Fault, PlanError
from bobine.french import printable
from bobine.store.locate import KeyPath, find_places

_BOM = b"\xef\xbb\xbf"
"""What some editors put at the start of a text."""


@dataclass(frozen=True, slots=True)
class KeyFault:
    """One thing wrong at a key, before its line is known.

    Attributes:
        path: the way to the key; one that is missing ends with its name.
        message: what is wrong and what was expected, in French.
    """

    path: KeyPath
    message: str


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
        places = find_places(self.text)
        located = [Fault(self.name, places.line(f.path), format_key(f.path), f.message) for f in faults]
        return PlanError(tuple(sorted(located, key=lambda fault: fault.line)))


def read_toml(path: Path, root: Path | None = None) -> Source:
    """Read a TOML file.

    Args:
        path: the file.
        root: the workspace, to name the file relative to it.

    Raises:
        FileNotFoundError: if there is none.
        PlanError: if it cannot be read, is not UTF-8, or is not TOML.
    """
    name = path.relative_to(root).as_posix() if root is not None and path.is_relative_to(root) else str(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        reason = "c'est un dossier" if isinstance(error, IsADirectoryError) else "accès refusé ou disque en panne"
        raise _whole_file(name, 0, f"ce fichier ne peut pas être lu ({reason})") from error
    return parse_toml(content, name)


@lru_cache(maxsize=64)
def parse_toml(content: bytes, name: str) -> Source:
    """Parse the content of a TOML file; what was parsed lately is at hand, for a file is mostly read as it was written.

    Raises:
        PlanError: if it is not UTF-8 or not TOML.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _whole_file(name, line, "ce fichier n'est pas du texte UTF-8 : enregistrez-le en UTF-8") from error
    try:
        return Source(name, content, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _whole_file(name, _syntax_line(error, text), _syntax_sentence(str(error))) from error
    except RecursionError as error:
        raise _whole_file(name, 0, "trop de listes ou de tables les unes dans les autres") from error


def format_key(path: KeyPath) -> str:
    """A key as it is named to the user: ``items[3].duration``, the third item (counted from 1, as in a rundown)."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            name = part if re.fullmatch(r"[\w-]+", part) else f'"{printable(part[:60])}"'
            text += f".{name}" if text else name
    return text


def _whole_file(name: str, line: int, message: str) -> PlanError:
    return PlanError((Fault(name, line, "", message),))


def _syntax_line(error: tomllib.TOMLDecodeError, text: str) -> int:
    found = re.search(r"\(at line (\d+),", str(error))
    return int(found[1]) if found else len(text.rstrip().splitlines()) or 1


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
"""What the standard parser says, as patterns, and its sense for somebody who edits by hand."""


def _syntax_sentence(message: str) -> str:
    """The parser's message in French; one sentence for the ones that have no better."""
    for pattern, sentence in _SYNTAX:
        if re.search(pattern, message):
            return sentence
    return "cette ligne n'est pas du TOML correct"
