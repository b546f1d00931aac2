"""The sounds of chroniques that have a feed of their own, cut out of the episode's finished MP3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bobine.errors import MasterError, ToolError
from bobine.evening.online.kept_covers import kept_small_cover
from bobine.master.encoding.codecs import Mp3
from bobine.model.episode import Episode, Item
from bobine.model.published.master import Manifest, MasteredItem, MasterFile
from bobine.model.published.release import Audio, Instalment, Release
from bobine.model.show import AudioFormat, Chronique, Show
from bobine.publish.build import stored_file
from bobine.publish.layout import is_chronique, serial_slug
from bobine.publish.serials import instalment_guid, serial_title
from bobine.publish.tags import Tags, tag_mp3, untagged

_FRAME_S = 1152 / 48_000


def with_instalments(
    show: Show, episode: Episode, manifest: Manifest, release: Release, guid: str, cover: Path, staging: Path
) -> tuple[Release, dict[str, Path]]:
    """The release with the items that are in feeds of their own, and the file to put at each of their keys.

    Nothing is decoded or encoded: items begin and end at frames (``master/edit.py``), which are copied as they are.

    Args:
        show: the show; its chroniques say which have a feed.
        episode: the plan.
        manifest: what the master holds.
        release: the episode's.
        guid: the podcast's identity.
        cover: the episode's cover, a JPEG.
        staging: where the tagged files of the master are, and where the sounds are put.

    Raises:
        MasterError: if the MP3 is not made of whole frames.
        PublishError: if a file cannot be tagged.
        DiskError: if the disk is full.
    """
    master = next((file for file in manifest.files if file.format is AudioFormat.MP3), None)
    wanted = list(_wanted(show, episode, manifest)) if master is not None else []
    if master is None or not wanted:
        return release, {}
    frames, image = _frames(staging / master.file, master), kept_small_cover(cover.read_bytes())
    own, files = [], {}
    for chronique, item, mastered in wanted:
        first, last = (round((bound or 0) / _FRAME_S) for bound in (mastered.start_s, mastered.end_s))
        path = staging / f"chronique-{item.id}.mp3"
        # decoded sound comes a frame late, less 1 ms: the first frame still holds the end of what came before
        path.write_bytes(b"".join(frames[first + 1 : last + 1]))
        duration_s = (last - first) * _FRAME_S
        tag_mp3(path, _tags(show, episode, chronique, item, image, duration_s))
        stored = stored_file(
            path, f"{serial_slug(show.slug, chronique.id)}/{episode.date.isoformat()}-{item.id}", "mp3"
        )
        files[stored.key] = path
        own.append(
            Instalment(
                item=item.id,
                chronique=chronique.id,
                guid=instalment_guid(guid, release, item.id),
                audio=Audio(file=stored, kbps=master.kbps),
                duration_s=round(duration_s),
            )
        )
    return replace(release, instalments=tuple(own)), files


def _wanted(show: Show, episode: Episode, manifest: Manifest) -> Iterator[tuple[Chronique, Item, MasteredItem]]:
    """The items that the podcast holds of chroniques that have a feed."""
    feeds = {one.id: one for one in show.chroniques if one.feed and is_chronique(one.id)}
    items = {item.id: item for item in episode.items}
    for mastered in manifest.kept_items:
        item = items.get(mastered.id)
        if item is not None and item.chronique in feeds and mastered.start_s is not None:
            yield feeds[item.chronique], item, mastered


def _frames(path: Path, master: MasterFile) -> list[bytes]:
    stream = untagged(path.read_bytes())
    try:
        return Mp3(kbps=master.kbps, true_peak_dbtp=0).split(stream)
    except ToolError as error:
        raise MasterError(f"« {path.name} » n'est pas fait de trames régulières : refaites le montage.") from error


def _tags(show: Show, episode: Episode, chronique: Chronique, item: Item, cover: bytes, duration_s: float) -> Tags:
    licence = show.podcast.license
    return Tags(
        title=item.title,
        show=serial_title(show, chronique),
        author=show.podcast.author,
        date=episode.date,
        season=episode.season,
        number=item.instalment or episode.number,
        language=show.language,
        license=licence.name if licence else "",
        license_url=licence.url if licence else "",
        comment=f"Dans « {episode.title} ».",
        link=show.podcast.link,
        cover=cover,
        duration_s=duration_s,
    )
