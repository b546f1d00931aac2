"""Whether a recorder lives: by what the system says of its process, whatever locks and files say."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

_PROCESSES = Path("/proc")
_STATE, _STARTED = 0, 19
_DEAD = ("Z", "X", "x")
_MODULE = b"bobine.air.recorder"


def knows_processes() -> bool:
    """Whether this system tells of its processes; where it does not, only what a recorder says is believed."""
    return (_PROCESSES / "self" / "stat").exists()


def birth(pid: int) -> str:
    """A mark that tells a process from any other with its number, in one run of the computer; empty for none.

    One that has ended and was not taken note of yet is none.
    """
    try:
        fields = (
            (_PROCESSES / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        )
        return "" if fields[_STATE] in _DEAD else fields[_STARTED]
    except (OSError, IndexError):
        return ""


def is_recorder(pid: int, born: str, recording: Path) -> bool:
    """Whether a process is the recorder of a folder, and that very one.

    Args:
        pid: its number.
        born: what ``birth`` said of it then.
        recording: its ``recording/`` folder, absolute.
    """
    if pid <= 1 or not born or birth(pid) != born:
        return False
    try:
        words = (_PROCESSES / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return any(_MODULE in word for word in words) and os.fsencode(recording) in words


def end(pid: int, born: str, recording: Path) -> bool:
    """Kill a recorder that no longer answers, and it alone: it writes nothing more, even where it was only frozen.

    Args:
        pid: its number.
        born: what ``birth`` said of it then.
        recording: its ``recording/`` folder, absolute.

    Returns:
        Whether it was killed.
    """
    if not is_recorder(pid, born, recording):
        return False
    handle = None
    with contextlib.suppress(OSError, AttributeError):
        handle = os.pidfd_open(pid)
    try:
        # the number may be another process's by now: with the handle in hand, it is looked at again
        if not is_recorder(pid, born, recording):
            return False
        with contextlib.suppress(OSError):
            if handle is None:
                os.kill(pid, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(handle, signal.SIGKILL)
            return True
        return False
    finally:
        if handle is not None:
            os.close(handle)
