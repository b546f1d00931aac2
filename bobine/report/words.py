"""The report's words: roles as people, and a figure's value with its unit. Pure."""

from __future__ import annotations

from datetime import timedelta

from bobine.french import decimal
from bobine.model.people import Role
from bobine.model.written.durations import format_duration
from bobine.report.figures import Figure, Unit

WHO: dict[Role, str] = {
    Role.HOST: "animation",
    Role.TECHNICIAN: "technique",
    Role.EDITOR: "montage",
    Role.INTERVIEWER: "interview",
    Role.WELCOME: "accueil",
    Role.CONTRIBUTOR: "chroniques",
    Role.GUEST: "personnes invitées",
    Role.MUSICIAN: "musiciennes et musiciens",
}
"""Words for those who have a role, together."""

_HOUR_S = 3600


def value_words(figure: Figure, value: int | None) -> str:
    """A value of a figure: ``1 560``, ``35 h 45``, ``7'40``, ``18 751,20 €``, ``12,5 %``; « inconnu » for None."""
    if value is None:
        return "inconnu"
    match figure.unit:
        case Unit.COUNT:
            return grouped(value)
        case Unit.SECONDS:
            return length_words(value)
        case Unit.CENTS:
            euros, cents = divmod(value, 100)
            return f"{grouped(euros)},{cents:02} €"
        case Unit.PERMILLE:
            return f"{decimal(value / 10)} %"


def to_know(figure: Figure) -> str:
    """The note that a figure needs, with its basis where that is not the whole season; empty for none."""
    basis = f"d'après {figure.basis.words}" if figure.basis is not None and not figure.basis.whole else ""
    return " ; ".join(filter(None, [figure.note, basis]))


def length_words(seconds: int) -> str:
    """A length: ``7'40`` below an hour, ``1 560 h`` or ``35 h 45`` from there on, to the nearest minute."""
    if abs(seconds) < _HOUR_S:
        return format_duration(timedelta(seconds=seconds))
    hours, minutes = divmod((abs(seconds) + 30) // 60, 60)
    words = f"{grouped(hours)} h" + (f" {minutes:02}" if minutes else "")
    return f"−{words}" if seconds < 0 else words


def grouped(number: int) -> str:
    """A whole number, its thousands apart: ``1 560``; the spaces do not break."""
    return f"{number:,}".replace(",", "\u202f")


def counted(count: int, one: str, several: str = "") -> str:
    """``3 émissions``, ``1 émission``: several is one with an s where it is not given."""
    return f"{grouped(count)} {one if count < 2 else several or one + 's'}"
