"""Short names for narrow places: first names of people, whole names of groups and of people with a title. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bobine.french import sort_key

_TITLES_TEXT = """
m mr mme mmes mm mlle mlles me monsieur madame mademoiselle messieurs mesdames dr docteur docteure pr prof
professeur professeure maitre pere frere soeur abbe pasteur imam rabbin tonton tata tante oncle papi papy
mamie mami miss lady sir don dona dj mc
"""
_TITLES = frozenset(_TITLES_TEXT.split())
"""Words before a name that are no first names."""

_GROUPS_TEXT = """
duo trio quatuor quartet quartette quintet quintette sextuor octuor groupe collectif chorale choeur orchestre
ensemble fanfare batucada harmonie compagnie cie troupe association asso club atelier comite classe ecole
college lycee famille equipe bande band mairie maison centre radio mjc amicale union amis amies freres soeurs
eleves jeunes ados enfants resident residents habitants habitantes les le la los las the das die der el al un
une des du de big brass
"""
_GROUPS = frozenset(_GROUPS_TEXT.split())
"""Words that a group's name begins with: it has no first name."""

_SEVERAL = re.compile(r"[,;&+/\d«»\"“”()]|\s(?:et|and|y|feat\.?|vs)\s|^[LlDd]['’]", re.IGNORECASE)
"""Words found in names of several people, or in names that are not people's."""


@lru_cache(maxsize=4096)
def first_name(name: str) -> str:
    """The first name of a person, after any title; empty for a group, or where there is none to be sure of."""
    words = name.split()
    while words and _plain(words[0]) in _TITLES:
        words = words[1:]
    if not words or _SEVERAL.search(name) or _plain(words[0]) in _GROUPS:
        return ""
    return "" if words[0].endswith(".") or len(words[0]) == 1 else words[0]


def has_title(name: str) -> bool:
    """Whether a name begins with a title: « Mme Solange » is not shortened."""
    words = name.split()
    return bool(words) and _plain(words[0]) in _TITLES


def is_title(text: str) -> bool:
    """Whether a text is a title and nothing more: « Mme »."""
    return len(text.split()) == 1 and has_title(text)


def short_name(name: str) -> str:
    """« Samira » for « Samira Benhaddou »; « Duo Mandarine » and « Mme Solange » as they are."""
    return name if has_title(name) else first_name(name) or name


def short_names(names: Sequence[str]) -> list[str]:
    """Each name's short one, or the whole one where two would be the same."""
    short = [short_name(name) for name in names]
    return [one if short.count(one) == 1 else whole for one, whole in zip(short, names, strict=True)]


def _plain(word: str) -> str:
    return sort_key(word).rstrip(".")
