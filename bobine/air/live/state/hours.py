"""The hours around its slot at which a show may be on air. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

EARLIEST = timedelta(hours=1)
"""Time before its slot from which a show may be opened without a question."""

LATEST = timedelta(hours=1)
"""Time after its hard end from which a show is no longer on air: its recording is not taken up again by itself."""


def is_the_hour(slot: tuple[datetime, datetime], now: datetime) -> bool:
    """Whether an instant is in a slot, or near enough to it to prepare or to finish."""
    return slot[0] - EARLIEST <= now <= slot[1] + LATEST
