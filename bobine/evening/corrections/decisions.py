"""Decisions about what is online: the audit trail's entries, replies, what may still be there. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bobine.errors import PublishError
from bobine.french import long_date
from bobine.model.episode import Episode
from bobine.model.published.corrections import AuditTrail, Correction, Reply
from bobine.model.published.release import LocalRelease, Release
from bobine.publish.records import stored_files

MAX_REPLIES_BYTES = 2500
"""Most bytes of all replies to one episode: an app's description has 4000, and a reply is never cut."""


def begun(trail: AuditTrail, new: Correction) -> AuditTrail:
    """The trail with a change that begins; one of its kind that was interrupted goes on under the date it began at."""
    return trail if unfinished(trail, new) else replace(trail, corrections=(*trail.corrections, new))


def unfinished(trail: AuditTrail, like: Correction) -> Correction | None:
    """The interrupted change of the same kind, at the same destination, of the same item; None where there is none."""
    kind = (like.act, like.destination, like.item)
    found = [one for one in trail.corrections if not one.done and (one.act, one.destination, one.item) == kind]
    return found[-1] if found else None


def not_begun(trail: AuditTrail, new: Correction) -> AuditTrail:
    """The trail without a change that began and had nothing to do."""
    return replace(trail, corrections=tuple(one for one in trail.corrections if one != new))


def ended(trail: AuditTrail, done: Correction) -> AuditTrail:
    """The trail with a change that is online, in the place of its beginning, with the words that it began with."""
    first = unfinished(trail, done)
    if first is None:
        return replace(trail, corrections=(*trail.corrections, done))
    done = replace(done, at=first.at, reason=first.reason)
    return replace(trail, corrections=tuple(done if one is first else one for one in trail.corrections))


def completed(new: Correction, before: Release | None, after: Release, removed: Sequence[str]) -> Correction:
    """A change, with the files that it took out of the feed.

    Args:
        new: the change as it began.
        before: what was online; None where that is not known.
        after: what is online now.
        removed: keys that were deleted.
    """
    earlier = {file.key for file in before.former} if before is not None else set()
    waiting = {file.key: file.until for file in after.former}
    replaced = sorted({*waiting, *removed} - earlier)
    until = max((waiting[key] for key in replaced if key in waiting), default=None)
    return replace(new, done=True, replaced=tuple(replaced), removed=tuple(removed), until=until)


def kept_until(releases: Sequence[Release]) -> datetime | None:
    """The instant from which the last former file may be deleted; None if none waits."""
    return max((file.until for release in releases for file in release.former), default=None)


def with_replies(episode: Episode, replies: Sequence[Reply]) -> Episode:
    """The plan as it is published: the rights of reply stand in its text, after its summary."""
    if not replies:
        return episode
    told = [f"Droit de réponse de {reply.by} ({long_date(reply.at.date())}) : {reply.text}" for reply in replies]
    return replace(episode, summary="\n\n".join(part for part in (episode.summary, *told) if part))


def with_reply(trail: AuditTrail, reply: Reply) -> AuditTrail:
    """The trail with a reply; the same one twice is one.

    Raises:
        PublishError: if all replies together would not fit whole in the episode's description.
    """
    if any((one.by, one.text) == (reply.by, reply.text) for one in trail.replies):
        return trail
    replies = (*trail.replies, reply)
    length = sum(len(f"{one.by}{one.text}".encode()) for one in replies)
    if length > MAX_REPLIES_BYTES:
        raise PublishError(
            f"Les droits de réponse de cette émission feraient {length} octets : {MAX_REPLIES_BYTES} au plus tiennent "
            "entiers dans le texte du podcast. Convenez d'un texte plus court avec la personne."
        )
    return replace(trail, replies=replies)


@dataclass(frozen=True, slots=True)
class Gone:
    """A file that was taken out of the feed, and the instant from which nobody may be able to fetch it.

    Attributes:
        key: the file's.
        since: from when on (aware).
        why: what was done, in French.
    """

    key: str
    since: datetime
    why: str


def to_be_gone(trail: AuditTrail, local: LocalRelease) -> Iterator[Gone]:
    """The files that a destination must not serve any more, now or once their time has come, each once."""
    named = set() if local.release.withdrawn else _named(local.release)
    until = {file.key: file.until for file in local.release.former}
    seen: set[str] = set()
    for one in reversed(trail.corrections):
        if one.destination != local.destination:
            continue
        why = f"{one.act} du {long_date(one.at.date())}"
        for key in (*one.removed, *one.replaced):
            if key not in named and key not in seen:
                seen.add(key)
                yield Gone(key, until.get(key, one.at), why)


def _named(release: Release) -> set[str]:
    return {file.key for file in stored_files(release)}


def still_named(release: Release, names: Sequence[str]) -> tuple[str, ...]:
    """Those of some names that the title or the text of a release still says."""
    words = f"{release.title}\n{release.description}".casefold()
    return tuple(name for name in names if name.casefold() in words)


def reply_deadline(received: date) -> date:
    """The last day to publish a right of reply: three days after it came (LCEN, art. 1-1)."""
    return date.fromordinal(received.toordinal() + 3)
