"""Small real episodes to release, a feed that names their keys, and the promise that every release keeps."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bobine.model.published.release import Audio, Release, StoredFile
from bobine.publish.destinations.store import Store
from bobine.publish.feed.online import FeedContent
from bobine.publish.layout import feed_key, is_key
from bobine.publish.media_types import media_type
from bobine.publish.records import stored_files
from tests.publish.samples import SHOW, release

SLUG = SHOW.slug
NOW = datetime(2026, 11, 26, 19, 2, 3, tzinfo=UTC)


def stored_file(path: Path, key: str) -> StoredFile:
    content = path.read_bytes()
    return StoredFile(
        key=key,
        media_type=media_type(key),
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        integrity="sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode(),
    )


def episode(
    folder: Path, week: int = 0, *, text: str = "un", now: datetime = NOW, audio_bytes: int = 3000
) -> tuple[Release, dict[str, Path]]:
    """A release with its files; ``text`` changes their content, and so their keys."""
    plain = release(week)
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, Path] = {}

    def made(kind: str, suffix: str, size: int) -> StoredFile:
        seed = f"{plain.date} {kind} {suffix} {text}\n".encode()
        content = (seed * (size // len(seed) + 1))[:size]
        path = folder / f"{plain.date}-{text}-{kind}.{suffix}"
        path.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()[:12]
        file = stored_file(path, f"{SLUG}/{kind}/{SLUG}-{plain.date}-{digest}.{suffix}")
        files[file.key] = path
        return file

    built = dataclasses.replace(
        plain,
        title=f"Semaine {week}, version {text}",
        published=now,
        updated=now,
        audio=(
            Audio(file=made("audio", "mp3", audio_bytes), kbps=128),
            Audio(file=made("audio", "opus", audio_bytes // 2), kbps=48),
        ),
        image=made("images", "jpg", 500),
        chapters=made("chapters", "json", 200),
    )
    return built, files


def write_feed(content: FeedContent) -> dict[str, bytes]:
    """A feed that names every key, with what must not be lost of each release."""
    lines = [
        f"{item.date} {item.guid} {item.title} {item.published.isoformat()} {item.updated.isoformat()} "
        + " ".join(f"<{file.key}>" for file in stored_files(item))
        for item in content.releases
        if item.guid not in content.left_out and item.withdrawn is None
    ]
    return {feed_key(SLUG): ("\n".join(["feed", *lines]) + "\n").encode()}


def feed_of(store: Store) -> str:
    found = store.fetch(feed_key(SLUG))
    return found.content.decode() if found else ""


def days_in(feed: str) -> list[date]:
    return [date.fromisoformat(line.split()[0]) for line in feed.splitlines()[1:]]


def assert_feed_names_only_what_is_there(store: Store) -> None:
    """The promise: whoever reads the feed now can have every file that it names."""
    feed = feed_of(store)
    there = store.listing(f"{SLUG}/")
    for key in re.findall(r"<([^>]+)>", feed):
        assert is_key(key)
        assert key in there, f"{key} is named and not there"


def week_of(week: int) -> date:
    return release(0).date + timedelta(weeks=week)
