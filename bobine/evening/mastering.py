"""``monter``: from the recording to the tagged files of ``master/``, put in place together."""

from __future__ import annotations

import os
import shutil
import threading
from dataclasses import replace
from pathlib import Path

from bobine.errors import SoundError
from bobine.evening.tagging import CHAPTERS, COVER, chapters_file, episode_cover, tag_files, words_digest
from bobine.master.produce import produce
from bobine.master.work import Progress
from bobine.model.aired.as_run import AsRun
from bobine.model.episode import Episode
from bobine.model.published.master import Manifest
from bobine.model.show import AudioFormat, Show
from bobine.store.files import disk_errors, locked
from bobine.store.opening import confined, file_digest, is_regular
from bobine.store.pieces import pieces_of
from bobine.store.records.edits import edits_path, read_edits
from bobine.store.records.keeping import absence
from bobine.store.records.manifests import write_manifest
from bobine.store.records.recordings import read_as_run
from bobine.store.sounds import find_file
from bobine.store.workspace import EpisodeFolder

_WORK = ".work"


def master_episode(
    show: Show,
    episode: Episode,
    folder: EpisodeFolder,
    formats: tuple[AudioFormat, ...],
    progress: Progress,
    cancel: threading.Event,
) -> Manifest:
    """Make an episode's master, in place of an earlier one only when all of it is ready.

    Args:
        show: the show, with its sound targets.
        episode: the plan.
        folder: where the episode's files are.
        formats: what to make, the main one first.
        progress: told how far the work is.
        cancel: once set, the work stops and the earlier master stays.

    Raises:
        SoundError: if the recording is missing, or was purged.
        DiskError: if the disk is full or cannot be written.
        BobineError: as ``master.produce.produce`` does.
    """
    as_run = _as_run(episode, folder)
    pieces = pieces_of(as_run.recording, folder.recording)
    confined(folder.master)
    for piece in pieces:
        if not is_regular(piece.path):
            raise SoundError(absence(folder.recording, piece.path.name))
    edits = read_edits(edits_path(folder.path))
    takes = {take.file: find_file(folder.recording, take.file) for take in edits.takes}
    for take in takes.values():
        if not is_regular(take):
            raise SoundError(absence(folder.recording, take.name))
    with locked(folder.master), disk_errors(folder.master):
        work = folder.master / _WORK
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        try:
            manifest = produce(
                episode, as_run, pieces, show.sound, formats, work, progress, cancel, edits=edits, takes=takes
            )
            cover = episode_cover(show, episode, folder.path)
            tag_files(show, episode, manifest, cover, work)
            (work / COVER).write_bytes(cover)
            (work / CHAPTERS).write_bytes(chapters_file(show, episode, manifest))
            manifest = replace(
                manifest,
                files=tuple(replace(f, sha256=file_digest(work / f.file)) for f in manifest.files),
                words_sha256=words_digest(show, episode, manifest, folder.path, work),
            )
            _put_in_place(work, folder, manifest)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return manifest


def _as_run(episode: Episode, folder: EpisodeFolder) -> AsRun:
    """Read the as-run; where there is none but the rundown has ready-to-air sounds, say how to attach those."""
    try:
        return read_as_run(folder.as_run)
    except SoundError as error:
        if any(item.file for item in episode.items):
            raise SoundError(
                f"{error} Une émission faite de ses seuls PAD : « bobine importer {folder.reference} --pad »."
            ) from error
        raise


def _put_in_place(work: Path, folder: EpisodeFolder, manifest: Manifest) -> None:
    """Move the new files over the old ones; the manifest, which names their digests, comes last."""
    names = [file.file for file in manifest.files] + [COVER, CHAPTERS]
    for name in names:
        with (work / name).open("rb+") as file:
            os.fsync(file.fileno())
        (work / name).replace(folder.master / name)
    for audio_format in AudioFormat:
        name = f"podcast.{audio_format.value}"
        if name not in names:
            (folder.master / name).unlink(missing_ok=True)
    write_manifest(folder.manifest, manifest)
