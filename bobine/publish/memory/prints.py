"""Prints: what tells two states of a release apart, without looking at all of it. Pure."""

from __future__ import annotations

import hashlib
import re
import zlib

from bobine.model.published.release import Release

STAMP = re.compile(rb"<!-- bobine ([0-9a-f]{64}) -->\n?\Z")
"""The stamp at the end of a feed: SHA-256 of what comes before it."""


def release_print(release: Release) -> str:
    """A print that tells two states of a release apart; ``updated`` moves with all that is not in it."""
    chapters = [release.chapters.key] if release.chapters is not None else []
    files = " ".join([*(audio.file.key for audio in release.audio), release.image.key, *chapters])
    origin = f" {release.origin}" if release.origin is not None else ""
    small = release.thumbnail.key if release.thumbnail is not None else ""
    text = zlib.crc32(release.description.encode(errors="replace"))
    people = [(person.name, person.role) for person in release.people]
    return (
        f"{release.date} {release.guid} {release.season} {release.number} {release.title} {release.updated} {files} "
        f"{text} {people} {release.transcripts} {release.withdrawn} {release.kind} {small}{origin}"
    )


def digest(*parts: str) -> str:
    """A short digest of texts, of which none can pass for two others."""
    return hashlib.blake2b("\0".join(parts).encode(errors="replace"), digest_size=8).hexdigest()


def bare_digest(content: bytes) -> str:
    """SHA-256 of a feed without its stamp: the same before it is stamped and after."""
    return hashlib.sha256(STAMP.sub(b"", content)).hexdigest()
