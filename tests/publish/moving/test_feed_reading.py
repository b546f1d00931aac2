"""The feeds of other hosts: what is kept of each, and what is said to be lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import format_datetime
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bobine.errors import PublishError
from bobine.model.episode import EpisodeType
from bobine.publish.moving.days import days_of, numbers_of
from bobine.publish.moving.reading.feeds import page_of, read_pages
from bobine.publish.moving.reading.source import SourceFeed, SourceItem, stable
from tests.publish.moving.host import feed
from tests.publish.samples import SHOW

AT = "https://ancien.example/flux.xml"
SOUND = '<enclosure url="https://ancien.example/{0}.mp3" type="audio/mpeg"/>'
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
IMAGE = '<enclosure url="https://x.example/a.jpg" type="image/jpeg"/>'
DESCRIBED = "<description>court</description>"
DATE = "<pubDate>Thu, 05 Nov 2020 17:00:00 GMT</pubDate>"


def read(*items: str, channel: str = "<title>A</title>") -> SourceFeed:
    return read_pages([(AT, page_of(feed(items, channel), AT))])


def made(name: str, more: str = "", *, date: str = DATE) -> str:
    return f"<item><title>{name}</title>{SOUND.format(name)}{date}{more}</item>"


def one(more: str) -> SourceItem:
    (item,) = read(made("a", more)).items
    return item


def test_an_item_is_known_by_its_guid_else_by_the_address_of_its_sound() -> None:
    found = read(made("b", "<guid> https://ancien.example/?p=2 </guid>"), made("a"))
    assert [item.guid for item in found.items] == ["https://ancien.example/a.mp3", "https://ancien.example/?p=2"]


def test_of_two_items_with_one_guid_the_newest_keeps_it() -> None:
    found = read(made("b", "<guid>x</guid>"), made("a", "<guid>x</guid>"))
    assert {item.title: item.guid for item in found.items} == {"b": "x", "a": "https://ancien.example/a.mp3"}
    assert "a l'identité (guid) de « b »" in found.lost[0]


def test_pages_that_overlap_give_each_item_once() -> None:
    first, second = [made("c", "<guid>c</guid>"), made("b", "<guid>b</guid>")], [made("b", "<guid>b</guid>"), made("a")]
    found = read_pages([(AT, page_of(feed(page), AT)) for page in (first, second)])
    assert [item.title for item in found.items] == ["a", "b", "c"]
    assert found.lost == ()


def test_an_item_without_a_date_keeps_its_place() -> None:
    later = "<pubDate>Fri, 06 Nov 2020 17:00:00 GMT</pubDate>"
    found = read(made("c", date=later), made("b", date="<pubDate>hier</pubDate>"), made("a"), made("z", date=""))
    assert [item.title for item in found.items] == ["z", "a", "b", "c"]
    assert [sentence.split(" n'a")[0] for sentence in found.lost] == ["« z »", "« b »"]


def test_what_has_no_sound_is_left_and_said() -> None:
    found = read(
        f"<item><title>Texte</title>{DATE}</item>",
        f"<item><title>PDF</title><enclosure url='https://a.example/a.pdf' type='application/pdf'/>{DATE}</item>",
        f"<item><title>Local</title><enclosure url='file:///etc/passwd' type='audio/mpeg'/>{DATE}</item>",
        f"<item><title>Script</title><enclosure url='javascript:1' type='audio/mpeg'/>{DATE}</item>",
        made("a"),
    )
    assert [item.title for item in found.items] == ["a"]
    assert [sentence.split(" »")[0] for sentence in found.lost] == ["« Texte", "« PDF", "« Local", "« Script"]


@pytest.mark.parametrize(
    ("enclosure", "address"),
    [
        ('<enclosure url="/sons/a b.mp3"/>', "https://ancien.example/sons/a%20b.mp3"),
        ('<enclosure url=" https://x.example/a.mp3 " length="" type="AUDIO/MPEG; x=1"/>', "https://x.example/a.mp3"),
        (
            f'<media:content {MEDIA} url="https://x.example/m.m4a" type="audio/mp4"/>',
            "https://x.example/m.m4a",
        ),
        (
            IMAGE + '<enclosure url="https://x.example/a.ogg" type="audio/ogg"/>',
            "https://x.example/a.ogg",
        ),
        ('<enclosure url="https://été.example/é.mp3"/>', None),
    ],
)
def test_enclosures_as_they_are_met(enclosure: str, address: str | None) -> None:
    found = read(f"<item><title>a</title>{enclosure}{DATE}</item>").items
    assert [item.sound.address for item in found] == [address] if address else len(found) <= 1


@pytest.mark.parametrize(
    ("more", "season", "number"),
    [
        ("<itunes:season>2</itunes:season><itunes:episode>7</itunes:episode>", 2, 7),
        ("<podcast:season name='Été'>3</podcast:season><podcast:episode>8</podcast:episode>", 3, 8),
        ("<podcast:episode>3.5</podcast:episode><itunes:episode>3</itunes:episode>", None, 3),
        ("<itunes:season>0</itunes:season><itunes:episode>S1E2</itunes:episode>", None, None),
        ("", None, None),
    ],
)
def test_seasons_and_numbers(more: str, season: int | None, number: int | None) -> None:
    item = one(more)
    assert (item.season, item.number) == (season, number)
    assert item.season_name == ("Été" if "Été" in more else "")


def test_what_an_item_says_is_kept() -> None:
    item = one(
        "<link>https://ancien.example/un</link><itunes:duration>1:02:03</itunes:duration>"
        "<itunes:explicit>clean</itunes:explicit><itunes:episodeType>Bonus</itunes:episodeType>"
        "<itunes:image href='/i.jpg'/><podcast:chapters url='/c.json' type='application/json+chapters'/>"
        "<psc:chapters><psc:chapter start='00:01:00.5' title='Deux'/><psc:chapter start='x' title='N'/></psc:chapters>"
        "<podcast:transcript url='/t.srt' type='application/srt' language='fr'/>"
        "<podcast:person role='Guest'>Lou</podcast:person>"
        "<podcast:soundbite startTime='73.25' duration='45'>Ici</podcast:soundbite>"
        "<podcast:socialInteract protocol='activitypub' uri='https://m.example/1'/>"
        "<podcast:alternateEnclosure type='audio/opus'><podcast:source uri='/a.opus'/></podcast:alternateEnclosure>"
        "<podcast:alternateEnclosure type='video/mp4'><podcast:source uri='/a.mp4'/></podcast:alternateEnclosure>"
    )
    assert (item.page, item.duration_s, item.explicit) == ("https://ancien.example/un", 3723, False)
    assert (item.kind, item.image) == (EpisodeType.BONUS, "https://ancien.example/i.jpg")
    assert item.chapters is not None
    assert item.chapters.address == "https://ancien.example/c.json"
    assert item.marks == ((60_500, "Deux"),)
    assert [(text.address, text.media_type) for text in item.transcripts] == [
        ("https://ancien.example/t.srt", "application/srt")
    ]
    assert [(person.name, person.role) for person in item.people] == [("Lou", "guest")]
    assert [(bite.start_ms, bite.duration_ms, bite.title) for bite in item.soundbites] == [(73_250, 45_000, "Ici")]
    assert item.discussion == "https://m.example/1"
    assert [other.address for other in item.others] == ["https://ancien.example/a.opus"]


@pytest.mark.parametrize(
    ("more", "description", "notes"),
    [
        ("<description>Tom &amp;amp; Jerry</description>", "Tom & Jerry", "Tom &amp; Jerry"),
        ("<description>un\n\ndeux</description>", "un\n\ndeux", ""),
        (
            "<description><![CDATA[<p>un</p><p>deux</p>]]></description>",
            "un\n\ndeux",
            "<p>un</p><p>deux</p>",
        ),
        (
            DESCRIBED + "<content:encoded><![CDATA[<p>bien plus <b>long</b></p>]]></content:encoded>",
            "court",
            "<p>bien plus <b>long</b></p>",
        ),
        ("<itunes:summary>seul</itunes:summary>", "seul", ""),
        ("<itunes:subtitle>seul</itunes:subtitle>", "seul", ""),
    ],
)
def test_notes_in_the_forms_that_hosts_give_them(more: str, description: str, notes: str) -> None:
    item = one(more)
    assert (item.description, item.notes) == (description, notes)


def test_notes_longer_than_a_description_are_whole_in_their_html() -> None:
    item = one(f"<description>{'mot ' * 3000}</description>")
    assert item.notes.count("mot") == 3000


def test_what_is_not_kept_is_said_once_for_all_items() -> None:
    more = "<foo:bar xmlns:foo='urn:x'>1</foo:bar><podcast:value type='lightning'/><itunes:keywords>a</itunes:keywords>"
    found = read(made("b", more), made("a", more), channel="<title>A</title><itunes:complete>yes</itunes:complete>")
    assert list(found.lost) == [
        "Le flux a une balise itunes:complete, qui n'est pas reprise.",
        "N'est pas repris, la balise foo:bar : 2 épisodes.",
        "N'est pas repris, la balise itunes:keywords : 2 épisodes.",
        "N'est pas repris, la balise podcast:value : 2 épisodes.",
    ]


def test_the_channel() -> None:
    found = read(
        made("a"),
        channel="<title>Le &lt;b&gt;podcast&lt;/b&gt;</title>"
        "<podcast:guid>3B241101-E2BB-5255-8CAF-4136C566A962</podcast:guid>"
        "<podcast:locked owner='a@b.example'>yes</podcast:locked><image><url>/i.png</url></image>"
        "<itunes:new-feed-url>https://neuf.example/f</itunes:new-feed-url><itunes:explicit>yes</itunes:explicit>"
        "<itunes:category text='Arts'><itunes:category text='Books'/></itunes:category>",
    )
    assert (found.title, found.guid) == ("Le podcast", "3b241101-e2bb-5255-8caf-4136c566a962")
    assert (found.is_locked, found.owner, found.explicit) == (True, "a@b.example", True)
    assert found.image == "https://ancien.example/i.png"
    said = dict(found.said)
    assert (said["podcast.category"], said["podcast.subcategory"]) == ("Arts", "Books")
    assert found.lost == ("Ce flux dit qu'il a déménagé à https://neuf.example/f : reprenez plutôt celui-là.",)


@pytest.mark.boundary
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<!DOCTYPE html><html></html>", "page web"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel>&a;</channel></rss>', "DOCTYPE"),
        (b"", "vide"),
        (b"<redirect><newLocation>https://x.example</newLocation></redirect>", "n'est pas un flux"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_word(content: bytes, told: str) -> None:
    with pytest.raises(PublishError, match=told):
        page_of(content, "x")


def test_an_address_without_the_marks_that_change() -> None:
    assert stable("https://x.example/a.mp3?token=1#t") == "https://x.example/a.mp3"
    assert stable("https://x.example/get.php?id=1") == "https://x.example/get.php?id=1"


NAIVE = datetime(2020, 1, 1)  # noqa: DTZ001 - the strategies want one
_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
_ITEMS = st.lists(
    st.builds(
        lambda n, title, guid, at: (n, title, guid, at),
        st.integers(0, 9),
        _TEXT,
        st.one_of(st.none(), st.sampled_from(["x", "y"]), _TEXT),
        st.one_of(st.none(), st.datetimes(NAIVE.replace(2000), NAIVE.replace(2030))),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(_ITEMS)
def test_every_feed_gives_episodes_with_an_identity_and_a_day_each(
    listed: list[tuple[int, str, str | None, datetime | None]],
) -> None:
    items = []
    for number, title, guid, at in listed:
        identity = "" if guid is None else f"<guid>{escape(guid)}</guid>"
        dated = "" if at is None else f"<pubDate>{format_datetime(at.replace(tzinfo=UTC))}</pubDate>"
        items.append(f"<item><title>{escape(title)}</title>{identity}{dated}{SOUND.format(number)}</item>")
    found = read(*items)
    guids = [item.guid for item in found.items]
    assert len(set(guids)) == len(guids)
    assert all(guids)
    assert {item.sound.address for item in found.items} == {f"https://ancien.example/{one[0]}.mp3" for one in listed}
    assert [item.published for item in found.items] == sorted(item.published for item in found.items)
    days = days_of(found.items, "Europe/Paris", {})
    assert len(set(days.values())) == len(guids)
    # newer items change nothing for those that are there
    assert days_of(found.items[: len(guids) // 2], "Europe/Paris", {}).items() <= days.items()
    again = days_of(found.items, "Europe/Paris", {day: guid for guid, day in days.items()})
    assert again == days
    places = numbers_of(found.items, days, SHOW.season)
    assert len(set(places.values())) == len(guids)


def test_the_day_is_that_of_the_place_of_the_show() -> None:
    late = "<pubDate>Thu, 05 Nov 2020 23:30:00 GMT</pubDate>"
    (item,) = read(made("a", date=late)).items
    assert days_of([item], "Europe/Paris", {})[item.guid] == date(2020, 11, 6)
    taken = {date(2020, 11, 6): "other"}
    assert days_of([item], "Europe/Paris", taken)[item.guid].isoformat() == "2020-11-06-2"
