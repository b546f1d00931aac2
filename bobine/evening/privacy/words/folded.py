"""Text as names are compared: without accents, case or escapes, each letter with its place in the text. Pure."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bobine.evening.privacy.words.markup import TAG, is_inline

_BACKSLASH = r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ \t]*\r?\n\s*|[^\n])"
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
_PERCENT = (
    r"%(?:[0-7][0-9a-fA-F]|[cdCD][0-9a-fA-F]%[89abAB][0-9a-fA-F]|[eE][0-9a-fA-F](?:%[89abAB][0-9a-fA-F]){2}"
    r"|[fF][0-7](?:%[89abAB][0-9a-fA-F]){3})"
)
_ANY = f"(?P<backslash>{_BACKSLASH})|(?P<entity>{_ENTITY})|(?P<percent>{_PERCENT})|[^\x00-\x7f]"
_ESCAPED = re.compile(_ANY)
_MARKED = re.compile(f"(?P<tag>{TAG.pattern})|{_ANY}")
_PLAIN = re.compile("[^\x00-\x7f]")

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "’": "'", "ʼ": "'", "‘": "'"})
_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "b": "\b"}


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared.

    Attributes:
        text: its letters, small and without accents.
        starts: for each of them, where what it stands for begins in the text as written.
        ends: where that ends; marks without a letter of their own belong to the letter before them.
    """

    text: str
    starts: list[int]
    ends: list[int]


def folded(raw: str, *, escaped: bool, marked: bool = False) -> Folded:
    r"""A text as it is compared.

    Args:
        raw: as it is written.
        escaped: whether what is escaped counts as what it stands for: ``\u00e9`` and ``\n`` as in JSON and TOML,
            ``&eacute;`` as in HTML, ``%C3%A9`` as in addresses.
        marked: beside that, whether tags count as nothing inside a line, and as a space elsewhere.
    """
    pattern = _MARKED if marked else _ESCAPED if escaped else _PLAIN
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0

    def plain(until: int) -> None:
        pieces.append(raw[position:until].lower())
        starts.extend(range(position, until))
        ends.extend(range(position + 1, until + 1))

    for found in pattern.finditer(raw):
        plain(found.start())
        position = found.end()
        is_tag = marked and found["tag"] is not None
        letters = _tag_letters(found[0]) if is_tag else _fold_one(_unescaped(found))
        if not letters and ends and not is_tag:
            ends[-1] = position
        pieces.append(letters)
        starts.extend([found.start()] * len(letters))
        ends.extend([position] * len(letters))
    plain(len(raw))
    return Folded("".join(pieces), starts, ends)


def unescaped(raw: str) -> str:
    """A text with what is escaped in it as what it stands for."""
    return _ESCAPED.sub(_unescaped, raw)


def fold(text: str) -> str:
    """Letters without accents or case, ligatures undone; marks and invisible characters are left out."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()).translate(_LIGATURES)).casefold()


_fold_one = lru_cache(maxsize=4096)(fold)


def _tag_letters(tag: str) -> str:
    return "" if is_inline(tag) else " "


def _unescaped(found: re.Match[str]) -> str:
    raw = found[0]
    decode = _DECODERS.get(found.lastgroup or "")
    return decode(raw) if decode is not None else raw


def _backslash(raw: str) -> str:
    if raw[1] in "uU" and len(raw) > 2:
        code = int(raw[2:].lstrip("0") or "0", 16)
        return "" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)
    return " " if "\n" in raw else _CONTROLS.get(raw[1], raw[1])


def _percent(raw: str) -> str:
    return bytes.fromhex(raw.replace("%", "")).decode("utf-8", "replace")


_DECODERS: dict[str, Callable[[str], str]] = {"backslash": _backslash, "entity": html.unescape, "percent": _percent}
