"""``monter``: from the recording to the tagged files of ``master/``, put in place together."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from dataclasses import dataclass, replace
from pathlib import Path

from bobine.errors import BobineError, DiskError, SoundError
from bobine.evening.ahead.folder import AheadFolder
from bobine.evening.tagging import CHAPTERS, COVER, chapters_file, cover_key, episode_cover, tag_files, words_digest
from bobine.master.cache.cache import Cache, cache_of
from bobine.master.cache.digests import file_state
from bobine.master.cache.program import makers
from bobine.master.produce import produce
from bobine.master.work import Progress
from bobine.model.aired.as_run import AsRun
from bobine.model.aired.edits import Edits
from bobine.model.episode import Episode
from bobine.model.published.master import Manifest
from bobine.model.show import AudioFormat, Show
from bobine.sound.joining import FileSpan
from bobine.store.codec.json_text import JsonFault, json_text, read_json
from bobine.store.files import disk_errors, locked
from bobine.store.opening import confined, file_digest, is_regular
from bobine.store.pieces import pieces_of
from bobine.store.records.edits import edits_path, read_edits
from bobine.store.records.keeping import absence
from bobine.store.records.manifests import read_manifest, write_manifest
from bobine.store.records.recordings import read_as_run
from bobine.store.sounds import find_file
from bobine.store.workspace import EpisodeFolder

WORK = ".work"
"""The folder, in that of the master, where a master is made."""


@dataclass(frozen=True, slots=True)
class Mastered:
    """A master, and what making it took.

    Attributes:
        manifest: what it holds.
        reused: encoded segments, over all formats, that were there from before.
        encoded: those that were encoded for it.
        unchanged: whether it was there already, as it should be.
    """

    manifest: Manifest
    reused: int
    encoded: int
    unchanged: bool = False


def master_episode(
    show: Show,
    episode: Episode,
    folder: EpisodeFolder,
    formats: tuple[AudioFormat, ...],
    progress: Progress,
    cancel: threading.Event,
) -> Mastered:
    """Make an episode's master, in place of an earlier one only when all of it is ready.

    Where nothing that it is made from has changed, and its files are still those that were made, it stays as it is.
    What did not change is taken from the cache; no sound of a withdrawn item is left there.

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
    material = _material(episode, folder)
    cache = cache_of(folder.master)
    with locked(folder.master), disk_errors(folder.master):
        cache.forget([row.item for row in material.edits.withdrawn])
        key = _inputs(show, episode, folder, material, formats)
        there = _there(cache, key, folder)
        if there is not None:
            segments = len(there.files) * len(there.kept_items)
            return Mastered(there, reused=segments, encoded=0, unchanged=True)
        work = folder.master / WORK
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        try:
            manifest = produce(
                episode,
                material.as_run,
                material.pieces,
                show.sound,
                formats,
                work,
                progress,
                cancel,
                edits=material.edits,
                takes=material.takes,
                cache=cache,
            )
            manifest = _with_words(show, episode, folder, manifest, work)
            _put_in_place(work, folder, manifest)
            cache.write(key, [json_text(_digests(folder, manifest)).encode()])
            cache.trim()
            AheadFolder(folder.master).sound.unlink(missing_ok=True)
        except (DiskError, OSError):
            cache.trim(others=False)  # the room that it takes is worth more to the master
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return Mastered(manifest, cache.reused, cache.encoded)


@dataclass(frozen=True, slots=True)
class _Material:
    """The material of a master: what was aired, the sound, the edits.

    Attributes:
        as_run: what was aired.
        pieces: the recording's files.
        edits: what was cut or replaced after the show.
        takes: the files of the takes, by their names.
    """

    as_run: AsRun
    pieces: tuple[FileSpan, ...]
    edits: Edits
    takes: dict[str, Path]


def _material(episode: Episode, folder: EpisodeFolder) -> _Material:
    """Find all that a master is made from.

    Raises:
        SoundError: if a file is missing, or was purged.
    """
    as_run = _as_run(episode, folder)
    pieces = pieces_of(as_run.recording, folder.recording)
    confined(folder.master)
    edits = read_edits(edits_path(folder.path))
    takes = {take.file: find_file(folder.recording, take.file) for take in edits.takes}
    for path in [*(piece.path for piece in pieces), *takes.values()]:
        if not is_regular(path):
            raise SoundError(absence(folder.recording, path.name))
    return _Material(as_run, pieces, edits, takes)


def _with_words(show: Show, episode: Episode, folder: EpisodeFolder, manifest: Manifest, work: Path) -> Manifest:
    """Tag the files in ``work``, put cover and chapters beside them; the manifest with all their digests."""
    cover = episode_cover(show, episode, folder.path)
    tag_files(show, episode, manifest, cover, work)
    (work / COVER).write_bytes(cover)
    (work / CHAPTERS).write_bytes(chapters_file(show, episode, manifest))
    return replace(
        manifest,
        files=tuple(replace(f, sha256=file_digest(work / f.file)) for f in manifest.files),
        words_sha256=words_digest(show, episode, manifest, folder.path, work),
    )


def _inputs(
    show: Show,
    episode: Episode,
    folder: EpisodeFolder,
    material: _Material,
    formats: tuple[AudioFormat, ...],
) -> str:
    """A digest of all that a master is made from."""
    files = [*(piece.path for piece in material.pieces), *material.takes.values()]
    states = [file_state(file) for file in files]
    cover = cover_key(show, episode, folder.path)
    parts = (makers(), show, episode, material.as_run, material.edits, formats, states, cover)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _there(cache: Cache, key: str, folder: EpisodeFolder) -> Manifest | None:
    """The master that is there, if it was made from just this and nothing touched it."""
    content = cache.read(key)
    if content is None:
        return None
    try:
        manifest = read_manifest(folder.manifest)
        return manifest if _digests(folder, manifest) == read_json(content) else None
    except (BobineError, OSError, JsonFault):
        return None


def _digests(folder: EpisodeFolder, manifest: Manifest) -> dict[str, str]:
    """The SHA-256 of every file of a master."""
    names = [*(file.file for file in manifest.files), COVER, CHAPTERS, folder.manifest.name]
    return {name: file_digest(folder.master / name) for name in names}


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
