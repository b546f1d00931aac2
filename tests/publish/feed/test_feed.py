from __future__ import annotations

import dataclasses
import locale
import random
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bobine.model.podcast import License
from bobine.model.show import Show
from bobine.publish.feed.write import feed_bytes, feed_guid
from tests.publish.psp1 import CONTENT, ITUNES, PODCAST, violations
from tests.publish.samples import BASE, FEED, GUID, IMAGE, NASTY_TITLES, SHOW, release

GOLDEN = Path(__file__).parent / "golden" / "feed.xml"


def feed(*releases: Any, show: Show = SHOW) -> bytes:
    return feed_bytes(show, releases, BASE, FEED, IMAGE, GUID)


def parsed(content: bytes) -> etree._Element:
    channel = etree.fromstring(content).find("channel")
    assert channel is not None
    return channel


def show_with(**changes: Any) -> Show:
    return dataclasses.replace(SHOW, podcast=dataclasses.replace(SHOW.podcast, **changes))


def test_the_feed_is_these_bytes() -> None:
    assert feed(release(0), release(1, title='Noël <à> l\'Œuvre & "Cie" 🎄')) == GOLDEN.read_bytes()


@pytest.mark.parametrize(
    ("url", "guid"),
    [
        ("mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("HTTPS://podnews.net/rss//", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_guid_follows_the_examples_of_its_specification(url: str, guid: str) -> None:
    assert feed_guid(url) == guid


def test_the_order_of_releases_and_the_locale_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    releases = [release(week) for week in range(8)]
    expected = feed(*releases)
    random.Random(1).shuffle(releases)

    def refuse(*_: object) -> None:
        raise AssertionError("the locale is the process's, not the feed's")

    monkeypatch.setattr(locale, "setlocale", refuse)
    assert feed(*releases) == expected


def test_items_are_newest_first_and_at_most_300() -> None:
    for count, shown in ((300, 300), (301, 151), (450, 300)):
        channel = parsed(feed(*(release(week) for week in range(count))))
        numbers = [int(item.findtext(f"{PODCAST}episode") or 0) for item in channel.findall("item")]
        assert numbers == list(range(6 + count, 6 + count - shown, -1))


def test_dates_are_those_of_the_content() -> None:
    tokyo = timezone(timedelta(hours=9))
    published = datetime(2026, 11, 27, 3, 5, tzinfo=tokyo)
    corrected = datetime(2027, 1, 4, 12, 0, tzinfo=UTC)
    channel = parsed(feed(release(0, published=published, updated=corrected), release(1)))
    assert channel.findtext("lastBuildDate") == "Mon, 04 Jan 2027 12:00:00 GMT"
    assert [item.findtext("pubDate") for item in channel.findall("item")] == [
        "Thu, 03 Dec 2026 18:05:00 GMT",
        "Thu, 26 Nov 2026 18:05:00 GMT",
    ]


def test_an_empty_podcast_is_a_feed_too() -> None:
    content = feed()
    assert violations(content) == []
    assert parsed(content).find("lastBuildDate") is None


@pytest.mark.parametrize("title", NASTY_TITLES)
def test_nasty_titles_are_told_as_text(title: str) -> None:
    show = dataclasses.replace(
        show_with(author=title, copyright=title, owner_name=title), title=title, description=title
    )
    people = tuple(dataclasses.replace(person, name=title) for person in release().people)
    content = feed(release(title=title, description=title, people=people), show=show)
    assert violations(content) == []
    channel = parsed(content)
    item = channel.find("item")
    assert item is not None
    told = (channel.findtext("description") or "").replace("\u2060", "")
    texts = {channel.findtext("title"), told, item.findtext("title")}
    assert len(texts) == 1
    assert channel.findtext("title") == ("ab[31mcdef" if title.startswith("a\x00") else title)


def test_a_description_is_html_where_clients_read_html() -> None:
    item = parsed(feed(release(description="<b>&</b>\n00:00 x\n\nfin"))).find("item")
    assert item is not None
    assert item.findtext("description") == "<\u2060b>&<\u2060/b>\n00:00 x\n\nfin"
    assert item.findtext(f"{CONTENT}encoded") == "<p>&lt;b&gt;&amp;&lt;/b&gt;<br/>00:00 x</p><p>fin</p>"


def test_the_same_title_twice_is_told_apart_by_the_day() -> None:
    content = feed(release(0, title="Spéciale"), release(1, title="Spéciale"), release(2, title=" \n"))
    assert [item.findtext("title") for item in parsed(content).findall("item")] == [
        "Jeudi 10 décembre 2026",
        "Spéciale (jeudi 3 décembre 2026)",
        "Spéciale (jeudi 26 novembre 2026)",
    ]
    assert violations(content) == []


@pytest.mark.parametrize("explicit", [True, False])
def test_explicit_is_true_or_false(explicit: bool) -> None:
    channel = parsed(feed(release(), show=show_with(explicit=explicit)))
    for parent in (channel, channel.find("item")):
        assert parent is not None
        assert [tag.text for tag in parent.findall(f"{ITUNES}explicit")] == [str(explicit).lower()]


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("© 2026 La Bobine", "La Bobine"),
        ("(C) 2019-2026, La Bobine", "La Bobine"),
        ("Radio 2000 watts", "Radio watts"),
        ("©", None),
        ("", None),
    ],
)
def test_copyright_has_neither_sign_nor_year(given_text: str, expected: str | None) -> None:
    content = feed(show=show_with(copyright=given_text))
    assert parsed(content).findtext("copyright") == expected
    assert violations(content) == []


def test_what_is_optional_may_be_missing() -> None:
    bare = show_with(owner_email="", owner_name="", copyright="", license=None, subcategory="", locked=False)
    content = feed(release(people=(), audio=release().audio[:1]), show=bare)
    assert violations(content) == []
    channel = parsed(content)
    assert channel.findtext(f"{PODCAST}locked") == "no"
    for name in ("license", "person"):
        assert channel.find(f".//{PODCAST}{name}") is None
    assert channel.find(f"{ITUNES}owner") is None


def test_a_licence_of_ones_own_keeps_its_name_and_address() -> None:
    own = License(name="Tous droits réservés", url="https://labobineromanaise.example/licence é")
    tag = parsed(feed(show=show_with(license=own))).find(f"{PODCAST}license")
    assert tag is not None
    assert (tag.text, tag.get("url")) == (own.name, "https://labobineromanaise.example/licence%20%C3%A9")


@settings(max_examples=40)
@given(st.text(st.characters(codec=None), max_size=5000), st.text(st.characters(codec=None), max_size=300))
def test_any_text_makes_a_feed_that_holds_to_the_rules(long: str, short: str) -> None:
    show = dataclasses.replace(show_with(author=short), description=long)
    faults = violations(feed(release(title=short, description=long), show=show))
    assert [fault for fault in faults if "begins with an episode number" not in fault] == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"<itunes:explicit>false", b"<itunes:explicit>no", "neither true nor false"),
        (
            b' length="52800000" type="audio/mpeg"/>\n      <itunes',
            b' length="0" type="audio/mpeg"/>\n      <itunes',
            "length",
        ),
        (b"<itunes:duration>3300", b"<itunes:duration>55:00", "whole seconds"),
        (b"Society &amp; Culture", b"Radio", "none of Apple's categories"),
        (b"<podcast:guid>5f", b"<podcast:guid>", "no UUID"),
        (b'rel="self"', b'rel="alternate"', "rel=self"),
        (b"<pubDate>Thu", b"<pubDate>jeudi prochain", "RFC 2822"),
        (b"<copyright>", "<copyright>© 2026 ".encode(), "sign or a year"),
        (b"<title>La fanfare", b"<title> La fanfare", "spaces at its edges"),
        (b"<title>La fanfare", "<title>N° 7 La fanfare".encode(), "episode number"),
        (b"<title>La fanfare", b"<title>" + b"x" * 256, "over 255"),
        (b"<description>Une", b"<description>" + b"x" * 4000, "over 4000 bytes"),
        (b"<language>fr", "<language>français".encode(), "BCP 47"),
        (b"xmlns:itunes=", b"xmlns:apple=", ""),
        (b"<podcast:locked", b"<podcast:lock", ""),
    ],
)
def test_our_checker_sees_faults(old: bytes, new: bytes, fault: str) -> None:
    content = feed(release())
    assert old in content
    spoilt = content.replace(old, new)
    if b"xmlns:apple" in new:
        spoilt = spoilt.replace(b"itunes:", b"apple:")
        fault = "prefix itunes"
    if b"lock" in new:
        spoilt = spoilt.replace(b"/podcast:locked", b"/podcast:lock")
        fault = "locked is missing"
    assert any(fault in found for found in violations(spoilt))
