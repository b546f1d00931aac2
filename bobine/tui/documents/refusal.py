"""Refused writes: which of them the disk may accept later."""

from __future__ import annotations

import errno

from bobine.errors import BusyError, DiskError

_FOR_GOOD = (errno.EACCES, errno.EPERM, errno.EROFS)


def may_pass(error: Exception) -> bool:
    """Whether a refused write may be accepted later: a lock, a full or missing disk; a missing right to write stays."""
    if not isinstance(error, BusyError | DiskError | OSError):
        return False
    cause = error if isinstance(error, OSError) else error.__cause__
    return not (isinstance(cause, OSError) and cause.errno in _FOR_GOOD)
