"""The bytes of a text file, in whatever encoding it is, with names replaced. Pure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from dataclasses import dataclass

from bobine.evening.privacy.words.pseudonyms import Pseudonym
from bobine.evening.privacy.words.search import NameSearch

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class TextBytes:
    """A text file: what it says, and how that is written.

    Attributes:
        text: its text, without a byte-order mark.
        encoding: how it is encoded.
        mark: its byte-order mark; empty for none.
    """

    text: str
    encoding: str
    mark: bytes = b""

    def encoded(self, text: str) -> bytes:
        """Another text, written as this one is."""
        return self.mark + text.encode(self.encoding, "xmlcharrefreplace")


def read_text(content: bytes) -> TextBytes | None:
    """The text that a file holds: UTF-8, UTF-16 with its mark, else Latin-1; None for what is no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return TextBytes(content[len(mark) :].decode(encoding), encoding, mark)
            except UnicodeDecodeError:
                return None
    for encoding in ("utf-8", "latin-1"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _NOT_TEXT.search(text) else TextBytes(text, encoding)
    return None


def without_names(text: str, search: NameSearch, pseudonym: Pseudonym, ids: Collection[str] = ()) -> str:
    """A text with a pseudonym in the place of names and of short names.

    Args:
        text: as written.
        search: the names.
        pseudonym: in their place.
        ids: short names of the person, replaced where one stands alone between quotes.
    """
    for person_id in ids:
        text = re.sub(rf"""(["']){re.escape(person_id)}\1""", rf"\g<1>{pseudonym.slug}\g<1>", text)
    return search.replaced(text, pseudonym)
