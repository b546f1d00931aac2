"""Every way in which a name can stand in a file: what a removal must have left none of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.entities import codepoint2name
from pathlib import Path
from urllib.parse import quote, quote_plus

import mutagen
from mutagen import MutagenError


def plain(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))


def written(name: str) -> set[str]:
    """A name as text: composed or not, without accents, as a short name, escaped for JSON, HTML and addresses."""
    forms = {unicodedata.normalize(form, one) for form in ("NFC", "NFD") for one in (name, plain(name))}
    forms |= {re.sub(r"\W+", sign, plain(name).lower()) for sign in "-_.+"}
    escaped = {
        make(form)
        for form in list(forms)
        for make in (
            lambda text: "".join(char if char.isascii() else f"\\u{ord(char):04x}" for char in text),
            lambda text: "".join(char if char.isascii() else f"&#{ord(char)};" for char in text),
            lambda text: "".join(char if char.isascii() else f"&#x{ord(char):x};" for char in text),
            lambda text: "".join(f"&{codepoint2name.get(ord(char), char)};" if not char.isascii() and
                                 ord(char) in codepoint2name else char for char in text),
            quote,
            quote_plus,
        )
    }  # fmt: skip
    return forms | escaped


class Sought:
    """A name in bytes, in small letters: plain searches, since patterns take minutes over a recording."""

    def __init__(self, name: str) -> None:
        encodings = ("utf-8", "latin-1", "utf-16-le", "utf-16-be")
        found = {form.encode(code, "ignore").lower() for form in written(name) for code in encodings}
        self._forms = sorted(one for one in found if len(one) > 3)
        self._beginnings = {form[:6] for form in self._forms}  # few, and seldom there

    def search(self, content: bytes) -> bool:
        small = content.lower()
        return any(one in small for one in self._beginnings) and any(form in small for form in self._forms)


def texts_of_tags(path: Path) -> str:
    try:
        sound = mutagen.File(path)
    except (MutagenError, EOFError):
        return ""
    return repr(sound.tags) if sound is not None else ""


def traces(folder: Path, *names: str) -> Iterator[str]:
    """The files of a folder that hold one of the names: in their name, in their bytes, or in their tags."""
    for name in names:
        pattern = Sought(name)
        for path in sorted(folder.rglob("*")):
            if pattern.search(path.name.encode()):
                yield f"{path} (its name)"
            if path.is_file() and pattern.search(path.read_bytes()):
                yield str(path)
            if path.suffix in (".mp3", ".opus", ".flac", ".wav") and pattern.search(texts_of_tags(path).encode()):
                yield f"{path} (its tags)"
