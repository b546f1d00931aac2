"""The usual real length of a chronique, beside what was planned for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bobine.model.written.durations import format_duration

OFTEN = 3
"""Instalments from which a mean says something of the next one."""

MUCH = timedelta(seconds=30)
"""Overrun from which it is told as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualLength:
    """The planned and the real length of a chronique's instalments.

    Attributes:
        chronique: its id.
        planned: mean of what was planned, whole seconds.
        real: mean of what it took, whole seconds.
        times: instalments that these are means of, above zero.
    """

    chronique: str
    planned: timedelta
    real: timedelta
    times: int

    @property
    def over(self) -> timedelta:
        """By how much it overruns; negative where it is shorter than planned."""
        return self.real - self.planned

    @property
    def words(self) -> str:
        """The same in French: « prévue 6'00, dure 7'40 en moyenne »."""
        return f"prévue {format_duration(self.planned)}, dure {format_duration(self.real)} en moyenne"

    def overruns(self, planned: timedelta) -> bool:
        """True where it usually takes much longer than is planned for it now."""
        return self.times >= OFTEN and self.real - planned >= MUCH

    def words_for(self, planned: timedelta) -> str:
        """The planned length beside the usual one: « prévue 6'00, dure 7'40 en moyenne (5 passages) »."""
        count = f"{self.times} passage{'s' if self.times > 1 else ''}"
        return f"prévue {format_duration(planned)}, dure {format_duration(self.real)} en moyenne ({count})"
