"""Attaches a recording made elsewhere to an episode: judged, laid on the rundown, then copied.

Everything is checked before anything is written, and the recording attached before stays until the new one is whole;
what the live recorder made stays for good.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bobine.air.copying import copy_recording, opened
from bobine.air.finishing import attached_recording
from bobine.air.judgement import refuse_unusable, remarks
from bobine.air.placing import Aligned, place_by_marks, place_without_marks
from bobine.air.recorder.resume import is_own_recording
from bobine.errors import MarksError, SoundError
from bobine.french import printable
from bobine.model.as_run import AsRun, Recording
from bobine.model.episode import Episode
from bobine.model.remarks import Remark
from bobine.sound.survey import survey
from bobine.store.files import disk_errors, locked
from bobine.store.recordings import as_run_path, write_as_run
from bobine.store.sounds import find_file

_LONGEST_ORIGIN = 200
_DECODED_SHARE = 0.2
_SURVEY_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import left.

    Attributes:
        as_run: what was written.
        notes: what the user should check, in French.
        aligned: what the recording was aligned with; None where it was not.
        remarks: what was noticed about the file; their texts are among the notes.
    """

    as_run: AsRun
    notes: tuple[str, ...]
    aligned: Aligned | None = None
    remarks: tuple[Remark, ...] = ()


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
        marks_file: project JSON, Audacity labels or CUE sheet; without it the recording is aligned with what
            was recorded already, and where nothing was, the planned times are taken.
        accept_damage: take a truncated file as it is.
        progress: told how much is done, from 0 to 1.
        cancel: once set, the import stops and leaves everything as it was.

    Raises:
        SoundError: if the file cannot be used.
        MarksError: if the marks do not fit it, or the rundown; or if it does not agree with what was recorded already.
        DiskError: if there is no room, or the place cannot be written.
        Interrupted: if ``cancel`` was set.
    """
    tell = progress or (lambda _share: None)
    tell(0.0)
    _check_is_file(source)
    with opened(source) as stream:
        surveyed = os.fstat(stream.fileno())
    info = survey(source, cancel)
    name = printable(source.name)
    refuse_unusable(name, info, accept_damage=accept_damage)
    tell(_DECODED_SHARE)
    found = remarks(name, info, episode.planned_total)
    try:
        if marks_file is not None:
            placed = place_by_marks(episode, info, marks_file)
        else:
            aligning = _SURVEY_SHARE - _DECODED_SHARE
            placed = place_without_marks(
                episode, info, source, recording_dir, lambda share: tell(_DECODED_SHARE + aligning * share), cancel
            )
    except MarksError as error:
        # marks that do not fit may be right: what is odd about the file says why
        raise MarksError("\n".join((str(error), *(remark.text for remark in found)))) from error
    tell(_SURVEY_SHARE)
    with locked(recording_dir):
        attached = attached_recording(recording_dir)
        earlier = None if attached is None else find_file(recording_dir, attached.recording.file)
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
        as_run = AsRun(recording=recording, source=placed.source, items=placed.matching.items)
        kept = [path for path in (earlier, source) if path is not None]
        try:
            write_as_run(as_run_path(recording_dir), as_run)
        except BaseException:
            _remove(copy, unless=kept)
            raise
        # what the recorder made is the proof of what was aired: only a purge may remove it
        if earlier is not None and not is_own_recording(earlier.name):
            _remove(earlier, unless=[copy, source])
    tell(1.0)
    notes = (*(remark.text for remark in found), *placed.matching.notes)
    return Imported(as_run, notes, placed.aligned, found)


def _check_is_file(source: Path) -> None:
    """A pipe or a device would have no end; a folder has no sound."""
    name = printable(source.name)
    if os.path.isdir(source):  # noqa: PTH112 - it never raises, whatever the disk answers
        raise SoundError(f"« {name} » est un dossier : donnez le fichier de l'enregistrement.")
    if not os.path.isfile(source):  # noqa: PTH113 - as above
        raise SoundError(f"« {name} » : ce fichier n'existe pas, ou n'est pas un fichier ordinaire.")


def _remove(path: Path, unless: list[Path]) -> None:
    """Delete a file, unless it is, under any name, one of those that must stay."""
    with disk_errors(path):
        if not path.exists() or any(other.exists() and path.samefile(other) for other in unless):
            return
        path.unlink()


def _origin(name: str) -> str:
    return name if len(name) <= _LONGEST_ORIGIN else name[: _LONGEST_ORIGIN - 1] + "…"
