"""The files that an import is given: each surveyed and judged, then all of them laid in one recording."""

from __future__ import annotations

import filecmp
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from bobine.air.importing.copying import opened
from bobine.air.importing.judgement import refuse_unusable
from bobine.air.importing.recorded_when import recorded_when
from bobine.air.importing.several.edges import EDGE_S, Edges
from bobine.air.importing.several.layout import lay
from bobine.air.importing.several.order import LONGEST_OVERLAP_S, By, Order, Told, by_sound, in_order
from bobine.errors import SoundError
from bobine.french import printable
from bobine.model.aired.remarks import Remark, RemarkKind
from bobine.model.written.positions import at_rate
from bobine.sound.joining import FileSpan
from bobine.sound.survey import SoundInfo, survey
from bobine.store.records.recordings import MOST_FILES

JOINED_RATE = 48_000
"""Rate at which positions count where the files differ in rate, Hz."""

_MOST_TRIED = 12


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can stand for a recording, or for a part of one.

    Attributes:
        path: the file.
        state: what it was when it was judged.
        info: what decoding it found.
    """

    path: Path
    state: os.stat_result
    info: SoundInfo

    @property
    def name(self) -> str:
        """The file's name, safe to show."""
        return printable(self.path.name)


@dataclass(frozen=True, slots=True)
class Whole:
    """Files as the recording that they are.

    Attributes:
        sources: in order of time.
        pieces: where each lies, counted at ``info.rate``.
        info: what the whole is; of several files without what is known of each by itself (blocks, damage, plan).
        remarks: what was noticed while they were put together.
    """

    sources: tuple[Source, ...]
    pieces: tuple[FileSpan, ...]
    info: SoundInfo
    remarks: tuple[Remark, ...] = ()

    @property
    def name(self) -> str:
        """The name of the whole: its first and last file."""
        first, last = self.sources[0].name, self.sources[-1].name
        return first if len(self.sources) == 1 else f"{first} … {last}"


def surveyed(
    paths: Sequence[Path],
    *,
    accept_damage: bool,
    tell: Callable[[float], None],
    cancel: threading.Event | None,
) -> list[Source]:
    """Survey files and refuse those that cannot be used; one given twice is there once.

    Raises:
        SoundError: if one cannot be used, or all of them are silent.
        Interrupted: if ``cancel`` was set.
    """
    if not paths or len(paths) > MOST_FILES:
        raise SoundError(f"{len(paths)} fichiers pour un enregistrement : de 1 à {MOST_FILES}.")
    found: list[Source] = []
    for done, path in enumerate(paths, 1):
        _check_is_file(path)
        with opened(path) as stream:
            state = os.fstat(stream.fileno())
        if not any(_is_same(path, state, other) for other in found):
            found.append(Source(path, state, survey(path, cancel)))
        tell(done / len(paths))
    silent = all(source.info.peak_dbfs is None for source in found)
    for source in found:
        refuse_unusable(source.name, source.info, accept_damage=accept_damage, accept_silence=not silent)
    return found


