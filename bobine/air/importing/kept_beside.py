"""The sounds that lie in ``recording/`` beside those in use: nothing but a purge removes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bobine.model.aired.as_run import Recording
from bobine.store.opening import is_regular, listed


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A sound that lies in ``recording/`` and is not used: its name there, and its size in bytes."""

    file: str
    bytes: int


def kept_beside(recording_dir: Path, recording: Recording) -> tuple[KeptFile, ...]:
    """The sounds of a ``recording/`` folder that a recording does not use, in order of names."""
    used = {part.file for part in recording.parts}
    found = [path for path in listed(recording_dir) if path.suffix != ".toml" and path.name[0] != "."]
    return tuple(
        KeptFile(path.name, path.stat().st_size)
        for path in found
        if path.name not in used and not path.is_symlink() and is_regular(path)
    )
