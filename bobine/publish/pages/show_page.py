"""The show's page: the newest episodes, the ways to all the others, search, and how to subscribe."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

import segno

from bobine.model.show import Show
from bobine.publish.layout import feed_key
from bobine.publish.pages import keys
from bobine.publish.pages.frame import Site, subscription
from bobine.publish.pages.lists import PART, Catalogue, entry
from bobine.publish.pages.templating import json_for_page, rendered
from bobine.publish.text import paragraphs

_NEWEST = 30
"""Episodes on the show's page where they are too many for one."""


def show_files(site: Site, found: Catalogue) -> dict[str, bytes]:
    """The show's page and its QR code, by key.

    Args:
        site: the show's pages.
        found: what can be heard.
    """
    key, slug, releases = site.show_key, site.show.slug, found.episodes
    shown = releases if len(releases) <= PART else releases[-_NEWEST:]
    seasons = [
        {"name": f"Saison {season}", "link": keys.link(key, keys.season_key(slug, season)), "count": len(episodes),
         "index": keys.link(key, keys.search_key(slug, season))}
        for season, episodes in found.seasons.items()
    ]  # fmt: skip
    chroniques = [
        {
            "name": site.chroniques[one] or one,
            "link": keys.link(key, keys.chronique_key(slug, one)),
            "count": len(heard),
        }
        for one, heard in found.chroniques.items()
    ]
    page = rendered(
        "show.html",
        **site.frame(key),
        heading=site.title,
        intro=[block.split("\n") for block in paragraphs(site.show.description).split("\n\n") if block],
        level="h3",
        entries=[entry(site, key, release) for release in reversed(shown)],
        total=len(releases),
        seasons=seasons,
        chroniques=chroniques,
        people=keys.link(key, keys.people_key(slug)) if found.people else "",
        own=subscription(site, key, feed_key(slug)),
        cover_url=site.address(releases[-1].image.key) if releases else "",
        json_ld=json_for_page(_json_ld(site, site.show)),
    )
    return {key: page, keys.qr_key(slug): qr_code(site.feed_url)}


@lru_cache(1 << 6)  # a show's feed keeps its address
def qr_code(address: str) -> bytes:
    """An address as a QR code: SVG, dark on white whatever the page's colours, with its quiet zone (ISO 18004)."""
    out = io.BytesIO()
    segno.make(address, micro=False, error="m").save(
        out, kind="svg", xmldecl=True, svgns=True, omitsize=True, border=4, dark="#000", light="#fff", nl=True
    )
    return out.getvalue()


def _json_ld(site: Site, show: Show) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "PodcastSeries",
        "name": site.title,
        "url": site.address(site.show_key),
        "webFeed": site.feed_url,
        "description": paragraphs(show.description),
        "inLanguage": show.language,
        "author": {"@type": "Organization", "name": show.podcast.author, "url": show.podcast.link},
        "publisher": {"@type": "RadioStation", "name": show.station.full_name},
    }
