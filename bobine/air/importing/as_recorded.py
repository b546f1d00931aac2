"""Lay a rundown on a new recording as it lies on what was recorded already: both are listened to, and aligned."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bobine.air.alignment.align import align
from bobine.air.alignment.curves.items import move_items, move_points, said_of_breaks
from bobine.air.alignment.curves.line import Alignment
from bobine.air.importing.copying import INCOMING
from bobine.air.importing.placed import Aligned, Placed
from bobine.air.importing.reference import Reference
from bobine.air.importing.several.sources import Whole
from bobine.errors import MarksError, SoundError
from bobine.model.aired.as_run import MarksSource
from bobine.model.aired.remarks import Remark
from bobine.sound.conform import is_plain
from bobine.sound.joining import FileSpan, join
from bobine.store.files import disk_errors

_LISTENED_HZ = 8000
"""Sampling rate of what is only aligned: the alignment hears nothing above 4 kHz."""


def place_as_recorded(
    recorded: Sequence[Reference],
    whole: Whole,
    recording_dir: Path,
    titles: Mapping[str, str],
    said: Sequence[Remark],
    progress: Callable[[float], None],
    cancel: threading.Event | None,
) -> Placed:
    """Lay the rundown on a recording as on the first of what was recorded that it agrees with.

    Args:
        recorded: what was recorded, the best first; at least one.
        whole: the recording.
        recording_dir: the episode's ``recording/`` folder.
        titles: of the rundown's items, by id.
        said: remarks that come before those of the alignment.
        progress: told how much is done, from 0 to 1.
        cancel: once set, the work stops.

    Raises:
        MarksError: if it agrees with none.
        Interrupted: if ``cancel`` was set.
    """
    info = whole.info
    for reference in recorded:
        alignment = _try(reference, whole, recording_dir, progress, cancel)
        if alignment is not None:
            moved = move_items(reference.items, reference.rate, alignment, info.rate, info.samples, titles)
            aligned = Aligned(reference.path.name, reference.is_own, alignment)
            breaks = said_of_breaks(reference.items, reference.rate, alignment, titles)
            points = move_points(reference.points, reference.rate, alignment, info.rate, info.samples)
            return Placed(moved, MarksSource.MARKS, aligned, (*said, *breaks), points)
    raise MarksError(
        f"« {whole.name} » ne s'accorde pas avec ce qui a été enregistré ({recorded[0].path.name}) : rien "
        "ne dit où y sont les éléments. Vérifiez que c'est bien cette émission, ou donnez des repères "
        "(--reperes) ; rien n'a été changé."
    )


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
