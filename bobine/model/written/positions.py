"""Positions inside a sound as people write them: ``1:23,4``, ``1:02:05``, ``83.4``, ``1'23``."""

from __future__ import annotations

import re
from fractions import Fraction

ACCEPTED = "1:23,4 (minutes:secondes), 1:02:05 ou 83,4 (secondes)"
"""The accepted forms, as they are named to a user."""

_FORM = re.compile(
    r"(?:(?:(?P<h>\d{1,2}):(?=\d\d:))?(?P<m>\d{1,4})[:'](?=\d\d))?(?P<s>\d{1,6})(?:[.,](?P<f>\d{1,6}))?\"?", re.ASCII
)
_SIGNS = str.maketrans({"’": "'", "′": "'", "″": '"', "”": '"'})


def parse_position(text: str) -> Fraction:
    """A position in seconds, exactly as it was written.

    Args:
        text: ``M:SS``, ``H:MM:SS``, ``M'SS`` or seconds, with tenths to microseconds after a point or a comma.

    Raises:
        ValueError: if the text is none of these; says so in French.
    """
    found = _FORM.fullmatch("".join(text.split()).translate(_SIGNS).removesuffix("s"))
    if found is not None:
        minutes, seconds = found["m"], int(found["s"])
        if minutes is None or (seconds < 60 and len(found["s"]) == 2 and (found["h"] is None or int(minutes) < 60)):
            whole = int(found["h"] or 0) * 3600 + int(minutes or 0) * 60 + seconds
            digits = found["f"] or "0"
            return whole + Fraction(int(digits), 10 ** len(digits))
    raise ValueError(f"« {text[:40]} » n'est pas une position : écrivez {ACCEPTED}")


def format_position(seconds: float | Fraction) -> str:
    """A position for people, to the millisecond where it has any: ``1:23,4``, ``0:07``, ``1:02:05,125``."""
    thousandths = round(seconds * 1000)
    whole, rest = divmod(thousandths, 1000)
    minutes, left = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02d}" if hours else f"{minutes}"
    tail = f",{rest:03d}".rstrip("0") if rest else ""
    return f"{head}:{left:02d}{tail}"


def at_rate(position: int, rate: int, to_rate: int) -> int:
    """A position counted at one rate, counted at another; rounded to the nearest sample.

    Args:
        position: samples at ``rate``.
        rate: Hz, at least 1.
        to_rate: Hz, at least 1.
    """
    return (2 * position * to_rate + rate) // (2 * rate)
