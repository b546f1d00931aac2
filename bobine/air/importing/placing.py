"""Lay a rundown on a new recording: by marks, by what was recorded already, or else at the planned times."""

from __future__ import annotations

import contextlib
import filecmp
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bobine.air.alignment.align import align
from bobine.air.alignment.curves.items import move_items, move_points, said_of_breaks
from bobine.air.alignment.curves.line import Alignment
from bobine.air.importing.copying import INCOMING
from bobine.air.importing.proposal import propose
from bobine.air.importing.reference import Reference, references
from bobine.air.importing.several.sources import Whole
from bobine.air.marks.inside import marks_inside
from bobine.air.marks.matching import Matching, match
from bobine.air.marks.reading import LARGEST_FILE, read_marks
from bobine.errors import MarksError, SoundError
from bobine.french import printable
from bobine.model.aired.as_run import AiredItem, MarksSource, NamedPoint
from bobine.model.aired.remarks import Remark, RemarkKind
from bobine.model.episode import Episode
from bobine.sound.conform import is_plain
from bobine.sound.joining import FileSpan, join
from bobine.sound.survey import SoundInfo
from bobine.store.files import disk_errors
from bobine.store.opening import UnusableFileError, read_bounded

_LISTENED_HZ = 8000
"""Sampling rate of what is only aligned: the alignment hears nothing above 4 kHz."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """The file that a recording was aligned with, and the alignment found.

    Attributes:
        file: name of the file in ``recording/``.
        own: whether the recorder made it.
        alignment: where that file lies in the new one.
    """

    file: str
    own: bool
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Placed:
    """The items of a rundown placed in a new recording.

    Attributes:
        matching: the items, and what the user should check.
        source: how that was found.
        aligned: what it was aligned with; None for what was not aligned.
        remarks: what was noticed of the marks or of the alignment.
        points: the marks that were set during the show, in time order; none where they cannot be told.
    """

    matching: Matching
    source: MarksSource
    aligned: Aligned | None = None
    remarks: tuple[Remark, ...] = ()
    points: tuple[NamedPoint, ...] = ()


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
    known = list(references(recording_dir, titles.keys()))
    same = next((reference for reference in known if _is_same(whole.pieces, reference.pieces)), None)
    if same is not None:
        return Placed(Matching(same.items, ()), MarksSource.MARKS, points=same.points)
    inside, said = _by_marks_inside(episode, whole, cancel, untitled=not known)
    if inside is not None:
        return inside
    for reference in known:
        alignment = _try(reference, whole, recording_dir, progress, cancel)
        if alignment is not None:
            moved = move_items(reference.items, reference.rate, alignment, info.rate, info.samples, titles)
            aligned = Aligned(reference.path.name, reference.is_own, alignment)
            breaks = said_of_breaks(reference.items, reference.rate, alignment, titles)
            points = move_points(reference.points, reference.rate, alignment, info.rate, info.samples)
            return Placed(moved, MarksSource.MARKS, aligned, (*said, *breaks), points)
    if known:
        refused = known[0]
        raise MarksError(
            f"« {whole.name} » ne s'accorde pas avec ce qui a été enregistré ({refused.path.name}) : rien "
            "ne dit où y sont les éléments. Vérifiez que c'est bien cette émission, ou donnez des repères "
            "(--reperes) ; rien n'a été changé."
        )
    return Placed(propose(episode, info.rate, info.samples), MarksSource.PLANNED, remarks=said)


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


def _try(
    reference: Reference,
    whole: Whole,
    recording_dir: Path,
    progress: Callable[[float], None],
    cancel: threading.Event | None,
) -> Alignment | None:
    try:
        with (
            _listened(reference.pieces, reference.rate, recording_dir, cancel) as one,
            _listened(whole.pieces, whole.info.rate, recording_dir, cancel) as other,
        ):
            return align(one, other, progress, cancel)
    except SoundError:
        # what was recorded may be damaged; the new file has been decoded to its end before
        return None


@contextlib.contextmanager
def _listened(
    pieces: Sequence[FileSpan], rate: int, recording_dir: Path, cancel: threading.Event | None
) -> Iterator[Path]:
    """One file to listen to: the one there is where its samples are plain, or the sound as it is read, for a moment."""
    if len(pieces) == 1 and is_plain(pieces[0].path):
        yield pieces[0].path
        return
    with disk_errors(recording_dir):
        recording_dir.mkdir(parents=True, exist_ok=True)
    joined = recording_dir / f"{INCOMING}-{secrets.token_hex(6)}.wav"
    try:
        with disk_errors(joined):
            join(pieces, rate, joined, to_rate=_LISTENED_HZ, cancel=cancel)
        yield joined
    finally:
        joined.unlink(missing_ok=True)


def _is_same(one: Sequence[FileSpan], other: Sequence[FileSpan]) -> bool:
    """Whether two recordings are one, or hold the same bytes at the same places."""
    if [(piece.start, piece.samples) for piece in one] != [(piece.start, piece.samples) for piece in other]:
        return False
    try:
        return all(filecmp.cmp(a.path, b.path, shallow=False) for a, b in zip(one, other, strict=True))
    except OSError:
        return False
