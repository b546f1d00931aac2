"""An episode described to machines: JSON-LD in its page, and oEmbed beside it."""

from __future__ import annotations

from typing import Any

from bobine.model.published.release import Release
from bobine.publish.layout import embed_page_key, episode_page_key
from bobine.publish.pages import words
from bobine.publish.pages.frame import Site
from bobine.publish.pages.templating import in_french, rendered
from bobine.publish.text import one_line
from bobine.store.codec.json_text import json_text

EMBED_HEIGHT = 200
"""Height of the player in other sites' pages, CSS pixels."""


def json_ld(site: Site, release: Release, title: str, about: str) -> dict[str, Any]:
    """An episode as schema.org has it.

    Args:
        site: the show's pages.
        release: the episode.
        title: its title, as its page shows it.
        about: its first words.
    """
    main = release.audio[0].file
    return {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "url": site.address(episode_page_key(site.show.slug, release.date)),
        "name": title,
        "datePublished": release.published.isoformat(),
        "dateModified": release.updated.isoformat(),
        "duration": words.iso_length(release.duration_s),
        "description": about,
        **({"episodeNumber": release.number} if release.stated_number is not None else {}),
        "inLanguage": site.show.language,
        "isAccessibleForFree": True,
        "image": site.address(release.image.key),
        "associatedMedia": {
            "@type": "AudioObject",
            "contentUrl": site.address(main.key),
            "encodingFormat": main.media_type,
            "contentSize": str(main.bytes),
            "duration": words.iso_length(release.duration_s),
        },
        **(
            {"partOfSeason": {"@type": "PodcastSeason", "seasonNumber": release.season}}
            if release.stated_season is not None
            else {}
        ),
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": site.title,
            "url": site.address(site.show_key),
            "webFeed": site.feed_url,
        },
    }


def embed_code(site: Site, release: Release, title: str) -> str:
    """The HTML that shows an episode's player in another site's page; it ends in a line feed."""
    return rendered(
        "frame.html",
        embed_url=site.address(embed_page_key(site.show.slug, release.date)),
        embed_height=EMBED_HEIGHT,
        heading=title,
        show_title=in_french(site.title),
    ).decode()


def oembed_of(site: Site, title: str, code: str) -> bytes:
    """An episode's player as other sites ask for it (oEmbed 1.0, JSON).

    Args:
        site: the show's pages.
        title: the episode's.
        code: the HTML of the player.
    """
    document = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": one_line(site.show.podcast.author) or site.title,
        "provider_name": site.title,
        "provider_url": site.address(site.show_key),
        "cache_age": 300,
        "html": code.strip(),
        "width": 600,
        "height": EMBED_HEIGHT,
    }
    return (json_text(document) + "\n").encode(errors="replace")
