"""Read the names of an item's people as they are typed: « Samira, Inès (mineure : Karim Belkacem) ». Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bobine.french import enumerate_words, printable, sort_key
from bobine.model.people import Role
from bobine.plan.fields.words import ROLES
from bobine.plan.people.short_names import is_title
from bobine.store.rules import texts

_SEPARATOR = re.compile(r"\s*[,;]\s*|\s+(?:et|&)\s+", re.IGNORECASE)
_WITH_ASIDE = re.compile(r"(.*?)\s*\(([^()]*)\)")
_MINOR = re.compile(r"mineur(?:[·.]?e)?(?:\s*:\s*(.*))?", re.IGNORECASE)
_OF_AGE = re.compile(r"majeur(?:[·.]?e)?", re.IGNORECASE)

_MOST_PARTS = 8
"""Parts, between separators, that one name may have: « Élise, Paul et les autres » has three."""

_ROLE_WORDS = {sort_key(word): role for role, word in ROLES.items()} | {
    sort_key(word): role
    for role, words in {
        Role.HOST: "animateur animatrice animateur·ice",
        Role.TECHNICIAN: "technicien technicienne technicien·ne régie",
        Role.EDITOR: "monteur monteuse monteur·euse",
        Role.INTERVIEWER: "intervieweur intervieweuse",
        Role.CONTRIBUTOR: "chroniqueur chroniqueuse chroniqueur·euse",
        Role.GUEST: "invité invitée invité·e",
        Role.MUSICIAN: "musicien musicienne musicien·ne",
    }.items()
    for word in words.split()
}


class Aside(NamedTuple):
    """The content of the parentheses after a name.

    Attributes:
        role: what they do; None where it does not say.
        minor: under age, or no longer; None where it does not say.
        representative: who signs for a minor; empty where it does not say.
    """

    role: Role | None = None
    minor: bool | None = None
    representative: str = ""


class Written(NamedTuple):
    """One name as typed, without what stands in parentheses after it."""

    name: str
    aside: Aside


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """The form that all spellings of a name share: accents, case and extra spaces removed."""
    return " ".join(sort_key(name).split())


def last_name(text: str) -> tuple[list[str], str]:
    """The names already typed, roughly, and the one being typed, after the last separator."""
    cut = 0
    for found in _SEPARATOR.finditer(text):
        cut = found.end()
    return [_WITH_ASIDE.sub(r"\1", part).strip() for part in _SEPARATOR.split(text[:cut])], text[cut:].strip()


def read_names(text: str, is_name: Callable[[str], bool]) -> Iterator[Written]:
    """The names of a text, in order.

    Commas, semicolons and « et » stand between names, but for the names that are known to hold some.

    Args:
        text: what was typed; a separator at its end is let pass.
        is_name: whether this is, whole, the name of somebody known.

    Raises:
        ValueError: if a name is missing, too long or holds an invisible character, or if what stands in parentheses
            is not understood; one French sentence.
    """
    cuts = [(0, 0), *(found.span() for found in _SEPARATOR.finditer(text)), (len(text), len(text))]
    parts = [(before[1], after[0]) for before, after in pairwise(cuts)]
    while parts and not text[slice(*parts[-1])].strip():
        parts.pop()
    place = 0
    while place < len(parts):
        chunks = [text[parts[place][0] : end].strip() for _, end in parts[place : place + _MOST_PARTS]]
        count = _known_length(chunks, is_name) or _whole_length(chunks)
        yield _written(chunks[count - 1], is_name)
        place += count


def _known_length(chunks: list[str], is_name: Callable[[str], bool]) -> int:
    """The number of parts of the longest known name; zero where none is known."""
    for count in range(len(chunks), 0, -1):
        found = _WITH_ASIDE.fullmatch(chunks[count - 1])
        if is_name(chunks[count - 1]) or (found and is_name(found[1])):
            return count
    return 0


def _whole_length(chunks: list[str]) -> int:
    """The number of parts of a new name: one, or as many as its parentheses hold; « M. et Mme Petit » is one."""
    for count, chunk in enumerate(chunks, 1):
        if chunk.count("(") <= chunk.count(")") and not (is_title(chunk) and count < len(chunks)):
            return count
    raise ValueError(f"Il manque une parenthèse fermante après « {printable(chunks[0][:60])} ».")


def _written(chunk: str, is_name: Callable[[str], bool]) -> Written:
    found = None if is_name(chunk) else _WITH_ASIDE.fullmatch(chunk)
    name, aside = (found[1], _aside(found[2])) if found else (chunk, Aside())
    if not name:
        raise ValueError("Il manque un nom : écrivez les noms séparés par des virgules.")
    for text in filter(None, (name, aside.representative)):
        fault = texts.one_line(text)
        if fault:
            raise ValueError(f"« {printable(text[:60])} » : {fault}.")
    return Written(name, aside)


def _aside(text: str) -> Aside:
    role, minor, representative, rest = None, None, "", text.strip()
    while rest:
        under_age = _MINOR.fullmatch(rest)
        if under_age:
            minor, representative, rest = True, (under_age[1] or "").strip(), ""
            continue
        word, _, rest = (part.strip() for part in re.split("([,;])", f"{rest},", maxsplit=1))
        rest = rest.removesuffix(",").strip()
        if _MINOR.fullmatch(word):
            minor = True
        elif _OF_AGE.fullmatch(word):
            minor = False
        elif plain_name(word) in _ROLE_WORDS:
            role = _ROLE_WORDS[plain_name(word)]
        else:
            known = enumerate_words([f"« {word} »" for word in ROLES.values()], "ou")
            raise ValueError(
                f"« ({printable(word[:60])}) » n'est pas compris : entre parenthèses va {known}, ou « mineure : » et "
                "le nom de qui la représente."
            )
    return Aside(role, minor, representative)
