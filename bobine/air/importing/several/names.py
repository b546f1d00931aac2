"""The names that recorders give their files: the order they tell, and the hour at which each begins. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_DAY = r"(?<!\d)(?P<y>20\d\d)[-_. ]?(?P<mo>\d\d)[-_. ]?(?P<d>\d\d)"
_DATED = (
    _DAY + r"[-_. T]{0,3}(?P<h>\d\d)[-_.:h]?(?P<mi>\d\d)[-_.:m]?(?P<s>\d\d)(?!\d)",
    _DAY + r"[-_. T]{1,3}(?P<h>\d\d)[-:h](?P<mi>\d\d)(?P<s>)(?!\d)",
    r"(?<!\d)(?P<y>\d\d)(?P<mo>\d\d)(?P<d>\d\d)[-_](?P<h>\d\d)(?P<mi>\d\d)(?P<s>\d\d)(?!\d)",
)
"""A day and an hour, as loggers and recorders write them; four figures alone after a day may be a number of take."""

_HOUR = r"(?<!\d)(?P<h>\d{1,2}) ?h ?(?P<mi>\d\d)(?:[m' ]?(?P<s>\d\d))?(?!\d)"
"""An hour as people write it: « 18h00 », « 18h00m05 »."""

DAY_S = 86_400


def natural_key(name: str) -> tuple[tuple[bool, int, str], ...]:
    """A key that sorts names as people do: « take 2 » before « take 10 », « take » before « take-1 »."""
    stem, _dot, suffix = name.casefold().rpartition(".")
    words = [*re.split(r"(\d+)", stem or suffix), suffix]
    return tuple((word.isdecimal(), int(word) if word.isdecimal() else 0, word) for word in words if word)


def are_numbered(names: Sequence[str]) -> bool:
    """Whether names differ only by a number, or by a letter that stands alone: then they tell an order."""
    stems = {name.casefold().rpartition(".")[0] or name for name in names}
    return len(stems) == len(names) and len({_skeleton(name) for name in names}) == 1


def clocks(names: Sequence[str]) -> list[float] | None:
    """The start of each file, in seconds on one scale, as its name says; None where one name does not."""
    dated = [_dated(name) for name in names]
    if None not in dated:
        return [float(clock) for clock in dated if clock is not None]
    hours = [_of_the_day(found) if (found := re.search(_HOUR, name.casefold())) else None for name in names]
    return [float(hour) for hour in hours if hour is not None] if None not in hours else None


def _skeleton(name: str) -> str:
    """A name without its numbers, its lone letters and what stands around them."""
    stem, _dot, suffix = name.casefold().rpartition(".")
    bare = re.sub(r"[\W_]*(?:\d+|(?<![^\W\d_])[a-z](?![^\W\d_]))[\W_]*", "", stem or suffix)
    return re.sub(r"[\W_]+$", "", bare)


def _dated(name: str) -> int | None:
    for form in _DATED:
        for found in re.finditer(form, name):
            year = int(found["y"])
            hour = _of_the_day(found)
            try:
                day = date(year if year > 99 else 2000 + year, int(found["mo"]), int(found["d"]))
            except ValueError:
                continue
            if hour is not None:
                return day.toordinal() * DAY_S + hour
    return None


def _of_the_day(found: re.Match[str]) -> int | None:
    hour, minute, second = int(found["h"]), int(found["mi"]), int(found["s"] or 0)
    return (hour * 60 + minute) * 60 + second if hour < 24 and minute < 60 and second < 60 else None
