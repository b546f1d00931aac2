"""The people of a season by their names: one spelling is one person; near ones are reported, never merged. Pure."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from bobine.french import sort_key
from bobine.model.people import Person
from bobine.model.team import Member

_LEAST_LETTERS = 6
"""Letters of a name from which one more, less or other is taken for a slip."""


def plain(name: str) -> str:
    """A name as it is compared: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


class Names:
    """The names of a show's people.

    A person has the name that is written, or that of the member of the team who has it as a name or an alias, or who
    has the person's id and a name that holds the other, or is held in it (« Loïc » and « Loïc Chastel »).
    """

    def __init__(self, team: Iterable[Member]) -> None:
        """Know a team.

        Args:
            team: in any order.
        """
        self._by_spelling: dict[str, str] = {}
        self._by_id: dict[str, str] = {}
        members = sorted(team, key=lambda member: member.id)
        for member in members:
            self._by_id[member.id] = plain(member.name)
            for alias in member.aliases:
                self._by_spelling.setdefault(plain(alias), plain(member.name))
        self._by_spelling |= {plain(member.name): plain(member.name) for member in members}

    def spelled(self, name: str) -> str:
        """The usual name of a person written in some way."""
        written = plain(name)
        return self._by_spelling.get(written, written)

    def of(self, person: Person) -> str:
        """The name of a participant."""
        written = plain(person.name)
        if written in self._by_spelling:
            return self._by_spelling[written]
        member = self._by_id.get(person.id)
        return member if member is not None and _one_holds_the_other(member, written) else written


def _one_holds_the_other(one: str, other: str) -> bool:
    words, others = set(sort_key(one).split()), set(sort_key(other).split())
    return words <= others or others <= words


def likenesses(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of names that may be one person's, in order.

    They differ by accents, capitals, hyphens and the order of words, or by one letter: one more, less or other, or two
    of them turned round (Damerau's slips, found by the letters that are left when one is taken out).
    """
    by_rest: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(set(names)):
        letters = _letters(name)
        for rest in _rests(letters):
            by_rest[rest].append((name, letters))
    found = set()
    for alike in by_rest.values():
        for place, (name, letters) in enumerate(alike):
            for other, other_letters in alike[place + 1 :]:
                if letters == other_letters or _is_slip(letters, other_letters):
                    found.add((name, other))
    return tuple(sorted(found))


def _letters(name: str) -> str:
    words = "".join(char if char.isalnum() else " " for char in sort_key(name)).split()
    return " ".join(sorted(words))


def _rests(letters: str) -> set[str]:
    """The letters, and what is left of them when one is taken out."""
    if len(letters) < _LEAST_LETTERS:
        return {letters}
    return {letters, *(letters[:place] + letters[place + 1 :] for place in range(len(letters)))}


def _is_slip(one: str, other: str) -> bool:
    """Whether one letter was left out or changed, or two neighbours turned round."""
    if min(len(one), len(other)) < _LEAST_LETTERS or any(char.isdigit() for char in one + other):
        return False
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
    differ = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differ) == 1:
        return True
    return len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(one) == sorted(other)
