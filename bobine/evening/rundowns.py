"""Both rundowns of a show, planned and real: found again from the history and the journal, and archived."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.journal_check import journal_fault
from bobine.air.live.state.events import RecordingStarted
from bobine.air.live.state.outcome import lost_sound, mark_names
from bobine.air.live.state.session import Session, fold
from bobine.errors import PlanError, SoundError, WorkspaceError
from bobine.model.aired.as_run import AsRun, MarksSource
from bobine.model.aired.progress import Airing, Progress
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.plan.realised.content import Realised, RealMark
from bobine.plan.realised.making import make_realised
from bobine.plan.realised.table import realised_csv
from bobine.store.documents.episodes import decode_episode, no_episode, read_episode
from bobine.store.documents.history import states
from bobine.store.files import atomic_write, locked
from bobine.store.opening import UnusableFileError, read_bounded
from bobine.store.records.recordings import read_as_run
from bobine.store.rules.limits import MOST_BYTES
from bobine.store.toml.read import read_toml
from bobine.store.workspace import EpisodeFolder, Workspace

ARCHIVE = "archive"
"""The folder, in the episode's, of both rundowns."""

PLANNED = "conducteur-prevu.toml"
REALISED = "conducteur-realise.csv"

_MOST_VERSIONS = 1000


def realised(workspace: Workspace, show: Show, day: date, now: datetime) -> Realised:
    """The rundown of a show as it was aired: from its journal, else from what was marked in its recording.

    Args:
        workspace: where.
        show: whose.
        day: which episode.
        now: the present instant, aware.

    Raises:
        WorkspaceError: if nothing of it was aired, or there is no such episode.
        SoundError: if nothing tells what was aired.
        PlanError: if a file cannot be read as it stands.
    """
    folder = workspace.folder(show, day)
    events = Journal(folder.path / JOURNAL_FILE).read()
    session = fold(events)
    present = read_episode(workspace, show, day)
    began = session.progress.began
    if began is None:
        return _from_marks(show, present, folder, now)
    planned, remark = _planned(workspace, show, folder, present, began)
    remark = " ".join(one for one in (remark, journal_fault(folder.path / JOURNAL_FILE, JOURNAL_FILE)) if one)
    names = {person.id: person.name for episode in (present, planned) for person in episode.people}
    over = session.progress.ended or now
    return make_realised(
        show,
        planned,
        session.progress,
        names=names,
        speech={who: watch.at(over) for who, watch in session.stopwatches.items() if who},
        notes=[(note.at, note.text) for note in session.notes],
        marks=_marks(session, {event.file: event.rate for event in events if isinstance(event, RecordingStarted)}),
        gaps=lost_sound(events),
        remark=remark,
    )


def _marks(session: Session, rates: Mapping[str, int]) -> list[RealMark]:
    """The marks of the journal; they lie in the recording of the show, whatever was attached since.

    Args:
        session: what the journal comes to.
        rates: of the files of the recording, Hz.
    """
    found = []
    for mark, text in zip(session.marks, mark_names(session), strict=True):
        rate = rates.get(mark.file or "")
        position_s = mark.position / rate if mark.position is not None and rate else None
        found.append(RealMark(at=mark.at, text=text, file=mark.file, position_s=position_s))
    return found


def archive(workspace: Workspace, show: Show, day: date, now: datetime, *, long_over: bool = False) -> tuple[Path, ...]:
    """Keep both rundowns of a show whose air was given back; what is archived is never replaced.

    A version that differs from those that are there is written beside them, as ``conducteur-realise-2.csv``.

    Args:
        workspace: where.
        show: whose.
        day: which episode.
        now: the present instant, aware.
        long_over: the show is over even where nobody noted that the air was given back.

    Returns:
        The files that were written; none where all was there already, or the show is not over.

    Raises:
        PlanError: if the plan cannot be read as it stands: what was planned is archived all the same.
        WorkspaceError: if another program is archiving, or there is no such episode.
        DiskError: if the disk is full or the place cannot be written.
    """
    folder = workspace.folder(show, day)
    session = fold(Journal(folder.path / JOURNAL_FILE).read())
    began = session.progress.began
    if began is None or (session.progress.ended is None and not long_over):
        return ()
    place = folder.path / ARCHIVE
    with locked(place):
        written = list(_keep(place / PLANNED, _planned_bytes(show, folder, began)))
        written += _keep(place / REALISED, realised_csv(realised(workspace, show, day, now)))
    return tuple(written)


