"""Where a recording was begun: only there is it taken up again without anybody asking.

A folder that was copied to another computer, or put back from a backup, holds the order of a recording too. What says
that it is this computer's stands outside of it, and goes with the order.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from bobine.errors import BobineError
from bobine.store.files import atomic_write
from bobine.store.local_state import state_folder

_MOST_BYTES = 8192


def claim(run: str, recording: Path) -> None:
    """Note that a recording was begun here; a home that cannot be written is no reason not to record.

    Args:
        run: what names the order.
        recording: its ``recording/`` folder, absolute.
    """
    with contextlib.suppress(OSError, BobineError):
        atomic_write(_note(run), os.fsencode(recording))


def is_ours(run: str, recording: Path) -> bool:
    """Whether a recording was begun on this computer, in this very folder."""
    with contextlib.suppress(OSError), _note(run).open("rb") as stream:
        return stream.read(_MOST_BYTES) == os.fsencode(recording)
    return False


def disclaim(run: str) -> None:
    """Forget a recording that was stopped: nothing is to continue it."""
    with contextlib.suppress(OSError):
        _note(run).unlink(missing_ok=True)


def _note(run: str) -> Path:
    plain = run if run.isalnum() else "none"
    return state_folder() / "recordings" / plain
