"""Find the ffmpeg to use; each is asked for its version once, and known again as long as its file stays the same."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from bobine.children import ask
from bobine.errors import ToolError

OLDEST = (5, 1)
"""The oldest version that will do: alimiter's delay compensation came with it."""

_PATIENCE_S = 20
_MOST_KNOWN = 8
_LARGEST_KNOWN = 10_000
_NOTED = re.compile(r"^([0-9a-f]{64}) ([!-~]{1,200})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tool:
    """An ffmpeg: its path, its version as it states it, and whether it is the system's or the Python wheel's."""

    path: str
    version: str
    origin: str


@functools.cache
def find() -> Tool:
    """The ffmpeg to use: ``BOBINE_FFMPEG`` where it is set, the system's if it is recent enough, else the wheel's.

    Raises:
        ToolError: if there is none.
    """
    forced = os.environ.get("BOBINE_FFMPEG")
    if forced:
        tool = _described(forced, "BOBINE_FFMPEG")
        if tool is None:
            raise ToolError(f"BOBINE_FFMPEG désigne « {forced} », qui n'est pas un ffmpeg utilisable.")
        return tool
    system = shutil.which("ffmpeg")
    tool = _described(system, "système") if system else None
    if tool is not None and is_recent(tool.version):
        return tool
    with contextlib.suppress(ImportError, RuntimeError):
        import imageio_ffmpeg

        bundled = _described(imageio_ffmpeg.get_ffmpeg_exe(), "imageio-ffmpeg")
        if bundled is not None:
            return bundled
    raise ToolError("ffmpeg est introuvable : installez-le (paquet « ffmpeg »), ou le paquet Python imageio-ffmpeg.")


def is_recent(version: str) -> bool:
    """Whether a version string is at least ``OLDEST``; a build from the development tree counts as recent."""
    found = re.match(r"n?(\d+)\.(\d+)", version)
    return found is None or (int(found[1]), int(found[2])) >= OLDEST


def _described(path: str, origin: str) -> Tool | None:
    known = _known()
    state = _state(path)
    if state is not None and state in known:
        return Tool(path, known[state], origin)
    found = re.match(r"ffmpeg version (\S+)", ask([path, "-version"], _PATIENCE_S) or "")
    if found is None:
        return None
    if state is not None:
        _note({**dict(list(known.items())[1 - _MOST_KNOWN :]), state: found[1]})
    return Tool(path, found[1], origin)


def _state(path: str) -> str | None:
    """A digest of what tells a program from another: path, which file it is, its size and its instant of change."""
    try:
        found = Path(path).resolve(strict=True)
        state = found.stat()
    except (OSError, RuntimeError):
        return None
    parts = (path, str(found), state.st_size, state.st_mtime_ns, state.st_ctime_ns)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _known_file() -> Path:
    from platformdirs import user_cache_path

    chosen = os.environ.get("BOBINE_STATE")
    return (Path(chosen) if chosen else user_cache_path("bobine", appauthor=False)) / "ffmpeg.txt"


def _known() -> dict[str, str]:
    """The versions noted, by the program's state, one a line; none where they cannot be read."""
    try:
        with _known_file().open("rb") as stream:
            text = stream.read(_LARGEST_KNOWN).decode("ascii", "replace")
    except OSError:
        return {}
    return {found[1]: found[2] for found in _NOTED.finditer(text)}


def _note(known: dict[str, str]) -> None:
    """Note versions; where that cannot be written, the next program asks again."""
    with contextlib.suppress(OSError):
        file = _known_file()
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f".{file.name}.{secrets.token_hex(6)}.tmp")
        try:
            lines = "".join(f"{state} {version}\n" for state, version in known.items())
            temporary.write_text(lines, encoding="ascii", errors="replace")
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
