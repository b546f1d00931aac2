"""The tags of an item that feedgen does not write, from its release."""

from __future__ import annotations

from bobine.model.episode import EpisodeType
from bobine.model.published.release import Audio, Release
from bobine.model.show import Show
from bobine.publish.chapters import heard_chapters
from bobine.publish.feed.channel_words import NAME_CHARS, license_tag, season_name
from bobine.publish.feed.tags import AlternateEnclosure, ImageTag, ItemTags, SoundbiteTag
from bobine.publish.layout import public_address
from bobine.publish.text import ascii_url, one_line

_ALTERNATES = {"audio/mpeg": ("audio/mpeg", "MP3"), "audio/ogg": ("audio/ogg; codecs=opus", "Opus")}


def item_tags(show: Show, release: Release, title: str, base_url: str, *, with_chapters: bool = True) -> ItemTags:
    """The tags of one item.

    Args:
        show: the show.
        release: the episode.
        title: the item's title.
        base_url: address of the destination's root, in ASCII; ends with ``/``.
        with_chapters: whether its sound has chapters.
    """
    chapters = release.chapters if with_chapters else None
    return ItemTags(
        published=release.published,
        season=_season(show, release),
        episode=None if release.kind is EpisodeType.TRAILER else release.stated_number,
        chapters_url=public_address(base_url, chapters.key) if chapters is not None else "",
        chapters_type=chapters.media_type if chapters is not None else "",
        image=ImageTag(
            url=public_address(base_url, release.image.key),
            media_type=release.image.media_type,
            alt=f"Couverture : {one_line(title, 200)}",
        ),
        chapters=heard_chapters(release.items, release.duration_s),
        people=person_tags(release),
        license=license_tag(show.podcast.license),
        enclosures=[_enclosure(audio, base_url, index == 0) for index, audio in enumerate(release.audio)],
        transcripts=[(public_address(base_url, file.key), file.media_type) for file in release.transcripts],
        language=show.language,
        soundbites=[
            SoundbiteTag(start_s=one.start_ms / 1000, duration_s=one.duration_ms / 1000, title=one_line(one.title, 128))
            for one in release.soundbites
        ],
        discussion=ascii_url(release.discussion),
    )


def _season(show: Show, release: Release) -> tuple[int, str] | None:
    if release.stated_season is None:
        return None
    own = release.origin.season_name if release.origin is not None else season_name(show, release.season)
    return release.season, one_line(own, NAME_CHARS)


def person_tags(release: Release) -> list[tuple[str, str]]:
    """The name and role of everybody named in a release, hosts first; roles are the Podcast Taxonomy's, in English."""
    people = ((one_line(person.name, NAME_CHARS), person.role) for person in release.people)
    return [(name, role) for name, role in people if name]


def _enclosure(audio: Audio, base_url: str, default: bool) -> AlternateEnclosure:
    file = audio.file
    media_type, codec = _ALTERNATES.get(file.media_type, (file.media_type, ""))
    return AlternateEnclosure(
        url=public_address(base_url, file.key),
        media_type=media_type,
        bytes=file.bytes,
        bits_per_second=audio.kbps * 1000,
        title=f"{codec} {audio.kbps} kb/s".strip(),
        integrity=file.integrity,
        default=default,
    )
