"""Attach a recording made elsewhere to an episode: judged, laid on the rundown, and copied.

Everything is checked before anything is attached: what is copied meanwhile is dropped where the file is refused.
Nothing that lies in ``recording/`` is ever removed here: what was attached before stays beside the new recording, and
only a purge removes it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bobine.air.importing.copies import Copy, copies_ahead, copy_all, take_back
from bobine.air.importing.judgement import length_remarks, remarks
from bobine.air.importing.kept_beside import KeptFile, kept_beside
from bobine.air.importing.placed import Aligned, Placed
from bobine.air.importing.placing import place_by_marks, place_end_to_end, place_without_marks, preceded_by
from bobine.air.importing.remarks_of_items import remarks_of_items
from bobine.air.importing.several.sources import Source, Whole, one_after_the_other, surveyed
from bobine.errors import Interrupted
from bobine.model.aired.as_run import AiredItem, AsRun, FollowingFile, Recording
from bobine.model.aired.remarks import Remark
from bobine.model.episode import Episode
from bobine.store.files import locked
from bobine.store.records.recordings import as_run_path, write_as_run

_LONGEST_ORIGIN = 200
_DECODED_SHARE = 0.2
_SURVEY_SHARE = 0.5

Tell = Callable[[float], None]
"""Told how much is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import.

    Attributes:
        as_run: what was written.
        notes: what the user should check, in French.
        aligned: what the recording was aligned with; None where it was not.
        remarks: what was noticed, with its place.
        others: the unused files in ``recording/``.
    """

    as_run: AsRun
    notes: tuple[str, ...]
    aligned: Aligned | None = None
    remarks: tuple[Remark, ...] = ()
    others: tuple[KeptFile, ...] = ()


def import_recording(
    episode: Episode,
    recording_dir: Path,
    source: Path | Sequence[Path],
    marks_file: Path | None = None,
    *,
    accept_damage: bool = False,
    removes_hum: bool = False,
    progress: Tell | None = None,
    cancel: threading.Event | None = None,
) -> Imported:
    """Copy a recording into an episode and note where the items of its rundown lie in it.

    Args:
        episode: the plan.
        recording_dir: the episode's ``recording/`` folder; made where it is missing.
        source: any file that ffmpeg decodes, or several that are one recording, in any order; they are read, never
            moved nor changed.
        marks_file: marks in any known format; without it those inside the recording are used, or it is aligned with
            what was recorded already, and where nothing was, the planned times are taken.
        accept_damage: take a truncated file as it is, and files whose times are far apart.
        removes_hum: mastering takes the mains' hum out of every item of the show.
        progress: told how much is done, from 0 to 1.
        cancel: once set, the import stops and leaves everything as it was.

    Raises:
        SoundError: if a file cannot be used, or the files are not one recording.
        MarksError: if the marks do not fit it, or the rundown; or if it does not agree with what was recorded already.
        DiskError: if there is no room, or the place cannot be written.
        Interrupted: if ``cancel`` was set.
    """
    paths = [source] if isinstance(source, Path) else list(source)

    def join(sources: Sequence[Source]) -> Whole:
        return one_after_the_other(sources, accept_distance=accept_damage, cancel=cancel)

    def place(whole: Whole, tell: Tell) -> Placed:
        if marks_file is not None:
            return place_by_marks(episode, whole.info, marks_file)
        return place_without_marks(episode, whole, recording_dir, tell, cancel)

    return _import(
        episode,
        recording_dir,
        paths,
        join,
        place,
        accept_damage=accept_damage,
        removes_hum=removes_hum,
        progress=progress,
        cancel=cancel,
    )


def import_pads(
    episode: Episode,
    recording_dir: Path,
    pads: Sequence[tuple[str, Path]],
    *,
    progress: Tell | None = None,
    cancel: threading.Event | None = None,
) -> Imported:
    """Make an episode's recording of the ready-to-air sounds of its items, end to end: each item is its sound.

    Args:
        episode: the plan.
        recording_dir: the episode's ``recording/`` folder; made where it is missing.
        pads: the items that are heard, by id, each with its sound, in order; at least one.
        progress: told how much is done, from 0 to 1.
        cancel: once set, the import stops and leaves everything as it was.

    Raises:
        SoundError: if a sound cannot be used.
        DiskError: if there is no room, or the place cannot be written.
        Interrupted: if ``cancel`` was set.
    """

    def join(sources: Sequence[Source]) -> Whole:
        found = {source.path: source for source in sources}
        return one_after_the_other([found[path] for _, path in pads], given_order=True)

    def place(whole: Whole, _tell: Tell) -> Placed:
        return place_end_to_end([item for item, _ in pads], whole)

    paths = list(dict.fromkeys(path for _, path in pads))
    return _import(episode, recording_dir, paths, join, place, progress=progress, cancel=cancel)


def _import(
    episode: Episode,
    recording_dir: Path,
    paths: Sequence[Path],
    join: Callable[[Sequence[Source]], Whole],
    place: Callable[[Whole, Tell], Placed],
    *,
    accept_damage: bool = False,
    removes_hum: bool = False,
    progress: Tell | None,
    cancel: threading.Event | None,
) -> Imported:
    tell = progress or (lambda _share: None)
    tell(0.0)
    with copies_ahead(list(dict.fromkeys(paths)), recording_dir) as ahead:
        sources = surveyed(paths, accept_damage=accept_damage, tell=_within(tell, 0.0, _DECODED_SHARE), cancel=cancel)
        whole = join(sources)
        said = (*_of_files(whole), *length_remarks(whole.info, episode.planned_total), *whole.remarks)
        with preceded_by([remark.text for remark in said]):
            placed = place(whole, _within(tell, _DECODED_SHARE, _SURVEY_SHARE))
        tell(_SURVEY_SHARE)
        # while the copies are still being made
        of_items = _of_items(whole, placed.matching.items, episode, removes_hum=removes_hum)
        with locked(recording_dir):
            copies = copy_all(whole.sources, recording_dir, ahead, _within(tell, _SURVEY_SHARE, 1.0), cancel)
            as_run = AsRun(
                recording=_recording(whole, copies),
                source=placed.source,
                items=placed.matching.items,
                points=placed.points,
            )
            try:
                if cancel is not None and cancel.is_set():
                    raise Interrupted
                write_as_run(as_run_path(recording_dir), as_run)
            except BaseException:
                take_back(copies)
                raise
    tell(1.0)
    return Imported(
        as_run=as_run,
        notes=placed.matching.notes,
        aligned=placed.aligned,
        remarks=(*said, *placed.remarks, *of_items),
        others=kept_beside(recording_dir, as_run.recording),
    )


def _of_files(whole: Whole) -> tuple[Remark, ...]:
    """Remarks on each file, at instants of the whole recording; a remark that fits several files is made once."""
    found: dict[tuple[str, str, float | None], Remark] = {}
    for source, piece in zip(whole.sources, whole.pieces, strict=True):
        for remark in remarks(source.name, source.info):
            at_s = None if remark.at_s is None else remark.at_s + piece.start / whole.info.rate
            found.setdefault((remark.kind, remark.text, at_s), replace(remark, at_s=at_s))
    return tuple(found.values())


def _of_items(whole: Whole, aired: Sequence[AiredItem], episode: Episode, *, removes_hum: bool) -> tuple[Remark, ...]:
    """Remarks on the sound of each item, at instants of the whole recording."""
    rundown = {item.id: item for item in episode.items}
    found: list[Remark] = []
    for source, piece in zip(whole.sources, whole.pieces, strict=True):
        if source.info.blocks is None:
            continue
        inside = [
            AiredItem(id=one.id, start=max(0, one.start - piece.start), end=min(piece.end, one.end) - piece.start)
            for one in aired
            if one.start < piece.end and one.end > piece.start
        ]
        begin_s = piece.start / whole.info.rate
        its = remarks_of_items(source.info.blocks, whole.info.rate, inside, rundown, removes_hum=removes_hum)
        found += [replace(one, at_s=None if one.at_s is None else round(one.at_s + begin_s, 3)) for one in its]
    return tuple(found)


def _recording(whole: Whole, copies: dict[Path, Copy]) -> Recording:
    first, *following = (
        FollowingFile(
            file=copies[source.path].path.name,
            start=piece.start,
            samples=piece.samples,
            sha256=copies[source.path].digest,
            origin=_origin(source.name),
        )
        for source, piece in zip(whole.sources, whole.pieces, strict=True)
    )
    return Recording(
        file=first.file,
        rate=whole.info.rate,
        channels=whole.info.channels,
        samples=whole.info.samples,
        sha256=first.sha256,
        origin=first.origin,
        first_samples=first.samples if following else 0,
        following=tuple(following),
    )


def _within(tell: Tell, begin: float, end: float) -> Tell:
    """Report the progress of a part of the work as that of the whole."""
    return lambda share: tell(begin + (end - begin) * share)


def _origin(name: str) -> str:
    return name if len(name) <= _LONGEST_ORIGIN else name[: _LONGEST_ORIGIN - 1] + "…"
