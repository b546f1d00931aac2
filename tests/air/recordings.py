"""An episode of three items, and tones to import as its recording."""

from __future__ import annotations

import functools
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ffmpeg as graph

from bobine import ffmpeg
from bobine.model.episode import Episode, Item, ItemKind

SECONDS = (2, 3, 1)
TITLES = ("Générique", "Accueil", "Fin")
EPISODE = Episode(
    show="demo",
    date=date(2026, 11, 26),
    season=1,
    number=1,
    title="Essai",
    items=tuple(
        Item(id=f"i{number}", title=title, kind=ItemKind.TALK, duration=timedelta(seconds=seconds))
        for number, (title, seconds) in enumerate(zip(TITLES, SECONDS, strict=True))
    ),
)


def tone(path: Path, seconds: float = 7, source: str = "sine=f=440", **output: Any) -> Path:
    path.write_bytes(_toned(path.suffix, seconds, source, tuple(output.items())))
    return path


@functools.cache
def _toned(suffix: str, seconds: float, source: str, output: tuple[tuple[str, Any], ...]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"tone{suffix}")
        made = ffmpeg.read_source(f"{source}:d={seconds}" if seconds else source)
        ffmpeg.run(graph.get_args(made.output(ffmpeg.local_file(path), **dict(output))))
        return path.read_bytes()


def recording_folder(root: Path) -> Path:
    """Where the recording of the episode is attached: the folder is not there yet."""
    episode = root / "episodes" / "demo" / "2026-11-26"
    episode.mkdir(parents=True)
    return episode / "recording"


def show_sound(root: Path) -> Path:
    """A file to import, a second longer than the show."""
    return tone(root / "show.wav", ar=48_000, ac=2)
