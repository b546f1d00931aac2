"""The needs of an item in reserve before it can save a show. Pure."""

from __future__ import annotations

import re

from bobine.french import sort_key
from bobine.model.episode import Item

_OPEN_MICROPHONES = re.compile(
    r"(?:m|l|micros?|musique live|live|(?:en )?direct|plateau|studio|tel|telephone|duplex)(?: ?\d+)?"
)


def has_sound(item: Item) -> bool:
    """Whether the item's sound is somewhere: a file, or a source that plays by itself. A microphone does not."""
    if item.file:
        return True
    parts = [part.strip() for part in re.split(r"[+,;/&]|(?<=\d) ", sort_key(item.source)) if part.strip()]
    mics = {sort_key(mic) for mic in item.mics}
    return any(part not in mics and not _OPEN_MICROPHONES.fullmatch(part) for part in parts)


def is_bare(item: Item) -> bool:
    """Whether nothing would come out of the item as it stands: it has neither somebody nor a sound."""
    return not item.people and not has_sound(item)
