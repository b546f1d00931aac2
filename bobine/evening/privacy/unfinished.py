"""Removals of somebody that were begun and not ended, and names that nothing keeps any more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bobine.evening.privacy.register import read_register
from bobine.evening.privacy.staging import read_intention
from bobine.french import long_date


def unfinished(root: Path, today: date) -> tuple[str, ...]:
    """A French sentence for each removal that is to be ended, with how; nobody is named.

    Args:
        root: of the workspace.
        today: the day it is.

    Raises:
        WorkspaceError: if the note of a removal that is under way cannot be read.
        PlanError: if the register cannot be read as it stands.
    """
    found = []
    begun = read_intention(root)
    if begun is not None:
        found.append(
            f"un oubli commencé le {long_date(begun.begun.date())} n'est pas fini : "
            f'« bobine personne "{begun.pseudonym}" » le termine, quel que soit le nom écrit.'
        )
    for done in read_register(root).forgotten:
        for left in done.remaining:
            due = left.until is not None and left.until <= today
            if due and (root / left.place).exists():
                found.append(
                    f"« {left.place} » nomme encore qui est devenu « {done.pseudonym} », et rien ne le fait plus "
                    "garder : « bobine purger », ou « bobine personne NOM --oublier » une fois encore."
                )
    return tuple(found)
