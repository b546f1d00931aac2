"""``python -m bobine.evening.ahead ROOT SHOW DAY JOURNAL RECORDING MASTER [EPISODE]``: master a show that is on air."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

BUSY = 3
"""Exit code where another process does it already."""

_NICENESS = 19
_LOCK_WAIT_S = 2.0


def main(arguments: list[str]) -> int:
    """Work until nothing is left to do; gives the exit code."""
    os.nice(_NICENESS)  # before anything is loaded
    for name in ("SIGHUP", "SIGINT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    from bobine.evening.ahead.folder import AheadFolder
    from bobine.store.locks import hold

    root, slug, day, journal, recording, master, *edited = arguments
    try:
        release = hold(AheadFolder(Path(master)).lock, _LOCK_WAIT_S)
    except TimeoutError:
        return BUSY
    from bobine.evening.ahead.worker import Task, Worker
    from bobine.master.work import limit_cores
    from bobine.store.workspace import day_of_folder

    limit_cores(1)
    found = day_of_folder(day)
    if found is None:
        raise ValueError(day)
    task = Task(
        root=Path(root),
        slug=slug,
        day=found,
        journal=Path(journal),
        recording=Path(recording),
        master=Path(master),
        edited=Path(edited[0]) if edited else None,
    )
    try:
        Worker(task).run()
    finally:
        release()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
