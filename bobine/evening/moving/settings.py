"""Settings of a podcast that is taken over, as its feed has them, beside those of ``shows.toml``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bobine.errors import PublishError
from bobine.model.published.release import StoredFile
from bobine.model.show import Show
from bobine.publish.cover.images import read_cover
from bobine.publish.destinations.store import Store
from bobine.publish.feed.write import feed_guid
from bobine.publish.moving.reading.source import SourceFeed
from bobine.publish.text import one_line
from bobine.store.documents.edit_show import edit_show
from bobine.store.files import atomic_write

_COVER = "images/couverture-reprise"
_CHUNK = 1 << 20


def with_settings(
    root: Path, show: Show, feed: SourceFeed, cover: StoredFile | None, store: Store
) -> tuple[Show, tuple[str, ...]]:
    """Note in ``shows.toml`` what must last of the podcast, where nothing stands there: its identity and its cover.

    Args:
        root: the workspace.
        show: the show.
        feed: the podcast; without a ``podcast:guid`` its identity is that of its old address, as everywhere.
        cover: its cover at the destination; None for none.
        store: the destination.

    Returns:
        The show as it is now, and the keys that were set.
    """
    guid = feed.guid or (feed_guid(feed.address) if feed.address else "")
    image = _kept_cover(root, cover, store) if cover is not None and not show.podcast.image else ""
    before = show.podcast
    names = [name for name, value in (("guid", guid), ("image", image)) if value and not getattr(before, name)]
    if not names:
        return show, ()

    def change(newest: Show) -> Show:
        podcast = newest.podcast
        return replace(newest, podcast=replace(podcast, guid=podcast.guid or guid, image=podcast.image or image))

    return edit_show(root, show.slug, change), tuple(names)


def _kept_cover(root: Path, cover: StoredFile, store: Store) -> str:
    """Keep the cover in the workspace; gives its path there, empty where it is not one that apps take."""
    name = f"{_COVER}.{cover.key.rpartition('.')[2]}"
    content = b"".join(store.read(cover.key, start, _CHUNK) for start in range(0, cover.bytes, _CHUNK))
    atomic_write(root / name, content)
    try:
        read_cover(root / name)
    except PublishError:
        (root / name).unlink(missing_ok=True)
        return ""
    return name


def differences(feed: SourceFeed, show: Show) -> Iterator[tuple[str, str, str]]:
    """Differences between the feed and the show about the podcast: key, the feed's words, the show's words."""
    for key, told in feed.said:
        here = _here(show, key)
        if told and one_line(told, 10_000) != one_line(here, 10_000):
            yield key, one_line(told, 200), one_line(here, 200)


def _here(show: Show, key: str) -> str:
    """The setting of a key, as a feed would say it."""
    owner, _, name = key.rpartition(".")
    value = getattr(show.podcast if owner else show, name)
    if isinstance(value, bool):
        return str(value).lower()
    if name == "license":
        return (value.url or value.name) if value is not None else ""
    return value if isinstance(value, str) else ""
