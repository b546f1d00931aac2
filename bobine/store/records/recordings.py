"""Read and write ``recording/as_run.toml``: the recording, and the positions of the aired items in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bobine.errors import SoundError
from bobine.model.aired.as_run import AiredItem, AsRun, FollowingFile, NamedPoint, Recording
from bobine.model.written.durations import format_duration
from bobine.store.codec.decode import Rules
from bobine.store.codec.encode import encode
from bobine.store.records.derived import read_derived, reference_of, safe_text, write_document
from bobine.store.rules import texts
from bobine.store.toml.write import toml_table

if TYPE_CHECKING:
    from tomlkit.items import AoT

_HEADER = "Écrit par Bobine : où se trouve chaque élément, en échantillons depuis le début de l'enregistrement."


MOST_FILES = 500
"""Files of one recording: a logger that begins one each five minutes fills a day and a half."""


def as_run_path(recording_dir: Path) -> Path:
    """``as_run.toml`` in an episode's ``recording/`` folder."""
    return recording_dir / "as_run.toml"


def read_as_run(path: Path) -> AsRun:
    """Read the as-run of an episode from its ``recording/as_run.toml``.

    Raises:
        SoundError: if no recording is attached yet.
        PlanError: if the file cannot be read as it stands.
    """
    try:
        return read_derived(path, AsRun, _RULES)
    except FileNotFoundError as error:
        reference = reference_of(path)
        raise SoundError(
            f"Pas encore d'enregistrement pour {reference} : attachez-le par « bobine importer {reference} FICHIER »."
        ) from error


def write_as_run(path: Path, as_run: AsRun) -> None:
    """Write an as-run, each position with its time in a comment.

    Raises:
        DiskError: if the disk is full or the place cannot be written.
    """
    import tomlkit

    document = tomlkit.document()
    items = _rows(as_run.items, ("start", "end"), as_run.recording.rate)
    document.add("source", tomlkit.item(str(as_run.source)))
    alone = frozenset() if as_run.recording.following else frozenset({"first_samples", "following"})
    document.add("recording", toml_table(encode(as_run.recording, omit=alone)))
    document.add("items", items if as_run.items else tomlkit.array())
    if as_run.points:
        document.add("points", _rows(as_run.points, ("position",), as_run.recording.rate))
    write_document(path, document, _HEADER)


def _rows(values: Iterable[AiredItem | NamedPoint], positions: Iterable[str], rate: int) -> AoT:
    """A table for each value, its positions with their times in comments."""
    import tomlkit

    rows = tomlkit.aot()
    for value in values:
        row = toml_table(encode(value))
        for key in positions:
            row[key].comment(format_duration(timedelta(seconds=getattr(value, key) / rate)))
        rows.append(row)
    return rows


def _as_run(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    recording, items = fields.get("recording"), fields.get("items", ())
    if len({item.id for item in items}) < len(items):
        yield "items", "deux éléments y ont le même id"
    for before, after in itertools.pairwise(items):
        if after.start < before.end:
            yield "items", f"« {after.id} » commence avant la fin de « {before.id} »"
    if recording is not None and items and items[-1].end > recording.samples:
        yield "items", f"« {items[-1].id} » finit après l'enregistrement"
    last = max((point.position for point in fields.get("points", ())), default=0)
    if recording is not None and last > recording.samples:
        yield "points", "un repère s'y trouve après la fin de l'enregistrement"


def _recording(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    following, samples = fields.get("following"), fields.get("samples")
    first = fields.get("first_samples")
    if not following or samples is None or first is None:
        return
    if not 0 < first <= samples:
        yield "first_samples", "la longueur du premier fichier manque, ou dépasse celle de l'enregistrement"
    starts = [0, *(one.start for one in following)]
    if any(after <= before for before, after in itertools.pairwise(starts)):
        yield "following", "les fichiers n'y sont pas dans l'ordre"
    if max(first, *(one.end for one in following)) != samples:
        yield "following", "le dernier fichier ne finit pas avec l'enregistrement"


def _aired_item(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    start, end = fields.get("start"), fields.get("end")
    if start is not None and end is not None and end <= start:
        yield "end", "la fin n'est pas après le début"


def _few(files: tuple[FollowingFile, ...]) -> str | None:
    return None if len(files) < MOST_FILES else f"{len(files)} fichiers : {MOST_FILES - 1} au plus"


_RULES = Rules(
    text=safe_text,
    fields={
        (Recording, "file"): texts.file_name,
        (Recording, "rate"): texts.at_least(1),
        (Recording, "channels"): texts.at_least(1),
        (Recording, "samples"): texts.at_least(1),
        (Recording, "first_samples"): texts.at_least(0),
        (Recording, "following"): _few,
        (FollowingFile, "file"): texts.file_name,
        (FollowingFile, "start"): texts.at_least(1),
        (FollowingFile, "samples"): texts.at_least(1),
        (AiredItem, "id"): texts.slug,
        (AiredItem, "start"): texts.at_least(0),
        (NamedPoint, "position"): texts.at_least(0),
        (NamedPoint, "text"): texts.one_line,
        (NamedPoint, "item"): texts.slug,
    },
    tables={AsRun: _as_run, Recording: _recording, AiredItem: _aired_item},
)
