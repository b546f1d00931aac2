"""A look at the public addresses: whether what was withdrawn or replaced is gone, from there and from the feed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bobine.evening.corrections.decisions import to_be_gone
from bobine.model.destination import Destination
from bobine.model.published.release import LocalRelease
from bobine.publish.corrections.absence import content_of, status_of
from bobine.publish.layout import MAX_FEED_BYTES, public_address
from bobine.store.records.corrections import corrections_path, read_corrections
from bobine.store.records.releases import read_releases
from bobine.store.workspace import EpisodeFolder


class Found(StrEnum):
    """Answers of an address; the values are French words."""

    GONE = "disparu"
    CLEAR = "ne le nomme plus"
    THERE = "encore là"
    WAITING = "encore là, jusqu'au jour dit"
    SILENT = "pas de réponse"


@dataclass(frozen=True, slots=True)
class Answer:
    """A public address that was asked again.

    Attributes:
        address: the address.
        found: what is there.
        why: what was done to it, in French.
        until: when it is deleted at the latest (aware); None where it should be gone already.
    """

    address: str
    found: Found
    why: str
    until: datetime | None = None

    @property
    def is_right(self) -> bool:
        """Whether nothing is to be done about it."""
        return self.found in (Found.GONE, Found.CLEAR, Found.WAITING)


def check_gone(
    folder: EpisodeFolder,
    destinations: Sequence[Destination],
    now: datetime,
    ask: Callable[[str], int] = status_of,
    fetch: Callable[[str, int], bytes | None] = content_of,
) -> tuple[Answer, ...]:
    """Ask again for everything that was taken out of the feed, and for the feed itself.

    Args:
        folder: the episode's.
        destinations: where it is, or was, online.
        now: the present instant (aware).
        ask: gives the status that an address answers; 0 for none.
        fetch: gives the content of an address, at most so many bytes; None where it cannot be had.

    Raises:
        PlanError: if what was noted of the episode cannot be read.
    """
    trail = read_corrections(corrections_path(folder.path))
    releases = read_releases(folder.release)
    answers: list[Answer] = []
    for destination in destinations:
        local = releases.get(destination.name)
        if local is None:
            continue
        gone = list(to_be_gone(trail, local))
        answers += _feed(local, [one.key for one in gone], fetch)
        for one in gone:
            address = public_address(destination.public_url, one.key)
            waits = one.since > now
            answers.append(Answer(address, _found(ask(address), waits=waits), one.why, one.since if waits else None))
    return tuple(answers)


def _found(status: int, *, waits: bool) -> Found:
    if status in (404, 410, 403):  # a bucket that may not be listed answers 403 for what is not there
        return Found.GONE
    if 200 <= status < 400:
        return Found.WAITING if waits else Found.THERE
    return Found.SILENT


def _feed(local: LocalRelease, keys: Sequence[str], fetch: Callable[[str, int], bytes | None]) -> list[Answer]:
    names = [*keys, *([local.release.guid] if local.release.withdrawn is not None else [])]
    if not names:
        return []
    content = fetch(local.feed_url, MAX_FEED_BYTES)
    if content is None:
        found = Found.SILENT
    else:
        found = Found.THERE if any(name.encode() in content for name in names) else Found.CLEAR
    return [Answer(local.feed_url, found, "le flux nomme ce qui a été retiré ou remplacé")]
