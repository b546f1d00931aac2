"""Bringing the files of an episode from its old host to the destination: fetched, looked into, sent, noted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from bobine.errors import PublishError
from bobine.model.published.release import StoredFile
from bobine.publish.build import stored_file
from bobine.publish.chapters import chapters_json
from bobine.publish.check.asking import UnreachableError
from bobine.publish.cover.images import jpeg
from bobine.publish.destinations.store import Listed, Store
from bobine.publish.moving.chapters import chapters_in, marks_of
from bobine.publish.moving.fetching import FileFetcher, TooLargeError
from bobine.publish.moving.journal import Taken, TakeOverJournal
from bobine.publish.moving.reading import notes
from bobine.publish.moving.reading.source import SourceFile, SourceItem, stable
from bobine.publish.moving.sounds import look
from bobine.publish.outgoing.sending import send_missing, verify_sent
from bobine.store.files import atomic_write, disk_errors

MOST_SOUND_BYTES = 8 << 30
"""Largest audio file that is taken over."""

MOST_IMAGE_BYTES = 32 << 20
"""Largest cover."""

MOST_TEXT_BYTES = 16 << 20
"""Largest file of chapters or transcript."""

_MOST_SIDE = 12_000
_TRANSCRIPTS = {
    "text/vtt": "vtt",
    "application/x-subrip": "srt",
    "application/srt": "srt",
    "text/srt": "srt",
    "text/html": "html",
    "text/plain": "txt",
    "application/json": "json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The files of an episode at the destination.

    Attributes:
        sounds: its audio, the main one first.
        image: its own cover; None where it has none that can be used.
        chapters: its chapters; None for none.
        marks: the same, in milliseconds, with their titles.
        transcripts: its transcripts.
    """

    sounds: tuple[Taken, ...]
    image: StoredFile | None = None
    chapters: StoredFile | None = None
    marks: tuple[tuple[int, str], ...] = ()
    transcripts: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fit:
    """A file that is what it should be: the suffix of its name; for sound its length and bit rate."""

    suffix: str
    duration_s: float = 0.0
    kbps: int = 0


class NotSoundError(PublishError):
    """A file that is no audio file."""


