"""What a refused write is: a disk that may take it later, or no."""

from __future__ import annotations

import errno

from bobine.errors import BusyError, DiskError

_FOR_GOOD = (errno.EACCES, errno.EPERM, errno.EROFS)


def may_pass(error: Exception) -> bool:
    """Whether what refused a write may take it later: a lock, a disk that is full or away; no right to write stays."""
    if not isinstance(error, BusyError | DiskError | OSError):
        return False
    cause = error if isinstance(error, OSError) else error.__cause__
    return not (isinstance(cause, OSError) and cause.errno in _FOR_GOOD)
