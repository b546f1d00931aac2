"""Read and write ``master/manifest.toml``: the content of the master and its measures."""

from __future__ import annotations

from pathlib import Path

from bobine.errors import MasterError
from bobine.model.published.master import Manifest, MasteredItem, MasterFile
from bobine.store.codec.decode import Rules
from bobine.store.codec.encode import encode
from bobine.store.records.derived import read_derived, reference_of, safe_text, write_document
from bobine.store.rules import texts
from bobine.store.toml.write import toml_table

_HEADER = "Écrit par « bobine monter » : ce que contient le montage et ce qui y a été mesuré."

_RULES = Rules(
    text=safe_text,
    fields={
        (MasterFile, "file"): texts.file_name,
        (MasterFile, "kbps"): texts.between(1, 10**5),
        (MasterFile, "duration_s"): texts.between(0, 10**7),
        (MasteredItem, "id"): texts.slug,
    },
)


def read_manifest(path: Path) -> Manifest:
    """Read the manifest of a master from an episode's ``master/manifest.toml``.

    Raises:
        MasterError: if there is no master yet.
        PlanError: if the file cannot be read as it stands.
    """
    try:
        return read_derived(path, Manifest, _RULES)
    except FileNotFoundError as error:
        reference = reference_of(path)
        raise MasterError(
            f"Pas encore de montage pour {reference} : faites-le par « bobine monter {reference} »."
        ) from error


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write the manifest of a master.

    Raises:
        DiskError: if the disk is full or the place cannot be written.
    """
    write_document(path, toml_table(encode(manifest)), _HEADER)
