"""The likeness of two titles, as people vary them from the rundown to the marks."""

from __future__ import annotations

import difflib
import functools
import re

from bobine.french import sort_key

SAME = 1.0
"""The likeness of two titles that differ by accents, case, spaces or punctuation at most."""

ALIKE = 0.6
"""The least likeness that is given: below it two titles have nothing to do with one another."""

_LONGEST = 100
_FEWEST_LETTERS = 3
_SHARED_WORDS = 0.55
_TYPING_ERROR = 0.8


@functools.lru_cache(maxsize=4096)
def title_words(title: str) -> str:
    """Words of a title, without accents, case or punctuation: ``Jeu (au téléphone)`` becomes ``jeu au telephone``.

    A title of signs alone (an emoji) keeps them. Very long ones are cut.
    """
    key = sort_key(title[:_LONGEST])
    return " ".join(re.findall(r"[^\W_]+", key)) or " ".join(key.split())


@functools.lru_cache(maxsize=65_536)
def likeness(one: str, other: str) -> float:
    """Likeness from 0 (nothing in common) to ``SAME``; nothing between 0 and ``ALIKE``. Both are ``title_words``.

    Numbers that differ make two titles different (« Live 1 », « Live 2 »); a title that holds all the words of the
    other is the same thing said longer (« Jeu (au téléphone) »); else most letters are in shared words, or the whole
    differs by a typing error.
    """
    if one == other:
        return SAME if one else 0.0
    words, other_words = set(one.split()), set(other.split())
    numbers, other_numbers = ({word for word in group if word.isdigit()} for group in (words, other_words))
    if not one or not other or (numbers and other_numbers and numbers != other_numbers):
        return 0.0
    shared, total = _letters(words & other_words), _letters(words) + _letters(other_words)
    ratio = 2 * shared / total
    contained = words <= other_words or other_words <= words
    if contained and shared >= _FEWEST_LETTERS:
        return max(0.7, 0.95 * ratio)
    if ratio >= _SHARED_WORDS:
        return max(ALIKE, 0.9 * ratio)
    matcher = difflib.SequenceMatcher(None, min(one, other), max(one, other), autojunk=False)
    if matcher.real_quick_ratio() < _TYPING_ERROR or matcher.quick_ratio() < _TYPING_ERROR:
        return 0.0
    typed = matcher.ratio()
    return 0.9 * typed if typed >= _TYPING_ERROR else 0.0


def _letters(words: set[str]) -> int:
    return sum(map(len, words))
