"""The audit trail of an episode once it is online: what was corrected, withdrawn or answered, when, why, and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """The kinds of change made to what is online; the values are the commands."""

    CORRECT = "corriger"
    WITHDRAW = "retirer"
    WITHDRAW_ITEM = "retirer --element"
    PUBLISH = "publier"
    REPLY = "droit-de-reponse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One change made to what is online of an episode, at one destination.

    Attributes:
        at: when it was begun (aware).
        act: by which command.
        destination: where.
        reason: why, one line.
        item: the item that was withdrawn; empty for the whole episode.
        done: whether it is online; one that was interrupted is finished by the next run.
        replaced: keys of files that it took out of the feed.
        removed: keys that were deleted at the destination in the same run.
        until: when what was replaced is deleted at the latest (aware); None where nothing waits.
    """

    at: datetime
    act: Act
    destination: str
    reason: str
    item: str = ""
    done: bool = False
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A right of reply: the answer of somebody who was named, published in the episode's description and page.

    Attributes:
        at: when it was received here (aware); the law gives three days to publish it (LCEN, art. 1-1).
        by: who answers.
        text: the answer, whole.
    """

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTrail:
    """All that happened to an episode online after its first publication, the oldest first."""

    corrections: tuple[Correction, ...] = ()
    replies: tuple[Reply, ...] = ()
