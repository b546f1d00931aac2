"""Faults of a journal, for the check of a workspace and for the as-run rundown."""

from __future__ import annotations

from pathlib import Path

from bobine.air.live.journal import Journal
from bobine.air.live.state.session import fold
from bobine.errors import BobineError
from bobine.french import enumerate_words

_MOST_LISTED = 8


def journal_fault(path: Path, name: str) -> str:
    """One French sentence on the lines of a journal that are left out, or on why it cannot be read; empty for none.

    Args:
        path: the journal; it need not exist.
        name: what people know it by.
    """
    journal = Journal(path)
    try:
        session = fold(journal.read())
    except BobineError as error:
        return str(error)
    lines = journal.left_out
    if lines:
        listed = [str(line) for line in lines[:_MOST_LISTED]]
        more = f" et {len(lines) - _MOST_LISTED} de plus" if len(lines) > _MOST_LISTED else ""
        which = f"ligne {listed[0]}" if len(lines) == 1 else f"lignes {enumerate_words(listed)}{more}"
        many = len(lines) > 1
        return f"{name}, {which} : illisible{'s' * many}, laissée{'s' * many} de côté."
    if session.left_out:
        return (
            f"{name} : {session.left_out} événement{'s' * (session.left_out > 1)} sans suite possible, laissé de côté."
        )
    return ""
