"""The one list of chapters, and its forms as JSON and as timestamps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter

from bobine.model.episode import Episode, ItemKind
from bobine.model.published.master import MasteredItem
from bobine.model.published.release import Chapter, HeardItem
from bobine.publish.text import one_line
from bobine.store.codec.json_text import json_text

MAX_CHAPTERS = 255
"""An ID3 table of contents counts its entries in one byte."""

FEWEST_TIMESTAMPS = 3
"""Fewer timestamps than this in a description are not read as chapters (Apple, Spotify)."""

_UNTITLED = "Sans titre"


def chapter_list(items: Sequence[MasteredItem], duration_s: float) -> tuple[Chapter, ...]:
    """The chapters of a podcast, in milliseconds.

    The first starts at 0: what comes before the first item with a chapter belongs to it. Each ends where the next
    one starts, the last one at the podcast's end. Where several would start in the same second, in which most lists
    count, the last of them is kept, as it is what one hears from there on; one that would start at the end is left out.

    Args:
        items: what became of the aired items; those kept that open a chapter make the list.
        duration_s: length of the podcast, in seconds.
    """
    opening = [
        (round(item.start_s * 1000), item.title)
        for item in items
        if item.kept and item.chapter and item.start_s is not None
    ]
    return _chapters(opening, round(duration_s * 1000))


def heard_chapters(items: Sequence[HeardItem], duration_s: int) -> tuple[Chapter, ...]:
    """The chapters of a release, as :func:`chapter_list` gives them; none where it does not tell its items.

    Args:
        items: what the podcast holds.
        duration_s: its length, in whole seconds.
    """
    opening = [(item.start_ms, item.title) for item in items if item.chapter]
    return _chapters(opening, max((item.end_ms for item in items), default=duration_s * 1000))


def for_apps(items: Iterable[MasteredItem], episode: Episode, kinds: Collection[ItemKind]) -> tuple[MasteredItem, ...]:
    """The items of a master with the titles that the plan has today, and a chapter where apps are to show one.

    Only items of some kinds open a chapter, and those whose plan asks for one.

    Args:
        items: what became of the aired items.
        episode: the plan; an item that it no longer has is told as it was when the master was made.
        kinds: kinds that open a chapter; all of them where it is empty.
    """
    planned = {item.id: item for item in episode.items}

    def told(item: MasteredItem) -> MasteredItem:
        plan = planned.get(item.id)
        if plan is None:
            return item
        opens = plan.has_chapter and (not kinds or plan.kind in kinds or plan.chapter is True)
        return replace(item, title=plan.title, chapter=opens)

    return tuple(told(item) for item in items)


def _chapters(opening: Iterable[tuple[int, str]], end_ms: int) -> tuple[Chapter, ...]:
    """Chapters from their starts (milliseconds) and titles."""
    found: dict[int, tuple[int, str]] = {}
    for at_ms, title in sorted(opening, key=itemgetter(0)):
        start_ms = max(0, at_ms) if found else 0
        if start_ms < end_ms:
            second = start_ms // 1000
            found[second] = (start_ms if second else 0, one_line(title) or _UNTITLED)
    kept = sorted(found.values())[:MAX_CHAPTERS]
    ends = [*(start for start, _ in kept[1:]), end_ms]
    return tuple([Chapter(start, end, title) for (start, title), end in zip(kept, ends, strict=False)])


def chapters_json(chapters: Sequence[Chapter], title: str = "", podcast: str = "", author: str = "") -> bytes:
    """JSON chapters 1.2.0 (Podcasting 2.0), in UTF-8; the same list gives the same bytes.

    Args:
        chapters: in order.
        title: the episode's title.
        podcast: the show's name.
        author: who made the episode.
    """
    about = {"author": one_line(author), "title": one_line(title), "podcastName": one_line(podcast)}
    document = {
        "version": "1.2.0",
        **{key: value for key, value in about.items() if value},
        "chapters": [
            {"startTime": _seconds(chapter.start_ms), "endTime": _seconds(chapter.end_ms), "title": chapter.title}
            for chapter in chapters
        ],
    }
    return (json_text(document, indent=2) + "\n").encode()


def timestamps(chapters: Sequence[Chapter], title_chars: int = 255) -> str:
    """The chapters as lines of a description, ``00:00:00 Titre``; empty when there are fewer than three.

    Seconds are whole, and rounded down: a click must not land behind the first word. Of several in one second the last
    is kept.

    Args:
        chapters: in order, the first at 0.
        title_chars: longest title; a longer one is cut.
    """
    titles = {chapter.start_ms // 1000: chapter.title for chapter in chapters}
    if len(titles) < FEWEST_TIMESTAMPS:
        return ""
    return "\n".join(f"{whole_clock(second)} {one_line(title, title_chars)}" for second, title in titles.items())


def clock(milliseconds: int) -> str:
    """An instant as ``HH:MM:SS.mmm``."""
    return f"{whole_clock(milliseconds // 1000)}.{milliseconds % 1000:03d}"


@lru_cache(1 << 13)  # two hours: the same seconds come in every episode
def whole_clock(seconds: int) -> str:
    """A whole second as ``HH:MM:SS``."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _seconds(milliseconds: int) -> int | float:
    """Seconds as JSON gives them: ``40`` or ``40.25``."""
    return milliseconds // 1000 if milliseconds % 1000 == 0 else milliseconds / 1000
