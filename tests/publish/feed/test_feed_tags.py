"""Every tag that a feed must hold, with its value, as our checker and two parsers of Podcasting 2.0 read it."""

from __future__ import annotations

import dataclasses
import html
import io
import re
from datetime import date, time
from typing import Any

import feedparser
import podcastparser
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bobine.model.episode import EpisodeType
from bobine.model.podcast import License
from bobine.model.show import SeasonCalendar, Weekday
from bobine.publish.check.public import check_bytes
from bobine.publish.feed.channel_words import frequency, license_tag, season_name
from bobine.publish.text import same_in_html
from tests.publish.feed.test_feed_clients import feedsmith, partytime
from tests.publish.full import BONUS, FRIEND, FULL, FULL_SHOW, NOW, STREAM, TRAILER, full_feed
from tests.publish.samples import BASE, FEED, GUID, IMAGE, SHOW, chapters_of

__all__ = ["feedsmith", "partytime"]

CONTENT = full_feed()
CC = "https://creativecommons.org/licenses/by-nc-nd/4.0/"
RULE = "FREQ=WEEKLY;BYDAY=TH;BYMONTH=1,2,3,4,5,6,7,10,11,12"


def test_our_checker_finds_nothing() -> None:
    assert check_bytes(CONTENT, NOW, FEED) == ()


@pytest.mark.slow
def test_feedsmith_understands_every_tag_of_the_channel(feedsmith: Any) -> None:
    read = feedsmith(CONTENT)
    podcast = FULL_SHOW.podcast
    assert read["podcast"] == {
        "guid": GUID,
        "medium": "podcast",
        "locked": {"value": True, "owner": podcast.owner_email},
        "license": {"display": "cc-by-nc-nd-4.0", "url": CC},
        "fundings": [{"url": podcast.funding, "display": podcast.funding_text}],
        "persons": [{"display": "Nadia Ferhat", "role": "host", "group": "cast"}],
        "locations": [
            {"display": "Romans-sur-Isère", "rel": "subject", "geo": "geo:45.0447,5.0508", "osm": "R113314",
             "country": "fr"},
        ],
        "trailers": [
            {"display": TRAILER.title, "url": BASE + TRAILER.audio[0].file.key, "length": TRAILER.audio[0].file.bytes,
             "pubDate": "Thu, 19 Nov 2026 18:05:00 GMT", "type": "audio/mpeg", "season": 8},
        ],
        "images": [
            {"href": IMAGE, "alt": podcast.image_alt, "aspectRatio": "1/1", "type": "image/jpeg", "purpose": "artwork"},
        ],
        "liveItems": [
            {"status": "pending", "start": "2026-12-10T18:00:00+01:00", "end": "2026-12-10T18:55:00+01:00",
             "contentLinks": [{"href": STREAM, "display": "Radio Méga"}]},
        ],
        "txts": [{"display": podcast.txt, "purpose": "verify"}],
        "podroll": {"remoteItems": [{"feedGuid": FRIEND}]},
        "updateFrequency": {"display": "Chaque jeudi, d'octobre à juillet", "rrule": RULE},
    }  # fmt: skip


@pytest.mark.slow
def test_feedsmith_understands_every_tag_of_an_item(feedsmith: Any) -> None:
    bonus, item, trailer = feedsmith(CONTENT)["items"]
    podcast = item["podcast"]
    assert {one["type"]: one["url"] for one in podcast["transcripts"]} == {
        file.media_type: BASE + file.key for file in FULL.transcripts
    }
    assert {one["language"] for one in podcast["transcripts"]} == {"fr"}
    assert podcast["chapters"] == {"url": BASE + chapters_of(FULL).key, "type": "application/json+chapters"}
    assert podcast["soundbites"] == [{"startTime": 73.25, "duration": 45, "display": "L'accueil & le reste"}]
    assert [(one["display"], one["role"]) for one in podcast["persons"]] == [
        ("Nadia Ferhat", "host"), ("Jean-Loup d'Aubépine & fils", "guest"),
    ]  # fmt: skip
    assert podcast["season"] == {"number": 8, "name": "Saison 2026–2027"}
    assert podcast["episode"] == {"number": 7}
    assert podcast["license"] == {"display": "cc-by-nc-nd-4.0", "url": CC}
    assert podcast["images"][0]["href"] == BASE + FULL.image.key
    assert podcast["socialInteracts"] == [{"uri": FULL.discussion, "protocol": "activitypub", "priority": 1}]
    assert len(podcast["alternateEnclosures"]) == 2
    assert item["psc"]["chapters"] == [
        {"start": "00:00:00", "title": "Générique"},
        {"start": "00:00:40", "title": "Accueil <sommaire>"},
        {"start": "00:02:31", "title": "Politique"},
    ]
    assert (item["itunes"]["explicit"], bonus["itunes"]["explicit"]) == (True, False)
    assert [one["itunes"]["episodeType"] for one in (bonus, item, trailer)] == ["bonus", "full", "trailer"]
    assert "episode" not in trailer["itunes"]
    assert "episode" not in trailer["podcast"]
    assert "psc" not in bonus


