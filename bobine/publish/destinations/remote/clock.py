"""The clock of a server, which dates the files of publishers whose own clocks may be wrong."""

from __future__ import annotations

import time
from datetime import timedelta


class ServerClock:
    """The clock of one server.

    Attributes:
        skew: its lead on this computer's; None where it is not known.
    """

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.skew: timedelta | None = None

    def now(self) -> float | None:
        """Its time in seconds since 1970; None where it is not known."""
        return time.time() + self.skew.total_seconds() if self.skew is not None else None
