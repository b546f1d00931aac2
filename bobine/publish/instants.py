"""The current instant, checked against the destination's clock, and dates left in the future by a wrong clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bobine.model.published.release import Release
from bobine.publish.destinations.store import Store

TOLERANCE = timedelta(minutes=5)
"""Difference between two clocks that is not worth a word."""

REACH = timedelta(days=3)
"""A date to come by more than this is left to whoever publishes its episode: the wrong clock may be this one."""


def time_of(store: Store, now: datetime) -> tuple[datetime, tuple[str, ...]]:
    """The present instant by the destination's clock where it is far from this machine's, and what to say of it.

    Args:
        store: the destination, checked.
        now: the present instant by this machine (aware).
    """
    skew = store.skew()
    if skew is None or abs(skew) <= TOLERANCE:
        return now, ()
    way = "retarde" if skew > timedelta() else "avance"
    sentence = (
        f"l'horloge de cet ordinateur {way} de {_length(abs(skew))} sur celle de la destination « {store.name} » : "
        "mettez-la à l'heure ; les dates publiées suivent celle de la destination."
    )
    return now + skew, (sentence,)


def let_out(release: Release, now: datetime) -> Release:
    """A release that was held until an instant that has come: listeners have it from then on.

    Args:
        release: as it stands online.
        now: the present instant (aware).
    """
    due = release.held_until
    if due is None or due > now or release.withdrawn is not None:
        return release
    return replace(release, published=due, updated=max(due, release.updated, key=datetime.timestamp), held_until=None)


def not_to_come(release: Release, now: datetime, aired: Callable[[date], datetime]) -> Release:
    """A release without the dates to come that a clock ahead by a day or so left: apps hide such episodes.

    Args:
        release: as it stands online.
        now: the present instant (aware).
        aired: gives when the slot of a day ends (aware): an episode counts as published from then on.
    """
    latest = max(release.published, release.updated)
    if not now < latest <= now + REACH:
        return release
    whole = now.astimezone(UTC).replace(microsecond=0)
    published = release.published
    if published > now:
        published = min(whole, aired(release.date).astimezone(UTC).replace(microsecond=0))
    return replace(release, published=published, updated=min(release.updated, whole))


def _length(span: timedelta) -> str:
    span += timedelta(seconds=30)  # to the nearest minute
    days, hours, minutes = span.days, span.seconds // 3600, span.seconds // 60
    number, word = (days, "jour") if days else (hours, "heure") if hours else (minutes, "minute")
    return f"{number} {word}{'s' if number > 1 else ''}"
