"""The layout of a destination: the keys that stages and machines agree on, and how long each may be cached."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from urllib.parse import quote

from bobine.model.episode_day import is_suffix

IMMUTABLE = "public, max-age=31536000, immutable"
"""``Cache-Control`` of files whose key holds a hash of their content."""

FEED_CACHE = "public, max-age=300"
"""``Cache-Control`` of feeds: a new episode shows within five minutes."""

PAGE_CACHE = "public, max-age=300"
"""``Cache-Control`` of pages: a correction shows within five minutes."""

RECORD_CACHE = "no-cache"
"""``Cache-Control`` of the episodes' records, which only publishers read."""

RECORDS = "releases"
"""Name of the folder that holds a show's records; the local server keeps it to itself."""

GROWING = "en-cours"
"""Name of the folder, in a show's, in which sounds go up while they grow."""

SERIALS = "chroniques"
"""Name of the folder that holds, for each chronique, its pages, and its feed and sounds where it has a feed."""

MAX_RECORD_BYTES = 1 << 20
"""Most bytes of a record; what is larger is none."""

MAX_FEED_BYTES = 16 << 20
"""Most bytes of a feed, and of whatever else is read whole from a destination."""

_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*", re.ASCII)
_LONGEST = 512


def is_key(text: str) -> bool:
    """Whether text is a key: plain ASCII names joined by ``/``, none hidden, absolute or climbing out (``..``)."""
    return len(text) <= _LONGEST and _KEY.fullmatch(text) is not None


def is_record_key(key: str) -> bool:
    """Whether a key may be an episode's record: ``SHOW/releases/2026-11-26.json``, ``…/2026-11-26-bonus.json``."""
    found = re.fullmatch(rf"[^/]+/{RECORDS}/(\d{{4}}-\d\d-\d\d)(?:-([a-z0-9-]+))?\.json", key, re.ASCII)
    return found is not None and (found[2] is None or is_suffix(found[2]))


def foreign_key(slug: str, content: bytes) -> str:
    """Key, among the records, under which a feed is kept that somebody else wrote."""
    return f"{records_prefix(slug)}feed-{hashlib.sha256(content).hexdigest()[:12]}.xml"


def is_foreign_key(key: str) -> bool:
    """Whether a key is that of a feed that somebody else wrote."""
    return re.fullmatch(rf"[^/]+/{RECORDS}/feed-[0-9a-f]{{12}}\.xml", key, re.ASCII) is not None


def index_key(slug: str) -> str:
    """Key of the index of a show's records."""
    return f"{records_prefix(slug)}index.jsonl.gz"


def recent_key(slug: str) -> str:
    """Key of what came to the records since their index was written."""
    return f"{records_prefix(slug)}index-recent.jsonl.gz"


def pages_index_key(slug: str) -> str:
    """Key of the index of the feed's further pages."""
    return f"{records_prefix(slug)}index-pages.jsonl.gz"


def is_index_key(key: str) -> bool:
    """Whether a key is that of an index, of records or of a feed's pages."""
    return re.fullmatch(rf"[^/]+/{RECORDS}/index(?:-recent|-pages)?\.jsonl\.gz", key, re.ASCII) is not None


def growing_key(slug: str, day: date, suffix: str) -> str:
    """Beginning of the keys under which an episode's sound goes up while it grows; the rest is not to be guessed."""
    return f"{slug}/{GROWING}/{day.isoformat()}.{suffix}"


def is_for_publishers(key: str) -> bool:
    """Whether a key is read by publishers only: a record, a feed that was kept, or an index."""
    return is_record_key(key) or is_foreign_key(key) or is_index_key(key)


def is_content_key(key: str, slug: str) -> bool:
    """Whether a key may be a show's immutable file, which holds a hash in its name: never a feed, page or record."""
    form = rf"{re.escape(slug)}/(?!{RECORDS}/)(?:{SERIALS}/)?[^/]+/[^/]*-[0-9a-f]{{12}}\.[a-z0-9]+"
    return is_key(key) and re.fullmatch(form, key, re.ASCII) is not None


def is_of_episode(key: str, day: date) -> bool:
    """Whether a key may be a file of an episode, whole or growing; a day's own is not told from an instalment's."""
    name = re.escape(day.isoformat())
    own = rf"(?:^|[/_-]){name}(?:-petite)?-[0-9a-f]{{12}}\."
    growing = rf"/{GROWING}/{name}\."
    instalment = rf"[/_]{SERIALS}[/_].*[/_]{name}-"
    return re.search(f"{own}|{growing}|{instalment}", key, re.ASCII) is not None


def holds_files(folder: str) -> bool:
    """Whether a folder in a show's own, given by its name, may hold files of episodes: not its pages or records."""
    return folder != RECORDS and re.match(r"\.|\d{4}-\d\d-\d\d", folder, re.ASCII) is None


def is_chronique(chronique: str) -> bool:
    """Whether a chronique's id can be a part of a key."""
    return re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,100}", chronique, re.ASCII) is not None


def serial_slug(slug: str, chronique: str) -> str:
    """The folder of a chronique, which stands for the show's in the keys of its own feed."""
    return f"{slug}/{SERIALS}/{chronique}"


def is_serial_feed(key: str) -> bool:
    """Whether a key is a page of a chronique's own feed."""
    return re.fullmatch(rf"[^/]+/{SERIALS}/[^/]+/feed(?:-[1-9]\d{{0,5}})?\.xml", key, re.ASCII) is not None


def feed_key(slug: str, page: int = 1) -> str:
    """Key of a show's feed, or of one of its further pages (RFC 5005), which count from 2."""
    return f"{slug}/feed.xml" if page == 1 else f"{slug}/feed-{page}.xml"


def feed_page(slug: str, key: str) -> int | None:
    """The page of a show's feed that a key is of, from 1; None for another key."""
    if key == feed_key(slug):
        return 1
    found = re.fullmatch(rf"{re.escape(slug)}/feed-([1-9]\d{{0,5}})\.xml", key, re.ASCII)
    return int(found[1]) if found is not None and found[1] != "1" else None


def records_prefix(slug: str) -> str:
    """The prefix of the keys of a show's records."""
    return f"{slug}/{RECORDS}/"


def record_key(slug: str, day: date) -> str:
    """Key of the record of an episode."""
    return f"{records_prefix(slug)}{day.isoformat()}.json"


def public_address(public_url: str, key: str) -> str:
    """The address at which listeners find a key.

    Args:
        public_url: address of the destination's root; ends with ``/``.
        key: path below it.
    """
    return public_url + quote(key)


def show_page_key(slug: str) -> str:
    """Key of a show's page."""
    return f"{slug}/index.html"


def episode_page_key(slug: str, day: date) -> str:
    """Key of the page of the episode broadcast that day."""
    return f"{slug}/{day.isoformat()}/index.html"


def embed_page_key(slug: str, day: date) -> str:
    """Key of an episode's player alone, which other sites show in a frame."""
    return f"{slug}/{day.isoformat()}/embed.html"


def oembed_key(slug: str, day: date) -> str:
    """Key of what other sites read to show an episode's player (oEmbed, JSON)."""
    return f"{slug}/{day.isoformat()}/oembed.json"
