"""A WAV file that grows: whoever opens it at any instant can read it, and a crash loses nothing that was written.

16-bit little-endian samples. The header counts what is already on the disk; beyond 4 GiB it turns into RF64 in its
place. When such a file is opened again the bytes on the disk are believed, not the header.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from bobine.air.live.own_files import open_own
from bobine.errors import SoundError
from bobine.store.opening import UnusableFileError

HEADER_SIZE = 80
"""Bytes before the first sample: RIFF 12, JUNK or ds64 36, fmt 24, data 8."""

SAMPLE_BYTES = 2
_LONGEST_RIFF = 0xFFFFFFFF
_EMPTY_DS64 = bytes(28)


def header(rate: int, channels: int, samples: int) -> bytes:
    """The header of a file.

    Args:
        rate: Hz.
        channels: how many.
        samples: per channel.
    """
    frame = channels * SAMPLE_BYTES
    data = samples * frame
    riff = HEADER_SIZE - 8 + data
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, channels, rate, rate * frame, frame, 8 * SAMPLE_BYTES)
    if riff <= _LONGEST_RIFF:
        start = b"RIFF" + struct.pack("<I", riff) + b"WAVE" + b"JUNK" + struct.pack("<I", 28) + _EMPTY_DS64
        return start + form + b"data" + struct.pack("<I", data)
    sizes = struct.pack("<QQQI", riff, data, samples, 0)
    start = b"RF64" + struct.pack("<I", _LONGEST_RIFF) + b"WAVE" + b"ds64" + struct.pack("<I", 28) + sizes
    return start + form + b"data" + struct.pack("<I", _LONGEST_RIFF)


def layout(path: Path) -> tuple[int, int, int] | None:
    """Rate, channels and samples per channel of a file that this module wrote; None for any other file.

    The samples are counted from the file's size. A file whose header was never written is another file.
    """
    try:
        with os.fdopen(open_own(path, os.O_RDONLY), "rb") as stream:
            start = stream.read(HEADER_SIZE)
            size = os.fstat(stream.fileno()).st_size
    except (FileNotFoundError, UnusableFileError):
        return None
    if len(start) < HEADER_SIZE or start[:4] not in (b"RIFF", b"RF64") or start[48:52] != b"fmt ":
        return None
    _, coding, channels, rate, _, frame, bits = struct.unpack("<IHHIIHH", start[52:72])
    if (coding, bits, frame) != (1, 8 * SAMPLE_BYTES, channels * SAMPLE_BYTES) or start[72:76] != b"data" or not frame:
        return None
    return rate, channels, (size - HEADER_SIZE) // frame


def synced(path: Path) -> tuple[int, int, int] | None:
    """Rate, channels and samples per channel that are on the disk for good, of a file that grows; None for any other.

    The samples are those that its header counts.
    """
    found = layout(path)
    if found is None:
        return None
    with os.fdopen(open_own(path, os.O_RDONLY), "rb") as stream:
        start = stream.read(HEADER_SIZE)
    rate, channels, there = found
    counted = struct.unpack("<Q", start[28:36])[0] if start[:4] == b"RF64" else struct.unpack("<I", start[76:80])[0]
    return rate, channels, min(there, counted // (channels * SAMPLE_BYTES))


class GrowingWav:
    """A file that is appended to; not for several threads at once.

    Attributes:
        path: the file.
        rate: Hz.
        channels: how many.
        samples: per channel, written so far.
    """

    def __init__(self, path: Path, rate: int, channels: int) -> None:
        """Make the file, or open one that this module wrote, to go on at its end.

        Raises:
            SoundError: if the file exists and is not such a file, of this rate and channels.
            UnusableFileError: if something else stands in its place, such as a link.
            OSError: if the disk refuses.
        """
        self.path, self.rate, self.channels = path, rate, channels
        self._frame = channels * SAMPLE_BYTES
        self._handle = open_own(path, os.O_RDWR | os.O_CREAT)
        try:
            if os.fstat(self._handle).st_size < HEADER_SIZE:
                os.ftruncate(self._handle, 0)
                self._write_header(0)
                os.fsync(self._handle)
            found = layout(path)
            if found is None or found[:2] != (rate, channels):
                raise SoundError(f"« {path.name} » n'est pas un enregistrement que l'on peut continuer.")
            self.samples = found[2]
            self._trim()
        except BaseException:
            os.close(self._handle)
            raise

    def append(self, sound: bytes) -> None:
        """Add whole frames; after an ``OSError`` the file holds as many of them as found room.

        Raises:
            OSError: if the disk refuses.
        """
        try:
            left = memoryview(sound)
            while left:
                left = left[os.write(self._handle, left) :]
        except OSError:
            self._trim()
            raise
        self.samples += len(sound) // self._frame

    def pad(self, samples: int) -> None:
        """Add silence up to a length, in samples per channel; takes no room where the file system allows holes.

        Raises:
            OSError: if the disk refuses.
        """
        if samples > self.samples:
            end = HEADER_SIZE + samples * self._frame
            os.ftruncate(self._handle, end)
            os.lseek(self._handle, end, os.SEEK_SET)
            self.samples = samples

    def sync(self) -> None:
        """Bring to the disk what was written, then let the header count it.

        Raises:
            OSError: if the disk refuses.
        """
        counted = self.samples
        os.fsync(self._handle)
        self._write_header(counted)

    def close(self) -> None:
        """Sync for good and close; the file is closed even where the disk refuses.

        Raises:
            OSError: if the disk refuses.
        """
        try:
            self.sync()
            os.fsync(self._handle)
        finally:
            os.close(self._handle)

    def _write_header(self, samples: int) -> None:
        place = os.lseek(self._handle, 0, os.SEEK_CUR)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, header(self.rate, self.channels, samples))
        os.lseek(self._handle, max(place, HEADER_SIZE), os.SEEK_SET)

    def _trim(self) -> None:
        """Leave only whole frames, and stand at their end."""
        size = os.fstat(self._handle).st_size
        self.samples = max(0, size - HEADER_SIZE) // self._frame
        end = HEADER_SIZE + self.samples * self._frame
        if size != end:
            os.ftruncate(self._handle, end)
        os.lseek(self._handle, end, os.SEEK_SET)
