"""Read and write the notes on keeping an episode: ``hold.toml`` and ``recording/purged.toml``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bobine.errors import PlanError
from bobine.french import long_date, printable
from bobine.model.published.keeping import Hold, Purged, PurgedFile
from bobine.store.codec.decode import Rules
from bobine.store.codec.encode import encode
from bobine.store.files import disk_errors, locked
from bobine.store.records.derived import read_derived, safe_text, write_document
from bobine.store.rules import texts
from bobine.store.toml.write import toml_table

_HOLD_HEADER = "Écrit par « bobine garder » : tant que ce fichier est là, l'enregistrement n'est pas purgé."
_PURGED_HEADER = (
    "Écrit par « bobine purger » : ce qui a été effacé de ce dossier. Où étaient les éléments : as_run.toml."
)

_RULES = Rules(
    text=safe_text,
    fields={(PurgedFile, "file"): texts.file_name, (PurgedFile, "bytes"): texts.at_least(0)},
)

UNREADABLE = "hold.toml est illisible"
"""The reason of a hold whose file cannot be read: it holds all the same."""


def hold_path(episode_folder: Path) -> Path:
    """``hold.toml`` in an episode's folder."""
    return episode_folder / "hold.toml"


def purged_path(recording_dir: Path) -> Path:
    """``purged.toml`` in an episode's ``recording/`` folder."""
    return recording_dir / "purged.toml"


def read_hold(path: Path) -> Hold | None:
    """The hold put on an episode, or None; a file that cannot be read counts as a hold."""
    try:
        return read_derived(path, Hold, _RULES)
    except FileNotFoundError:
        return Hold(by="quelqu'un", at=_written(path), reason=UNREADABLE) if path.is_symlink() else None
    except PlanError:
        return Hold(by="quelqu'un", at=_written(path), reason=UNREADABLE)


def _written(path: Path) -> datetime:
    """The time at which a file, or what stands in its place, was last written; the first day of time where unknown."""
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def put_hold(path: Path, hold: Hold) -> Hold:
    """Put a hold on an episode; an earlier one stays as it is.

    Returns:
        The hold that is there now.

    Raises:
        WorkspaceError: if another program is writing it.
        DiskError: if the disk is full or the place cannot be written.
    """
    with locked(path):
        there = read_hold(path)
        if there is None:
            write_document(path, toml_table(encode(hold)), _HOLD_HEADER)
        return there or hold


def lift_hold(path: Path) -> Hold | None:
    """Lift the hold on an episode.

    Returns:
        The hold that was there; None where there was none.

    Raises:
        WorkspaceError: if another program is writing it.
        DiskError: if the place cannot be written.
    """
    with locked(path), disk_errors(path):
        there = read_hold(path)
        path.unlink(missing_ok=True)
        return there


def read_purged(path: Path) -> Purged | None:
    """Read the names of the files that were purged; None where none were.

    Raises:
        PlanError: if the file cannot be read as it stands.
    """
    try:
        return read_derived(path, Purged, _RULES)
    except FileNotFoundError:
        return None


def write_purged(path: Path, purged: Purged) -> None:
    """Write the names of the files that are being purged.

    Raises:
        DiskError: if the disk is full or the place cannot be written.
    """
    write_document(path, toml_table(encode(purged)), _PURGED_HEADER)


def absence(recording_dir: Path, file: str) -> str:
    """Explain, in one French sentence, why an attached recording's file is missing: purged, or lost.

    Raises:
        PlanError: if what was purged cannot be read.
    """
    purged = read_purged(purged_path(recording_dir))
    if purged is not None and purged.names(file):
        return (
            f"L'enregistrement « {printable(file)} » a été purgé le {long_date(purged.at.date())} : ce qui en a été "
            "monté et publié reste, rien de nouveau ne peut en être fait."
        )
    return f"L'enregistrement « {printable(file)} » a disparu : rattachez-le avec « bobine importer »."
