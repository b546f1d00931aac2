"""The pages as bytes: whole, small, escaped, steady, and without a word of what was withdrawn."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.publish.cover.palette import PALETTES
from bobine.publish.layout import embed_page_key, episode_page_key, feed_key, is_key, oembed_key, show_page_key
from bobine.publish.pages import colours, words
from bobine.publish.pages.keys import is_page_key, link
from bobine.publish.pages.lists import PART
from bobine.publish.pages.site import groups_of, pages_of
from bobine.publish.records import stored_files
from tests.publish.feed.test_serials import PEDRO
from tests.publish.feed.test_serials import heard as instalments
from tests.publish.pages.pages_samples import ATTACKS, MAGAZINE, hostile, hostile_show, told, withdrawn
from tests.publish.samples import BASE, DAY, NASTY_TITLES, SHOW

SLUG = SHOW.slug
FEW = pages_of(MAGAZINE, [told(0), told(1), withdrawn(2)], BASE)
PAGE = FEW[episode_page_key(SLUG, DAY)].decode()
VOID = {"meta", "link", "img", "br", "source", "track", "input", "path"}


class Page(HTMLParser):
    """The elements of a page; elements that are not closed in order are an error."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(content.decode())
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def links(self) -> list[str]:
        return [attrs[name] for _, attrs in self.found for name in ("href", "src") if name in attrs]


def html_of(pages: dict[str, bytes]) -> dict[str, bytes]:
    return {key: content for key, content in pages.items() if key.endswith(".html")}


def test_every_page_is_at_a_key_that_is_one() -> None:
    for key in FEW:
        assert is_key(key)
        assert is_page_key(key)
    for key in (feed_key(SLUG), f"{SLUG}/releases/2026-11-26.json", f"{SLUG}/pages/state.json", f"{SLUG}/other.html"):
        assert not is_page_key(key)


def test_the_same_releases_in_any_order_give_the_same_bytes() -> None:
    assert pages_of(MAGAZINE, [withdrawn(2), told(1), told(0)], BASE) == FEW


def test_links_lead_to_what_is_there() -> None:
    files = {file.key for one in (told(0), told(1)) for file in stored_files(one)} | {feed_key(SLUG)} | FEW.keys()
    for key, content in html_of(FEW).items():
        for target in Page(content).links():
            whole = urlsplit(urljoin(BASE + key, target))
            if whole.scheme == "https" and whole.netloc == urlsplit(BASE).netloc:
                assert whole.path.lstrip("/") in files, (key, target)


def test_pages_fetch_nothing_from_elsewhere_and_say_so() -> None:
    for content in html_of(FEW).values():
        for tag, attrs in Page(content).found:
            fetched = attrs.get("src") or (attrs.get("href") if attrs.get("rel") in ("stylesheet", "icon") else "")
            assert not fetched or not urlsplit(fetched).netloc, (tag, attrs)
            assert not [name for name in attrs if name.startswith("on")]
        policy = next(attrs["content"] for _, attrs in Page(content).found if "http-equiv" in attrs)
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        assert b"unsafe" not in content


def test_no_page_weighs_more_than_60_kilobytes() -> None:
    shared = sum(len(content) for key, content in FEW.items() if "/pages/" in key)
    for content in html_of(FEW).values():
        assert len(content) + shared < 60_000


def test_an_episode_tells_what_it_holds() -> None:
    assert '<html lang="fr">' in PAGE
    texts = (
        "Le bail\u00a0: qui paie quoi\u202f?",
        "Pedro l&#39;Avocat, épisode 1",
        "Thi-Lan Nguyen",
        "Anne Sylvestre",
        "jeudi 26 novembre 2026",
        "55\u00a0min",
        "Saison 8, n°\u00a07",
        "Lire la transcription",
        "Fichier (WebVTT)",
    )
    for text in texts:
        assert text in PAGE, text
    assert PAGE.count('class="item"') == 5
    assert 'id="t=1320"' in PAGE
    assert "00:11:00" not in PAGE, "the timestamps are the list of items"
    assert '<a href="https://labobineromanaise.example/?a=1&amp;b=2" rel="nofollow noopener">' in PAGE
    sounds = re.findall(r'<source src="([^"]+)" type="([^"]+)">', PAGE)
    assert [kind for _, kind in sounds] == ["audio/mpeg", "audio/ogg; codecs=opus"]


