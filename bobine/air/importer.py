"""Attaches a recording made elsewhere to an episode: judged, laid on the rundown, then copied.

Everything is checked before anything is written, and the recording attached before stays until the new one is whole.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bobine.air.copying import copy_recording, opened
from bobine.air.judgement import refuse_unusable, remarks
from bobine.air.marks import LARGEST_FILE, read_marks
from bobine.air.matching import Matching, match
from bobine.air.proposal import propose
from bobine.air.wav_header import promised_seconds
from bobine.errors import MarksError, PlanError, SoundError
from bobine.french import printable
from bobine.model.as_run import AsRun, MarksSource, Recording
from bobine.model.episode import Episode
from bobine.sound import SoundInfo, survey
from bobine.store.files import disk_errors, locked
from bobine.store.recordings import as_run_path, read_as_run, write_as_run

_LONGEST_ORIGIN = 200
_SURVEY_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import left: the as-run that was written, and what the user should check, in French."""

    as_run: AsRun
    notes: tuple[str, ...]


def import_recording(
    episode: Episode,
    recording_dir: Path,
    source: Path,
    marks_file: Path | None = None,
    *,
    accept_damage: bool = False,
    progress: Callable[[float], None] | None = None,
    cancel: threading.Event | None = None,
) -> Imported:
    """Copy a recording into an episode and note where the items of its rundown lie in it.

    Args:
        episode: the plan.
        recording_dir: the episode's ``recording/`` folder; made where it is missing.
        source: any file that ffmpeg decodes; it is read, never moved nor changed.
        marks_file: project JSON, Audacity labels or CUE sheet; without it the planned times are taken.
        accept_damage: take a truncated file as it is.
        progress: told how much is done, from 0 to 1.
        cancel: once set, the import stops and leaves everything as it was.

    Raises:
        SoundError: if the file cannot be used.
        MarksError: if the marks do not fit it, or the rundown.
        DiskError: if there is no room, or the place cannot be written.
        Interrupted: if ``cancel`` was set.
    """
    tell = progress or (lambda _share: None)
    tell(0.0)
    _check_is_file(source)
    with opened(source) as stream:
        surveyed = os.fstat(stream.fileno())
        promised_s = promised_seconds(stream)
    info = survey(source, cancel)
    name = printable(source.name)
    refuse_unusable(name, info, promised_s, accept_damage=accept_damage)
    placed, marks_source = _place(episode, info, marks_file)
    tell(_SURVEY_SHARE)
    with locked(recording_dir):
        earlier = _earlier(recording_dir)
        copy, digest = copy_recording(
            source, surveyed, recording_dir, lambda share: tell(_SURVEY_SHARE + (1 - _SURVEY_SHARE) * share), cancel
        )
        recording = Recording(
            file=copy.name,
            rate=info.rate,
            channels=info.channels,
            samples=info.samples,
            sha256=digest,
            origin=_origin(name),
        )
        as_run = AsRun(recording=recording, source=marks_source, items=placed.items)
        kept = [path for path in (earlier, source) if path is not None]
        try:
            write_as_run(as_run_path(recording_dir), as_run)
        except BaseException:
            _remove(copy, unless=kept)
            raise
        if earlier is not None:
            _remove(earlier, unless=[copy, source])
    tell(1.0)
    return Imported(as_run, (*remarks(name, info, promised_s, episode.planned_total), *placed.notes))


def _check_is_file(source: Path) -> None:
    """A pipe or a device would have no end; a folder has no sound."""
    name = printable(source.name)
    if source.is_dir():
        raise SoundError(f"« {name} » est un dossier : donnez le fichier de l'enregistrement.")
    if not source.is_file():
        raise SoundError(f"« {name} » : ce fichier n'existe pas, ou n'est pas un fichier ordinaire.")


def _place(episode: Episode, info: SoundInfo, marks_file: Path | None) -> tuple[Matching, MarksSource]:
    """Lay the rundown on the recording, by marks where there are."""
    if marks_file is None:
        return propose(episode, info.rate, info.samples), MarksSource.PLANNED
    try:
        with marks_file.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise MarksError(f"« {printable(marks_file.name)} » : ce fichier de repères ne peut pas être lu.") from error
    marks = read_marks(content, marks_file.name, info.rate, info.samples)
    return match(marks, episode.items), MarksSource.MARKS


def _earlier(recording_dir: Path) -> Path | None:
    """The recording attached so far, if there is one and its note can be read."""
    try:
        return recording_dir / read_as_run(as_run_path(recording_dir)).recording.file
    except (SoundError, PlanError):
        return None


def _remove(path: Path, unless: list[Path]) -> None:
    """Delete a file, unless it is, under any name, one of those that must stay."""
    if not path.exists() or any(other.exists() and path.samefile(other) for other in unless):
        return
    with disk_errors(path):
        path.unlink()


def _origin(name: str) -> str:
    return name if len(name) <= _LONGEST_ORIGIN else name[: _LONGEST_ORIGIN - 1] + "…"
