"""Rules for what a show says of its podcast (podcast namespace): each gives its fault in French, or None.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bobine.french import printable
from bobine.store.rules import texts

_GEO = re.compile(r"geo:(-?\d{1,2}(?:\.\d{1,9})?),(-?\d{1,3}(?:\.\d{1,9})?)", re.ASCII)


def at_most(most: int) -> Callable[[str], str | None]:
    """A text of one line, of at most so many characters."""

    def check(text: str) -> str | None:
        if len(text) > most:
            return f"ce texte a {len(text)} caractères : {most} au plus"
        return texts.one_line(text)

    return check


def geo(text: str) -> str | None:
    """A place as a geo URI (RFC 5870) of two degrees."""
    found = _GEO.fullmatch(text)
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        return "une position était attendue, latitude puis longitude, comme « geo:45.0447,5.0508 »"
    return None


def osm(text: str) -> str | None:
    """A place of OpenStreetMap, by its kind and number."""
    if not re.fullmatch(r"[NWR]\d{1,15}", text, re.ASCII):
        return "un lieu d'OpenStreetMap était attendu, comme « R113314 » : R, W ou N, puis son numéro"
    return None


def country(text: str) -> str | None:
    """A country's code of two letters (ISO 3166-1 alpha-2)."""
    if not re.fullmatch(r"[a-z]{2}", text):
        return "un code de pays de deux minuscules était attendu, comme « fr »"
    return None


def guids(listed: tuple[str, ...]) -> str | None:
    """Identities of podcasts, each once."""
    for text in listed:
        if texts.guid(text) is not None:
            return (
                f"« {printable(text[:40])} » n'est pas l'identité d'un podcast : un UUID en minuscules était attendu, "
                "celui que dit podcast:guid dans son flux"
            )
    return "la même identité y est deux fois" if len(set(listed)) < len(listed) else None
