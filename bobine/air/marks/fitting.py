"""Fit marks to a recording: sorted, trimmed where hands overlap, ended by a closing mark; each with a word. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from bobine.air.marks.formats.written import Faults, WrittenMark
from bobine.air.marks.similarity import likeness, title_words
from bobine.french import decimal
from bobine.model.aired.remarks import Remark, RemarkKind

SILENTLY_S = Fraction(1, 5)
"""Overlap of marks, or excess over the recording's end, that is trimmed without a word: a rounding."""

TRIMMED_S = Fraction(2)
"""Overlap that is trimmed with a word, however short the marks: a hand that lets go late, a marked cross-fade."""

_TRIMMED_SHARE = Fraction(1, 10)
_TRIMMED_AT_MOST_S = Fraction(10)
_END_WITHIN_S = Fraction(1)
_CLOSING = frozenset(
    (
        *("fin", "la fin", "fini", "termine", "fin de l emission", "fin emission", "fin de l enregistrement"),
        *("end", "the end", "stop", "out", "ende", "fine"),
    )
)
"""Titles, as ``title_words``, of a mark that says that all is over."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A named stretch of a recording.

    Attributes:
        title: as written, on one line, possibly empty.
        start: first sample, counted from the recording's start.
        end: one past the last sample, above ``start``.
    """

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FittedMarks:
    """The marks in time order, without overlap, all within the recording; and remarks on how they were."""

    marks: tuple[Mark, ...]
    remarks: tuple[Remark, ...] = ()


def fit(
    written: Sequence[WrittenMark], rate: int, samples: int, faults: Faults, item_titles: Collection[str] = ()
) -> FittedMarks:
    """Put marks in order, trim them, and turn seconds into samples of the recording.

    Two that overlap by up to two seconds, or a tenth of the shorter one where that is more (ten seconds at most), and
    by a third of the shorter one at most, are what a hand makes of neighbours: the first ends where the second begins.
    More is a mark inside another one, or a mistake, and is refused. The same measure holds at the recording's end.

    A last mark without length closes the one before it where it is called « Fin » or the like, and is no item of the
    rundown; or where it lies at the recording's end, to a second.

    Args:
        written: as the file gives them, at least one.
        rate: the recording's sampling rate, Hz.
        samples: its length, samples per channel.
        faults: where to note what cannot be; its notes are told too.
        item_titles: the titles of the rundown's items.

    Raises:
        MarksError: if a mark cannot be in this recording, or two of them overlap; lists every fault.
    """
    length = Fraction(samples, rate)
    remarks = [_remark(note) for note in faults.notes]
    ordered = sorted(written, key=lambda mark: mark.start)
    if ordered != list(written):
        remarks.append(_remark("Les repères n'étaient pas dans l'ordre du temps : ils ont été triés."))
    ordered, twice = _without_doubles(ordered)
    if twice:
        remarks.append(
            _remark(f"Un même repère était écrit plusieurs fois (« {twice[0].title} ») : il compte une fois.")
        )
    ordered, closing = _without_closing(ordered, length, item_titles)
    marks, trims = [], []
    for mark, following in zip(ordered, [*ordered[1:], None], strict=True):
        bound = min(length, following.start if following else closing.start if closing else length)
        end = mark.end if mark.end is not None else following.start if following else bound
        message = _misfit(mark, end, following, length)
        if message is None:
            start_sample, end_sample = round(mark.start * rate), min(round(min(end, bound) * rate), samples)
            if start_sample < end_sample:
                marks.append(Mark(mark.title, start_sample, end_sample))
                if end - bound > SILENTLY_S:
                    trims.append((mark, end - bound, bound))
                continue
            message = "ce repère n'a pas de durée."
        faults.add(mark.line, mark.label, message)
    faults.raise_if_any()
    remarks += _said_of_trims(trims, length)
    if closing is not None:
        text = f"Le dernier {closing.label} n'ouvre pas d'élément : il finit le précédent."
        remarks.append(_remark(text, min(closing.start, length)))
    return FittedMarks(tuple(marks), tuple(remarks))


def clock(seconds: Fraction) -> str:
    """A position for a message: ``0:42,5``, ``1:02:03,0``."""
    tenths = round(abs(seconds) * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02d}" if hours else f"{minutes}"
    return f"{'−' if seconds < 0 else ''}{head}:{rest // 10:02d},{rest % 10}"


