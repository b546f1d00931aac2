"""Completion of names while they are typed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bobine.french import sort_key
from bobine.model.episode import Episode
from bobine.plan.people.known_people import KnownPerson, complete, known_people


def completion(known: Callable[[], Sequence[KnownPerson]]) -> Callable[[str], str | None]:
    """Make a function that completes a list of names: it gives what is typed, the name after the last comma made whole.

    Accents and capitals need not be typed.

    Args:
        known: who may be named, asked at each key.
    """

    def suggest(text: str) -> str | None:
        typed = text.rpartition(",")[2].lstrip()
        if not typed:
            return None
        for person in complete(text, known()):
            if len(person.name) > len(typed) and sort_key(person.name).startswith(sort_key(typed)):
                return text[: len(text) - len(typed)] + person.name
        return None

    return suggest


def own_first(episode: Episode, known: Sequence[KnownPerson]) -> tuple[KnownPerson, ...]:
    """People who may be named: those of the episode as they are now, then the others that are known."""
    here = {person.id for person in episode.people}
    return (*known_people((), (), episode), *(one for one in known if one.id not in here))
