"""Single faults put into a good feed of ours, each with the rule that must notice it.

A fault is a function from the feed's text to a text that differs from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Mutation = Callable[[str], str]

PSC = "http://podlove.org/simple-chapters"


def swap(old: str, new: str) -> Mutation:
    """The first place of a text replaced."""
    return lambda feed: feed.replace(old, new, 1)


def drop(pattern: str) -> Mutation:
    """The first match of a pattern taken away."""
    return lambda feed: re.sub(pattern, "", feed, count=1, flags=re.DOTALL)


def drop_in_item(pattern: str) -> Mutation:
    """The first match of a pattern in the newest item taken away."""
    return lambda feed: re.sub(rf"(<item>.*?){pattern}", r"\1", feed, count=1, flags=re.DOTALL)


def put(pattern: str, new: str) -> Mutation:
    """The first match of a pattern replaced; ``\\1`` is its first group."""
    return lambda feed: re.sub(pattern, new, feed, count=1, flags=re.DOTALL)


def in_channel(xml: str) -> Mutation:
    """An element put into the channel, before its first item."""
    return swap("<item>", f"{xml}<item>")


def in_item(xml: str) -> Mutation:
    """An element put at the end of the newest item."""
    return swap("</item>", f"{xml}</item>")


def in_older_item(xml: str) -> Mutation:
    """An element put at the end of the older item."""
    return swap("</item>\n  </channel>", f"{xml}</item></channel>")


def frequency(attributes: str) -> Mutation:
    return in_channel(f"<podcast:updateFrequency {attributes}>jeudi</podcast:updateFrequency>")


def trailer(attributes: str) -> Mutation:
    return in_channel(f'<podcast:trailer url="https://r.example/t.mp3" {attributes}>Bientôt</podcast:trailer>')


def transcript(attributes: str) -> Mutation:
    return in_item(f"<podcast:transcript {attributes}/>")


def image(attributes: str) -> Mutation:
    return in_item(f'<podcast:image href="https://r.example/a.jpg" {attributes}/>')


def social(attributes: str) -> Mutation:
    return in_item(f"<podcast:socialInteract {attributes}/>")


def both(*changes: Mutation) -> Mutation:
    """One fault that takes several changes of the text."""

    def changed(feed: str) -> str:
        for change in changes:
            feed = change(feed)
        return feed

    return changed


def in_both_items(pattern: str) -> Mutation:
    """A value of the older item made that of the newer one."""

    def changed(feed: str) -> str:
        first, second = list(re.finditer(pattern, feed, re.DOTALL))[:2]
        return feed[: second.start()] + first[0] + feed[second.end() :]

    return changed


def again(pattern: str) -> Mutation:
    """The first match of a pattern twice in a row."""
    return lambda feed: re.sub(f"({pattern})", r"\1\1", feed, count=1, flags=re.DOTALL)


def chapters(*inner: str, version: str = "1.2") -> Mutation:
    """Podlove chapters in the newest item; as many as the description has times where they are three."""
    xml = f'<psc:chapters xmlns:psc="{PSC}" version="{version}">{"".join(inner)}</psc:chapters>'
    return in_item(xml)


def chapter(start: str, title: str = "x") -> str:
    return f'<psc:chapter start="{start}" title="{title}"/>'


def person(attributes: str, name: str = "Nadia") -> Mutation:
    return in_item(f"<podcast:person {attributes}>{name}</podcast:person>")


def alternate(inner: str = "", attributes: str = 'type="audio/aac" length="5000000"') -> Mutation:
    source = inner or '<podcast:source uri="https://radio.example/a.aac"/>'
    return in_item(f"<podcast:alternateEnclosure {attributes}>{source}</podcast:alternateEnclosure>")


LIVE_GUID = '<guid isPermaLink="false">direct</guid>'
LIVE_ENCLOSURE = '<enclosure url="https://radio.example/direct.mp3" length="0" type="audio/mpeg"/>'
LIVE_LINK = '<podcast:contentLink href="https://radio.example/direct">Écouter</podcast:contentLink>'
LIVE = (
    '<podcast:liveItem status="pending" start="2026-12-10T18:00:00+01:00" end="2026-12-10T18:55:00+01:00">'
    f"<title>Direct</title>{LIVE_GUID}{LIVE_ENCLOSURE}{LIVE_LINK}</podcast:liveItem>"
)


def live(old: str, new: str) -> Mutation:
    assert old in LIVE
    return in_channel(LIVE.replace(old, new, 1))


RECIPIENT = '<podcast:valueRecipient type="node" address="02c5" split="10"/>'


def money(attributes: str, inner: str = RECIPIENT) -> Mutation:
    return in_channel(f"<podcast:value {attributes}>{inner}</podcast:value>")


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
    ("namespace/unknown-element", in_item("<podcast:Person>x</podcast:Person>")),
    ("namespace/misplaced-element", in_item("<podcast:locked>yes</podcast:locked>")),
    ("namespace/empty", person('role="guest"', "")),
    ("namespace/text-length", person('role="guest"', "x" * 129)),
    ("namespace/text-length", in_channel(f"<podcast:txt>{'x' * 4001}</podcast:txt>")),
    ("namespace/https", person('href="http://radio.example/nadia"')),
    ("namespace/guid-uuid", swap("<podcast:guid>5f", "<podcast:guid>")),
    ("namespace/locked-value", swap(">yes</podcast:locked>", ">true</podcast:locked>")),
    ("namespace/locked-owner", swap('<podcast:locked owner="bobine@', '<podcast:locked owner="bobine')),
    ("namespace/medium-value", swap("<podcast:medium>podcast", "<podcast:medium>radio")),
    ("namespace/block-value", in_channel("<podcast:block>oui</podcast:block>")),
    ("namespace/license-url", put(r"<podcast:license[^>]*>[^<]*", "<podcast:license>à nous")),
    ("namespace/license-case", swap(">cc-by-nc-sa-4.0<", ">CC-BY-NC-SA-4.0<")),
    ("namespace/funding-url", in_channel('<podcast:funding url="soutenir">Soutenir</podcast:funding>')),
    ("namespace/update-frequency-rrule", frequency('rrule="weekly"')),
    (
        "namespace/update-frequency-rrule",
        frequency('rrule="FREQ=WEEKLY;BYDAY=JE"'),
    ),
    ("namespace/update-frequency-rrule", frequency("")),
    (
        "namespace/update-frequency-dtstart",
        frequency('rrule="FREQ=WEEKLY;COUNT=3"'),
    ),
    (
        "namespace/update-frequency-complete",
        frequency('rrule="FREQ=DAILY" complete="yes"'),
    ),
    ("namespace/podroll-empty", in_channel("<podcast:podroll/>")),
    (
        "namespace/remote-item-guid",
        in_channel('<podcast:podroll><podcast:remoteItem feedGuid="radio"/></podcast:podroll>'),
    ),
    (
        "namespace/trailer-pubdate",
        trailer('length="9" type="audio/mpeg"'),
    ),
    (
        "namespace/trailer-file",
        trailer('pubdate="01 Nov 2026 12:00 GMT"'),
    ),
    ("namespace/person-role", person('role="présentatrice"')),
    ("namespace/person-group", person('group="équipe" role="host"')),
    ("namespace/person-role-of-group", person('group="writing" role="host"')),
    ("namespace/person-url", person('img="nadia.jpg"')),
    (
        "namespace/person-hosts",
        drop_in_item(r'<podcast:person role="host" group="cast">[^<]*</podcast:person>'),
    ),
    ("namespace/location-geo", in_channel('<podcast:location geo="45.04,5.05">Romans</podcast:location>')),
    ("namespace/location-geo", in_channel('<podcast:location geo="geo:95.04,5.05">Romans</podcast:location>')),
    ("namespace/location-osm", in_channel('<podcast:location osm="84145">Romans</podcast:location>')),
    ("namespace/location-rel", in_channel('<podcast:location rel="studio">Romans</podcast:location>')),
    ("namespace/location-country", in_channel('<podcast:location country="France">Romans</podcast:location>')),
    ("namespace/chat", in_channel('<podcast:chat protocol="irc"/>')),
    ("namespace/season-integer", put("(<podcast:season name=[^>]*>)8", r"\1huit")),
    ("namespace/episode-decimal", swap("<podcast:episode>8", "<podcast:episode>8 bis")),
    ("namespace/number-agrees", swap("<podcast:episode>8", "<podcast:episode>9")),
    ("namespace/chapters-type", swap('type="application/json+chapters"', 'type="text/plain"')),
    ("namespace/chapters-url", swap('<podcast:chapters url="https://', '<podcast:chapters url="')),
    ("namespace/transcript-type", transcript('url="https://r.example/a.doc" type="application/msword"')),
    ("namespace/transcript-url", transcript('url="a.vtt" type="text/vtt"')),
    (
        "namespace/transcript-language",
        transcript('url="https://r.example/a.vtt" type="text/vtt" language="français"'),
    ),
    (
        "namespace/transcript-rel",
        transcript('url="https://r.example/a.vtt" type="text/vtt" rel="caption"'),
    ),
    ("namespace/soundbite-times", in_item('<podcast:soundbite startTime="1:00" duration="60"/>')),
    ("namespace/soundbite-duration", in_item('<podcast:soundbite startTime="60" duration="14.9"/>')),
    ("namespace/soundbite-duration", in_item('<podcast:soundbite startTime="60" duration="120.5"/>')),
    ("namespace/soundbite-range", in_item('<podcast:soundbite startTime="3290" duration="30"/>')),
    ("namespace/image-url", in_item('<podcast:image alt="x"/>')),
    ("namespace/image-alt", image("")),
    ("namespace/image-aspect-ratio", image('alt="x" aspect-ratio="16:9"')),
    ("namespace/image-size", image('alt="x" width="1200px"')),
    ("namespace/image-type", image('alt="x" type="jpeg"')),
    ("namespace/image-purpose", image('alt="x" purpose="à la une"')),
    ("namespace/social-interact-protocol", social('protocol="minitel" uri="https://a.example/"')),
    ("namespace/social-interact-uri", social('protocol="activitypub"')),
    (
        "namespace/social-interact-priority",
        in_item('<podcast:socialInteract protocol="activitypub" uri="https://a.example/"/>' * 2),
    ),
    ("namespace/alternate-enclosure-type", alternate(attributes='type="mp3"')),
    ("namespace/alternate-enclosure-length", alternate(attributes='type="audio/aac" length="0"')),
    ("namespace/alternate-enclosure-number", alternate(attributes='type="audio/aac" bitrate="128k"')),
    ("namespace/alternate-enclosure-lang", alternate(attributes='type="audio/aac" lang="français"')),
    ("namespace/alternate-enclosure-default", alternate(attributes='type="audio/aac" default="yes"')),
    ("namespace/alternate-enclosure-one-default", alternate(attributes='type="audio/aac" default="true"')),
    ("namespace/alternate-enclosure-source", alternate('<podcast:integrity type="pgp-signature" value="x"/>')),
    ("namespace/alternate-enclosure-same-file", put(r'(<podcast:source uri=")', r"\1https://x.example/")),
    ("namespace/source-uri", alternate('<podcast:source uri="a.aac"/>')),
    ("namespace/source-type", alternate('<podcast:source uri="https://r.example/a.aac" contentType="aac"/>')),
    ("namespace/integrity-type", swap('<podcast:integrity type="sri"', '<podcast:integrity type="sha"')),
    ("namespace/integrity-value", swap('value="sha384-AA', 'value="sha384-A')),
    ("namespace/integrity-value", swap('value="sha384-', 'value="md5-')),
    ("namespace/live-item-status", live('"pending"', '"soon"')),
    ("namespace/live-item-start", live("2026-12-10T18:00:00+01:00", "2026-12-10T18:00:00")),
    ("namespace/live-item-end", live("2026-12-10T18:55", "2026-12-10T17:55")),
    ("namespace/live-item-title", live("<title>Direct</title>", "")),
    ("namespace/live-item-guid", live(LIVE_GUID, "")),
    ("namespace/live-item-enclosure", live(LIVE_ENCLOSURE, "")),
    ("namespace/live-item-content-link", live(LIVE_LINK, "")),
    ("namespace/live-item-image", live("<title>", '<itunes:image href="https://r.example/a.jpg"/><title>')),
    (
        "namespace/live-item-chapters",
        live("<title>", '<podcast:chapters url="https://r.example/a.json" type="application/json+chapters"/><title>'),
    ),
    (
        "namespace/live-item-transcript",
        live("<title>", '<podcast:transcript url="https://r.example/a.vtt" type="text/vtt"/><title>'),
    ),
    ("namespace/live-item-stale", in_channel(LIVE.replace("2026-12-10", "2026-11-26"))),
    ("namespace/content-link-url", live('href="https://radio.example/direct"', 'href="direct"')),
    ("namespace/value-type", money('method="keysend"')),
    ("namespace/value-method", money('type="lightning"')),
    ("namespace/value-recipient", money('type="lightning" method="keysend"', "")),
    ("namespace/value-split", money('type="lightning" method="keysend"', RECIPIENT.replace('"10"', '"10 %"'))),
    ("namespace/value-fee", money('type="lightning" method="keysend"', RECIPIENT.replace("/>", ' fee="1"/>'))),
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
