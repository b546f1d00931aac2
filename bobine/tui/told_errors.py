"""Errors that the screens survive: each is told in a sentence, once; unforeseen ones are reported."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from bobine.errors import BobineError
from bobine.store.reports import unforeseen_sentence, write_report
from bobine.store.stray_files import strays


def found_strays(root: Path) -> tuple[str, ...]:
    """What stands wrongly in a workspace; nothing where it cannot be read, which the screens say themselves."""
    try:
        return strays(root)
    except (OSError, BobineError):
        return ()


class ToldErrors:
    """A memory of the errors already shown, so that one that returns at each tick is shown once."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def is_new(self, what: str) -> bool:
        """Whether something is asked about for the first time."""
        new = what not in self._told
        self._told.add(what)
        return new

    def sentence(self, error: BaseException) -> str:
        """French sentences for an error; empty for one that nobody foresaw and that was reported already."""
        if isinstance(error, BobineError):
            return str(error)
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place is not None else ""
        if not self.is_new(f"{type(error)}:{where}"):
            return ""
        return unforeseen_sentence(error, write_report(error, "écrans", datetime.now().astimezone(), os.environ))
