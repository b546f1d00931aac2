"""Match each mark to an item of the rundown by title and order, and report every mismatch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bobine.air.marks.fitting import Mark
from bobine.air.marks.formats.written import shown_title
from bobine.air.marks.similarity import SAME, likeness, title_words
from bobine.errors import MarksError
from bobine.french import enumerate_words
from bobine.model.aired.as_run import AiredItem
from bobine.model.episode import Item

_STANDBY_MALUS = 0.01
_TITLES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Matching:
    """The items of a rundown matched in a recording.

    Attributes:
        items: the items aired, in time order, without overlap.
        notes: one French sentence for each thing that the user should check.
    """

    items: tuple[AiredItem, ...]
    notes: tuple[str, ...]


def match(marks: Sequence[Mark], items: Sequence[Item]) -> Matching:
    """Give each mark its item.

    Titles are aligned first, in order, so that their likeness is greatest. Between two neighbours so found, marks and
    items left over are paired by order where there are as many of one as of the other. An item without a mark did not
    go on air; a standby needs none.

    Args:
        marks: in time order, without overlap.
        items: the rundown, in order, standbys included.

    Raises:
        MarksError: if a mark is no item's, or fewer than half of the titled marks bear an item's title.
    """
    by_title = _align([title_words(mark.title) for mark in marks], items)
    titled = sum(1 for mark in marks if title_words(mark.title))
    if 2 * len(by_title) < titled:
        raise MarksError(
            f"Les repères ne vont pas avec ce conducteur : {len(by_title)} sur {titled} portent le titre d'un de ses "
            "éléments. Vérifiez que c'est la bonne émission et le bon fichier de repères."
        )
    by_order = _pair_leftovers(len(marks), items, by_title)
    _refuse_strangers(marks, {**by_title, **by_order})
    notes = _notes(marks, items, by_title, by_order)
    pairs = sorted({**by_title, **by_order}.items())
    aired = (AiredItem(id=items[item].id, start=marks[mark].start, end=marks[mark].end) for mark, item in pairs)
    return Matching(tuple(aired), tuple(notes))


def _align(titles: Sequence[str], items: Sequence[Item]) -> dict[int, int]:
    """The in-order alignment of greatest likeness, as mark → item: a longest common subsequence with weights."""
    weights = [[_weight(title, item) for item in items] for title in titles]
    best = [[0.0] * (len(items) + 1) for _ in range(len(titles) + 1)]
    for row in reversed(range(len(titles))):
        for column in reversed(range(len(items))):
            weight = weights[row][column]
            together = weight + best[row + 1][column + 1] if weight else 0.0
            best[row][column] = max(together, best[row + 1][column], best[row][column + 1])
    found: dict[int, int] = {}
    row = column = 0
    while row < len(titles) and column < len(items):
        weight = weights[row][column]
        if weight and best[row][column] == weight + best[row + 1][column + 1]:
            found[row] = column
            row, column = row + 1, column + 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            row += 1
    return found


def _weight(title: str, item: Item) -> float:
    found = likeness(title, title_words(item.title))
    return found - _STANDBY_MALUS if found and item.standby else found


def _pair_leftovers(mark_count: int, items: Sequence[Item], by_title: dict[int, int]) -> dict[int, int]:
    """Pair, by order, what is left between two matched neighbours where the counts agree, standbys counted or not."""
    found: dict[int, int] = {}
    edges = [(-1, -1), *sorted(by_title.items()), (mark_count, len(items))]
    for (mark_before, item_before), (mark_after, item_after) in pairwise(edges):
        marks = range(mark_before + 1, mark_after)
        candidates = range(item_before + 1, item_after)
        planned = [item for item in candidates if not items[item].standby]
        if len(marks) == len(planned):
            found.update(zip(marks, planned, strict=True))
        elif len(marks) == len(candidates):
            found.update(zip(marks, candidates, strict=True))
    return found


def _refuse_strangers(marks: Sequence[Mark], matched: dict[int, int]) -> None:
    strangers = [_named(number, mark) for number, mark in enumerate(marks) if number not in matched]
    if not strangers:
        return
    shown = strangers[:_TITLES_SHOWN] + (["d'autres encore"] if len(strangers) > _TITLES_SHOWN else [])
    raise MarksError(
        f"Ces repères ne correspondent à aucun élément du conducteur : {enumerate_words(shown)}. Ajoutez ces éléments "
        "au conducteur à leur place, ou donnez à ces repères le titre d'un élément, ou supprimez-les."
    )


def _notes(
    marks: Sequence[Mark], items: Sequence[Item], by_title: dict[int, int], by_order: dict[int, int]
) -> list[str]:
    notes = []
    if by_order and not any(title_words(mark.title) for mark in marks):
        notes.append("Les repères n'ont pas de titre : ils sont pris dans l'ordre du conducteur. Vérifiez-les.")
    else:
        notes += [
            f"Le {_named(mark, marks[mark])} est pris pour « {items[item].title} », d'après l'ordre : vérifiez."
            for mark, item in sorted(by_order.items())
        ]
    notes += [
        f"Le {_named(mark, marks[mark])} est pris pour « {items[item].title} », dont le titre est proche."
        for mark, item in sorted(by_title.items())
        if likeness(title_words(marks[mark].title), title_words(items[item].title)) < SAME
    ]
    aired = {*by_title.values(), *by_order.values()}
    for number, item in enumerate(items):
        if item.standby and number in aired:
            notes.append(f"« {item.title} », prévu en secours, a été diffusé.")
        elif not item.standby and number not in aired:
            notes.append(f"« {item.title} » n'a pas de repère : considéré comme non diffusé.")
    return notes


def _named(number: int, mark: Mark) -> str:
    return f"repère {number + 1}" + (f" (« {shown_title(mark.title)} »)" if mark.title else " (sans titre)")
