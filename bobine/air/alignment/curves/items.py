"""Move the items of one recording onto another one of the same show. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bobine.air.alignment.curves.line import Alignment
from bobine.air.marks.matching import Matching
from bobine.errors import MarksError
from bobine.french import decimal, enumerate_words
from bobine.model.aired.as_run import AiredItem, NamedPoint
from bobine.model.aired.remarks import Remark, RemarkKind
from bobine.model.written.durations import clock

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
    """Move the items of a recording to the one that it was aligned with.

    What lies before that one's start or after its end is cut; an item of which less than a second is left is left out.
    An item that holds a break keeps its outer bounds; one that begins where something was added begins behind it.

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
        start = round(alignment.there(item.start / from_rate, begins=True) * rate)
        end = round(alignment.there(item.end / from_rate, ends=True) * rate)
        placed = max(0, start), min(samples, end)
        left, whole = placed[1] - placed[0], end - start
        lasted = (item.end - item.start) / from_rate * rate
        if left <= 0 or (left < _WORTH_KEEPING_S * rate and (left < whole or left < lasted / 2)):
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


def move_points(
    points: Sequence[NamedPoint], from_rate: int, alignment: Alignment, rate: int, samples: int
) -> tuple[NamedPoint, ...]:
    """Move the marks of a recording to the one it was aligned with; those outside that one are left out.

    Args:
        points: in the recording that is known.
        from_rate: its sampling rate, Hz.
        alignment: where it lies in the new one.
        rate: sampling rate of the new one, Hz.
        samples: its length, samples per channel.
    """
    moved = (replace(one, position=round(alignment.there(one.position / from_rate) * rate)) for one in points)
    return tuple(one for one in moved if 0 <= one.position <= samples)


def said_of_breaks(
    items: Sequence[AiredItem], from_rate: int, alignment: Alignment, titles: Mapping[str, str]
) -> tuple[Remark, ...]:
    """A remark for each place where the new recording has less than the other, or more.

    Args:
        items: as ``move_items`` takes them.
        from_rate: sampling rate of the recording that is known, Hz.
        alignment: where it lies in the new one.
        titles: of the items, by id.
    """
    found = []
    for one in alignment.breaks:
        until_s = one.at_s + max(0.0, -one.shift_s)
        touched = [item for item in items if item.start < until_s * from_rate and item.end > one.at_s * from_rate]
        during = f", pendant {_named([titles.get(item.id, item.id) for item in touched])}" if touched else ""
        length, place = decimal(abs(one.shift_s)), clock(max(0.0, one.there_s))
        if one.shift_s < 0:
            text = f"Il manque {length} s à ce fichier à {place}{during} : ce qui suit est placé en conséquence."
        else:
            text = f"Ce fichier a {length} s de plus à {place}{during} : ce qui suit est placé en conséquence."
        kind = RemarkKind.GAP if one.shift_s < 0 else RemarkKind.ALIGNMENT
        found.append(
            Remark(kind=kind, text=text, item=touched[0].id if touched else "", at_s=round(max(0.0, one.there_s), 3))
        )
    return tuple(found)


def _is_doubtful(begin_s: float, end_s: float, alignment: Alignment) -> bool:
    """Whether more than half of what was compared during an item disagreed."""
    agreeing = differing = 0.0
    for begin, end, fits in alignment.windows:
        common = max(0.0, min(end, end_s) - max(begin, begin_s))
        agreeing, differing = agreeing + common * fits, differing + common * (not fits)
    return differing > agreeing


def _named(titles: Sequence[str]) -> str:
    shown = [f"« {title} »" for title in titles[:_TITLES_SHOWN]]
    more = len(titles) - len(shown)
    return enumerate_words([*shown, f"{more} autre{'s' if more > 1 else ''}"] if more else shown)
