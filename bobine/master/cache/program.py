"""The program as a cache knows it: another way of working must not be answered with what the old one made."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

import bobine
from bobine import ffmpeg

_ROOMS = ("master", "sound")


@functools.cache
def program() -> str:
    """A digest that changes with the version, and with the code that masters and reads sound."""
    digest = hashlib.sha256(bobine.__version__.encode())
    home = Path(bobine.__file__).parent
    for path in sorted(path for room in _ROOMS for path in (home / room).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def makers() -> str:
    """A text that changes with the program and with the ffmpeg that it uses.

    Raises:
        ToolError: if there is no ffmpeg.
    """
    tool = ffmpeg.find()
    return f"{program()} {tool.origin} {tool.version}"
