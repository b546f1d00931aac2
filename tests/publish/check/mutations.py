"""Single faults put into a good feed of ours, each with the rule that must notice it."""

from __future__ import annotations

import re

from tests.publish.check.changes import (
    Mutation,
    again,
    both,
    drop,
    drop_in_item,
    in_both_items,
    in_channel,
    in_item,
    in_older_item,
    put,
    swap,
)
from tests.publish.check.namespace_mutations import NAMESPACE_MUTATIONS

PSC = "http://podlove.org/simple-chapters"


def chapters(*inner: str, version: str = "1.2") -> Mutation:
    """Podlove chapters in the newest item; as many as the description has times where they are three."""
    xml = f'<psc:chapters xmlns:psc="{PSC}" version="{version}">{"".join(inner)}</psc:chapters>'
    return in_item(xml)


def chapter(start: str, title: str = "x") -> str:
    return f'<psc:chapter start="{start}" title="{title}"/>'


def first_bytes(xml: str) -> Mutation:
    return lambda feed: xml + feed


MUTATIONS: tuple[tuple[str, Mutation], ...] = (
    # the document
    ("xml/not-well-formed", swap("</item>", "")),
    ("xml/not-well-formed", swap("La fanfare", "La &eacute; fanfare")),
    ("xml/leading-space", first_bytes("\n ")),
    ("xml/doctype", swap("<rss", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss')),
    ("xml/html", lambda _feed: "<!DOCTYPE html><html><body>404</body></html>"),
    ("xml/empty", lambda _feed: " \n"),
    ("xml/encoding", swap("'UTF-8'", "'klingon'")),
    ("xml/control-character", swap("La fanfare", "La\x1b fanfare")),
    ("xml/control-character", swap("La fanfare", "La&#x1b; fanfare")),
    ("xml/prefix", lambda feed: feed.replace("itunes:", "apple:").replace(":itunes", ":apple")),
    ("xml/prefix", lambda feed: feed.replace("podcast:", "pod:").replace(":podcast=", ":pod=")),
    ("xml/namespace", swap("https://podcastindex.org/namespace/1.0", "http://podcastindex.org/namespace/1.0/")),
    ("xml/namespace", swap("https://podcastindex.org/namespace/1.0", "https://elsewhere.example/")),
    ("xml/namespace", drop(r' xmlns:podcast="[^"]*"')),
    ("rss/root", lambda feed: feed.replace("<rss", "<rdf").replace("</rss", "</rdf")),
    ("rss/version", swap('version="2.0"', 'version="0.91"')),
    ("rss/channel", swap("</channel>", "</channel><channel/>")),
    ("rss/item-outside", swap("</channel>", "</channel><item><title>x</title></item>")),
    ("rss/element-once", again(r"<link>[^<]*</link>")),
    ("rss/element-once", again(r"<enclosure[^>]*>")),
    ("rss/unknown-element", in_item("<subtitle>x</subtitle>")),
    ("rss/html-unescaped", swap("<description>Une", "<description><b>Une</b>")),
    ("rss/image", drop(r"<url>[^<]*</url>")),
    ("rss/guid-permalink", drop(r' isPermaLink="false"')),
    ("rss/guid-permalink-value", swap('isPermaLink="false"', 'isPermaLink="no"')),
    ("rss/guid-unique", in_both_items(r'<guid isPermaLink="false">[^<]*</guid>')),
    ("rss/ancient-date", swap("03 Dec 2026", "03 Dec 1970")),
    ("rss/order", swap("Thu, 03 Dec 2026 18:05", "Thu, 19 Nov 2026 18:05")),
    ("rfc2822/date", swap("<pubDate>Thu", "<pubDate>jeudi")),
    ("rfc2822/date", swap("18:05:00 GMT", "18:05:00 Paris")),
    ("rfc2822/date", swap("<pubDate>Thu, 03 Dec 2026", "<pubDate>Thu, 33 Dec 2026")),
    ("rfc2822/weekday", swap("<pubDate>Thu", "<pubDate>Wed")),
    # PSP-1
    ("psp1/channel-self-link", drop(r"<atom:link[^>]*>")),
    ("psp1/self-link-once", again(r"<atom:link[^>]*>")),
    ("psp1/self-link-address", swap("bobine-romanaise/feed.xml", "ailleurs/feed.xml")),
    ("psp1/self-link-address", swap('<atom:link href="https:', '<atom:link href="http:')),
    ("psp1/channel-title", drop(r"<title>[^<]*</title>")),
    ("psp1/channel-title", swap("<title>La Bobine Romanaise</title>", "<title> </title>")),
    ("psp1/channel-description", drop(r"<description>[^<]*</description>")),
    ("psp1/channel-link", drop(r"<link>[^<]*</link>")),
    ("psp1/channel-link-address", swap("<link>https://", "<link>")),
    ("psp1/channel-link-page", lambda feed: re.sub(r"<link>[^<]*</link>", link_of_itself(feed), feed, count=1)),
    ("psp1/channel-language", drop(r"<language>[^<]*</language>")),
    ("psp1/language-code", swap("<language>fr", "<language>français")),
    ("psp1/channel-category", drop(r"<itunes:category.*?</itunes:category>")),
    ("psp1/channel-explicit", drop(r"<itunes:explicit>[^<]*</itunes:explicit>")),
    ("psp1/channel-image", drop(r"<itunes:image[^>]*>")),
    ("psp1/channel-locked", drop(r"<podcast:locked[^>]*>[^<]*</podcast:locked>")),
    ("psp1/channel-guid", drop(r"<podcast:guid>[^<]*</podcast:guid>")),
    ("psp1/channel-author", drop(r"<itunes:author>[^<]*</itunes:author>")),
    ("psp1/item-title", drop(r"(?<=<item>)\s*<title>[^<]*</title>")),
    ("psp1/item-enclosure", drop(r"<enclosure[^>]*>")),
    ("psp1/item-guid", drop(r"<guid[^>]*>[^<]*</guid>")),
    ("psp1/item-link", drop_in_item("<link>[^<]*</link>")),
    ("psp1/item-link-address", put(r"(<item>.*?<link>)", r"\1ftp:")),
    ("psp1/item-pubdate", drop(r"<pubDate>[^<]*</pubDate>")),
    (
        "psp1/item-description",
        drop_in_item("<description>.*?</description>"),
    ),
    ("psp1/item-duration", drop(r"<itunes:duration>[^<]*</itunes:duration>")),
    (
        "psp1/item-image",
        drop_in_item("<itunes:image[^>]*>"),
    ),
    (
        "psp1/item-explicit",
        drop_in_item(r"<itunes:explicit>\w*</itunes:explicit>"),
    ),
    (
        "psp1/item-transcript",
        in_older_item('<podcast:transcript url="https://r.example/a.vtt" type="text/vtt"/>'),
    ),
    ("psp1/value-length", swap("<title>La fanfare", "<title>" + "x" * 256)),
    ("psp1/description-length", swap("<description>Une", "<description>" + "é" * 2000)),
    ("psp1/edge-spaces", swap("<title>La fanfare", "<title> La fanfare")),
    ("psp1/explicit-value", swap("<itunes:explicit>false", "<itunes:explicit>no")),
    ("psp1/explicit-value", swap("<itunes:explicit>false", "<itunes:explicit>False")),
    ("psp1/copyright-sign", swap("<copyright>", "<copyright>© ")),
    ("psp1/copyright-year", swap("<copyright>", "<copyright>2026 ")),
    ("psp1/distinct-titles", in_both_items(r"(?<=<item>)\s*<title>[^<]*</title>")),
    ("psp1/title-number", swap("<title>La fanfare", "<title>N° 7 : La fanfare")),
    ("psp1/title-number", swap("<title>La fanfare", "<title>S08E07 La fanfare")),
    ("psp1/duration-seconds", swap("<itunes:duration>3300", "<itunes:duration>55:00")),
    ("psp1/duration-zero", swap("<itunes:duration>3300", "<itunes:duration>0")),
    ("psp1/future-date", swap("03 Dec 2026 18:05", "05 Dec 2026 18:05")),
    ("psp1/item-enclosure-url", swap('<enclosure url="https://', '<enclosure url="')),
    ("psp1/item-enclosure-ascii", swap('<enclosure url="https://', '<enclosure url="https://é')),
    ("psp1/item-enclosure-length", swap('length="52800000" type="audio/mpeg"/>', 'length="0" type="audio/mpeg"/>')),
    ("psp1/item-enclosure-length", swap('length="52800000" type="audio/mpeg"/>', 'length="50 Mo" type="audio/mpeg"/>')),
    ("psp1/item-enclosure-bytes", swap('length="52800000" type="audio/mpeg"/>', 'length="55" type="audio/mpeg"/>')),
    ("psp1/item-enclosure-type", swap('length="52800000" type="audio/mpeg"/>', 'length="52800000" type="mp3"/>')),
    ("text/control-character", swap("La fanfare", "La\x85 fanfare")),
    ("text/html", swap("<title>La fanfare", "<title>La &lt;b&gt;fanfare&lt;/b&gt;")),
    # Apple
    ("apple/category", swap("Society &amp; Culture", "Radio")),
    ("apple/subcategory", swap("Personal Journals", "Personal journals")),
    ("apple/category-first", in_channel('<itunes:category text="History"/>')),
    ("apple/owner-email", swap("<itunes:email>bobine@", "<itunes:email>bobine")),
    ("apple/owner-name", drop(r"<itunes:name>[^<]*</itunes:name>")),
    ("apple/cover-url", swap('<itunes:image href="https://', '<itunes:image href="')),
    ("apple/cover-extension", put(r'(<itunes:image href="[^"]*)\.jpg', r"\1.webp")),
    ("apple/cover-https", swap('<itunes:image href="https:', '<itunes:image href="http:')),
    ("apple/enclosure-https", swap('<enclosure url="https:', '<enclosure url="http:')),
    ("apple/enclosure-unique", in_both_items(r"<enclosure[^>]*>")),
    ("apple/enclosure-extension", put(r'(<enclosure url="[^"]*)\.mp3', r"\1.m4a")),
    (
        "apple/enclosure-format",
        lambda feed: re.sub(
            r'(<enclosure url="[^"]*)\.mp3("[^>]*)audio/mpeg', r"\1.opus\2audio/ogg", feed, count=1, flags=re.DOTALL
        ),
    ),
    ("apple/episode-type", swap("<itunes:episodeType>full", "<itunes:episodeType>Full")),
    ("apple/type", swap("<itunes:type>episodic", "<itunes:type>weekly")),
    ("apple/block", in_channel("<itunes:block>true</itunes:block>")),
    ("apple/complete", in_channel("<itunes:complete>true</itunes:complete>")),
    ("apple/number", swap("<itunes:season>8", "<itunes:season>huit")),
    ("apple/number", swap("<itunes:episode>8", "<itunes:episode>0")),
    ("apple/number-twice", swap("<itunes:episode>8", "<itunes:episode>7")),
    ("apple/serial-number", both(swap(">episodic<", ">serial<"), drop(r"<itunes:episode>\d+</itunes:episode>"))),
    ("apple/new-feed-url", in_channel("<itunes:new-feed-url>feed.xml</itunes:new-feed-url>")),
    ("apple/no-longer-read", in_item("<itunes:keywords>radio</itunes:keywords>")),
    # links and pages
    ("rfc4287/link-href", in_channel('<atom:link rel="hub"/>')),
    ("rfc4287/link-rel", in_channel('<atom:link rel="nexte" href="https://radio.example/"/>')),
    ("rfc4287/self-type", swap('type="application/rss+xml"', 'type="text/html"')),
    ("rfc5005/first", in_channel('<atom:link rel="next" href="https://radio.example/2.xml"/>')),
    ("rfc5005/link-once", in_channel('<atom:link rel="last" href="https://radio.example/9.xml"/>' * 2)),
    ("rfc5005/page-of-itself", lambda feed: in_channel(f'<atom:link rel="next" href="{own_address(feed)}"/>')(feed)),
    ("rfc5005/too-many-items", lambda feed: many_items(feed, 301)),
    # chapters
    ("chapters/timestamps-start", swap("00:00:00 Générique", "00:00:10 Générique")),
    ("chapters/timestamps-few", swap("00:02:30 Politique", "Politique")),
    ("chapters/timestamps-order", swap("00:02:30 Politique", "00:00:30 Politique")),
    ("chapters/timestamps-end", swap("00:02:30 Politique", "01:02:30 Politique")),
    ("chapters/counts", chapters(chapter("0"), chapter("40"))),
    ("psc/version", chapters(chapter("0"), chapter("40"), chapter("150"), version="")),
    ("psc/empty", chapters()),
    ("psc/start", chapters(chapter("0"), chapter("00:00:40s"), chapter("150"))),
    ("psc/start", chapters(chapter("0"), chapter("0:75"), chapter("150"))),
    ("psc/title", chapters(chapter("0"), chapter("40", ""), chapter("150"))),
    ("psc/whole-seconds", chapters(chapter("0"), chapter("40.250"), chapter("150"))),
    ("psc/order", chapters(chapter("0"), chapter("150"), chapter("40"))),
    ("psc/address", chapters('<psc:chapter start="0" title="x" href="y"/>', chapter("40"), chapter("150"))),
    # Podcasting 2.0
    *NAMESPACE_MUTATIONS,
)


def link_of_itself(feed: str) -> str:
    return f"<link>{own_address(feed)}</link>"


def own_address(feed: str) -> str:
    found = re.search(r'<atom:link href="([^"]*)"', feed)
    assert found is not None
    return found[1]


def many_items(feed: str, count: int) -> str:
    """The older item again and again, until there are so many; each with its own guid, title, number and files."""
    older = feed[feed.rindex("<item>") : feed.rindex("</item>") + len("</item>")]
    more = "".join(
        older.replace("semaine 0", f"numéro {place}")
        .replace("5f1d3a8e-0000-5000-8000-1", f"{place:08d}-0000-5000-8000-1")
        .replace(".mp3", f"-{place}.mp3")
        .replace("episode>7<", f"episode>{place + 100}<")
        for place in range(count - 2)
    )
    return feed.replace("</channel>", f"{more}</channel>")
