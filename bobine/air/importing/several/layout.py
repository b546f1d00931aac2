"""Lay several files in their common recording, with remarks on gaps and overlaps. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from bobine.air.importing.several.order import Order
from bobine.errors import DoubtfulError
from bobine.french import decimal
from bobine.model.aired.remarks import Remark, RemarkKind
from bobine.model.written.durations import clock, format_duration

LONGEST_GAP_S = 3600
"""Longest gap between two files of one recording, seconds: what begins later is another recording."""

_EXACT_S, _CLOCK_S = Fraction(1, 50), Fraction(2)
"""Error allowed to a count of samples, and to a clock read to a second, seconds."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of several files.

    Attributes:
        starts: first sample of each, counted from the first file's.
        remarks: the gaps and overlaps.
    """

    starts: tuple[int, ...]
    remarks: tuple[Remark, ...]


def lay(
    names: Sequence[str],
    lengths: Sequence[int],
    rate: int,
    overlaps: Sequence[int | None],
    order: Order | None = None,
    *,
    accept_distance: bool = False,
) -> Layout:
    """Lay files one after the other: over what two of them both hold, apart by what their times say is missing.

    Args:
        names: of the files, in order, safe to show.
        lengths: of the files, samples at ``rate``.
        rate: sampling rate of all positions, Hz.
        overlaps: for each file but the first, how many of its samples the one before it ends with; None for none.
        order: with the instants of the files, where they are known.
        accept_distance: put files end to end whose times lie further apart than ``LONGEST_GAP_S``.

    Raises:
        DoubtfulError: if two files lie further apart than that.
    """
    starts, remarks = [0], []
    instants = order.starts_s if order is not None else None
    bound = _EXACT_S if order is not None and order.is_exact else _CLOCK_S
    for n in range(1, len(lengths)):
        end = starts[-1] + lengths[n - 1]
        two = f"entre « {names[n - 1]} » et « {names[n]} »"
        shared = overlaps[n - 1]
        apart = instants[n] - instants[n - 1] - Fraction(lengths[n - 1], rate) if instants is not None else Fraction(0)
        if shared is not None:
            # a file that lies in the one before it would have no sound of its own
            starts.append(max(starts[-1] + 1, end - shared))
            kind, words = RemarkKind.OVERLAP, f"{_length(shared / rate)} en double {two}, gardées une seule fois."
        elif apart > LONGEST_GAP_S:
            if not accept_distance:
                raise DoubtfulError(
                    f"« {names[n]} » commence {format_duration(timedelta(seconds=int(apart)))} après la fin de "
                    f"« {names[n - 1]} » : ce n'est pas la suite.",
                    "Donnez les fichiers d'une seule émission ; s'ils se suivent vraiment, ajoutez --quand-meme.",
                )
            starts.append(end)
            kind, words = RemarkKind.GAP, f"Les heures sont loin l'une de l'autre {two} : ils sont mis bout à bout."
        elif apart > bound:
            starts.append(end + round(apart * rate))
            about = "" if bound == _EXACT_S else "environ "
            kind, words = (
                RemarkKind.GAP,
                f"{about}{_length(float(apart))} manquent {two} : un silence en tient la place.",
            )
        elif apart < -bound:
            starts.append(end)
            kind = RemarkKind.OVERLAP
            words = (
                f"Les heures disent {_length(float(-apart))} en double {two}, le son ne le montre pas : ils sont mis "
                "bout à bout."
            )
        else:
            starts.append(end)
            continue
        at_s = min(starts[-1], end) / rate
        text = words[0].upper() + words[1:-1] + f" (à {clock(at_s)})."
        remarks.append(Remark(kind=kind, text=text, at_s=round(at_s, 3)))
    return Layout(tuple(starts), tuple(remarks))


def _length(seconds: float) -> str:
    if seconds >= 60:
        return format_duration(timedelta(seconds=round(seconds)))
    return f"{decimal(seconds, 2 if seconds < 10 else 1)} s"
