"""Stretches of files that an SFTP server copies by itself: the extension ``copy-data`` of OpenSSH and others."""

from __future__ import annotations

from typing import Any

from paramiko.sftp import CMD_EXTENDED, int64


def copy_data(sftp: Any, source: str, start: int, count: int, target: str, at: int) -> bool:
    """Copy a stretch of a file into another one; False where the server does not know how.

    Args:
        sftp: an open session of paramiko.
        source: the file that is read.
        start: first byte of the stretch.
        count: number of bytes; 0 is none, though the extension takes it for all.
        target: the file that is written, which is there.
        at: where in it.

    Raises:
        OSError: if a file is not there, or the line is cut.
    """
    if not count:
        return True
    with sftp.open(source, "r") as reading, sftp.open(target, "r+") as writing:
        places = (reading.handle, int64(start), int64(count), writing.handle, int64(at))
        try:
            sftp._request(CMD_EXTENDED, "copy-data", *places)  # paramiko has no method for it
        except OSError as error:
            if error.errno is not None:
                raise
            return False  # what it does not know, paramiko tells without a number
    return True
