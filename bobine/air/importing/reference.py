"""The recording that an episode already has, with its items in place: a reference to align a new file with."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bobine.air.live.aired_recording import aired_in, attached_recording
from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.recorder.resume import is_own_recording
from bobine.errors import MarksError, SoundError
from bobine.model.aired.as_run import AiredItem, MarksSource, NamedPoint
from bobine.sound.joining import FileSpan
from bobine.store.opening import is_regular
from bobine.store.pieces import pieces_of


@dataclass(frozen=True, slots=True)
class Reference:
    """A recording whose items are known.

    Attributes:
        pieces: its file, or the files that it lies in, in order of time.
        rate: its sampling rate, at which positions count, Hz.
        items: in time order, without overlap.
        points: the marks that were set in it, in time order.
    """

    pieces: tuple[FileSpan, ...]
    rate: int
    items: tuple[AiredItem, ...]
    points: tuple[NamedPoint, ...] = ()

    @property
    def path(self) -> Path:
        """The path of the (first) file."""
        return self.pieces[0].path

    @property
    def is_own(self) -> bool:
        """Whether the recorder made it."""
        return is_own_recording(self.path.name)


def references(recording_dir: Path, known: Collection[str]) -> Iterator[Reference]:
    """The recordings to align a new file with, the best first; none where nothing was recorded, or without marks.

    The recorder's own comes first: as it was put right by hand in ``as_run.toml``, else as the journal tells it, which
    still holds all of it after a shorter file was attached. Then what was attached with marks.

    Args:
        recording_dir: the episode's ``recording/`` folder.
        known: ids of the items of the rundown; others are left out.
    """
    attached = _attached(recording_dir, known)
    if attached is not None and attached.is_own:
        yield attached
        return
    with contextlib.suppress(SoundError, MarksError):
        show = aired_in(recording_dir, Journal(recording_dir.parent / JOURNAL_FILE), known)
        yield Reference((FileSpan(show.path, 0, show.sound.samples),), show.sound.rate, show.items, show.points)
    if attached is not None:
        yield attached


def _attached(recording_dir: Path, known: Collection[str]) -> Reference | None:
    as_run = attached_recording(recording_dir)
    if as_run is None or as_run.source is not MarksSource.MARKS:
        return None
    pieces = pieces_of(as_run.recording, recording_dir)
    items = tuple(item for item in as_run.items if item.id in known)
    points = tuple(one if one.item in known else replace(one, item=None) for one in as_run.points)
    there = all(is_regular(piece.path) for piece in pieces)
    return Reference(pieces, as_run.recording.rate, items, points) if items and there else None
