"""Lay a rundown on a new recording: by marks, by what was recorded already, or else at the planned times."""

from __future__ import annotations

import contextlib
import filecmp
import os
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bobine.air.importing.placed import Placed
from bobine.air.importing.proposal import propose
from bobine.air.importing.several.sources import Whole
from bobine.air.marks.inside import marks_inside
from bobine.air.marks.matching import Matching, match
from bobine.air.marks.reading import LARGEST_FILE, read_marks
from bobine.errors import MarksError
from bobine.french import printable
from bobine.model.aired.as_run import AiredItem, MarksSource
from bobine.model.aired.remarks import Remark, RemarkKind
from bobine.model.episode import Episode
from bobine.sound.joining import FileSpan
from bobine.sound.survey import SoundInfo
from bobine.store.opening import UnusableFileError, read_bounded

if TYPE_CHECKING:
    from bobine.air.importing.reference import Reference


@contextlib.contextmanager
def preceded_by(said: Sequence[str]) -> Iterator[None]:
    """Tell what was noticed of a recording before what is wrong with its marks: it often explains it.

    Args:
        said: sentences.

    Raises:
        MarksError: what comes out of the block, with the sentences before it.
    """
    try:
        yield
    except MarksError as error:
        raise (MarksError("\n".join([*said, str(error)])) if said else error) from error


def place_by_marks(episode: Episode, info: SoundInfo, marks_file: Path) -> Placed:
    """Lay the rundown on a recording by a file of marks.

    Raises:
        MarksError: if the marks cannot be read, or do not fit the recording or the rundown.
    """
    try:
        content = read_bounded(marks_file, LARGEST_FILE, named=True)
    except (FileNotFoundError, UnusableFileError) as error:
        reason = error.reason if isinstance(error, UnusableFileError) else "il n'existe pas"
        name = printable(marks_file.name)
        raise MarksError(f"« {name} » : ce fichier de repères ne peut pas être lu ({reason}).") from error
    titles = [item.title for item in episode.items]
    found = read_marks(content, marks_file.name, info.rate, info.samples, titles)
    return Placed(match(found.marks, episode.items), MarksSource.MARKS, remarks=found.remarks)


def place_without_marks(
    episode: Episode,
    whole: Whole,
    recording_dir: Path,
    progress: Callable[[float], None],
    cancel: threading.Event | None,
) -> Placed:
    """Lay the rundown on a recording by the marks inside it, as on what was recorded, or else at the planned times.

    Marks inside it that bear the items' titles come first. Those without titles count where nothing was recorded before
    to align with. Nobody asked for them, so marks that do not fit are left aside with a word.

    Args:
        episode: the plan.
        whole: the recording.
        recording_dir: the episode's ``recording/`` folder.
        progress: told how much is done, from 0 to 1.
        cancel: once set, the work stops.

    Raises:
        MarksError: if it does not agree with what was recorded, or if nothing is planned.
        Interrupted: if ``cancel`` was set.
    """
    info = whole.info
    titles = {item.id: item.title for item in episode.items}
    recorded = _recorded(recording_dir, titles.keys())
    same = next((reference for reference in recorded if _is_same(whole.pieces, reference.pieces)), None)
    if same is not None:
        return Placed(Matching(same.items, ()), MarksSource.MARKS, points=same.points)
    inside, said = _by_marks_inside(episode, whole, cancel, untitled=not recorded)
    if inside is not None:
        return inside
    if recorded:
        from bobine.air.importing.as_recorded import place_as_recorded  # nor is the alignment

        return place_as_recorded(recorded, whole, recording_dir, titles, said, progress, cancel)
    return Placed(propose(episode, info.rate, info.samples), MarksSource.PLANNED, remarks=said)


def _recorded(recording_dir: Path, known: Collection[str]) -> list[Reference]:
    """The recordings to align a new one with, the best first; none where the folder holds nothing that can be seen."""
    with contextlib.suppress(FileNotFoundError):
        if any(not name.startswith(".") for name in os.listdir(recording_dir)):  # noqa: PTH208 - the names alone
            # most episodes are given their only recording: what knows of the air is not imported for those
            from bobine.air.importing.reference import references

            return list(references(recording_dir, known))
    return []


def _by_marks_inside(
    episode: Episode, whole: Whole, cancel: threading.Event | None, *, untitled: bool
) -> tuple[Placed | None, tuple[Remark, ...]]:
    """The rundown laid by the marks inside the file, or None; and remarks on marks that are not used."""
    try:
        found = marks_inside(
            whole.pieces,
            whole.info.rate,
            whole.info.samples,
            [item.title for item in episode.items],
            cancel,
            without_chapters=[
                source.path
                for source in whole.sources
                if source.info.plan is not None and not source.info.plan.may_have_chapters
            ],
        )
        if found is None or not (untitled or any(mark.title for mark in found.marks)):
            return None, ()
        matching = match(found.marks, episode.items)
    except MarksError as error:
        why = str(error).splitlines()[0]
        return None, (_marks_remark(f"Les repères que contient ce fichier sont laissés de côté. {why}"),)
    used = _marks_remark(f"Les éléments sont placés par les repères que contient le fichier ({len(found.marks)}).")
    return Placed(matching, MarksSource.MARKS, remarks=(used, *found.remarks)), ()


def _marks_remark(text: str) -> Remark:
    return Remark(kind=RemarkKind.MARKS, text=text)


def place_end_to_end(items: Sequence[str], whole: Whole) -> Placed:
    """Take each file of a recording for one item, by their ids in order."""
    found = [
        AiredItem(id=item, start=piece.start, end=piece.end)
        for item, piece in zip(items, whole.pieces, strict=True)
    ]  # fmt: skip
    return Placed(Matching(tuple(found), ()), MarksSource.MARKS)


def _is_same(one: Sequence[FileSpan], other: Sequence[FileSpan]) -> bool:
    """Whether two recordings are one, or hold the same bytes at the same places."""
    if [(piece.start, piece.samples) for piece in one] != [(piece.start, piece.samples) for piece in other]:
        return False
    try:
        return all(filecmp.cmp(a.path, b.path, shallow=False) for a, b in zip(one, other, strict=True))
    except OSError:
        return False
