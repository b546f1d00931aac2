"""The program and the tools that decide the bytes of a master, by their versions: workers must have the same."""

from __future__ import annotations

import functools
import hashlib
import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import bobine
from bobine import ffmpeg

_LIBRARIES = ("numpy", "mutagen", "pillow", "fonttools", "font-hanken-grotesk", "manimgx-fonts")
"""What works on samples, writes tags and draws covers."""


@functools.cache
def makers() -> Mapping[str, str]:
    """What masters are made with here: its name, and its version, for each.

    Raises:
        ToolError: if there is no ffmpeg.
    """
    code = hashlib.sha256()
    for path in sorted(Path(bobine.__file__).parent.rglob("*.py")):
        code.update(path.read_bytes())
    tool = ffmpeg.find()
    return {
        "bobine": f"{bobine.__version__} (code {code.hexdigest()[:10]})",
        "ffmpeg": f"{tool.version} ({tool.origin})",
        "un processeur": platform.machine(),
        **{name: _version(name) for name in _LIBRARIES},
    }


def makers_print(versions: Mapping[str, str]) -> str:
    """A digest of versions: equal where all of them are, 64 hexadecimal digits."""
    return hashlib.sha256(repr(sorted(versions.items())).encode()).hexdigest()


def other_versions(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """French words for what another machine has in other versions than this one; empty if nothing."""
    return ", ".join(
        f"{name} {there.get(name, 'absent')} au lieu de {version}"
        for name, version in here.items()
        if there.get(name) != version
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"
