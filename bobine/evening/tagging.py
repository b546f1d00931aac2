"""Tags, covers and chapters of an episode, from its plan and its master."""

from __future__ import annotations

from pathlib import Path

from bobine.french import long_date
from bobine.model.episode import Episode
from bobine.model.published.master import Manifest
from bobine.model.show import AudioFormat, Show
from bobine.publish.chapters import chapter_list, chapters_json
from bobine.publish.cover.draw import draw_cover, show_cover
from bobine.publish.cover.images import read_cover, small_cover
from bobine.publish.tags import Tags, tag_mp3, tag_opus
from bobine.store.sounds import find_file


def episode_cover(show: Show, episode: Episode, episode_folder: Path) -> bytes:
    """The episode's cover, a JPEG: the one given in the plan, else a drawn one.

    Raises:
        PublishError: if the given image cannot be used.
    """
    if episode.cover:
        return read_cover(find_file(episode_folder, episode.cover))
    number = f"saison {episode.season} · n° {episode.number}"
    return draw_cover(show.title, show.tagline, station(show), episode.title, long_date(episode.date), number)


def channel_cover(show: Show, root: Path) -> bytes:
    """The podcast's cover, a JPEG: the one given in ``shows.toml``, else a drawn one.

    Raises:
        PublishError: if the given image cannot be used.
    """
    if show.podcast.image:
        return read_cover(find_file(root, show.podcast.image))
    return show_cover(show.title, show.tagline, station(show))


def station(show: Show) -> str:
    """The station as a cover names it: ``Radio Méga 99.2 FM``."""
    return f"{show.station.name} {show.station.frequency}".strip()


def tag_files(show: Show, episode: Episode, manifest: Manifest, cover: bytes, folder: Path) -> None:
    """Tag the audio files of ``folder``, in place; the same plan and master give the same bytes.

    Args:
        show: the show.
        episode: the plan.
        manifest: what the files hold.
        cover: the episode's cover, a JPEG of any size.
        folder: where the manifest's files are.
    """
    podcast = show.podcast
    duration_s = manifest.files[0].duration_s
    tags = Tags(
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
        cover=small_cover(cover),
        chapters=chapter_list(manifest.items, duration_s),
        duration_s=duration_s,
    )
    for file in manifest.files:
        tag = tag_mp3 if file.format is AudioFormat.MP3 else tag_opus
        tag(folder / file.file, tags)


def chapters_file(show: Show, episode: Episode, manifest: Manifest) -> bytes:
    """The episode's JSON chapters."""
    chapters = chapter_list(manifest.items, manifest.files[0].duration_s)
    return chapters_json(chapters, title=episode.title, podcast=show.title, author=show.podcast.author)
