"""The word that is put in the place of a name: « Bénévole 3 », ``benevole-3``. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from urllib.parse import quote

from bobine.evening.privacy.words.folded import fold


class Kind(StrEnum):
    """The kinds of people, by the word that their pseudonyms begin with."""

    VOLUNTEER = "Bénévole"
    OTHER = "Personne"


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """A pseudonym, which says nothing of who it was: « Bénévole 3 »."""

    kind: Kind
    number: int

    def __str__(self) -> str:
        return f"{self.kind.value} {self.number}"

    @property
    def slug(self) -> str:
        """The pseudonym as a short name: ``benevole-3``."""
        return f"{fold(self.kind.value)}-{self.number}"

    def instead_of(self, raw: str, letters: str, *, alone: bool) -> str:
        """The pseudonym in the form of the name that it takes the place of.

        Args:
            raw: the name as it is written.
            letters: its letters as they are compared.
            alone: whether it stands where a short name does.
        """
        is_small = raw == raw.lower() and raw.isascii() and "&" not in raw and "\\" not in raw
        between = set(re.findall(r"[\W_]+", letters))
        if "%" in raw:
            return quote(str(self))
        if is_small and not between and (alone or not letters.isalpha()):
            return self.slug
        if len(between) == 1 and (joint := between.copy().pop()) in ("_", ".", "+", "-"):
            if is_small:
                return self.slug.replace("-", joint)
            if joint in ("_", "+"):
                return f"{fold(self.kind.value).capitalize()}{joint}{self.number}"
        return _escaped_like(raw, str(self))


def _escaped_like(raw: str, text: str) -> str:
    r"""A text with its accents escaped as those of another are, ``\u00e9`` or ``&#233;``; as it is where none is."""
    escape: Callable[[str], str] | None = None
    if re.search(r"\\[uU][0-9a-fA-F]{4}", raw):
        escape = _backslash
    elif "&" in raw:
        escape = _entity
    return "".join(char if char.isascii() or escape is None else escape(char) for char in text)


def _backslash(char: str) -> str:
    return f"\\u{ord(char):04x}"


def _entity(char: str) -> str:
    return f"&#{ord(char)};"


def free_pseudonym(kind: Kind, is_taken: Callable[[Pseudonym], bool]) -> Pseudonym:
    """The first pseudonym of a kind that nobody has.

    Args:
        kind: of the person.
        is_taken: whether somebody has one.
    """
    return next(one for number in count(1) if not is_taken(one := Pseudonym(kind, number)))


def read_pseudonym(text: str) -> Pseudonym | None:
    """The pseudonym that a text is; None where it is none."""
    word, _, number = text.partition(" ")
    if word in set(Kind) and number.isascii() and number.isdigit():
        return Pseudonym(Kind(word), int(number))
    return None
