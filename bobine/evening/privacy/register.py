"""``oublis.toml``: which removals were made, by pseudonym and day; it says nothing of who it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bobine.evening.privacy.places import FORGOTTEN_FILE
from bobine.store.codec.decode import Rules
from bobine.store.codec.encode import encode
from bobine.store.files import locked
from bobine.store.records.derived import read_derived, safe_text, write_document
from bobine.store.toml.write import toml_table

_HEADER = (
    "Écrit par « bobine personne --oublier » : sous quel pseudonyme, quel jour, et ce qui reste à oublier plus tard. "
    "Aucun nom n'est écrit ici."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """A place that still names the person, because the law or somebody keeps it.

    Attributes:
        place: where.
        why: the reason, in French.
        until: the first day on which it need not be kept any more; None where no date ends it.
    """

    place: str
    why: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """A removal that was made.

    Attributes:
        pseudonym: what stands in the place of the name.
        at: the day.
        reason: why, one line.
        files: how many files were changed.
        remaining: what still names the person.
    """

    pseudonym: str
    at: date
    reason: str
    files: int
    remaining: tuple[Remaining, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All removals, the oldest first."""

    forgotten: tuple[Forgotten, ...] = ()


def register_path(root: Path) -> Path:
    """``oublis.toml`` at the top of the workspace."""
    return root / FORGOTTEN_FILE


def read_register(root: Path) -> Register:
    """The removals made in a workspace; none where there is no file.

    Raises:
        PlanError: if the file cannot be read as it stands.
    """
    try:
        return read_derived(register_path(root), Register, Rules(text=safe_text))
    except FileNotFoundError:
        return Register()


def note_forgotten(root: Path, done: Forgotten) -> None:
    """Note a removal; one under a pseudonym that is noted already takes its place, and adds to its count.

    Raises:
        PlanError: if the register cannot be read as it stands.
        DiskError: if the disk is full or the place cannot be written.
    """
    with locked(register_path(root)):
        known = read_register(root).forgotten
        before = [one for one in known if one.pseudonym == done.pseudonym]
        counted = replace(done, files=done.files + sum(one.files for one in before))
        rows = (*(one for one in known if one.pseudonym != done.pseudonym), counted)
        write_document(register_path(root), toml_table(encode(Register(forgotten=rows))), _HEADER)


def same_person(register: Register, places: frozenset[str]) -> Forgotten | None:
    """The removal of which these places, and no others, still name the person: it is gone on with."""
    fitting = [one for one in register.forgotten if places and places <= {left.place for left in one.remaining}]
    return fitting[0] if len(fitting) == 1 else None
