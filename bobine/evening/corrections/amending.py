"""``corriger`` and ``droit-de-reponse``: what changed in the plan or the master is brought online, and noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bobine.errors import PublishError
from bobine.evening.corrections.decisions import begun, completed, ended, kept_until, not_begun, unfinished, with_reply
from bobine.evening.online.destinations import AtEach, Failure, at_each
from bobine.evening.publishing import Published, publish_episode
from bobine.model.destination import Destination
from bobine.model.episode import Episode
from bobine.model.published.corrections import Act, Correction, Reply
from bobine.model.published.release import LocalRelease, Release
from bobine.model.show import Show
from bobine.publish.outgoing.sending import OnProgress
from bobine.store.records.corrections import change_corrections, corrections_path, read_corrections
from bobine.store.records.releases import read_releases
from bobine.store.workspace import EpisodeFolder, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """The result of a correction or a withdrawal, at all destinations.

    Attributes:
        feed_url: the feed's public address (of the first destination).
        changed: keys that were written.
        removed: keys that were deleted.
        releases: the releases as they stand.
        warnings: further warnings, in French.
        failures: destinations at which it did not succeed.
    """

    feed_url: str = ""
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    releases: tuple[Release, ...] = ()
    warnings: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def kept_until(self) -> datetime | None:
        """The instant from which the last former file may be deleted; None if none waits."""
        return kept_until(self.releases)

    @classmethod
    def of(cls, at: AtEach[Amended]) -> Amended:
        """The results of several destinations as one."""
        found = list(at.done.values())
        return cls(
            feed_url=found[0].feed_url,
            changed=tuple(key for one in found for key in one.changed),
            removed=tuple(key for one in found for key in one.removed),
            releases=tuple(release for one in found for release in one.releases),
            warnings=tuple(warning for one in found for warning in one.warnings),
            failures=at.failures,
        )


def places_online(
    workspace: Workspace, folder: EpisodeFolder, chosen: str | None, usual: str
) -> tuple[Destination, ...]:
    """The destinations at which an episode is to be changed: the one chosen, else all that it was ever sent to.

    Args:
        workspace: where the destinations are described.
        folder: the episode's.
        chosen: a destination's name; None for all.
        usual: the show's own destination, which comes first.

    Raises:
        WorkspaceError: if a destination is not described any more.
        PublishError: if the episode was never published there.
        PlanError: if ``release.toml`` cannot be read.
    """
    known = read_releases(folder.release)
    names = sorted(known, key=lambda name: (name != usual, name)) if chosen is None else [chosen]
    for name in names:
        workspace.destination(name)
    if not names or any(name not in known for name in names):
        where = f" vers « {chosen} »" if chosen is not None else ""
        raise PublishError(
            f"{folder.reference} n'a jamais été publié{where} : il n'y a rien à changer en ligne (« bobine publier »)."
        )
    return tuple(workspace.destination(name) for name in names)


@dataclass(frozen=True, slots=True)
class Amendment:
    """The reason for a change, and how long what it replaces stays.

    Attributes:
        act: by which command.
        reason: why, one line.
        item: the item that is withdrawn; empty for none.
        keep: how long former files stay; None for as long as the show says.
    """

    act: Act
    reason: str
    item: str = ""
    keep: timedelta | None = None


def amend_episode(
    workspace: Workspace,
    show: Show,
    episode: Episode,
    destinations: Sequence[Destination],
    amendment: Amendment,
    now: datetime,
    on_progress: OnProgress = lambda _label, _done, _total: None,
) -> Amended:
    """Bring an episode's plan and master of today online, in the place of what is there; again changes nothing.

    Args:
        workspace: where the show is.
        show: the show.
        episode: the plan.
        destinations: where it is online.
        amendment: why, and how.
        now: the present instant (aware).
        on_progress: told what is being done, how much of it, and out of how much.

    Raises:
        BobineError: if it succeeds nowhere: the episode is withdrawn, or as ``publish_episode`` does.
    """
    folder = workspace.folder(show, episode.date)

    def change(destination: Destination) -> Amended:
        before = read_releases(folder.release).get(destination.name)
        if before is not None and before.release.withdrawn is not None:
            raise PublishError(
                f"{folder.reference} est retiré de « {destination.name} » : rien n'y est à corriger. Pour le remettre "
                f"en ligne, une fois le motif levé : bobine publier {folder.reference} --vers {destination.name}"
            )

        def publish() -> Published:
            # what is online already may be corrected before its slot as well
            return publish_episode(
                workspace,
                show,
                episode,
                destination,
                now,
                on_progress,
                before_air=True,
                keep=amendment.keep,
                at_once=True,
            )

        published = noted(folder, destination.name, amendment, before, now, publish)
        return Amended(
            feed_url=published.feed_url,
            changed=published.uploaded,
            removed=published.removed,
            releases=(published.release,),
            warnings=published.warnings,
        )

    return Amended.of(at_each(destinations, change))


def noted(
    folder: EpisodeFolder,
    destination: str,
    amendment: Amendment,
    before: LocalRelease | None,
    now: datetime,
    work: Callable[[], Published],
) -> Published:
    """Do a change, noted in the audit trail before it begins, and again with the files that it replaced.

    One that had nothing to do leaves no trace.
    """
    path = corrections_path(folder.path)
    new = Correction(at=now, act=amendment.act, destination=destination, reason=amendment.reason, item=amendment.item)
    was_interrupted = unfinished(read_corrections(path), new) is not None
    change_corrections(path, lambda trail: begun(trail, new))
    done = work()
    if not was_interrupted and not done.uploaded and not done.removed:
        change_corrections(path, lambda trail: not_begun(trail, new))
        return done
    online = before.release if before is not None else None
    change_corrections(path, lambda trail: ended(trail, completed(new, online, done.release, done.removed)))
    return done


def note_return(folder: EpisodeFolder, destination: str, now: datetime) -> None:
    """Note that a withdrawn episode was published again."""
    back = Correction(at=now, act=Act.PUBLISH, destination=destination, reason="remise en ligne", done=True)
    path = corrections_path(folder.path)
    change_corrections(path, lambda trail: replace(trail, corrections=(*trail.corrections, back)))


def note_reply(folder: EpisodeFolder, reply: Reply) -> None:
    """Keep a right of reply, to be published with the episode.

    Raises:
        PublishError: if it is too long.
        PlanError: if the audit trail cannot be read.
    """
    change_corrections(corrections_path(folder.path), lambda trail: with_reply(trail, reply))
