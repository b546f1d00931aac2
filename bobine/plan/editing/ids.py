"""Short names of items, people and ideas, made from titles: plain letters, digits and hyphens. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from bobine.french import sort_key

LONGEST_ID = 64
"""Characters of a short name."""

_NAMELESS = "element"
"""The id used where a title has no letter to make one of."""


def slug(title: str) -> str:
    """The short name that a title gives, never empty: ``Cœur d'été`` gives ``coeur-d-ete``."""
    words = re.sub(r"[^a-z0-9]+", "-", sort_key(title)).strip("-")
    return words[:LONGEST_ID].rstrip("-") or _NAMELESS


def free_id(title_or_id: str, taken: Collection[str]) -> str:
    """A short name that nothing has yet: the title's own, or with the next number that is free.

    A number at the end counts on: where ``live-1`` and ``live-2`` are taken, ``live-1`` gives ``live-3``.
    """
    name = slug(title_or_id)
    if name not in taken:
        return name
    found = re.fullmatch(r"(.+?)-(\d{1,4})", name)
    stem, number = (found[1], int(found[2])) if found else (name, 1)
    while name in taken:
        number += 1
        name = f"{stem[: LONGEST_ID - 1 - len(str(number))].rstrip('-')}-{number}"
    return name
