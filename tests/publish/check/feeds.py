"""A good feed, as Bobine writes it, and changes to its text."""

from __future__ import annotations

from datetime import UTC, datetime

from bobine.model.published.release import Release
from bobine.model.show import Show
from bobine.publish.feed.write import feed_bytes
from tests.publish.samples import BASE, FEED, GUID, IMAGE, SHOW, release

NOW = datetime(2026, 12, 4, 12, tzinfo=UTC)


def our_feed(*releases: Release, show: Show = SHOW) -> bytes:
    """The feed of these releases."""
    return feed_bytes(show, releases, BASE, FEED, IMAGE, GUID)


OURS = our_feed(release(0), release(1))
"""Two episodes, the newer one first."""
