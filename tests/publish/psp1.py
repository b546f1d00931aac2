"""What PSP-1 (Podcast Standards Project) and Apple ask of a feed, checked on its bytes; no registry has a checker."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lxml import etree

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
PREFIXES = {"itunes": ITUNES[1:-1], "podcast": PODCAST[1:-1], "atom": ATOM[1:-1]}
CHANNEL_REQUIRED = (
    *("title", "description", "link", "language"),
    *(f"{ITUNES}category", f"{ITUNES}explicit", f"{ITUNES}image"),
)
CHANNEL_RECOMMENDED = (f"{PODCAST}locked", f"{PODCAST}guid", f"{ITUNES}author")
ITEM_REQUIRED = ("title", "enclosure", "guid")
ITEM_RECOMMENDED = (
    *("link", "pubDate", "description"),
    *(f"{ITUNES}duration", f"{ITUNES}image", f"{ITUNES}explicit"),
)
MAX_DESCRIPTION_BYTES = 4000
MAX_VALUE = 255
AUDIO_TYPES = {"audio/mpeg": ".mp3", "audio/x-m4a": ".m4a", "audio/ogg": ".opus"}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

CATEGORIES = {
    "Arts": ["Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"],
    "Business": ["Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"],
    "Comedy": ["Comedy Interviews", "Improv", "Stand-Up"],
    "Education": ["Courses", "How To", "Language Learning", "Self-Improvement"],
    "Fiction": ["Comedy Fiction", "Drama", "Science Fiction"],
    "Government": [],
    "Health & Fitness": [
        "Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality",
    ],
    "History": [],
    "Kids & Family": ["Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"],
    "Leisure": [
        "Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies", "Home & Garden", "Video Games",
    ],
    "Music": ["Music Commentary", "Music History", "Music Interviews"],
    "News": [
        "Business News", "Daily News", "Entertainment News", "News Commentary", "Politics", "Sports News", "Tech News",
    ],
    "Religion & Spirituality": [
        "Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality",
    ],
    "Science": [
        "Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics", "Natural Sciences", "Nature",
        "Physics", "Social Sciences",
    ],
    "Society & Culture": ["Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"],
    "Sports": [
        "Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey", "Rugby", "Running",
        "Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness", "Wrestling",
    ],
    "Technology": [],
    "True Crime": [],
    "TV & Film": ["After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"],
}  # fmt: skip


def violations(feed: bytes) -> list[str]:
    """What is wrong with a feed, one line each; empty if it holds all that is required and recommended.

    Transcripts, which are recommended too, are not asked for.
    """
    root = etree.fromstring(feed)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return ["not an RSS 2.0 document"]
    wrong = [f"prefix {prefix} is not declared" for prefix, uri in PREFIXES.items() if root.nsmap.get(prefix) != uri]
    wrong += _channel(channel) + _values(channel)
    items = channel.findall("item")
    for index, item in enumerate(items):
        wrong += [f"item {index}: {fault}" for fault in _item(item) + _values(item)]
    for tag in ("guid", "title"):
        texts = [item.findtext(tag) for item in items]
        wrong += [f"two items have the {tag} {text!r}" for text in {text for text in texts if texts.count(text) > 1}]
    return wrong


def _channel(channel: etree._Element) -> list[str]:
    wrong = _missing(
        channel,
        [*CHANNEL_REQUIRED, *CHANNEL_RECOMMENDED],
    )
    selves = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(selves) != 1 or not _is_address(selves[0].get("href")) or selves[0].get("type") != "application/rss+xml":
        wrong.append("no single atom:link rel=self")
    elif channel.findtext("link") == selves[0].get("href"):
        wrong.append("the channel's link is the feed's own address")
    if not _is_address(channel.findtext("link")):
        wrong.append("link is not an address")
    if not LANGUAGE.fullmatch(channel.findtext("language") or ""):
        wrong.append("language is no BCP 47 code")
    if not UUID.fullmatch(channel.findtext(f"{PODCAST}guid") or ""):
        wrong.append("podcast:guid is no UUID")
    if channel.findtext(f"{PODCAST}locked") not in ("yes", "no"):
        wrong.append("podcast:locked is neither yes nor no")
    if re.search(r"©|\b(19|20)\d\d\b", channel.findtext("copyright") or ""):
        wrong.append("copyright holds the sign or a year")
    return wrong + _category(channel) + _common(channel)


def _category(channel: etree._Element) -> list[str]:
    category = channel.find(f"{ITUNES}category")
    if category is None:
        return []
    name = category.get("text") or ""
    inner = [sub.get("text") for sub in category.findall(f"{ITUNES}category")]
    return [f"{name} is none of Apple's categories"] * (name not in CATEGORIES) + [
        f"{sub} is no subcategory of {name}" for sub in inner if sub not in CATEGORIES.get(name, [])
    ]


def _item(item: etree._Element) -> list[str]:
    wrong = _missing(
        item,
        [*ITEM_REQUIRED, *ITEM_RECOMMENDED],
    )
    enclosure = item.find("enclosure")
    if enclosure is not None:
        url, length, kind = (enclosure.get(key) or "" for key in ("url", "length", "type"))
        if not _is_address(url):
            wrong.append("the enclosure's address is no ASCII address")
        if not length.isdecimal() or int(length) == 0:
            wrong.append("the enclosure has no length in bytes")
        if kind not in AUDIO_TYPES or not url.endswith(AUDIO_TYPES[kind]):
            wrong.append(f"the enclosure's type {kind} does not go with {url}")
    if not (item.findtext(f"{ITUNES}duration") or "").isdecimal():
        wrong.append("itunes:duration is not in whole seconds")
    if re.match(r"(?i)\s*(#|n[°º]|épisode|episode|ep\.?)\s*\d", item.findtext("title") or ""):
        wrong.append("the title begins with an episode number")
    return wrong + _date(item) + _common(item)


def _date(item: etree._Element) -> list[str]:
    try:
        published: datetime = parsedate_to_datetime(item.findtext("pubDate") or "")
    except ValueError:
        return ["pubDate is not in RFC 2822"]
    return [] if published.tzinfo else ["pubDate has no zone"]


def _common(parent: etree._Element) -> list[str]:
    wrong = []
    if parent.findtext(f"{ITUNES}explicit") not in ("true", "false"):
        wrong.append("itunes:explicit is neither true nor false")
    image = parent.find(f"{ITUNES}image")
    href = (image.get("href") if image is not None else "") or ""
    if not _is_address(href) or not href.endswith((".jpg", ".jpeg", ".png")):
        wrong.append("itunes:image is no address of a JPEG or PNG")
    if len((parent.findtext("description") or "").encode()) > MAX_DESCRIPTION_BYTES:
        wrong.append("description is over 4000 bytes")
    return wrong


def _missing(parent: etree._Element, names: list[str]) -> list[str]:
    wrong = [f"{name} is missing" for name in names if parent.find(name) is None]
    return wrong + [
        f"{name} is there {len(parent.findall(name))} times" for name in names if len(parent.findall(name)) > 1
    ]


def _values(parent: etree._Element) -> list[str]:
    wrong = []
    for element in parent.iterchildren():
        text = element.text or ""
        if element.tag in ("item", "image", f"{ITUNES}owner", f"{PODCAST}alternateEnclosure"):
            continue
        if element.tag not in ("description", f"{CONTENT}encoded") and len(text) > MAX_VALUE:
            wrong.append(f"{element.tag} is over {MAX_VALUE} characters")
        if not len(element) and text != text.strip():
            wrong.append(f"{element.tag} has spaces at its edges")
    return wrong


def _is_address(url: str | None) -> bool:
    return bool(url) and url.isascii() and urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).netloc)  # type: ignore[union-attr]