def _without_doubles(ordered: list[WrittenMark]) -> tuple[list[WrittenMark], list[WrittenMark]]:
    """The marks, and those of them that stood twice: same title, same start."""
    twice = [
        after
        for before, after in pairwise(ordered)
        if (before.start, before.title) == (after.start, after.title) and before.end == after.end
    ]
    return [mark for mark in ordered if not any(mark is double for double in twice)], twice


def _without_closing(
    ordered: list[WrittenMark], length: Fraction, item_titles: Collection[str]
) -> tuple[list[WrittenMark], WrittenMark | None]:
    """The marks, and the last one apart where it only says that all is over."""
    *others, last = ordered
    if not others or (last.end is not None and last.end != last.start):
        return ordered, None
    is_item = _opens_an_item(last, others, item_titles)
    if length - _END_WITHIN_S <= last.start <= length + _END_WITHIN_S:
        closes = last.start >= length or not is_item
    else:
        closes = title_words(last.title) in _CLOSING and not is_item
    return (others, last) if closes else (ordered, None)


def _opens_an_item(mark: WrittenMark, others: Sequence[WrittenMark], item_titles: Collection[str]) -> bool:
    """Whether a mark's title is like that of an item that no other mark resembles most."""
    items = [title_words(item) for item in item_titles]
    taken = {_most_alike(title_words(other.title), items) for other in others}
    return any(likeness(title_words(mark.title), item) > 0 for at, item in enumerate(items) if at not in taken)


def _most_alike(title: str, items: Sequence[str]) -> int | None:
    """The place of the item whose title is the most alike; None where none is."""
    best = max(range(len(items)), key=lambda at: likeness(title, items[at]), default=None)
    return best if best is not None and likeness(title, items[best]) > 0 else None


def _tolerance(shorter: Fraction) -> Fraction:
    """The overlap tolerated between two marks of which the shorter has this length, seconds."""
    wide = max(TRIMMED_S, min(_TRIMMED_AT_MOST_S, shorter * _TRIMMED_SHARE))
    return max(SILENTLY_S, min(wide, shorter / 3))


def _misfit(mark: WrittenMark, end: Fraction, following: WrittenMark | None, length: Fraction) -> str | None:
    if mark.start < 0:
        return "sa position est négative."
    if mark.start >= length:
        return f"il commence à {clock(mark.start)}, après la fin de l'enregistrement ({clock(length)})."
    if end < mark.start:
        return f"sa fin ({clock(end)}) est avant son début ({clock(mark.start)})."
    own = end - mark.start
    if following is not None:
        other = own if following.end is None else following.end - following.start
        if end > following.start + _tolerance(min(own, other)):
            return f"il finit à {clock(end)}, après le début du {following.label} ({clock(following.start)})."
    if end > length + _tolerance(own):
        return f"il finit à {clock(end)}, après la fin de l'enregistrement ({clock(length)})."
    return None


def _said_of_trims(trims: Sequence[tuple[WrittenMark, Fraction, Fraction]], length: Fraction) -> list[Remark]:
    """One word for all that overlapped (mark, by how many seconds, where it ends now), one for what passed the end."""
    inside = [trim for trim in trims if trim[2] < length]
    found = []
    if len(inside) == 1:
        mark, over, bound = inside[0]
        text = f"Le {mark.label} dépassait de {decimal(float(over))} s sur le suivant : il finit où celui-ci commence."
        found.append(_remark(text, bound))
    elif inside:
        most = decimal(float(max(over for _, over, _ in inside)))
        text = f"{len(inside)} repères dépassaient sur le suivant (de {most} s au plus) : ils finissent où il commence."
        found.append(_remark(text, inside[0][2]))
    for mark, over, bound in trims:
        if bound == length:
            how = f"dépassait la fin de l'enregistrement de {decimal(float(over))} s : il finit avec lui."
            found.append(_remark(f"Le {mark.label} {how}", bound))
    return found


def _remark(text: str, at: Fraction | None = None) -> Remark:
    return Remark(kind=RemarkKind.MARKS, text=text, at_s=None if at is None else float(at))
