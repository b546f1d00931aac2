"""``publier`` at all destinations of a show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bobine.evening.online.destinations import AtEach, at_each
from bobine.evening.publishing import Published
from bobine.model.destination import Destination
from bobine.model.show import Show


def publish_everywhere(
    show: Show,
    destinations: Sequence[Destination],
    publish_at: Callable[[Show, Destination], Published],
) -> AtEach[Published]:
    """Publish at several destinations in turn; one that fails does not stop the others.

    Args:
        show: the show.
        destinations: where to, the feed's own first.
        publish_at: publishes at one, with the show as it then is: the first may have founded the podcast's identity.

    Raises:
        BobineError: if it succeeds nowhere.
    """
    newest = show

    def publish_and_learn(destination: Destination) -> Published:
        nonlocal newest
        published = publish_at(newest, destination)
        if published.new_podcast_guid:
            newest = replace(newest, podcast=replace(newest.podcast, guid=published.new_podcast_guid))
        return published

    return at_each(destinations, publish_and_learn)
