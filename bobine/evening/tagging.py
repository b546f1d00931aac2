"""Tags, covers and chapters of an episode, from its plan and its master."""

from __future__ import annotations

import hashlib
from pathlib import Path

import mutagen
import PIL

from bobine import __version__
from bobine.errors import BobineError
from bobine.evening.online.kept_covers import kept_cover, kept_small_cover
from bobine.french import long_date, size
from bobine.model.episode import Episode
from bobine.model.published.master import Manifest
from bobine.model.published.release import Chapter
from bobine.model.show import AudioFormat, Show
from bobine.publish.chapters import chapter_list, chapters_json, for_apps
from bobine.publish.cover.draw import draw_cover, show_cover
from bobine.publish.cover.images import COVER_BYTES, read_cover, side
from bobine.publish.tags import Tags, tag_mp3, tag_opus
from bobine.store.opening import file_digest
from bobine.store.sounds import find_file

COVER = "cover.jpg"
CHAPTERS = "chapters.json"

_MADE = 1
"""Counts the ways of making tags, covers and chapters."""


def episode_cover(show: Show, episode: Episode, episode_folder: Path) -> bytes:
    """The episode's cover, a JPEG: the one given in the plan, else a drawn one.

    Raises:
        PublishError: if the given image cannot be used.
    """
    if episode.cover:
        return _given_cover(find_file(episode_folder, episode.cover))
    words = _cover_words(show, episode)
    return kept_cover(("episode", words), lambda: draw_cover(*words))


def cover_key(show: Show, episode: Episode, episode_folder: Path) -> str:
    """SHA-256 of what ``episode_cover`` makes a cover from.

    Raises:
        PublishError: if the given image is not there.
    """
    given = ""
    if episode.cover:
        try:
            given = file_digest(find_file(episode_folder, episode.cover))
        except (OSError, BobineError):
            given = hashlib.sha256(episode_cover(show, episode, episode_folder)).hexdigest()
    parts = ("cover", _MADE, __version__, PIL.__version__, _cover_words(show, episode), given)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _cover_words(show: Show, episode: Episode) -> tuple[str, str, str, str, str, str]:
    number = f"saison {episode.season} · n° {episode.number}"
    return show.title, show.tagline, show.station.full_name, episode.title, long_date(episode.date), number


def channel_cover(show: Show, root: Path) -> bytes:
    """The podcast's cover, a JPEG: the one given in ``shows.toml``, else a drawn one.

    Raises:
        PublishError: if the given image cannot be used.
    """
    if show.podcast.image:
        return _given_cover(find_file(root, show.podcast.image))
    words = show.title, show.tagline, show.station.full_name
    return kept_cover(("show", words), lambda: show_cover(*words))


def cover_remarks(show: Show, episode: Episode, root: Path, episode_folder: Path) -> tuple[str, ...]:
    """Sentences, in French, on given covers that are heavier than apps take, and are made lighter."""
    given = []
    if show.podcast.image:
        given.append((find_file(root, show.podcast.image), channel_cover(show, root)))
    if episode.cover:
        given.append((find_file(episode_folder, episode.cover), episode_cover(show, episode, episode_folder)))
    return tuple(
        f"L'image « {path.name} » pèse {size(weight)}, et les applications en attendent {size(COVER_BYTES)} au plus : "
        f"elle est en ligne en {side(cover)} × {side(cover)} pixels et {size(len(cover))}."
        for path, cover in given
        if (weight := path.stat().st_size) > COVER_BYTES
    )


def _given_cover(path: Path) -> bytes:
    """A given image as a cover; one that cannot be read is refused where it is read."""
    try:
        digest = file_digest(path)
    except (OSError, BobineError):
        return read_cover(path)
    return kept_cover(("given", digest), lambda: read_cover(path))


def tag_files(show: Show, episode: Episode, manifest: Manifest, cover: bytes, folder: Path) -> None:
    """Tag the audio files of ``folder``, in place; the same plan and master give the same bytes.

    Args:
        show: the show.
        episode: the plan.
        manifest: what the files hold.
        cover: the episode's cover, a JPEG of any size.
        folder: where the manifest's files are.
    """
    tags = _tags(show, episode, manifest, kept_small_cover(cover))
    for file in manifest.files:
        tag = tag_mp3 if file.format is AudioFormat.MP3 else tag_opus
        tag(folder / file.file, tags)


def _tags(show: Show, episode: Episode, manifest: Manifest, cover: bytes) -> Tags:
    podcast = show.podcast
    duration_s = manifest.files[0].duration_s
    return Tags(
        title=episode.title,
        show=show.title,
        author=podcast.author,
        date=episode.date,
        season=episode.season,
        number=episode.number,
        language=show.language,
        license=podcast.license.name if podcast.license else "",
        license_url=podcast.license.url if podcast.license else "",
        comment=episode.summary,
        link=podcast.link,
        cover=cover,
        chapters=_chapters(show, episode, manifest),
        duration_s=duration_s,
    )


def chapters_file(show: Show, episode: Episode, manifest: Manifest) -> bytes:
    """The episode's JSON chapters."""
    chapters = _chapters(show, episode, manifest)
    return chapters_json(chapters, title=episode.title, podcast=show.title, author=show.podcast.author)


def _chapters(show: Show, episode: Episode, manifest: Manifest) -> tuple[Chapter, ...]:
    told = for_apps(manifest.items, episode, show.podcast.chapters)
    return chapter_list(told, manifest.files[0].duration_s)


def words_digest(show: Show, episode: Episode, manifest: Manifest, episode_folder: Path, folder: Path) -> str:
    """SHA-256 of what tags, cover and chapters are made from, and of the cover and chapters that were made of it.

    Where it is the same as before, making them again would give the same bytes.

    Args:
        show: the show.
        episode: the plan.
        manifest: what the audio files hold.
        episode_folder: where a given cover is looked for.
        folder: where the cover and the chapters are.

    Raises:
        OSError: if one of these files is missing or cannot be read.
        BobineError: if one of them is not a regular file.
    """
    given = file_digest(find_file(episode_folder, episode.cover)) if episode.cover else ""
    makers = (_MADE, __version__, PIL.__version__, mutagen.version_string)
    words = (_tags(show, episode, manifest, b""), _cover_words(show, episode), given)
    made = [file_digest(folder / name) for name in (COVER, CHAPTERS)]
    return hashlib.sha256(repr((makers, words, made)).encode("utf-8", "surrogatepass")).hexdigest()
