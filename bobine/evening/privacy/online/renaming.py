"""A release without somebody's name: its words, and those of its files that named them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bobine.evening.online.kept_covers import kept_small_cover, kept_thumbnail
from bobine.evening.privacy.changes import Wanted
from bobine.evening.privacy.tag_texts import change_tag_texts
from bobine.evening.privacy.words.texts import read_text
from bobine.evening.tagging import episode_cover
from bobine.model.episode import Episode
from bobine.model.published.release import Audio, Instalment, Release, StoredFile
from bobine.model.show import Show
from bobine.publish.build import stored_file
from bobine.publish.destinations.store import Store
from bobine.publish.outgoing.sound_heads import body_digest
from bobine.publish.records import decode, encode
from bobine.store.records.releases import read_releases
from bobine.store.workspace import Workspace

_EDGE = 512 << 10
"""Bytes at the start of a sound in which its tags lie."""

_PIECE = 8 << 20
_MOST_TEXT = 16 << 20

Files = list[tuple[StoredFile, Path]]
"""Files to send, each with where it lies here."""


def renamed_release(
    store: Store, workspace: Workspace, show: Show, release: Release, wanted: Wanted, folder: Path
) -> tuple[Release, Files]:
    """A release without a name, and the files that were made again for it; the same release where nothing names it.

    Its identity stays, even where it holds the name.

    Args:
        store: where it is online.
        workspace: where this machine notes it.
        show: whose.
        release: as its record says.
        wanted: who.
        folder: where files are made.

    Raises:
        PublishError: if the destination fails.
    """
    if release.withdrawn is None:
        return _Renaming(store, workspace, show, release, wanted, folder).run()
    return _words(release, wanted, store), []


class _Renaming:
    """The making of one release."""

    def __init__(
        self, store: Store, workspace: Workspace, show: Show, release: Release, wanted: Wanted, folder: Path
    ) -> None:
        self._store, self._workspace, self._show = store, workspace, show
        self._old, self._wanted, self._folder = release, wanted, folder
        self._files: Files = []
        self._pattern = wanted.search.bytes_pattern()

    def run(self) -> tuple[Release, Files]:
        new = _words(self._old, self._wanted, self._store)
        drawn = self._drawn_cover(new) if new.title != self._old.title else None
        image = self._made(self._old.image, drawn) if drawn is not None else self._old.image
        small = kept_small_cover(drawn) if drawn is not None else b""
        new = replace(
            new,
            image=image,
            thumbnail=self._thumbnail(drawn),
            audio=tuple(self._sound(one, small) for one in self._old.audio),
            chapters=self._text(self._old.chapters) if self._old.chapters is not None else None,
            transcripts=tuple(self._text(one) for one in self._old.transcripts),
            instalments=tuple(self._instalment(one, small) for one in self._old.instalments),
        )
        return new, self._files

    def _thumbnail(self, drawn: bytes | None) -> StoredFile | None:
        old = self._old.thumbnail
        return self._made(old, kept_thumbnail(drawn)) if old is not None and drawn is not None else old

    def _instalment(self, one: Instalment, cover: bytes) -> Instalment:
        return replace(one, audio=self._sound(one.audio, cover))

    def _sound(self, audio: Audio, cover: bytes) -> Audio:
        start = self._store.read(audio.file.key, 0, min(_EDGE, audio.file.bytes))
        if not cover and not self._pattern.search(start):
            return audio
        path = self._fetched(audio.file)
        search, pseudonym = self._wanted.search, self._wanted.pseudonym
        if not change_tag_texts(path, lambda text: search.replaced(text, pseudonym), cover):
            return audio
        return replace(audio, file=self._put(audio.file, path), body_sha256=body_digest(path))

    def _text(self, file: StoredFile) -> StoredFile:
        if file.bytes > _MOST_TEXT:
            return file
        content = b"".join(self._pieces(file))
        text = read_text(content)
        if text is None:
            return file
        written = text.encoded(self._wanted.search.replaced(text.text, self._wanted.pseudonym))
        return file if written == content else self._made(file, written)

    def _drawn_cover(self, new: Release) -> bytes | None:
        """The cover with the new title; None for one that was given, which is no drawing of words."""
        folder = self._workspace.folder(self._show, new.date)
        local = read_releases(folder.release).get(self._store.name)
        given = local is not None and local.plan is not None and bool(local.plan.cover)
        if new.origin is not None or given:
            return None
        episode = Episode(show=self._show.slug, date=new.date, season=new.season, number=new.number, title=new.title)
        return episode_cover(self._show, episode, folder.path)

    def _made(self, file: StoredFile, content: bytes) -> StoredFile:
        path = self._folder / f"{len(self._files)}{_suffix(file.key)}"
        path.write_bytes(content)
        return self._put(file, path)

    def _put(self, file: StoredFile, path: Path) -> StoredFile:
        """The file in the place of another one: under its name, with the hash of what it holds now."""
        bare = file.key.removesuffix(_suffix(file.key))
        stem = re.sub(r"-[0-9a-f]{12}$", "", bare)
        new = stored_file(path, stem, _suffix(file.key).removeprefix("."))
        self._files.append((new, path))
        return new

    def _fetched(self, file: StoredFile) -> Path:
        path = self._folder / f"{len(self._files)}-{len(list(self._folder.iterdir()))}{_suffix(file.key)}"
        with path.open("wb") as target:
            for piece in self._pieces(file):
                target.write(piece)
        return path

    def _pieces(self, file: StoredFile) -> Iterator[bytes]:
        for start in range(0, file.bytes, _PIECE):
            yield self._store.read(file.key, start, min(_PIECE, file.bytes - start))


def _suffix(key: str) -> str:
    name = key.rpartition("/")[2]
    return name[name.rfind(".") :] if "." in name else ""


def _words(release: Release, wanted: Wanted, store: Store) -> Release:
    """The release with other words; its identity, and the addresses of its files, are left to those who make them."""
    text = encode(release).decode()
    new = decode(wanted.search.replaced(text, wanted.pseudonym).encode(), store.name)
    kept = [replace(one, guid=old.guid) for one, old in zip(new.instalments, release.instalments, strict=True)]
    return replace(
        new,
        guid=release.guid,
        audio=release.audio,
        image=release.image,
        chapters=release.chapters,
        transcripts=release.transcripts,
        instalments=tuple(kept),
        former=release.former,
    )
