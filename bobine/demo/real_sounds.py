"""The user's own sounds in the place of synthesised ones: a folder of speech, with one of music in it."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import ffmpeg as graph

from bobine import ffmpeg
from bobine.demo.studio import RATE, Take
from bobine.errors import SoundError
from bobine.french import printable, sort_key

SUFFIXES = frozenset(
    {".aac", ".aif", ".aiff", ".flac", ".m4a", ".mka", ".mp2", ".mp3", ".oga", ".ogg", ".opus", ".wav", ".wma"}
)
"""Files that are taken for sounds."""

_MUSIC_FOLDERS = ("musique", "music")


class SoundFolder:
    """The sounds found under a folder, in an order that a seed decides, each used before one is used again."""

    def __init__(self, folder: Path, seed: str) -> None:
        """Look for sounds, in sub-folders too.

        Raises:
            SoundError: if the folder is missing or holds no sound.
        """
        if not folder.is_dir():
            raise SoundError(f"« {printable(str(folder))} » n'est pas un dossier : donnez celui qui contient vos sons.")
        found = sorted(path for path in folder.rglob("*") if _is_sound(path))
        if not found:
            raise SoundError(f"« {printable(str(folder))} » ne contient aucun fichier son (MP3, WAV, FLAC, Ogg…).")
        random.Random(seed).shuffle(found)  # noqa: S311 - an order, not a secret
        self._music = [path for path in found if _is_music(path.relative_to(folder))]
        self._speech = [path for path in found if not _is_music(path.relative_to(folder))]

    def has(self, *, music: bool) -> bool:
        """Whether there is music, or speech."""
        return bool(self._music if music else self._speech)

    def play(self, seconds: float, *, music: bool, cancel: threading.Event | None = None) -> Take:
        """So many seconds of music, or of speech: one file after another, the first one again after the last.

        Raises:
            Interrupted: if ``cancel`` was set.
            SoundError: if a file cannot be decoded, or none holds any sound.
        """
        files = self._music if music else self._speech
        wanted = 4 * round(seconds * RATE)
        pcm = b""
        for _ in range(len(files)):
            pcm += _decode(files[0], (wanted - len(pcm)) / (4 * RATE), cancel)
            files.append(files.pop(0))
            if len(pcm) >= wanted:
                break
        if not pcm:
            raise SoundError("Aucun des fichiers donnés ne contient de son.")
        pcm = (pcm * (wanted // len(pcm) + 1))[:wanted]
        return Take(pcm, RATE, 2)


def _is_sound(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def _is_music(path: Path) -> bool:
    return any(word in sort_key(part) for part in path.parts[:-1] for word in _MUSIC_FOLDERS)


def _decode(path: Path, seconds: float, cancel: threading.Event | None) -> bytes:
    source = ffmpeg.read_file(path)
    output = source.output("pipe:1", f="s16le", acodec="pcm_s16le", ar=RATE, ac=2, t=f"{seconds:.6f}")
    try:
        return ffmpeg.run(graph.get_args(output), cancel=cancel).output
    except ffmpeg.FfmpegError as error:
        raise SoundError(f"« {printable(path.name)} » n'est pas un fichier son que l'on sait lire.") from error
