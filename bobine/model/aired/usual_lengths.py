"""The usual real length of a chronique, beside what was planned for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bobine.model.written.durations import format_duration


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
