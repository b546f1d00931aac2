"""Marks: where things begin and end in a recording, read from any of the accepted formats and checked against it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from fractions import Fraction

from bobine.air.mark_formats import Faults, Parser, WrittenMark, parser_for
from bobine.errors import MarksError, unforeseen_as
from bobine.french import printable

LARGEST_FILE = 4_000_000
"""Bytes of a file of marks, at most; the longest show has some kilobytes of them."""

MOST_MARKS = 1000
"""Marks in a file, at most."""

TOLERANCE_S = Fraction(1, 5)
"""How far marks may overlap, or pass the recording's end, without being refused: a hand's precision, trimmed away."""

ACCEPTED_FORMATS = "le JSON de Bobine, les étiquettes d'Audacity (exportées en texte) ou une feuille CUE"
"""The accepted formats, as they are named to a user whose file is none of them."""


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


def read_marks(content: str | bytes, file_name: str, recording_rate: int, recording_samples: int) -> tuple[Mark, ...]:
    """Read marks, whose format is told by what they look like, and fit them to a recording.

    Args:
        content: the file of marks; bytes are UTF-8 (or UTF-16 with its mark), and cp1252 where they cannot be.
        file_name: how messages name it.
        recording_rate: sampling rate of the recording, Hz.
        recording_samples: its length, samples per channel.

    Returns:
        At least one mark, in time order, without overlap, all within the recording.

    Raises:
        MarksError: if they cannot be read or do not fit; lists every fault.
    """
    name = printable(file_name)
    if len(content) > LARGEST_FILE:
        raise MarksError(
            f"« {name} » est trop gros pour un fichier de repères ({LARGEST_FILE // 1_000_000} Mo au plus)."
        )
    text = content if isinstance(content, str) else _decode(content)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise MarksError(f"« {name} » est vide : il ne contient aucun repère.")
    parse = parser_for(text)
    if parse is None:
        raise MarksError(f"« {name} » n'est pas un fichier de repères que l'on sait lire : donnez {ACCEPTED_FORMATS}.")
    faults = Faults(file_name)
    with unforeseen_as(lambda: MarksError(f"« {name} » contient quelque chose d'impossible à lire : exportez-le.")):
        return _fitted(parse, text, name, recording_rate, recording_samples, faults)


def _fitted(
    parse: Parser, text: str, name: str, recording_rate: int, recording_samples: int, faults: Faults
) -> tuple[Mark, ...]:
    written = parse(text, recording_rate, faults)
    faults.raise_if_any()
    if not written:
        raise MarksError(f"« {name} » ne contient aucun repère.")
    if len(written) > MOST_MARKS:
        raise MarksError(f"« {name} » contient {len(written)} repères : {MOST_MARKS} au plus sont acceptés.")
    return _fit(written, Fraction(recording_samples, recording_rate), recording_rate, recording_samples, faults)


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _fit(written: list[WrittenMark], length: Fraction, rate: int, samples: int, faults: Faults) -> tuple[Mark, ...]:
    """Check the order of the marks and turn seconds into samples of the recording."""
    marks = []
    for place, mark in enumerate(written):
        following = written[place + 1] if place + 1 < len(written) else None
        end = mark.end if mark.end is not None else following.start if following else length
        trimmed = min(end, length, following.start if following else length)
        message = _misfit(mark, end, following, length)
        if message is None:
            start_sample, end_sample = round(mark.start * rate), min(round(trimmed * rate), samples)
            if start_sample < end_sample:
                marks.append(Mark(mark.title, start_sample, end_sample))
                continue
            message = "ce repère n'a pas de durée."
        faults.add(mark.line, mark.label, message)
    faults.raise_if_any()
    return tuple(marks)


def _misfit(mark: WrittenMark, end: Fraction, following: WrittenMark | None, length: Fraction) -> str | None:
    if mark.start < 0:
        return "sa position est négative."
    if mark.start >= length:
        return f"il commence à {_clock(mark.start)}, après la fin de l'enregistrement ({_clock(length)})."
    if following is not None and following.start < mark.start:
        return f"il commence à {_clock(mark.start)}, après le repère suivant ({_clock(following.start)})."
    if end < mark.start:
        return f"sa fin ({_clock(end)}) est avant son début ({_clock(mark.start)})."
    if end > length + TOLERANCE_S:
        return f"il finit à {_clock(end)}, après la fin de l'enregistrement ({_clock(length)})."
    if following is not None and end > following.start + TOLERANCE_S:
        return f"il finit à {_clock(end)}, après le début du {following.label} ({_clock(following.start)})."
    return None


def _clock(seconds: Fraction) -> str:
    """A position for a message: ``0:42,5``, ``1:02:03,0``."""
    tenths = round(abs(seconds) * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02d}" if hours else f"{minutes}"
    return f"{'−' if seconds < 0 else ''}{head}:{rest // 10:02d},{rest % 10}"
