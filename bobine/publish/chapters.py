"""The one list of chapters, and its forms as JSON and as timestamps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

from bobine.model.master import MasteredItem
from bobine.model.release import Chapter
from bobine.publish.text import one_line

MAX_CHAPTERS = 255
"""An ID3 table of contents counts its entries in one byte."""

FEWEST_TIMESTAMPS = 3
"""Fewer timestamps than this in a description are not read as chapters (Apple, Spotify)."""

_UNTITLED = "Sans titre"


def chapter_list(items: Sequence[MasteredItem], duration_s: float) -> tuple[Chapter, ...]:
    """The chapters of a podcast, in whole seconds.

    The first starts at 0: what comes before the first item with a chapter belongs to it. Each ends where the next
    one starts, the last one at the podcast's end. Where several would start in the same second the last of them is
    kept, as it is what one hears from there on; one that would start at the end is left out.

    Args:
        items: what became of the aired items; those kept that open a chapter make the list.
        duration_s: length of the podcast, in seconds.
    """
    end_s = round(duration_s)
    opening = [(item.start_s, item.title) for item in items if item.kept and item.chapter and item.start_s is not None]
    titles: dict[int, str] = {}
    for start_s, title in sorted(opening, key=lambda chapter: chapter[0]):
        second = max(0, round(start_s)) if titles else 0
        if second < end_s:
            titles[second] = one_line(title) or _UNTITLED
    starts = sorted(titles)[:MAX_CHAPTERS]
    return tuple(Chapter(start_s=start, end_s=end, title=titles[start]) for start, end in pairwise([*starts, end_s]))


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
            {"startTime": chapter.start_s, "endTime": chapter.end_s, "title": chapter.title} for chapter in chapters
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def timestamps(chapters: Sequence[Chapter], title_chars: int = 255) -> str:
    """The chapters as lines of a description, ``00:00:00 Titre``; empty when there are fewer than three.

    Args:
        chapters: in order, the first at 0.
        title_chars: longest title; a longer one is cut.
    """
    if len(chapters) < FEWEST_TIMESTAMPS:
        return ""
    return "\n".join(f"{clock(chapter.start_s)} {one_line(chapter.title, title_chars)}" for chapter in chapters)


def clock(seconds: int) -> str:
    """Whole seconds as ``HH:MM:SS``."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