def test_a_chronique_that_has_a_feed_names_it_and_offers_it() -> None:
    key = f"{SLUG}/chroniques/pedro/index.html"
    show = dataclasses.replace(MAGAZINE, chroniques=(PEDRO, *MAGAZINE.chroniques[1:]))
    page = pages_of(show, [instalments(0), told(1)], BASE)[key]
    named = [attrs["href"] for tag, attrs in Page(page).found if tag == "link" and "rss" in attrs.get("type", "")]
    assert named == ["feed.xml", "../../feed.xml"], "its own first: apps take the first"
    address = f"{BASE}{SLUG}/chroniques/pedro/feed.xml"
    assert f'<a class="address" href="feed.xml">{address}</a>' in page.decode()
    assert f"podcast://{address.removeprefix('https://')}" in Page(page).links()
    plain = pages_of(show, [told(0), told(1)], BASE)[key].decode()
    assert "S’abonner" not in plain
    assert "chroniques/pedro/feed.xml" not in plain
    ahead, alone = groups_of(show, [instalments(0)], BASE), groups_of(show, [told(0)], BASE)
    prints = [next(group.print for group in one if group.keys[0] == key) for one in (ahead, alone)]
    assert prints[0] != prints[1], "a feed that comes or goes changes the page"


def test_machines_are_told() -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', PAGE)
    assert found
    data = json.loads(found[1])
    assert (data["@type"], data["duration"], data["partOfSeries"]["@type"]) == (
        "PodcastEpisode",
        "PT55M0S",
        "PodcastSeries",
    )
    assert data["associatedMedia"]["contentUrl"].startswith(BASE)
    attrs = [attrs for _, attrs in Page(PAGE.encode()).found]
    named = {one.get("property") or one.get("name") or "": one.get("content", "") for one in attrs}
    assert named["og:title"] == told().title
    assert named["og:url"] == BASE + episode_page_key(SLUG, DAY)
    assert {"rel": "canonical", "href": BASE + episode_page_key(SLUG, DAY)} in attrs
    feeds = [one for one in attrs if one.get("type") == "application/rss+xml" and one.get("rel") == "alternate"]
    assert urljoin(BASE + episode_page_key(SLUG, DAY), feeds[0]["href"]) == BASE + feed_key(SLUG)
    discovered = next(one["href"] for one in attrs if one.get("type") == "application/json+oembed")
    card = json.loads(FEW[discovered.removeprefix(BASE)])
    assert (card["version"], card["type"], card["title"]) == ("1.0", "rich", told().title)
    frame = Page(card["html"].encode()).found[0]
    assert frame[0] == "iframe"
    assert frame[1]["src"] == BASE + embed_page_key(SLUG, DAY)


def test_the_chapters_track() -> None:
    track = FEW[f"{SLUG}/{DAY}/chapters.vtt"].decode()
    assert track.startswith("WEBVTT\n\n00:00:00.000 --> 00:11:00.000\nGénérique\n\n")
    assert track.count("-->") == 5
    assert track.rstrip().endswith("--> 00:55:00.000\nThi-Lan, couturière")


def test_a_release_of_before_has_the_chapters_of_its_description() -> None:
    page = pages_of(SHOW, [told(0, items=())], BASE)[episode_page_key(SLUG, DAY)].decode()
    assert page.count('class="item"') == 3


def test_a_withdrawn_episode_says_so_and_nothing_else() -> None:
    gone = withdrawn(2)
    for key in (episode_page_key(SLUG, gone.date), embed_page_key(SLUG, gone.date)):
        page = FEW[key].decode()
        assert "Épisode retiré" in page
        assert "jeudi 10 décembre 2026" in page
        assert "à la demande d&#39;une personne entendue" in page
    assert json.loads(FEW[oembed_key(SLUG, gone.date)]) == {"version": "1.0", "type": "link", "title": "Épisode retiré"}
    for key, content in FEW.items():
        of_it = key.startswith(f"{SLUG}/{gone.date}/")
        assert gone.title.encode() not in content, key
        assert not of_it or not any(word in content for word in (b"Thi-Lan", b"pelote</", b".mp3", b"fanfare")), key
        assert of_it or gone.date.isoformat().encode() not in content, key


def test_a_corrected_name_leaves_every_page() -> None:
    without = told(
        0, people=told().people[:1], items=tuple(dataclasses.replace(one, people=()) for one in told().items)
    )
    for key, content in pages_of(MAGAZINE, [without], BASE).items():
        assert b"Thi-Lan Nguyen" not in content, key


