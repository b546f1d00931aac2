"""The extract of an episode that apps may play by itself (podcast namespace, soundbite). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bobine.model.episode import Episode
from bobine.model.published.release import HeardItem, Soundbite
from bobine.publish.text import one_line

_LENGTH = timedelta(minutes=1)
_SHORTEST_MS = 15_000
_TITLE_CHARS = 128


def soundbites(episode: Episode, items: Sequence[HeardItem]) -> tuple[Soundbite, ...]:
    """The extract that the plan asks for, where it is now in the podcast; none where its item is not heard there.

    It ends with its item at the latest, and one that would then be under 15 seconds is left out.

    Args:
        episode: the plan.
        items: what the podcast holds.
    """
    item = next((item for item in items if item.id == episode.soundbite), None) if episode.soundbite else None
    if item is None:
        return ()
    start_ms = item.start_ms + _ms(episode.soundbite_at or timedelta())
    length_ms = min(_ms(episode.soundbite_for or _LENGTH), item.end_ms - start_ms)
    if length_ms < _SHORTEST_MS:
        return ()
    return (Soundbite(start_ms=start_ms, duration_ms=length_ms, title=one_line(item.title, _TITLE_CHARS)),)


def _ms(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)