def one_after_the_other(
    sources: Sequence[Source],
    *,
    given_order: bool = False,
    accept_distance: bool = False,
    cancel: threading.Event | None = None,
) -> Whole:
    """Lay files in the recording that they are: in order, each from the sample where it goes on.

    Args:
        sources: at least one.
        given_order: keep the order in which they are given, end to end.
        accept_distance: as ``lay`` takes it.
        cancel: once set, the work stops.

    Raises:
        SoundError: if two lie too far apart, or an edge cannot be decoded.
        Interrupted: if ``cancel`` was set.
    """
    rates = {source.info.rate for source in sources}
    rate = rates.pop() if len(rates) == 1 else JOINED_RATE
    order = Order(tuple(range(len(sources))), By.GIVEN)
    overlaps: list[int | None] = []
    noticed: list[Remark] = []
    if not given_order and len(sources) > 1:
        order, overlaps, noticed = _ordered(sources, Edges([(one.path, one.info) for one in sources], rate, cancel))
    placed = [sources[place] for place in order.places]
    lengths = [at_rate(source.info.samples, source.info.rate, rate) for source in placed]
    names = [source.name for source in placed]
    layout = lay(names, lengths, rate, overlaps or [None] * len(placed), order, accept_distance=accept_distance)
    pieces = tuple(
        FileSpan(source.path, start, length)
        for source, start, length in zip(placed, layout.starts, lengths, strict=True)
    )
    infos = [source.info for source in placed]
    peaks = [info.peak_dbfs for info in infos if info.peak_dbfs is not None]
    info = infos[0] if len(infos) == 1 else replace(
        infos[0],
        rate=rate,
        channels=max(one.channels for one in infos),
        samples=max(piece.end for piece in pieces),
        declared_s=None,
        peak_dbfs=max(peaks, default=None),
        full_scale_samples=sum(one.full_scale_samples for one in infos),
        damage=next((one.damage for one in infos if one.damage), ""),
        # these are of one file each, not of the whole
        blocks=None,
        torn=(),
        holes=(),
        formats=(),
        plan=None,
    )  # fmt: skip
    return Whole(tuple(placed), pieces, info, (*noticed, *layout.remarks))


def _ordered(sources: Sequence[Source], edges: Edges) -> tuple[Order, list[int | None], list[Remark]]:
    """The order of files, what each shares with the one before it, and remarks on that."""
    order = in_order([_told(source) for source in sources])
    overlaps = [
        edges.overlap(one, other, edge_s=_edge_s(sources, order, place))
        for place, (one, other) in enumerate(pairwise(order.places))
    ]
    certain = order.by not in (By.WRITTEN, By.GIVEN) or None not in overlaps
    heard = None if certain or len(sources) > _MOST_TRIED else by_sound(len(sources), edges.overlap)
    if heard is None:
        return order, overlaps, []
    text = "Rien que le son ne dit l'ordre de ces fichiers : la fin de chacun est le début du suivant."
    overlaps = [edges.overlap(one, other) for one, other in pairwise(heard)]
    return Order(heard, By.SOUND), overlaps, [Remark(kind=RemarkKind.OVERLAP, text=text)]


def _edge_s(sources: Sequence[Source], order: Order, place: int) -> float:
    """Seconds of two edges to compare: more where their times say that more is shared."""
    if order.starts_s is None:
        return EDGE_S
    apart = order.starts_s[place + 1] - order.starts_s[place]
    shared = sources[order.places[place]].info.duration_s - float(apart)
    return min(max(EDGE_S, shared + 5), LONGEST_OVERLAP_S)


def _told(source: Source) -> Told:
    when = recorded_when(source.path)
    return Told(
        name=source.name,
        duration_s=source.info.duration_s,
        began_s=None if when is None or when.began is None else (when.began - datetime(2000, 1, 1)).total_seconds(),  # noqa: DTZ001 - its place's
        reference_s=None if when is None or when.reference is None else Fraction(when.reference, source.info.rate),
        changed_s=source.state.st_mtime,
    )


def _check_is_file(source: Path) -> None:
    """A pipe or a device would have no end; a folder has no sound."""
    name = printable(source.name)
    if os.path.isdir(source):  # noqa: PTH112 - it never raises, whatever the disk answers
        raise SoundError(f"« {name} » est un dossier : donnez le fichier de l'enregistrement.")
    if not os.path.isfile(source):  # noqa: PTH113 - as above
        raise SoundError(f"« {name} » : ce fichier n'existe pas, ou n'est pas un fichier ordinaire.")


def _is_same(path: Path, state: os.stat_result, other: Source) -> bool:
    """Whether a file is already in the list, or holds the same bytes."""
    if (state.st_dev, state.st_ino) == (other.state.st_dev, other.state.st_ino):
        return True
    try:
        return state.st_size == other.state.st_size and filecmp.cmp(path, other.path, shallow=False)
    except OSError:
        return False
