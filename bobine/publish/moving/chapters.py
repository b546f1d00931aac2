"""Chapters that come from elsewhere: read from JSON chapters, and laid out as the items of an episode. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bobine.model.episode import ItemKind
from bobine.model.published.release import Chapter, HeardItem
from bobine.publish.text import one_line
from bobine.store.codec.json_text import JsonFault, read_json

_MOST = 2000
_MOST_MS = 10**9


def marks_of(content: bytes) -> tuple[tuple[int, str], ...] | None:
    """The chapters that a file of JSON chapters shows (podcast namespace, chapters 1.2.0), in order.

    Those left out of the table of contents (``toc``) are none.

    Returns:
        Milliseconds and titles; None where it is no such file.
    """
    try:
        document = read_json(content.decode("utf-8-sig"), distinct=False)
        listed = document["chapters"][:_MOST]
        shown = [one for one in listed if one.get("toc") is not False]
        found = [(float(one["startTime"]), one_line(str(one.get("title") or ""))) for one in shown]
    except (JsonFault, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if any(not math.isfinite(start) for start, _ in found):
        return None
    return tuple(sorted((min(_MOST_MS, max(0, round(start * 1000))), title) for start, title in found))


def items_of(marks: Sequence[tuple[int, str]], duration_s: float) -> tuple[HeardItem, ...]:
    """The items of an episode of which only the chapters are known.

    Args:
        marks: milliseconds and titles.
        duration_s: length of the sound.
    """
    end_ms = round(duration_s * 1000)
    within = [(start, title) for start, title in sorted(marks) if start < end_ms]
    ends = [*(start for start, _ in within[1:]), end_ms][: len(within)]
    return tuple(
        HeardItem(id=f"chapitre-{number}", title=title, kind=ItemKind.TALK, start_ms=start, end_ms=end)
        for number, ((start, title), end) in enumerate(zip(within, ends, strict=True), start=1)
    )


def chapters_in(marks: Sequence[tuple[int, str]], duration_s: float) -> tuple[Chapter, ...]:
    """The same as chapters, for a file of them."""
    return tuple(
        Chapter(start_ms=item.start_ms, end_ms=item.end_ms, title=item.title) for item in items_of(marks, duration_s)
    )
