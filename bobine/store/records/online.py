"""Read the changes made to an episode's plan since it was put online."""

from __future__ import annotations

from bobine.errors import BobineError
from bobine.model.aired.edits import edits_digest
from bobine.model.episode import Episode
from bobine.model.published.master import Manifest
from bobine.model.published.online import (
    EDITS,
    OTHER_RECORDING,
    PublishedPlan,
    SinceOnline,
    published_plan,
    since_online,
)
from bobine.model.published.release import LocalRelease
from bobine.store.records.edits import edits_path, read_edits
from bobine.store.records.manifests import read_manifest
from bobine.store.records.recordings import read_as_run
from bobine.store.records.releases import read_releases
from bobine.store.records.transcripts import transcript_digest, transcript_path
from bobine.store.workspace import EpisodeFolder


def read_since_online(folder: EpisodeFolder, episode: Episode) -> SinceOnline | None:
    """The changes since the episode was published, at any destination; None where it is online nowhere.

    Args:
        folder: the episode's.
        episode: its plan now.

    Raises:
        PlanError: if ``release.toml`` cannot be read as it stands.
    """
    online = [one for one in read_releases(folder.release).values() if one.is_online]
    if not online:
        return None
    try:
        manifest = read_manifest(folder.manifest)
    except BobineError:
        manifest = None
    master = manifest.files[0].sha256 if manifest is not None and manifest.files else ""
    transcript = transcript_digest(transcript_path(folder.path))
    plans = (one.plan or _supposed(one, episode, manifest) for one in online)
    found = [since_online(plan, episode, master, transcript) for plan in plans]
    changes = [change for one in found for change in one.changes]
    if manifest is not None and _recording(folder) not in ("", manifest.recording_sha256):
        changes.append(OTHER_RECORDING)
    if manifest is not None and _edits(folder) != manifest.edits_sha256:
        changes.append(EDITS)
    return SinceOnline(
        tuple(dict.fromkeys(changes)),
        tuple(dict.fromkeys(alarm for one in found for alarm in one.alarms)),
        max((one.release.held_until for one in online if one.release.held_until is not None), default=None),
    )


def _recording(folder: EpisodeFolder) -> str:
    """The digest of the recording that is attached; empty where there is none, or its note cannot be read."""
    try:
        return read_as_run(folder.as_run).recording.digest
    except BobineError:
        return ""


def _edits(folder: EpisodeFolder) -> str:
    """The digest of the edits; one that no master has where they cannot be read: other changes are still told."""
    try:
        return edits_digest(read_edits(edits_path(folder.path)))
    except BobineError:
        return "?"


def _supposed(online: LocalRelease, episode: Episode, manifest: Manifest | None) -> PublishedPlan:
    """A stand-in for a published plan that an older version did not note: the release's words, today's for the rest."""
    kept = {item.id for item in manifest.kept_items} if manifest is not None else set()
    now = published_plan(episode, kept, kept, "")
    release = online.release
    return PublishedPlan(
        title=release.title,
        season=release.season,
        number=release.number,
        summary=now.summary,
        cover=now.cover,
        master=manifest.files[0].sha256 if manifest is not None and manifest.files else "",
        people=now.people,
        items=now.items,
    )
