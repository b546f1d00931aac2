"""The recording of a live show that is over, with its items where they lie in it: it becomes the episode's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from bobine.air.live.journal import Journal
from bobine.air.live.state.outcome import aired_items, main_file, named_points
from bobine.air.live.state.session import fold
from bobine.air.recorder.resume import is_own_recording
from bobine.errors import MarksError, PlanError, SoundError
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, NamedPoint, Recording
from bobine.sound.header_reading import plain_samples
from bobine.sound.headers.pcm import Pcm
from bobine.sound.survey import SoundInfo, survey
from bobine.store.files import locked
from bobine.store.opening import file_digest, is_regular
from bobine.store.records.recordings import as_run_path, read_as_run, write_as_run
from bobine.store.sounds import find_file


@dataclass(frozen=True, slots=True)
class AiredShow:
    """A show in its recording.

    Attributes:
        path: the recording.
        sound: its rate, its channels and its length.
        items: where the items of the rundown lie in it, in time order, without overlap; at least one.
        points: the marks that were set in it, in time order.
    """

    path: Path
    sound: Pcm | SoundInfo
    items: tuple[AiredItem, ...]
    points: tuple[NamedPoint, ...]


def finish(recording_dir: Path, journal: Journal, known: Collection[str]) -> AsRun:
    """Write the as-run of a show from its journal and its recording, which has stopped.

    Where another file was attached since, such as the station's own, what was found in that one is kept and given.

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
    show = aired_in(recording_dir, journal, known)
    name, sound = show.path.name, show.sound
    digest = file_digest(show.path)
    recording = Recording(
        file=name, rate=sound.rate, channels=sound.channels, samples=sound.samples, sha256=digest, origin=name
    )
    as_run = AsRun(recording=recording, source=MarksSource.MARKS, items=show.items, points=show.points)
    with locked(recording_dir):
        write_as_run(as_run_path(recording_dir), as_run)
    return as_run


def attached_recording(recording_dir: Path) -> AsRun | None:
    """The recording attached so far; None where there is nothing, or its note cannot be read."""
    try:
        return read_as_run(as_run_path(recording_dir))
    except (SoundError, PlanError):
        return None


def aired_in(recording_dir: Path, journal: Journal, known: Collection[str]) -> AiredShow:
    """The recording of a show, with its items and marks where the journal puts them.

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
    sound = _sound_of(path)
    items = tuple(item for item in aired_items(session, name, sound.samples) if item.id in known)
    if not items:
        raise MarksError("Aucun élément n'est passé à l'antenne pendant l'enregistrement : il n'y a rien à monter.")
    return AiredShow(path, sound, items, named_points(session, name, sound.samples, known))


def _sound_of(path: Path) -> Pcm | SoundInfo:
    """Rate, channels and length of a recording: our own recorder's samples are counted from the header, not decoded."""
    plain = plain_samples(path) if is_own_recording(path.name) else None
    return plain if plain is not None and plain.samples else survey(path)