@pytest.mark.boundary
@pytest.mark.parametrize("attack", [*ATTACKS, *NASTY_TITLES])
def test_hostile_texts_are_only_text(attack: str) -> None:
    pages = pages_of(hostile_show(attack), [hostile(attack, 0), hostile(attack, 1)], BASE)
    usual = pages_of(MAGAZINE, [told(0), told(1)], BASE)
    known = {tag for content in html_of(usual).values() for tag, _ in Page(content).found}
    for key, content in html_of(pages).items():
        page = Page(content)
        assert {tag for tag, _ in page.found} <= known, key
        assert not [attrs for _, attrs in page.found if any(name.startswith("on") for name in attrs)]
        assert not [target for target in page.links() if target.lower().startswith(("javascript:", "data:text"))]
        for data in re.findall(rb'<script type="application/ld\+json">(.*?)</script>', content):
            json.loads(data)
    for key, content in pages.items():
        if key.endswith("json"):
            json.loads(content)
        if key.endswith(".vtt"):
            assert content.count(b"-->") == 5
        assert "{{" not in attack or b"{{ 7 * 7 }}" in content or not key.endswith("/index.html")


@given(st.lists(st.integers(0, 400), min_size=1, max_size=8, unique=True))
def test_any_number_of_episodes_is_all_listed(weeks: list[int]) -> None:
    pages = pages_of(MAGAZINE, [told(week) for week in weeks], BASE)
    season = "".join(
        content.decode() for key, content in pages.items() if "/saisons/8/" in key and key.endswith("html")
    )
    for week in weeks:
        assert f"{(DAY + timedelta(weeks=week)).isoformat()}/index.html" in season


def test_many_episodes_are_listed_in_parts_whose_older_ones_stay() -> None:
    many = [told(week) for week in range(2 * PART + 5)]
    before, after = (pages_of(MAGAZINE, many[:count], BASE) for count in (len(many) - 1, len(many)))
    last, previous = many[-1].date, many[-2].date
    changed = {key for key, content in after.items() if before.get(key) != content}
    of_episodes = {key for key in changed if key.startswith((f"{SLUG}/{last}/", f"{SLUG}/{previous}/"))}
    assert changed - of_episodes == {
        show_page_key(SLUG), f"{SLUG}/saisons/8/index.html", f"{SLUG}/saisons/8/recherche.json",
        f"{SLUG}/chroniques/pedro/index.html", f"{SLUG}/chroniques/portrait/index.html", f"{SLUG}/personnes/index.html",
    }  # fmt: skip
    for key, content in html_of(after).items():
        assert len(content) < 60_000, key
    found = "".join(content.decode() for key, content in after.items() if "/saisons/" in key and key.endswith("html"))
    assert all(f"{one.date}/index.html" in found for one in many)


@given(st.integers(0, 10**6))
def test_lengths_and_places(second: int) -> None:
    parts = [int(part) for part in words.clock(second).split(":")]
    assert sum(part * 60**power for power, part in enumerate(reversed(parts))) == second
    assert words.length(second)


@pytest.mark.parametrize("number", range(len(PALETTES)))
def test_colours_stand_out(number: int) -> None:
    for scheme in (colours.light(PALETTES[number]), colours.dark(PALETTES[number])):
        for ground in (scheme.paper, scheme.card):
            for text in (scheme.ink, scheme.soft, scheme.accent):
                assert colours.contrast(text, ground) >= 4.5
            assert colours.contrast(scheme.edge, ground) >= 3
        assert colours.contrast(scheme.title, scheme.ground) >= 7
        assert colours.contrast(scheme.label, scheme.ground) >= 4.5
        assert colours.contrast(scheme.yarn, scheme.ground) >= 3


@pytest.mark.parametrize(
    ("start", "target", "found"),
    [
        ("a/index.html", "a/2026-01-01/index.html", "2026-01-01/index.html"),
        ("a/2026-01-01/index.html", "a/index.html", "../index.html"),
        ("a/2026-01-01/index.html", "a/audio/x.mp3", "../audio/x.mp3"),
        ("a/saisons/8/2/index.html", "a/saisons/8/index.html", "../index.html"),
        ("a/index.html", "a/index.html", "index.html"),
        ("index.html", "a/b.html", "a/b.html"),
    ],
)
def test_links_are_relative(start: str, target: str, found: str) -> None:
    assert link(start, target) == found
    assert urljoin(BASE + start, link(start, target)) == BASE + target