def _keep(path: Path, content: bytes) -> Iterator[Path]:
    """Write a file under a name that nothing has, unless it is there already to the byte."""
    for number in range(1, _MOST_VERSIONS):
        version = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        if not os.path.lexists(version):
            atomic_write(version, content)
            yield version
            return
        if _same(version, content):
            return


def _same(version: Path, content: bytes) -> bool:
    """Whether a file holds this; one that cannot be read holds something else."""
    try:
        return read_bounded(version, len(content)) == content
    except (FileNotFoundError, UnusableFileError):
        return False


def _planned_file(folder: EpisodeFolder, began: datetime) -> Path:
    """The newest state of the plan that was there when the show began; the oldest one known where none was."""
    known = states(folder)
    untouched = os.path.isfile(folder.plan) and os.path.getmtime(folder.plan) <= began.timestamp()  # noqa: PTH113, PTH204
    if not known or (untouched and known[0].at <= began):
        return folder.plan
    return next((state.path for state in known if state.at <= began), known[-1].path)


def _planned_bytes(show: Show, folder: EpisodeFolder, began: datetime) -> bytes:
    try:
        return read_bounded(_planned_file(folder, began), MOST_BYTES)
    except FileNotFoundError as error:
        raise no_episode(show, folder.date) from error


def _planned(
    workspace: Workspace, show: Show, folder: EpisodeFolder, present: Episode, began: datetime
) -> tuple[Episode, str]:
    """The plan as it was when the show began, and what to know of it."""
    archived = folder.path / ARCHIVE / PLANNED
    path = archived if archived.exists() else _planned_file(folder, began)
    try:
        return decode_episode(read_toml(path, workspace.root), workspace, show, folder.date), ""
    except (PlanError, FileNotFoundError):
        return present, "Le conducteur tel qu'il était au début ne peut plus être lu : les heures prévues sont d'après."


def _from_marks(show: Show, present: Episode, folder: EpisodeFolder, now: datetime) -> Realised:
    try:
        as_run = read_as_run(folder.as_run)
    except SoundError as error:
        over = now >= show.slot.bounds(present.date)[1]
        raise WorkspaceError(
            f"Rien n'a été noté du direct de {folder.reference} : il n'y a pas de conducteur réalisé."
            if over
            else f"{folder.reference} n'est pas encore passée à l'antenne : il n'y a pas de conducteur réalisé."
        ) from error
    if as_run.source is not MarksSource.MARKS:
        raise SoundError(
            f"Rien ne dit ce qui est passé à l'antenne dans {folder.reference} : ni journal du direct, ni repères. "
            f"Donnez des repères : bobine importer {folder.reference} FICHIER --reperes REPERES."
        )
    names = {person.id: person.name for person in present.people}
    remark = (
        "Sans journal du direct : l'ordre et les durées viennent des repères, les heures sont comptées depuis le début "
        "du créneau."
    )
    progress, marks = _marked(show, present, as_run)
    return make_realised(show, present, progress, names=names, marks=marks, remark=remark)


def _marked(show: Show, present: Episode, as_run: AsRun) -> tuple[Progress, list[RealMark]]:
    """The progress of a show by its marks, as if it had begun with its slot."""
    items = {item.id: item for item in present.items}
    found = [one for one in as_run.items if one.id in items]
    if not found:
        return Progress(), []
    start = show.slot.bounds(present.date)[0].astimezone(UTC)
    rate, first = as_run.recording.rate, found[0].start

    def at(position: int) -> datetime:
        return start + timedelta(seconds=(position - first) / rate)

    aired = tuple(Airing(item=items[one.id], started=at(one.start), ended=at(one.end)) for one in found)
    marks = [
        RealMark(
            at=at(point.position),
            text=point.text,
            item=items.get(point.item or ""),
            file=as_run.recording.file,
            position_s=point.position / rate,
        )
        for point in as_run.points
    ]
    return replace(Progress(), aired=aired, ended=aired[-1].ended), marks
