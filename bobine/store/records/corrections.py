"""Read and write ``corrections.toml``: the audit trail of an episode that is or was online."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bobine.model.published.corrections import AuditTrail, Correction, Reply
from bobine.store.codec.decode import Rules
from bobine.store.codec.encode import encode
from bobine.store.files import locked
from bobine.store.records.derived import read_derived, safe_text, write_document
from bobine.store.rules import texts
from bobine.store.toml.write import toml_table

_HEADER = (
    "Écrit par « bobine corriger », « bobine retirer » et « bobine droit-de-reponse » : ce qui a changé en ligne, "
    "quand et pourquoi. Gardez ce fichier."
)


_RULES = Rules(
    text=safe_text,
    fields={
        (Correction, "reason"): texts.one_line,
        (Correction, "destination"): texts.slug,
        (Reply, "by"): texts.one_line,
        (Reply, "text"): texts.several_lines,
    },
)


def corrections_path(episode_folder: Path) -> Path:
    """``corrections.toml`` in an episode's folder."""
    return episode_folder / "corrections.toml"


def read_corrections(path: Path) -> AuditTrail:
    """Read an episode's audit trail; an empty one where there is no file.

    Raises:
        PlanError: if the file cannot be read as it stands.
    """
    try:
        return read_derived(path, AuditTrail, _RULES)
    except FileNotFoundError:
        return AuditTrail()


def change_corrections(path: Path, change: Callable[[AuditTrail], AuditTrail]) -> AuditTrail:
    """Change an episode's audit trail: a function of its newest state, under the file's lock.

    Returns:
        The trail as it is now; where nothing changed, nothing is written.

    Raises:
        PlanError: if the file cannot be read as it stands: nothing is changed.
        WorkspaceError: if another program is writing it.
        DiskError: if the disk is full or the place cannot be written: nothing is changed.
    """
    with locked(path):
        found = read_corrections(path)
        changed = change(found)
        if changed != found:
            write_document(path, toml_table(encode(changed)), _HEADER)
    return changed
