"""A person's names in any text: whole words, with or without accents and capitals, escaped or not. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bobine.evening.privacy.words.folded import Folded, fold, folded, unescaped
from bobine.evening.privacy.words.markup import TAG, tags_in, without_tags
from bobine.evening.privacy.words.pseudonyms import Pseudonym

_BETWEEN = r"(?:\s{1,40}|\s?[-_.+'‐‑–]\s?)"
_TURNED = r"(?:\s{1,40}|\s?[-_.+,]\s?)"
_LEAST_TOGETHER, _LEAST_WORD = 8, 3
"""Letters of a name, and of each of its words, from which it is known when written in one word (« anaisduval »)."""


@dataclass(frozen=True, slots=True)
class Match:
    """A name in a text.

    Attributes:
        start: where it begins, in characters of the text as written.
        end: one past its last character.
        text: its letters as they are compared.
        alone: whether it stands alone between quotes, or in a row of words with hyphens, as a short name does.
    """

    start: int
    end: int
    text: str
    alone: bool


class NameSearch:
    """The names by which one person is written, and what must stay as it is although it holds one of them."""

    def __init__(self, names: Collection[str], protected: Collection[str] = ()) -> None:
        """Know some names.

        Args:
            names: as people write them; those without a letter are left out.
            protected: texts that stay, such as the short name of a show.
        """
        self.names = tuple(dict.fromkeys(name for name in names if _words(name)))
        self.protected = tuple(sorted(protected))
        forms = sorted({form for name in self.names for form in _forms(name)}, key=lambda form: (-len(form), form))
        self._pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])" if forms else r"(?!)")
        kept = "|".join(re.escape(one) for one in sorted(self.protected, key=len, reverse=True))
        self._kept = re.compile(rf"(?<![A-Za-z0-9_-])(?:{kept})(?![A-Za-z0-9_-])" if kept else r"(?!)")

    def may_hold(self, raw: str) -> bool:
        """Whether a text may hold one of the names: a quick look, that protected texts and nothing else can fool."""
        return any(self._pattern.search(fold(text)) for text in (raw, unescaped(raw))) or (
            TAG.search(raw) is not None and self._pattern.search(fold(unescaped(without_tags(raw)))) is not None
        )

    def holds(self, raw: str) -> bool:
        """Whether a text holds one of the names."""
        return self.may_hold(raw) and next(self.matches(raw), None) is not None

    def matches(self, raw: str) -> Iterator[Match]:
        """The names in a text, in order, none overlapping another; none where it is protected.

        One that tags cut is one name from its first letter to its last, with those tags.
        """
        texts = [folded(raw, escaped=False), folded(raw, escaped=True)]
        if TAG.search(raw) is not None:
            texts.append(folded(raw, escaped=True, marked=True))
        found = sorted((match for text in texts for match in self._in(raw, text)),
                       key=lambda match: (match.start, -match.end))  # fmt: skip
        kept = [one.span() for one in self._kept.finditer(raw)]
        end = 0
        for match in found:
            is_kept = any(start <= match.start and match.end <= stop for start, stop in kept)
            if match.start >= end and not is_kept:
                end = match.end
                yield match

    def replaced(self, raw: str, pseudonym: Pseudonym) -> str:
        """The text with a pseudonym in the place of each name, escaped as the name was."""
        if not self.may_hold(raw):
            return raw
        pieces, position = [], 0
        for match in self.matches(raw):
            name = raw[match.start : match.end]
            instead = pseudonym.instead_of(without_tags(name), match.text, alone=match.alone)
            pieces += [raw[position : match.start], instead, self.replaced(tags_in(name), pseudonym)]
            position = match.end
        return "".join([*pieces, raw[position:]])

    def is_name(self, text: str) -> bool:
        """Whether a text is one of the names and nothing else."""
        return self._pattern.fullmatch(fold(text.strip())) is not None

    def bytes_pattern(self) -> re.Pattern[bytes]:
        """A pattern of the names as they stand in files that are no text: in UTF-8, Latin-1 and UTF-16."""
        forms = {form for name in self.names for form in (name, fold(name), " ".join(_words(name)))}
        forms |= {"-".join(_words(name)) for name in self.names} | {"_".join(_words(name)) for name in self.names}
        encoded = {form.encode(code, "ignore") for form in forms
                   for code in ("utf-8", "latin-1", "utf-16-le", "utf-16-be")}  # fmt: skip
        encoded = {one for one in encoded if len(one) > 2}
        return re.compile(rb"(?<![A-Za-z0-9])(?:" + b"|".join(map(re.escape, sorted(encoded))) + rb")(?![A-Za-z0-9])",
                          re.IGNORECASE)  # fmt: skip

    def _in(self, raw: str, text: Folded) -> Iterator[Match]:
        for found in self._pattern.finditer(text.text):
            start, end = text.starts[found.start()], text.ends[found.end() - 1]
            yield Match(start, end, found[0], _is_alone(raw, start, end))


def _is_alone(raw: str, start: int, end: int) -> bool:
    before, after = raw[max(start - 1, 0) : start], raw[end : end + 1]
    return (before in ('"', "'") and before == after) or before in ("-", "_", "/") or after in ("-", "_", "/")


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(name))


def _forms(name: str) -> Iterator[str]:
    """Patterns of a name: as it is written, with its first or last word turned round, in one word."""
    words = _words(name)
    inner = _bounds(name, len(words))
    yield _joined(words, [_BETWEEN if wide else f"{_BETWEEN}?" for wide in inner])
    if len(words) > 1:
        for turned in ([words[-1], *words[:-1]], [*words[1:], words[0]]):
            yield _joined(turned, [_TURNED] * (len(words) - 1))
        if sum(map(len, words)) >= _LEAST_TOGETHER and min(map(len, words)) >= _LEAST_WORD:
            yield "".join(map(re.escape, words))


def _bounds(name: str, count: int) -> list[bool]:
    """For each place between two words of a name, whether they are words of their own there, with a space."""
    between = re.split(r"[^\W_]+", fold(name.strip()))[1:-1]
    return [" " in one for one in between] if len(between) == count - 1 else [True] * (count - 1)


def _joined(words: Sequence[str], between: Sequence[str]) -> str:
    pieces = [re.escape(words[0])]
    for (_, word), bound in zip(pairwise(words), between, strict=True):
        pieces += [bound, re.escape(word)]
    return "".join(pieces)
