"""The order of several files in one recording: by the times they hold, by their names, by their sound. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from bobine.air.importing.several.names import DAY_S, are_numbered, clocks, natural_key

LONGEST_OVERLAP_S = 120
"""The most that a recorder is thought to have recorded twice, seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The clues that a file gives to its place among others.

    Attributes:
        name: its name.
        duration_s: its length, seconds.
        began_s: when it began by its own date (« bext », to a second), seconds on the clock of the place; None unknown.
        reference_s: when it began by its count of samples since midnight (« bext »), seconds; None unknown.
        changed_s: when it was written last, seconds on any scale.
    """

    name: str
    duration_s: float
    began_s: float | None = None
    reference_s: Fraction | None = None
    changed_s: float = 0.0


class By(Enum):
    """The evidence that an order rests on."""

    COUNT = "count"
    HOURS = "hours"
    NAMES = "names"
    SOUND = "sound"
    WRITTEN = "written"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Order:
    """An order of files.

    Attributes:
        places: the files' places in what was given, in order of time.
        by: the evidence for it.
        starts_s: when each file of ``places`` begins, seconds after the first; None where nothing tells.
    """

    places: tuple[int, ...]
    by: By
    starts_s: tuple[Fraction, ...] | None = None

    @property
    def is_exact(self) -> bool:
        """Whether its instants are counts of samples rather than clocks read to a second."""
        return self.by is By.COUNT


def in_order(files: Sequence[Told]) -> Order:
    """Put files in order: by the times that they or their names hold, else by name, else as they were written.

    Times count where they can be true: a file begins about where the one before it ends, or later. Where nothing tells,
    the files stay in the order in which they were given.
    """
    for by, starts in _instants(files):
        places = sorted(range(len(files)), key=starts.__getitem__)
        if _can_be_true(files, starts, places):
            first = starts[places[0]]
            return Order(tuple(places), by, tuple(starts[place] - first for place in places))
    names = [file.name for file in files]
    if are_numbered(names):
        return Order(tuple(sorted(range(len(files)), key=lambda place: natural_key(names[place]))), By.NAMES)
    written = [file.changed_s for file in files]
    if _follow(files, sorted(range(len(files)), key=written.__getitem__)):
        return Order(tuple(sorted(range(len(files)), key=written.__getitem__)), By.WRITTEN)
    return Order(tuple(range(len(files))), By.GIVEN)


def by_sound(count: int, overlap: Callable[[int, int], object]) -> tuple[int, ...] | None:
    """The one order in which each file begins with the end of the one before it; None where there is none.

    Args:
        count: number of files.
        overlap: whether the end of a file, named by its place, is the beginning of another: something, or None.
    """
    after: dict[int, int] = {}
    for one in range(count):
        found = [other for other in range(count) if other != one and overlap(one, other) is not None]
        if len(found) > 1:
            return None
        if found:
            after[one] = found[0]
    firsts = [place for place in range(count) if place not in after.values()]
    if len(firsts) != 1 or len(after) != count - 1:
        return None
    order = [firsts[0]]
    while order[-1] in after:
        order.append(after[order[-1]])
    return tuple(order) if len(order) == count else None


def _instants(files: Sequence[Told]) -> list[tuple[By, list[Fraction]]]:
    """The start of each file, by the most exact clue available."""
    found: list[tuple[By, list[Fraction]]] = []
    counted = [file.reference_s for file in files if file.reference_s is not None]
    if len(counted) == len(files):
        found.append((By.COUNT, _past_midnight(counted)))
    began = [Fraction(file.began_s) for file in files if file.began_s is not None]
    if len(began) == len(files):
        found.append((By.HOURS, began))
    named = clocks([file.name for file in files])
    if named is not None:
        found.append((By.HOURS, _past_midnight([Fraction(clock) for clock in named])))
    return [(by, starts) for by, starts in found if len(set(starts)) == len(files)]


def _past_midnight(clocks_s: Sequence[Fraction]) -> list[Fraction]:
    """Times of one day; those of a show that goes on after midnight are the next day's."""
    if max(clocks_s) - min(clocks_s) > DAY_S // 2 and max(clocks_s) <= DAY_S:
        return [clock + DAY_S if clock < DAY_S // 2 else clock for clock in clocks_s]
    return list(clocks_s)


def _can_be_true(files: Sequence[Told], starts: Sequence[Fraction], places: Sequence[int]) -> bool:
    """Whether each file begins about where the one before it ends, or later: no two were recorded at once."""
    return all(
        starts[after] - starts[before]
        >= max(files[before].duration_s / 2, files[before].duration_s - LONGEST_OVERLAP_S)
        for before, after in pairwise(places)
    )


def _follow(files: Sequence[Told], places: Sequence[int]) -> bool:
    """Whether each file was written last about its own length after the one before it, as a recorder writes."""
    return all(
        abs(files[after].changed_s - files[before].changed_s - files[after].duration_s)
        <= max(5.0, 0.1 * files[after].duration_s)
        for before, after in pairwise(places)
    )
