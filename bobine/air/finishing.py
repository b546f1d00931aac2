"""The end of a live show: its recording becomes the episode's, with its items where they were aired."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from bobine.air.closing import aired_items, main_file
from bobine.air.journal import Journal
from bobine.air.recorder.resume import is_own_recording
from bobine.air.session import fold
from bobine.errors import MarksError, PlanError, SoundError
from bobine.model.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.sound.survey import SoundInfo, survey
from bobine.store.files import locked
from bobine.store.opening import file_digest, is_regular
from bobine.store.recordings import as_run_path, read_as_run, write_as_run
from bobine.store.sounds import find_file


def finish(recording_dir: Path, journal: Journal, known: Collection[str]) -> AsRun:
    """Write the as-run of a show from its journal and its recording, which has stopped.

    Where another file was attached since, such as the station's own, its as-run is kept and returned.

    Args:
        recording_dir: the episode's ``recording/`` folder.
        journal: the show's.
        known: ids of the items of the rundown; what was aired and is no longer in it makes no chapter.

    Raises:
        SoundError: if nothing was recorded, or the recording cannot be read.
        MarksError: if nothing of the rundown was aired while it recorded.
        DiskError: if the place cannot be written.
    """
    attached = attached_recording(recording_dir)
    file = attached.recording.file if attached is not None else ""
    if attached is not None and not is_own_recording(file) and is_regular(find_file(recording_dir, file)):
        return attached
    path, info, items = aired_in(recording_dir, journal, known)
    digest = file_digest(path)
    recording = Recording(
        file=path.name, rate=info.rate, channels=info.channels, samples=info.samples, sha256=digest, origin=path.name
    )
    as_run = AsRun(recording=recording, source=MarksSource.MARKS, items=items)
    with locked(recording_dir):
        write_as_run(as_run_path(recording_dir), as_run)
    return as_run


def attached_recording(recording_dir: Path) -> AsRun | None:
    """The recording attached so far; None where there is none, or where its note cannot be read."""
    try:
        return read_as_run(as_run_path(recording_dir))
    except (SoundError, PlanError):
        return None


def aired_in(
    recording_dir: Path, journal: Journal, known: Collection[str]
) -> tuple[Path, SoundInfo, tuple[AiredItem, ...]]:
    """The recording of a show, its facts, and the places of its items according to the journal.

    Args:
        recording_dir: the episode's ``recording/`` folder.
        journal: the show's.
        known: ids of the items of the rundown; others are left out.

    Raises:
        SoundError: if nothing was recorded, or the recording cannot be read.
        MarksError: if nothing of the rundown was aired while it recorded.
    """
    session = fold(journal.read())
    name = main_file(session) or (session.recording.file if session.recording is not None else None)
    path = find_file(recording_dir, name) if name is not None else recording_dir
    if name is None or not is_regular(path):
        raise SoundError("Rien n'a été enregistré pendant ce direct : passez par « bobine importer ».")
    info = survey(path)
    items = tuple(item for item in aired_items(session, name, info.samples) if item.id in known)
    if not items:
        raise MarksError("Aucun élément n'est passé à l'antenne pendant l'enregistrement : il n'y a rien à monter.")
    return path, info, items
