"""Text made fit to leave the house: no control characters, and cut to what feeds and tags accept."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from urllib.parse import quote

MAX_VALUE_CHARS = 255
"""Longest value of a feed, in characters (PSP-1)."""

MAX_DESCRIPTION_BYTES = 4000
"""Longest description of a feed, in bytes of UTF-8 (PSP-1)."""

_ELLIPSIS = "…"
_WORD_REACH = 24  # how far back a cut looks for the end of a word, in characters
_NO_BREAK = {0xA0: " ", 0x202F: " "}
_WORD_JOINER = "\u2060"
_JOINERS = "\u200d\ufe0e\ufe0f"
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str, limit: int = MAX_VALUE_CHARS) -> str:
    """Text on one line: white space collapsed, no control characters, at most ``limit`` characters.

    What is cut ends in ``…``, at the end of a word where there is one near.
    """
    plain = unicodedata.normalize("NFC", text) if text.isprintable() else _without_controls(text)
    line = " ".join(plain.split())
    return line if len(line) <= limit else _shortened(line, limit - 1)


def paragraphs(text: str, max_bytes: int = MAX_DESCRIPTION_BYTES) -> str:
    """Text of several lines, without control characters but line feeds, at most ``max_bytes`` bytes of UTF-8.

    Lines lose their trailing spaces, and no more than one empty line stands between two others.
    """
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        cleaned = _without_controls(line).rstrip()
        if cleaned or (lines and lines[-1]):
            lines.append(cleaned)
    whole = "\n".join(lines).strip()
    encoded = whole.encode()
    if len(encoded) <= max_bytes:
        return whole
    room = max(0, max_bytes - len(_ELLIPSIS.encode()))
    return _shortened(whole, len(encoded[:room].decode(errors="ignore"))) if room else ""


def same_in_html(text: str) -> str:
    """Plain text that a client which takes it for HTML shows the same: nothing in it can be a tag or a character.

    Feeds do not say which of the two a description is. A word joiner (U+2060), which is not seen, follows each ``<`` or
    ``&`` that would otherwise begin one.
    """
    text = re.sub(r"<(?=[A-Za-z/!?])", f"<{_WORD_JOINER}", text)
    return re.sub(r"&(#?\w+;?)", lambda found: found[0] if _is_plain(found[0]) else f"&{_WORD_JOINER}{found[1]}", text)


def _is_plain(text: str) -> bool:
    return not text.endswith(";") and unescape(text) == text


def ascii_url(url: str) -> str:
    """The same address in ASCII: what a URL may not hold is percent-encoded, control characters are dropped."""
    return quote(_without_controls(url).replace(" ", "%20"), safe=":/?#[]@!$&'()*+,;=%~-._")


def _without_controls(text: str) -> str:
    """The text in composed form, where line and tab controls are spaces and all others are gone."""
    if text.isprintable() or text.translate(_NO_BREAK).isprintable():  # as nearly all are: nothing in it is forbidden
        return unicodedata.normalize("NFC", text)
    return "".join(
        " " if char in "\t\n\x0b\x0c\r\x85\u2028\u2029" else char
        for char in unicodedata.normalize("NFC", text)
        if char in "\t\n\x0b\x0c\r\x85\u2028\u2029" or not _is_forbidden(char)
    )


def _is_forbidden(char: str) -> bool:
    """Controls, lone surrogates, direction overrides and the code points that are not characters (so in XML)."""
    code = ord(char)
    return (
        unicodedata.category(char) in ("Cc", "Cs")
        or char in _DIRECTION_OVERRIDES
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
    )


def _shortened(text: str, most: int) -> str:
    """Cut a text to its first ``most`` characters, then ``…``; marks and joined signs stay with their letter."""
    end = max(0, most)
    while end > 0 and (_extends(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    reach = max(0, end - _WORD_REACH)
    space = max(text.rfind(" ", reach, end + 1), text.rfind("\n", reach, end + 1))
    return (text[:space] if space > 0 else text[:end]).rstrip() + _ELLIPSIS


def _extends(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Mc") or char in _JOINERS or 0x1F3FB <= ord(char) <= 0x1F3FF
