"""The files of a recording, found in its folder."""

from __future__ import annotations

from pathlib import Path

from bobine.model.aired.as_run import Recording
from bobine.sound.joining import FileSpan
from bobine.store.sounds import find_file


def pieces_of(recording: Recording, recording_dir: Path) -> tuple[FileSpan, ...]:
    """The files of a recording with their positions in it, in order of time; they need not exist."""
    return tuple(FileSpan(find_file(recording_dir, part.file), part.start, part.samples) for part in recording.parts)
