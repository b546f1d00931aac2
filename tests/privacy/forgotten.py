"""A removal of the person who is named everywhere, and two instants for it: while the law keeps some, and past that."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bobine.evening.privacy.forgetting import begin, carry_out
from bobine.store.workspace import open_workspace

LATER = datetime(2027, 3, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))
SOON = datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))


def forget(root: Path, now: datetime = LATER, spared: tuple[str, ...] = ()) -> str:
    workspace = open_workspace(root)
    intention = begin(workspace, ["loïc chastel"], "à sa demande", spared, now)
    done = carry_out(workspace, intention, now)
    assert done.is_whole
    return str(done.pseudonym)