@pytest.mark.slow
def test_the_podcast_index_understands_them_too(partytime: Any) -> None:
    read = partytime(CONTENT)
    supported = {name for names in read["pc20support"].values() for name in names}
    assert supported == {
        "locked", "funding", "transcript", "chapters", "soundbite", "person", "location", "season", "episode",
        "trailer", "license", "guid", "alternateEnclosure", "medium", "liveItem", "socialInteract", "txt", "podroll",
    }  # fmt: skip
    (live,) = read["podcastLiveItems"]
    assert (live["status"], live["title"]) == ("pending", "En direct : Semaine 2")
    assert live["enclosure"]["url"] == STREAM
    assert read["podcastSeasons"]["8"]["name"] == "Saison 2026–2027"
    assert [one["itunesEpisodeType"] for one in read["items"]] == ["bonus", "full", "trailer"]
    assert {BONUS.kind, FULL.kind, TRAILER.kind} == set(EpisodeType)


TEXTS = [
    "Une fanfare & des voix.\n\n00:00:00 Accueil <sommaire>\n00:01:00 R&D, AT&T; 1 < 2 <3",
    "&amp; &lt;déjà échappé&gt; &eacute &copy2026 &#x1F389; &nbsp;",
    "]]> et <![CDATA[ puis <!-- --> </p> <?php ?>",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_parser_reads_the_same_description(text: str) -> None:
    assert read_by_all(text) == {text}


@pytest.mark.slow
@pytest.mark.parametrize("text", TEXTS)
def test_so_do_the_parsers_of_podcasting_2(text: str, partytime: Any, feedsmith: Any) -> None:
    content = described(text)
    told = {client(content)["items"][0]["description"].replace("\u2060", "") for client in (partytime, feedsmith)}
    assert {" ".join(one.split()) for one in told} == {" ".join(text.split())}


def described(text: str) -> bytes:
    from tests.publish.check.feeds import our_feed

    return our_feed(dataclasses.replace(FULL, description=text), show=SHOW)


def read_by_all(text: str) -> set[str]:
    """The description as clients show it: one takes it for text, another for HTML, and a third decides by itself."""
    content = described(text)
    plain = etree.fromstring(content).findtext("channel/item/description") or ""
    as_html = html.unescape(re.sub(r"<[A-Za-z/!?][^>]*>", "", plain))
    gpodder = podcastparser.parse(FEED, io.BytesIO(content))["episodes"][0]["description"]
    other = html.unescape(feedparser.parse(io.BytesIO(content)).entries[0].summary)
    return {one.replace("\u2060", "") for one in (plain, as_html, gpodder, other)}


@given(st.text(alphabet="<>&;/!?# aé\nlt#x41", max_size=60))
def test_text_is_the_same_taken_for_html(text: str) -> None:
    told = same_in_html(text)
    assert told.replace("\u2060", "") == text
    assert html.unescape(told) == told
    assert not re.search(r"<[A-Za-z/!?]", told)
    assert same_in_html(told) == told


@pytest.mark.parametrize(
    ("first", "last", "words", "months"),
    [
        (10, 7, "Chaque jeudi, d'octobre à juillet", "1,2,3,4,5,6,7,10,11,12"),
        (2, 2, "Chaque jeudi, en février", "2"),
        (9, 6, "Chaque jeudi, de septembre à juin", "1,2,3,4,5,6,9,10,11,12"),
        (1, 12, "Chaque jeudi", ""),
        (9, 8, "Chaque jeudi", ""),
    ],
)
def test_the_rhythm_is_that_of_the_season(first: int, last: int, words: str, months: str) -> None:
    show = dataclasses.replace(SHOW, season=SeasonCalendar(first_month=first, last_month=last))
    rule = "FREQ=WEEKLY;BYDAY=TH" + (f";BYMONTH={months}" if months else "")
    assert frequency(show) == (rule, words)
    assert frequency(dataclasses.replace(show, language="en"))[1] == ""


@pytest.mark.parametrize("day", Weekday)
def test_the_rule_gives_the_days_of_the_slot(day: Weekday) -> None:
    slot = dataclasses.replace(SHOW.slot, day=day, start=time(23), end=time(1))
    show = dataclasses.replace(SHOW, slot=slot)
    found = rrulestr(frequency(show)[0], dtstart=NOW.replace(tzinfo=None))
    days = [one.date() for one in found[:60]]
    assert {one.weekday() for one in days} == {day.number}
    assert all(show.season.is_open(one) for one in days)


def test_a_season_is_named_by_its_years() -> None:
    assert season_name(SHOW, SHOW.season.number(date(2026, 11, 26))) == "Saison 2026–2027"
    whole = dataclasses.replace(
        SHOW, season=SeasonCalendar(first_month=1, last_month=12, first_year=2020), language="en"
    )
    assert season_name(whole, whole.season.number(date(2026, 11, 26))) == "2026"


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("cc-by-nc-sa-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("MIT", ""),
        ("cc-by-4.0-x", ""),
    ],
)
def test_a_creative_commons_licence_has_its_address(name: str, url: str) -> None:
    tag = license_tag(License(name=name))
    assert tag is not None
    assert (tag.name, tag.url) == (name.lower(), url)
