"""``bobine conducteur --depuis-csv``: read a rundown back from a spreadsheet, once what that changes was shown."""

from __future__ import annotations

import argparse
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.places import Place, now
from bobine.errors import WorkspaceError
from bobine.french import enumerate_words
from bobine.model.episode import Episode, Item
from bobine.plan.editing.differences import differences
from bobine.plan.files.csv_reading import read_csv, with_absent
from bobine.plan.files.editing import edit_with_ideas
from bobine.plan.sheet.spreadsheet.hours import Reading, UnclearDurationsError

LARGEST = 8_000_000
"""Bytes of a spreadsheet file that is read; a rundown's has a hundred thousand."""

_TOLD = 20
"""Differences that are shown one by one."""

_NAMED = 8
"""Items that the file lacks and that are named."""


@dataclass(frozen=True, slots=True)
class Reread:
    """The result of reading a file back into a rundown.

    Attributes:
        episode: the episode as it is now.
        changes: what the file changes, in words.
        kept: the items that the file lacks, and that are kept.
        written: whether the changes were made.
    """

    episode: Episode
    changes: tuple[str, ...]
    kept: tuple[Item, ...]
    written: bool


def reread(console: Console, place: Place, options: argparse.Namespace) -> Reread:
    """Replace an episode's items by those of a file, once somebody at the terminal has seen the differences.

    What the file lacks is kept, unless ``--retirer-absents`` or somebody at the terminal says otherwise. Away from a
    terminal the differences are told and made.

    Raises:
        WorkspaceError: if the file cannot be read, or the plan was changed by others meanwhile.
        PlanError: if the file does not hold a rundown.
        UnclearDurationsError: if its durations may be hours or minutes, and nobody is there to ask.
        DiskError: if the plan cannot be written.
    """
    file: Path = options.depuis_csv
    content = file_content(file)
    seen = place.episode
    found = _read(console, place, content, options)
    absent = [item for item in seen.items if item.id not in {one.id for one in found}]
    drop = bool(absent) and _to_drop(console, absent, ask=not options.retirer_absents)
    after = replace(seen, items=found if drop else with_absent(found, seen.items))
    kept = () if drop else tuple(absent)
    changes = differences(seen, after)
    console.say(f"« {file} » : {len(found)} éléments.")
    _tell(console, changes, kept)
    written = bool(changes) and (not console.interactive or options.oui or _agreed(console, len(changes)))
    if written:
        seen = edit_with_ideas(place.workspace, place.show, seen.date, _if_unchanged(seen, after), now())
        console.say(f"Conducteur modifié : {len(seen.items)} éléments. L'état d'avant est gardé dans l'historique.")
    else:
        console.say("Rien n'a été changé." if changes else "Le conducteur est déjà ainsi : rien n'est à changer.")
    return Reread(seen, changes, kept, written)


def file_content(file: Path) -> bytes:
    """The content of a file of a reasonable size.

    Raises:
        WorkspaceError: if it cannot be read.
    """
    try:
        found = file.stat()
        if stat.S_ISDIR(found.st_mode) and file.suffix.lower() == ".numbers":
            raise WorkspaceError(
                f"« {file} » est un classeur Numbers : dans Numbers, choisissez Fichier, Exporter vers, CSV."
            )
        if not stat.S_ISREG(found.st_mode):
            raise WorkspaceError(f"« {file} » n'est pas un fichier : donnez un fichier CSV ou .xlsx.")
        if found.st_size > LARGEST:
            raise WorkspaceError(
                f"« {file} » est trop gros pour un conducteur ({found.st_size // 1_000_000} Mo ; "
                f"{LARGEST // 1_000_000} Mo au plus) : est-ce le bon fichier ?"
            )
        with file.open("rb") as stream:
            return stream.read(LARGEST)
    except (OSError, ValueError) as error:
        reason = (
            "il n'existe pas" if isinstance(error, FileNotFoundError) else "l'accès est refusé, ou le disque échoue"
        )
        raise WorkspaceError(f"« {file} » ne peut pas être lu : {reason}.") from error


def _read(console: Console, place: Place, content: bytes, options: argparse.Namespace) -> tuple[Item, ...]:
    """The file's items; somebody at the terminal is asked what its durations mean, where that may be doubted."""
    start, end = place.show.slot.bounds(place.episode.date)

    def read(reading: Reading | None) -> tuple[Item, ...]:
        return read_csv(
            content,
            str(options.depuis_csv),
            place.episode.people,
            [chronique.id for chronique in place.show.chroniques],
            place.episode.items,
            slot=end.astimezone(UTC) - start.astimezone(UTC),
            reading=reading,
        )

    try:
        return read(Reading(options.durees) if options.durees else None)
    except UnclearDurationsError as error:
        if not console.interactive:
            raise
        answer = console.ask(f"{error.question} Écrivez « minutes » ou « heures ».")
        chosen = next((one for one in Reading if answer and one.value.startswith(answer.casefold())), None)
        if chosen is None:
            raise
        return read(chosen)


def _to_drop(console: Console, absent: Sequence[Item], *, ask: bool) -> bool:
    if not ask:
        return True
    if not console.interactive:
        return False
    titles = enumerate_words([f"« {item.title} »" for item in absent[:_NAMED]])
    more = f" (et {len(absent) - _NAMED} de plus)" if len(absent) > _NAMED else ""
    if len(absent) == 1:
        return console.agreed(f"Un élément du conducteur n'est pas dans ce fichier : {titles}. L'enlever ?")
    said = f"{len(absent)} éléments du conducteur ne sont pas dans ce fichier"
    return console.agreed(f"{said} : {titles}{more}. Les enlever ?")


def _tell(console: Console, changes: Sequence[str], kept: Sequence[Item]) -> None:
    for phrase in changes[:_TOLD]:
        console.say(f"  {phrase}")
    if len(changes) > _TOLD:
        console.say(f"  … et {len(changes) - _TOLD} de plus")
    if kept:
        titles = enumerate_words([f"« {item.title} »" for item in kept[:_NAMED]])
        more = f" (et {len(kept) - _NAMED} de plus)" if len(kept) > _NAMED else ""
        said = "pas dans ce fichier, gardé" if len(kept) == 1 else "pas dans ce fichier, gardés"
        console.warn(f"{said} : {titles}{more}. Pour enlever ce qui n'y est pas : --retirer-absents.")


def _agreed(console: Console, count: int) -> bool:
    return console.agreed("Faire ce changement ?" if count == 1 else f"Faire ces {count} changements ?")


def _if_unchanged(seen: Episode, after: Episode) -> Callable[[Episode], Episode]:
    """The change that was shown, if the plan is still the one that it was shown for."""

    def change(newest: Episode) -> Episode:
        if newest != seen:
            raise WorkspaceError(
                "Quelqu'un d'autre vient de modifier ce conducteur : rien n'a été changé, recommencez."
            )
        return after

    return change