class Gatherer:
    """A gatherer of the files of one show.

    Args:
        store: the destination.
        slug: the show's.
        listing: what is there.
        fetcher: fetches files into a folder of this take-over.
        folder: that folder.
        journal: what is done.
        say: told what cannot be kept, in French.
    """

    def __init__(
        self,
        store: Store,
        slug: str,
        listing: Mapping[str, Listed],
        fetcher: FileFetcher,
        folder: Path,
        journal: TakeOverJournal,
        say: Callable[[str], None],
    ) -> None:
        self._store = store
        self._slug = slug
        self._there = {key: entry.bytes for key, entry in listing.items()}
        self._fetcher = fetcher
        self._folder = folder
        self._journal = journal
        self._say = say

    def episode(self, item: SourceItem, day: str) -> Gathered:
        """The files of one episode.

        Args:
            item: the episode.
            day: its name in keys.

        Raises:
            UnreachableError: if its sound cannot be had for now.
            NotSoundError: if it is no sound.
            PublishError: if the destination fails.
        """
        stem = f"audio/{self._slug}-{day}"
        main = self._taken(item.sound, stem, MOST_SOUND_BYTES, partial(_sound, item.sound))
        if main is None:
            raise NotSoundError("ce que donne l'adresse de son son n'en est pas un")
        others = [self._wanted(one, stem, MOST_SOUND_BYTES, partial(_sound, one), item) for one in item.others]
        chapters, marks = self._chapters(item, day, main.duration_s)
        stem = f"transcripts/{day}"
        texts = [
            self._wanted(one, stem, MOST_TEXT_BYTES, partial(_transcript, item.title, one), item)
            for one in item.transcripts
        ]
        return Gathered(
            sounds=(main, *(one for one in others if one is not None)),
            image=self.image(item.image, item.title) if item.image else None,
            chapters=chapters,
            marks=marks,
            transcripts=tuple(dict.fromkeys(one.file for one in texts if one is not None)),
        )

    def image(self, address: str, title: str) -> StoredFile | None:
        """A cover; None, with a remark, if it cannot be fetched or used."""
        stem = f"images/{self._slug}-{hashlib.sha256(stable(address).encode()).hexdigest()[:8]}"
        try:
            found = self._taken(SourceFile(address), stem, MOST_IMAGE_BYTES, _image)
        except (UnreachableError, TooLargeError) as fault:
            self._say(f"L'image de « {title} » n'est pas reprise : {fault}.")
            return None
        if found is None:
            self._say(f"L'image de « {title} » n'est pas reprise : elle n'est pas une image qui se lit.")
        return found.file if found is not None else None

    def _chapters(
        self, item: SourceItem, day: str, duration_s: float
    ) -> tuple[StoredFile | None, tuple[tuple[int, str], ...]]:
        marks: list[tuple[tuple[int, str], ...]] = []

        def fits(path: Path) -> _Fit | None:
            found = marks_of(path.read_bytes())
            return _Fit("json") if found else None

        if item.chapters is not None:
            taken = self._wanted(item.chapters, f"chapters/{day}", MOST_TEXT_BYTES, fits, item)
            if taken is not None:
                content = self._store.fetch(taken.file.key)
                marks.append((marks_of(content.content) if content is not None else None) or ())
                return taken.file, marks[0]
        if not item.marks:
            return None, ()
        path = self._folder / f"chapitres-{day}.json"
        atomic_write(path, chapters_json(chapters_in(item.marks, duration_s), title=item.title))
        return self._sent(path, f"chapters/{day}", "json"), item.marks

    def _wanted(
        self, file: SourceFile, stem: str, most: int, fits: Callable[[Path], _Fit | None], item: SourceItem
    ) -> Taken | None:
        """A file that an episode can do without: its loss is told."""
        try:
            found = self._taken(file, stem, most, fits)
        except (UnreachableError, TooLargeError) as fault:
            self._say(f"« {file.address} », de « {item.title} », n'est pas repris : {fault}.")
            return None
        if found is None:
            self._say(f"« {file.address} », de « {item.title} », n'est pas repris : ce n'est pas ce que dit le flux.")
        return found

    def _taken(self, file: SourceFile, stem: str, most: int, fits: Callable[[Path], _Fit | None]) -> Taken | None:
        address = stable(file.address)
        known = self._journal.file(address, stem)
        if known is not None and self._there.get(known.file.key) == known.file.bytes:
            return known
        name = hashlib.sha256(address.encode()).hexdigest()[:32]
        path = self._fetcher.fetch(file.address, name, most)
        fit = fits(path)
        if fit is None:
            path.unlink(missing_ok=True)
            return None
        stored = self._sent(path, stem, fit.suffix)
        taken = Taken(address=address, use=stem, file=stored, duration_s=round(fit.duration_s, 3), kbps=fit.kbps)
        self._journal.note_file(taken)
        return taken

    def _sent(self, path: Path, stem: str, suffix: str) -> StoredFile:
        stored = stored_file(path, f"{self._slug}/{stem}", suffix)
        send_missing(self._store, [stored], {stored.key: path}, lambda _label, _done, _total: None)
        verify_sent(self._store, stored, path)
        self._there[stored.key] = stored.bytes
        path.unlink(missing_ok=True)
        return stored


def _sound(file: SourceFile, path: Path) -> _Fit | None:
    heard = look(path, file.media_type)
    return _Fit(heard.suffix, heard.duration_s, heard.kbps) if heard is not None else None


def _image(path: Path) -> _Fit | None:
    """A JPEG or PNG stays as it is; another image is made a JPEG in its place."""
    try:
        with Image.open(path, formats=("JPEG", "PNG", "WEBP", "GIF")) as image:
            if not 1 <= max(image.size) <= _MOST_SIDE:
                return None
            form = image.format
            image.load()
            if form in ("JPEG", "PNG"):
                return _Fit("jpg" if form == "JPEG" else "png")
            content = jpeg(image.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    with disk_errors(path):
        atomic_write(path, content)
    return _Fit("jpg")


def _transcript(title: str, file: SourceFile, path: Path) -> _Fit | None:
    """A transcript in a form that apps read; one in HTML loses what could act."""
    content = path.read_bytes()
    text = content.decode("utf-8-sig", "replace")
    suffix = "vtt" if text.startswith("WEBVTT") else _TRANSCRIPTS.get(file.media_type, "")
    if not text.strip() or not suffix or (suffix in ("vtt", "srt") and "-->" not in text):
        return None
    if suffix == "json" and not text.lstrip().startswith(("{", "[")):
        return None
    if suffix == "html":
        atomic_write(path, notes.page(title, text))
    return _Fit(suffix)
