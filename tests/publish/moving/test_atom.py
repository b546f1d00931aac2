"""Podcasts whose feed is Atom: read as the same feed in RSS would be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.publish.moving.reading.feeds import next_page, page_of, read_pages
from bobine.publish.moving.reading.source import SourceFeed, SourceFile, SourceItem
from tests.publish.check.site import Site
from tests.publish.moving.conftest import Room
from tests.publish.moving.host import feed as rss
from tests.publish.moving.host import mp3

AT = "https://ancien.example/flux.atom"
SOUND = '<link rel="enclosure" href="https://ancien.example/a.mp3" type="audio/mpeg" length="2000"/>'
WHEN = "<published>2020-11-05T18:00:00+01:00</published><updated>2021-01-01T00:00:00Z</updated>"
HEAD = """<title>A</title><subtitle type="html">&lt;p&gt;Des &amp;amp; voix&lt;/p&gt;</subtitle>
<id>tag:ancien.example,2020:a</id><updated>2021-01-01T00:00:00Z</updated><rights>L'association</rights>
<author><name>L'équipe</name></author><logo>logo.jpg</logo><generator>g</generator>
<link href="https://ancien.example/"/><link rel="self" href="https://ancien.example/flux.atom"/>"""

HTML = '<content type="html">&lt;p&gt;Un&lt;/p&gt;&lt;p&gt;Deux&lt;/p&gt;</content>'
XHTML = (
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un &amp; <b>deux</b> trois</p><p>Quatre</p>'
    "</div></content>"
)
PREFIXED = (
    '<content type="xhtml" xmlns:h="http://www.w3.org/1999/xhtml"><h:div><h:script>alert(1)</h:script>'
    '<h:a href="javascript:x">Ici</h:a></h:div></content>'
)


def atom(*entries: str, head: str = HEAD, more: str = "") -> bytes:
    spaces = 'xmlns="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    return f'<?xml version="1.0"?><feed {spaces} xml:lang="fr" {more}>{head}{"".join(entries)}</feed>'.encode()


def entry(more: str = "", *, title: str = "<title>a</title>", sound: str = SOUND, when: str = WHEN) -> str:
    return f"<entry>{title}<id>tag:ancien.example,2020:1</id>{when}{sound}{more}</entry>"


def read(*entries: str, **options: str) -> SourceFeed:
    return read_pages([(AT, page_of(atom(*entries, **options), AT))])


def one(more: str = "", **options: str) -> SourceItem:
    (item,) = read(entry(more, **options)).items
    return item


def test_it_says_what_the_same_feed_in_rss_says() -> None:
    item = """<item><title>a</title><guid>tag:ancien.example,2020:1</guid><link>https://ancien.example/a</link>
    <pubDate>Thu, 05 Nov 2020 18:00:00 +0100</pubDate><description>&lt;p&gt;Bonjour&lt;/p&gt;</description>
    <enclosure url="https://ancien.example/a.mp3" type="audio/mpeg"/><itunes:duration>55:00</itunes:duration></item>"""
    same = """<title>A</title><description>&lt;p&gt;Des &amp;amp; voix&lt;/p&gt;</description><language>fr</language>
    <link>https://ancien.example/</link><itunes:author>L'équipe</itunes:author><copyright>L'association</copyright>
    <image><url>https://ancien.example/logo.jpg</url></image>"""
    plain = read_pages([(AT, page_of(rss([item], same), AT))])
    told = entry(
        '<link href="https://ancien.example/a"/><summary type="html">&lt;p&gt;Bonjour&lt;/p&gt;</summary>'
        "<itunes:duration>55:00</itunes:duration>"
    )
    found = read(told)
    assert found.items == plain.items
    assert replace(found, items=(), address="") == replace(plain, items=(), address="")
    assert found.items[0].published == datetime(2020, 11, 5, 17, tzinfo=UTC)


