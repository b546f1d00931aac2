"""The frame of every page of a show: where it stands, its colours, and how to subscribe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from bobine.model.published.release import Release
from bobine.model.show import Show
from bobine.publish.cover.palette import PALETTES, palette_for
from bobine.publish.layout import (
    embed_page_key,
    episode_page_key,
    feed_key,
    oembed_key,
    public_address,
    show_page_key,
)
from bobine.publish.pages import keys
from bobine.publish.pages.colours import hexadecimal
from bobine.publish.pages.templating import asset_digests, in_french
from bobine.publish.pages.words import slot
from bobine.publish.text import ascii_url, one_line


@dataclass(frozen=True)
class Site:
    """A show's pages at one destination.

    Attributes:
        show: the show.
        base_url: address of the destination's root; ends with ``/``.
    """

    show: Show
    base_url: str

    @cached_property
    def title(self) -> str:
        """The show's name, or its key where it has none."""
        return one_line(self.show.title) or self.show.slug

    @cached_property
    def show_key(self) -> str:
        """Key of the show's page."""
        return show_page_key(self.show.slug)

    @cached_property
    def feed_url(self) -> str:
        """Address of the feed."""
        return self.address(feed_key(self.show.slug))

    @cached_property
    def chroniques(self) -> dict[str, str]:
        """The titles of the show's chroniques, by id."""
        return {chronique.id: one_line(chronique.title) for chronique in self.show.chroniques}

    def address(self, key: str) -> str:
        """The public address of a key, in ASCII."""
        return public_address(self._root, key)

    @cached_property
    def _root(self) -> str:
        return ascii_url(self.base_url)

    @cached_property
    def _website(self) -> str:
        return web_address(self.show.podcast.link)

    def episode_keys(self, day: date) -> tuple[str, ...]:
        """The keys of an episode's page and of what stands beside it."""
        slug = self.show.slug
        page = episode_page_key(slug, day)
        track = page.replace("index.html", "chapters.vtt")
        return page, embed_page_key(slug, day), oembed_key(slug, day), track

    def frame(self, key: str, colours: int = -1) -> dict[str, Any]:
        """The values that every template needs.

        Args:
            key: the page's own key.
            colours: number of a palette; that of the show's cover by default.
        """
        number = colours if colours >= 0 else show_colours(self.show.title)
        place = key.count("/"), number
        if place not in self._frames:
            self._frames[place] = self._frame(key, number)
        return {**self._frames[place], "key": key, "canonical": self.address(key)}

    @cached_property
    def _frames(self) -> dict[tuple[int, int], dict[str, Any]]:
        """The values that pages of one depth and one palette share: their links lead out of as many folders."""
        return {}

    def _frame(self, key: str, number: int) -> dict[str, Any]:
        slug, digests = self.show.slug, asset_digests()
        licence = self.show.podcast.license
        return {
            "site": self,
            "show": self.show,
            "show_title": in_french(self.title),
            "colours": number,
            "theme": hexadecimal(PALETTES[number].ground),
            "home": keys.link(key, self.show_key),
            "feed": keys.link(key, feed_key(slug)),
            "qr": keys.link(key, keys.qr_key(slug)),
            "style": keys.link(key, keys.asset_key(slug, "style", digests["style"], "css")),
            "player": keys.link(key, keys.asset_key(slug, "player", digests["player"], "js")),
            "search": keys.link(key, keys.asset_key(slug, "search", digests["search"], "js")),
            "station": self.show.station.full_name,
            "slot": slot(self.show),
            "website": self._website,
            "licence": licence.name if licence else "",
            "licence_url": web_address(licence.url) if licence else "",
            "language": self.show.language,
        }


def web_address(url: str) -> str:
    """An address as a link may hold it: in ASCII, and of the web; empty for any other (``javascript:``…)."""
    return ascii_url(url) if re.match(r"https?://[^/]", url, re.IGNORECASE) else ""


def show_colours(title: str) -> int:
    """The number of the palette of a show's cover."""
    return _colours(title, "0")


def episode_colours(site: Site, release: Release) -> int:
    """The number of the palette of an episode's drawn cover."""
    return _colours(site.show.title, str(release.number))


@lru_cache(1 << 12)
def _colours(title: str, number: str) -> int:
    return PALETTES.index(palette_for(title, number))


def subscription(site: Site, page: str, feed: str) -> dict[str, Any]:
    """The ways to subscribe to a feed, as a page shows them: its link, its address, and the apps that open it.

    Args:
        site: the show's pages.
        page: key of the page.
        feed: key of the feed.
    """
    address = site.address(feed)
    return {"link": keys.link(page, feed), "address": address, "apps": subscriptions(address)}


def subscriptions(feed_url: str) -> list[tuple[str, str]]:
    """Links that open the feed in an app, with their names: only schemes that apps declare."""
    bare = re.sub(r"^https?://", "", feed_url)
    return [
        ("Apple Podcasts", f"podcast://{bare}"),
        ("AntennaPod", f"antennapod-subscribe://{bare}"),
        ("Autre application", f"pcast://{bare}"),
    ]
