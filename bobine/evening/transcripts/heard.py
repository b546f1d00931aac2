"""The sound that a master plays, stretch by stretch, as its as-run and its edits made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bobine.errors import MarksError, MasterError, SoundError
from bobine.evening.transcripts.placing import HeardStretch, heard_stretches
from bobine.master.edit import RATE, Segment, edit_list
from bobine.model.aired.edits import edits_digest
from bobine.model.published.master import Manifest, MasteredItem
from bobine.store.records.edits import edits_path, read_edits
from bobine.store.records.recordings import read_as_run
from bobine.store.records.transcripts import read_transcript, transcript_path
from bobine.store.workspace import EpisodeFolder

_AGREE_S = 0.05
"""Seconds by which an item may begin elsewhere than its master says."""


@dataclass(frozen=True, slots=True)
class HeardSound:
    """The sound of a master: the digest of its recording, the stretches that it plays, and its length in seconds."""

    recording: str
    stretches: tuple[HeardStretch, ...]
    duration_s: float


def heard_sound(folder: EpisodeFolder, manifest: Manifest) -> HeardSound:
    """The sound that a master plays.

    Args:
        folder: the episode's.
        manifest: of its master.

    Raises:
        MasterError: if it was made from another recording, other edits or other marks than those that are there now.
        SoundError: if no recording is attached.
        PlanError: if a file cannot be read as it stands.
    """
    as_run, edits = read_as_run(folder.as_run), read_edits(edits_path(folder.path))
    left_out = {item.id for item in manifest.items if not item.kept}
    is_same = as_run.recording.digest == manifest.recording_sha256 and edits_digest(edits) == manifest.edits_sha256
    try:
        segments = edit_list(as_run, left_out, edits) if is_same else ()
    except MarksError:
        segments = ()
    if not _agree(segments, manifest.kept_items):
        raise MasterError(
            "L'enregistrement, ses repères ou ses coupes ont changé depuis le montage, et une transcription n'y "
            f"tomberait pas juste. Remontez : bobine monter {folder.reference}"
        )
    return HeardSound(as_run.recording.digest, heard_stretches(segments), segments[-1].end / RATE)


def transcript_faults(folder: EpisodeFolder) -> tuple[str, ...]:
    """A French sentence where the transcript of an episode is that of another recording; nothing where it has none.

    Raises:
        PlanError: if a file cannot be read as it stands.
    """
    transcript = read_transcript(transcript_path(folder.path))
    if transcript is None:
        return ()
    try:
        is_same = read_as_run(folder.as_run).recording.digest == transcript.recording
    except SoundError:
        is_same = False
    if is_same:
        return ()
    again = f"donnez-la de nouveau (bobine transcription {folder.reference} FICHIER), ou enlevez-la (--retirer)"
    return (f"{folder.reference} : la transcription est celle d'un autre enregistrement, et reste ici : {again}.",)


def _agree(segments: Sequence[Segment], items: Sequence[MasteredItem]) -> bool:
    """Whether segments are those of a master: the same items at the same places."""
    if not segments or [one.item for one in segments] != [one.id for one in items]:
        return False
    return all(
        item.start_s is not None
        and item.end_s is not None
        and abs(one.start / RATE - item.start_s) <= _AGREE_S
        and abs(one.end / RATE - item.end_s) <= _AGREE_S
        for one, item in zip(segments, items, strict=True)
    )