def test_without_a_date_of_publication_it_is_that_of_the_change() -> None:
    assert one(when="<updated>2021-01-01T00:00:00Z</updated>").published == datetime(2021, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("more", "description", "notes"),
    [
        ("<summary>a &lt;b&gt; &amp;amp; c</summary>", "a <b> &amp; c", "a &lt;b&gt; &amp;amp; c"),
        ("<content>Des mots</content>", "Des mots", ""),
        (HTML, "Un\n\nDeux", "<p>Un</p><p>Deux</p>"),
        (XHTML, "Un & deux trois\n\nQuatre", "<p>Un &amp; <b>deux</b> trois</p><p>Quatre</p>"),
        (PREFIXED, "Ici", '<a rel="nofollow noopener">Ici</a>'),
    ],
)
def test_notes_in_each_form(more: str, description: str, notes: str) -> None:
    assert (one(more).description, one(more).notes) == (description, notes)


def test_the_sound_is_an_enclosure_or_the_content_itself() -> None:
    other = '<link rel="enclosure" href="a.pdf" type="application/pdf"/>'
    assert one(sound=other + SOUND).sound == SourceFile("https://ancien.example/a.mp3", "audio/mpeg")
    inside = '<content src="b.ogg" type="audio/ogg"/>'
    assert one(sound=inside).sound == SourceFile("https://ancien.example/b.ogg", "audio/ogg")
    without = read(entry(sound=other))
    assert not without.items
    assert "n'a pas de son" in without.lost[0]


def test_relative_addresses_start_where_the_feed_says() -> None:
    sound = '<link rel="enclosure" href="a.mp3" type="audio/mpeg"/>'
    found = read(entry(sound=sound), more='xml:base="https://sons.example/x/"')
    assert found.items[0].sound.address == "https://sons.example/x/a.mp3"
    nearer = sound.replace("<link", '<link xml:base="/y/"')
    found = read(entry(sound=nearer), more='xml:base="https://sons.example/x/"')
    assert found.items[0].sound.address == "https://sons.example/y/a.mp3"


def test_what_is_not_kept_is_said_and_pages_follow() -> None:
    head = f'{HEAD}<link rel="next" href="?page=2"/>'
    found = read(entry("<contributor><name>B</name></contributor><rights>r</rights>"), head=head)
    assert found.lost == (
        "N'est pas repris, la balise contributor : 1 épisode.",
        "N'est pas repris, la balise rights : 1 épisode.",
    )
    assert next_page(page_of(atom(head=head), AT), AT) == "https://ancien.example/flux.atom?page=2"


_ANY = st.recursive(
    st.tuples(
        st.sampled_from(["title", "id", "link", "content", "summary", "author", "name", "updated", "entry", "logo"]),
        st.sampled_from(
            [
                "",
                ' type="xhtml"',
                ' rel="enclosure" href="a.mp3"',
                ' src="a"',
                ' xml:base="http://[x" rel="enclosure" href="//b"',
            ]
        ),
        st.text("a&<é ", max_size=3),
    ).map(lambda one: f"<{one[0]}{one[1]}>{one[2].replace('&', '&amp;').replace('<', '&lt;')}</{one[0]}>"),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: f"<entry>{''.join(parts)}</entry>"),
    max_leaves=8,
)


@given(st.lists(_ANY, max_size=5))
def test_any_feed_is_read(parts: list[str]) -> None:
    found = read(*parts, head="")
    assert len({item.guid for item in found.items}) == len(found.items)


def test_a_podcast_is_taken_over_from_it(site: Site, room: Room) -> None:
    site.files["/a.mp3"] = ("audio/mpeg", mp3("a"))
    site.files["/flux.atom"] = ("application/atom+xml", atom(entry(sound=SOUND.replace("https://ancien.example", ""))))
    taken = room.take(f"{site.address}flux.atom")
    assert (taken.episodes, taken.added, taken.unfinished) == (1, 1, ())
    (told,) = feedparser.parse(room.store.location(f"{room.show.slug}/feed.xml")).entries
    assert (told.id, told.title, told.published) == (
        "tag:ancien.example,2020:1",
        "a",
        "Thu, 05 Nov 2020 17:00:00 GMT",
    )
