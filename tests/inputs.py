"""Inputs of ffmpeg for tests that make their sounds with it."""

from __future__ import annotations

from pathlib import Path

from bobine import ffmpeg, ffmpeg_input


def made(sound: str) -> list[str]:
    """A sound that ffmpeg makes itself."""
    return ffmpeg_input.as_arguments(ffmpeg_input.of_device("lavfi"), sound)


def read(path: Path) -> list[str]:
    """A file."""
    return ffmpeg_input.as_arguments(ffmpeg_input.of_file(), ffmpeg.local_file(path))


def fed(form: str, **options: int) -> list[str]:
    """What is given on standard input."""
    return ffmpeg_input.as_arguments(ffmpeg_input.of_pipe(form, **options), "pipe:0")
