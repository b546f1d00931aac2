"""The effects of a removal before it is done, what stays included, in French lines for a screen or a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bobine.evening.privacy.account import kept_sentence
from bobine.evening.privacy.online.seen import SeenOnline
from bobine.evening.privacy.survey import Survey
from bobine.french import enumerate_words


def goes(seen: Survey, online: SeenOnline) -> Iterator[str]:
    """The files from which the name would go, here and online, each with in how many places it stands there."""
    kept = {one.place for one in seen.kept if one.names}
    for place, group in groupby((*seen.found, *online.found), key=lambda one: one.place):
        if place not in kept:
            count = len(list(group))
            yield f"{place} · {count} endroit{'s' if count > 1 else ''}"


def stays(seen: Survey) -> Iterator[str]:
    """The data that would be kept, why and until when, and the places that no program can change."""
    yield from (kept_sentence(one) for one in seen.kept)
    yield from (f"{place} : à changer à la main, aucun programme ne le peut" for place in seen.by_hand)


def voices(seen: Survey) -> Iterator[str]:
    """The items in which the voice would stay, with how to take it out of the podcast."""
    for one in seen.heard:
        yield f"« {one.title} » ({one.reference}) : « bobine retirer {one.reference} --element {one.item} »"


def doubts(seen: Survey, online: SeenOnline) -> Iterator[str]:
    """Doubts to settle before: names that are near, and destinations that did not answer."""
    if seen.near:
        yield f"Noms voisins, peut-être la même personne : {enumerate_words([f'« {one} »' for one in seen.near])}."
    yield from (f"N'a pas pu être interrogé : {sentence}" for sentence in online.failures)
