"""Short names of items, people and ideas, made from titles: plain letters, digits and hyphens. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import count

from bobine.french import sort_key

LONGEST_ID = 64
"""Characters of a short name."""

_NAMELESS = "element"
"""The id used where a title has no letter to make one of."""


def slug(title: str, longest: int = LONGEST_ID, nameless: str = _NAMELESS) -> str:
    """The short name that a title gives, never empty: ``Cœur d'été`` gives ``coeur-d-ete``."""
    words = re.sub(r"[^a-z0-9]+", "-", sort_key(title)).strip("-")
    return words[:longest].rstrip("-") or nameless


def free_id(title_or_id: str, taken: Collection[str]) -> str:
    """A short name that nothing has yet: the title's own, or with the next number that is free.

    A number at the end counts on: where ``live-1`` and ``live-2`` are taken, ``live-1`` gives ``live-3``.
    """
    return next(name for name in names_like(title_or_id) if name not in taken)


def names_like(title_or_id: str) -> Iterator[str]:
    """The short names to try, without end: the title's own, then with one number after another."""
    name = slug(title_or_id)
    yield name
    found = re.fullmatch(r"(.+?)-(\d{1,4})", name)
    stem, last = (found[1], int(found[2])) if found else (name, 1)
    for number in count(last + 1):
        yield f"{stem[: LONGEST_ID - 1 - len(str(number))].rstrip('-')}-{number}"
