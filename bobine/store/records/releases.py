"""Read and write ``release.toml``: an episode's releases, destination by destination."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bobine.model.published.online import PublishedPlan
from bobine.model.published.release import (
    Audio,
    FormerFile,
    HeardItem,
    Instalment,
    LocalRelease,
    Release,
    StoredFile,
    Withdrawal,
)
from bobine.store.codec.decode import Decoder, Rules
from bobine.store.codec.encode import encode
from bobine.store.codec.spelling import unknown_key
from bobine.store.files import locked
from bobine.store.records.derived import in_folder, safe_text, workspace_of, write_document
from bobine.store.rules import texts
from bobine.store.toml.read import Source, decoding, read_toml
from bobine.store.toml.write import toml_table

_HEADER = "Écrit par « bobine publier » : ce qui est en ligne. Gardez ce fichier : il porte l'identité de l'épisode."


def _plausible(day: date) -> str | None:
    """Refuse a day or an instant that a time zone could push out of the calendar."""
    return None if 1900 <= day.year <= 2200 else "une date entre 1900 et 2200 était attendue"


_RULES = Rules(
    text=safe_text,
    fields={
        (LocalRelease, "feed_url"): texts.web_address,
        (StoredFile, "key"): in_folder,
        (StoredFile, "bytes"): texts.between(0, 10**13),
        (Audio, "kbps"): texts.between(1, 10**5),
        (Release, "season"): texts.between(1, 9999),
        (Release, "number"): texts.between(1, 99_999),
        (Release, "duration_s"): texts.between(0, 10**7),
        (Release, "date"): _plausible,
        (Release, "published"): _plausible,
        (Release, "updated"): _plausible,
        (Release, "held_until"): _plausible,
        (HeardItem, "start_ms"): texts.between(0, 10**10),
        (HeardItem, "end_ms"): texts.between(0, 10**10),
        (HeardItem, "instalment"): texts.between(1, 99_999),
        (Instalment, "duration_s"): texts.between(0, 10**7),
        (FormerFile, "key"): in_folder,
        (FormerFile, "until"): _plausible,
        (Withdrawal, "at"): _plausible,
        (PublishedPlan, "season"): texts.between(1, 9999),
        (PublishedPlan, "number"): texts.between(1, 99_999),
    },
)


def read_releases(path: Path) -> dict[str, LocalRelease]:
    """Read an episode's ``release.toml``: a release for each destination, none before the first publication.

    Raises:
        PlanError: if the file cannot be read as it stands.
    """
    try:
        source = read_toml(path, workspace_of(path))
    except FileNotFoundError:
        return {}
    with decoding(source):
        return _decoded(source)


def _decoded(source: Source) -> dict[str, LocalRelease]:
    decoder = Decoder(_RULES)
    for key in source.table.keys() - {"destinations"}:
        decoder.fault((key,), unknown_key(key, ("destinations",)))
    tables = source.table.get("destinations")
    releases = {}
    if not isinstance(tables, Mapping):
        decoder.fault(("destinations",), "une table [destinations.<nom>] était attendue")
        tables = {}
    for name, table in tables.items():
        path_of_it = ("destinations", name)
        release = decoder.table(LocalRelease, table, path_of_it, destination=name)
        if release is not None:
            releases[name] = release
    if decoder.faults:
        raise source.error(decoder.faults)
    return releases


def write_release(path: Path, release: LocalRelease) -> None:
    """Write the release of one destination into an episode's ``release.toml``, the others kept.

    Raises:
        PlanError: if the file that is there cannot be read as it stands.
        WorkspaceError: if another program is writing it.
        DiskError: if the disk is full or the place cannot be written.
    """
    with locked(path):
        releases = {**read_releases(path), release.destination: release}
        tables = {name: encode(releases[name], omit=frozenset({"destination"})) for name in sorted(releases)}
        write_document(path, toml_table({"destinations": tables}), _HEADER)
