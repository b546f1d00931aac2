"""Give one item its sound from elsewhere: the file is judged, copied beside the recording, and noted as its take."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from bobine.air.importing.copies import Copy, copies_ahead, take_back
from bobine.air.importing.copying import copy_recording, opened
from bobine.air.importing.judgement import refuse_unusable, remarks
from bobine.errors import SoundError
from bobine.french import printable
from bobine.model.aired.edits import Edits, Take, with_take, without_take
from bobine.model.written.positions import format_position
from bobine.sound.survey import SoundInfo, survey
from bobine.store.files import locked
from bobine.store.records.edits import change_edits

_LONGEST_ORIGIN = 200
_DECODED_SHARE = 0.5
_SHORTEST_S = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Taken:
    """The result of giving an item its sound from another file.

    Attributes:
        take: what was noted.
        edits: all the edits, with it.
        notes: what the user should check, in French.
    """

    take: Take
    edits: Edits
    notes: tuple[str, ...]


def import_take(
    item: str,
    recording_dir: Path,
    edits_file: Path,
    source: Path,
    *,
    start_s: Fraction = Fraction(0),
    end_s: Fraction | None = None,
    accept_damage: bool = False,
    progress: Callable[[float], None] | None = None,
    cancel: threading.Event | None = None,
) -> Taken:
    """Copy a sound into an episode and note that it is heard in the place of an item's own.

    An earlier take of that item is no longer used; its file stays until a purge, as every recording does.

    Args:
        item: id of an aired item.
        recording_dir: the episode's ``recording/`` folder.
        edits_file: the episode's ``edits.toml``.
        source: any file that ffmpeg decodes; it is read, never moved nor changed.
        start_s: where in it the item begins, seconds.
        end_s: where it ends; None for its end.
        accept_damage: take a truncated file as it is.
        progress: told how much is done, from 0 to 1.
        cancel: once set, the import stops and leaves everything as it was.

    Raises:
        SoundError: if the file cannot be used, or does not hold what is asked for.
        PlanError: if ``edits.toml`` cannot be read as it stands.
        DiskError: if there is no room, or the place cannot be written.
        Interrupted: if ``cancel`` was set.
    """
    tell = progress or (lambda _share: None)

    def copying(share: float) -> None:
        tell(_DECODED_SHARE + (1 - _DECODED_SHARE) * share)

    tell(0.0)
    with copies_ahead([source], recording_dir) as ahead:
        judged = _judged(source, start_s, end_s, accept_damage=accept_damage, cancel=cancel)
        tell(_DECODED_SHARE)
        with locked(recording_dir):
            ahead.wait(copying, cancel)
            made = ahead.take(source, judged.state)
            copy = Copy(*copy_recording(source, judged.state, recording_dir, copying, cancel, made))
            take = _take(item, judged, copy)
            edits = _noted(take, edits_file, copy)
    tell(1.0)
    said = (remark.text for remark in remarks(judged.name, judged.info))
    return Taken(take, edits, tuple(text.replace("L'enregistrement", f"« {judged.name} »") for text in said))


@dataclass(frozen=True, slots=True)
class _Judged:
    """A file that can be a take.

    Attributes:
        name: its name, safe to show.
        state: what it was when it was judged.
        info: what decoding it found.
        start: where the item begins in it, samples.
        end: one past its last sample.
    """

    name: str
    state: os.stat_result
    info: SoundInfo
    start: int
    end: int


def _judged(
    source: Path, start_s: Fraction, end_s: Fraction | None, *, accept_damage: bool, cancel: threading.Event | None
) -> _Judged:
    info = survey(source, cancel)
    name = printable(source.name)
    with opened(source) as stream:
        state = os.fstat(stream.fileno())
    refuse_unusable(name, info, accept_damage=accept_damage)
    return _Judged(name, state, info, *_bounds(name, info, start_s, end_s))


def _take(item: str, judged: _Judged, copy: Copy) -> Take:
    name, info = judged.name, judged.info
    return Take(
        item=item,
        file=copy.path.name,
        rate=info.rate,
        channels=info.channels,
        samples=info.samples,
        sha256=copy.digest,
        start=judged.start,
        end=judged.end,
        origin=name if len(name) <= _LONGEST_ORIGIN else name[: _LONGEST_ORIGIN - 1] + "…",
    )


def _noted(take: Take, edits_file: Path, copy: Copy) -> Edits:
    """Note a take, or take back the copy that was made for it."""
    try:
        return change_edits(edits_file, lambda found: with_take(found, take))
    except BaseException:
        take_back({copy.path: copy})
        raise


def withdraw_take(item: str, edits_file: Path) -> Take | None:
    """Give an item its own sound again; the take's file stays until a purge.

    Returns:
        The take that it had; None where it had none.

    Raises:
        PlanError: if ``edits.toml`` cannot be read as it stands.
        WorkspaceError: if another program is writing it.
        DiskError: if the place cannot be written.
    """
    had: list[Take | None] = []

    def change(found: Edits) -> Edits:
        had.append(found.take(item))
        return without_take(found, item)

    change_edits(edits_file, change)
    return had[0]


def _bounds(name: str, info: SoundInfo, start_s: Fraction, end_s: Fraction | None) -> tuple[int, int]:
    whole = Fraction(info.samples, info.rate)
    # a length is shown to the second: one that was typed as it is shown may be a little over
    end = whole if end_s is None or whole < end_s < whole + 1 else end_s
    if end > whole:
        raise SoundError(f"« {name} » dure {format_position(whole)} : il ne va pas jusqu'à {format_position(end)}.")
    if end - start_s < _SHORTEST_S:
        raise SoundError(
            f"De {format_position(start_s)} à {format_position(end)}, « {name} » ne donne pas une demi-seconde de son."
        )
    return round(start_s * info.rate), min(round(end * info.rate), info.samples)
