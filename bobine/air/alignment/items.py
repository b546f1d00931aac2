"""Moves the items of one recording onto another one of the same show. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bobine.air.alignment.line import Alignment
from bobine.air.marks.matching import Matching
from bobine.errors import MarksError
from bobine.french import enumerate_words
from bobine.model.as_run import AiredItem

_WORTH_KEEPING_S = 1.0
_WORTH_SAYING_S = 0.5
_TITLES_SHOWN = 8


def move_items(
    items: Sequence[AiredItem],
    from_rate: int,
    alignment: Alignment,
    rate: int,
    samples: int,
    titles: Mapping[str, str],
) -> Matching:
    """Where the items of a recording lie in the one it was aligned with.

    What lies before that one's start or after its end is cut; an item of which less than a second is left is left out.

    Args:
        items: in the recording that is known, in time order, without overlap.
        from_rate: its sampling rate, Hz.
        alignment: where it lies in the new one.
        rate: sampling rate of the new one, Hz.
        samples: its length, samples per channel.
        titles: of the items, by id.

    Raises:
        MarksError: if the new one holds none of the items.
    """
    moved, cut, missing, doubtful = [], [], [], []
    for item in items:
        title = titles.get(item.id, item.id)
        start, end = (round(alignment.there(at / from_rate) * rate) for at in (item.start, item.end))
        placed = max(0, start), min(samples, end)
        left, whole = placed[1] - placed[0], end - start
        if left <= 0 or (left < whole and left < _WORTH_KEEPING_S * rate):
            missing.append(title)
            continue
        moved.append(AiredItem(id=item.id, start=placed[0], end=placed[1]))
        if whole - left >= _WORTH_SAYING_S * rate:
            cut.append(title)
        if _is_doubtful(item.start / from_rate, item.end / from_rate, alignment):
            doubtful.append(title)
    if not moved:
        raise MarksError("Ce fichier ne contient aucun des éléments enregistrés : vérifiez que c'est cette émission.")
    sentences = (
        ("Ce fichier ne contient pas {} : le podcast s'en passera.", missing),
        ("Le début ou la fin de ce fichier coupe {}.", cut),
        ("Le fichier s'écarte de l'enregistrement pendant {} : vérifiez à l'écoute.", doubtful),
    )
    return Matching(tuple(moved), tuple(text.format(_named(found)) for text, found in sentences if found))


def _is_doubtful(begin_s: float, end_s: float, alignment: Alignment) -> bool:
    """Whether more than half of what was compared during an item did not agree."""
    agreeing = differing = 0.0
    for begin, end, fits in alignment.windows:
        common = max(0.0, min(end, end_s) - max(begin, begin_s))
        agreeing, differing = agreeing + common * fits, differing + common * (not fits)
    return differing > agreeing


def _named(titles: Sequence[str]) -> str:
    shown = [f"« {title} »" for title in titles[:_TITLES_SHOWN]]
    more = len(titles) - len(shown)
    return enumerate_words([*shown, f"{more} autre{'s' if more > 1 else ''}"] if more else shown)
