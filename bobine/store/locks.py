"""Locks between programs: the system's where the disk has them, else a file that exists while the lock is held."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock

_NO_LOCKS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL})
"""Errors of network shares and of some sticks, which have no locks."""


def hold(file: Path, timeout_s: float) -> Callable[[], object]:
    """Hold a lock; on a disk without locks, a file ``<name>.held`` beside it stands for the lock.

    Args:
        file: the lock's file; it stays.
        timeout_s: how long to wait for another holder, in seconds.

    Returns:
        What gives it back.

    Raises:
        TimeoutError: if another still holds it then.
        OSError: if it cannot be written.
    """
    from filelock import SoftFileLock, Timeout

    try:
        hard = _hard(file, timeout_s)
        hard.acquire()
    except Timeout as error:
        raise TimeoutError(str(file)) from error
    except (OSError, NotImplementedError) as error:
        if isinstance(error, OSError) and error.errno not in _NO_LOCKS:
            raise
    else:
        return hard.release
    soft = SoftFileLock(f"{file}.held", timeout=timeout_s, thread_local=False)
    try:
        soft.acquire()
    except Timeout as error:
        raise TimeoutError(str(file)) from error
    return soft.release


def _hard(file: Path, timeout_s: float) -> BaseFileLock:
    """The system's lock, without the file that stands for it elsewhere."""
    from filelock import FileLock

    return FileLock(str(file), timeout=timeout_s, thread_local=False, fallback_to_soft=False)


def has_locks(file: Path) -> bool:
    """Whether the disk of a file has locks of its own.

    Raises:
        TimeoutError: if another holds that one.
        OSError: if it cannot be written.
    """
    from filelock import Timeout

    lock = _hard(file, 0)
    try:
        lock.acquire()
    except Timeout as error:
        raise TimeoutError(str(file)) from error
    except NotImplementedError:
        return False
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return False
        raise
    lock.release()
    return True
