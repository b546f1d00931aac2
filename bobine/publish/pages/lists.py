"""The lists of a show's pages: seasons, chroniques and people, in parts whose older ones never change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from bobine.french import sort_key
from bobine.model.episode_day import plain_day
from bobine.model.published.release import HeardItem, Release
from bobine.publish.layout import episode_page_key, feed_key, is_chronique, serial_slug
from bobine.publish.pages import keys, words
from bobine.publish.pages.episode_page import heading, summary
from bobine.publish.pages.frame import Site, episode_colours, subscription
from bobine.publish.pages.templating import rendered
from bobine.store.codec.json_text import json_text

PART = 60
"""Most episodes of one page."""

_PEOPLE = 60
_LATEST_OF_PERSON = 12


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, made when it is asked for.

    Attributes:
        keys: the keys of its files.
        days: the episodes that it tells of.
        around: what else it depends on: its neighbours.
        make: gives its files.
    """

    keys: tuple[str, ...]
    days: tuple[date, ...]
    around: str
    make: Callable[[], dict[str, bytes]]


class Entry(NamedTuple):
    """A line of a list; a template takes it apart, which is quicker than asking for each part.

    Attributes:
        link: where it leads.
        title: the episode's title, or the item's.
        episode: for an item, the title of its episode.
        day: the episode's.
        number: its number in words, or what kind it is.
        tile: the number on its tile.
        colours: number of the palette of its cover.
        length_s: how long it is, in seconds.
        about: the first words of its notes.
    """

    link: str
    title: str
    episode: str
    day: date
    number: str
    tile: str
    colours: int
    length_s: int
    about: str


def entry(site: Site, page: str, release: Release, item: HeardItem | None = None) -> Entry:
    """An episode, or one of its items, as a line of a list.

    Args:
        site: the show's pages.
        page: key of the page that it stands on.
        release: the episode.
        item: the item that it is there for; the link goes to its start.
    """
    link, title = keys.link(page, episode_page_key(site.show.slug, release.date)), heading(release)
    day, tile, colours = release.date, str(release.number), episode_colours(site, release)
    if item is None:
        return Entry(link, title, "", day, _number(release), tile, colours, release.duration_s, summary(release))
    length_s = (item.end_ms - item.start_ms) // 1000
    start = f"{link}#t={item.start_ms // 1000}"
    return Entry(start, item.title, title, day, _instalment(item), tile, colours, length_s, "")


def _number(release: Release) -> str:
    told = f"n° {release.number}" if release.stated_number is not None else ""
    return words.TYPES[release.kind] or told


def _instalment(item: HeardItem) -> str:
    return f"épisode {item.instalment}" if item.instalment is not None else ""


def seasons_of(releases: Sequence[Release]) -> dict[int, list[Release]]:
    """Releases by season, the newest season first, each in the order given."""
    found: dict[int, list[Release]] = {}
    for release in releases:
        found.setdefault(release.season, []).append(release)
    return dict(sorted(found.items(), reverse=True))


def chroniques_of(site: Site, releases: Sequence[Release]) -> dict[str, list[tuple[Release, HeardItem]]]:
    """The instalments of each chronique that the show names, in the order of the show."""
    found: dict[str, list[tuple[Release, HeardItem]]] = {one: [] for one in site.chroniques if is_chronique(one)}
    for release in releases:
        for item in release.items:
            if item.chronique in found:
                found[item.chronique].append((release, item))
    return {one: heard for one, heard in found.items() if heard}


def people_of(releases: Sequence[Release]) -> dict[str, list[Release]]:
    """The episodes of each person who may be named, in the order of names."""
    found: dict[str, list[Release]] = {}
    for release in releases:
        for person in release.people:
            episodes = found.setdefault(person.name, [])
            if not episodes or episodes[-1] is not release:
                episodes.append(release)
    return dict(sorted(found.items(), key=lambda entry: (sort_key(entry[0]), entry[0])))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The episodes that can be heard, in order, and the ways to them: see the functions that make each."""

    episodes: Sequence[Release]
    seasons: dict[int, list[Release]]
    chroniques: dict[str, list[tuple[Release, HeardItem]]]
    people: dict[str, list[Release]]


def catalogue(site: Site, releases: Sequence[Release]) -> Catalogue:
    """The catalogue of these releases, each of which is looked through once."""
    return Catalogue(releases, seasons_of(releases), chroniques_of(site, releases), people_of(releases))


def season_lists(site: Site, found: Catalogue) -> Iterator[Listing]:
    """The lists of the seasons, and what a browser searches in."""
    for season, episodes in found.seasons.items():
        place = partial(keys.season_key, site.show.slug, season)
        lines = [(release, None) for release in episodes]
        yield from _in_parts(site, place, f"Saison {season}", "", lines)
        key = keys.search_key(site.show.slug, season)
        days = tuple(release.date for release in episodes)
        yield Listing((key,), days, "", partial(_search, site, key, tuple(episodes)))


def chronique_lists(site: Site, found: Catalogue) -> Iterator[Listing]:
    """The lists of the chroniques."""
    about = {chronique.id: chronique.description for chronique in site.show.chroniques}
    served = {one.chronique for release in found.episodes for one in release.instalments}
    for chronique, heard in found.chroniques.items():
        place = partial(keys.chronique_key, site.show.slug, chronique)
        feed = feed_key(serial_slug(site.show.slug, chronique)) if chronique in served else ""
        yield from _in_parts(site, place, site.chroniques[chronique] or chronique, about[chronique], heard, feed)


def people_lists(site: Site, found: Catalogue) -> Iterator[Listing]:
    """The lists of people: one, or one of each initial letter where they are many."""
    people = found.people
    if not people:
        return
    if len(people) <= _PEOPLE:
        yield _people(site, keys.people_key(site.show.slug), "Les voix", tuple(people.items()), ())
        return
    letters: dict[str, list[tuple[str, list[Release]]]] = {}
    for person in people.items():
        letters.setdefault(_initial(person[0]), []).append(person)
    links = tuple((letter.upper() if letter != "0" else "#", letter) for letter in sorted(letters))
    yield _people(site, keys.people_key(site.show.slug), "Les voix", (), links)
    for letter, persons in letters.items():
        for number, start in enumerate(range(0, len(persons), _PEOPLE)):
            key = keys.people_key(site.show.slug, letter, number)
            yield _people(site, key, "Les voix", tuple(persons[start : start + _PEOPLE]), links, letter,
                          number + 1 if start + _PEOPLE < len(persons) else 0)  # fmt: skip


def _in_parts(
    site: Site,
    place: Callable[[int], str],
    title: str,
    about: str,
    lines: Sequence[tuple[Release, HeardItem | None]],
    feed: str = "",
) -> Iterator[Listing]:
    """A list in parts, counted from its oldest: only the newest one grows, and has the address of the whole."""
    parts = [tuple(lines[start : start + PART]) for start in range(0, len(lines), PART)]
    for number, part in enumerate(parts, 1):
        last = number == len(parts)
        key = place(0 if last else number)
        older = place(number - 1) if number > 1 else ""
        newer = "" if last else place(0 if number + 1 == len(parts) else number + 1)
        make = partial(_list, site, key, title, about, part, older, newer, feed)
        yield Listing((key,), tuple(release.date for release, _ in part), f"{older} {newer} {feed}", make)


def _list(
    site: Site,
    key: str,
    title: str,
    about: str,
    part: Sequence[tuple[Release, HeardItem | None]],
    older: str,
    newer: str,
    feed: str,
) -> dict[str, bytes]:
    entries = [entry(site, key, release, item) for release, item in reversed(part)]
    links = {"older": keys.link(key, older) if older else "", "newer": keys.link(key, newer) if newer else ""}
    own = subscription(site, key, feed) if feed else None
    return {
        key: rendered(
            "list.html", **site.frame(key), heading=title, intro=about, entries=entries, level="h2", own=own, **links
        )
    }


def _search(site: Site, key: str, episodes: Sequence[Release]) -> dict[str, bytes]:
    """The index that a browser searches in, the newest first: link, words shown, further words."""
    found = []
    for release in reversed(episodes):
        told = [summary(release)]
        told += [person.name for person in release.people]
        for item in release.items:
            told += [item.title, site.chroniques.get(item.chronique, ""), *item.people]
            told += [text for work in item.works for text in (work.title, work.author, work.composer, work.performer)]
        line = entry(site, site.show_key, release)
        found.append(
            [
                line.link,
                line.title,
                plain_day(release.date).isoformat(),
                " ".join(dict.fromkeys(filter(None, told))),
            ]
        )
    return {key: json_text({"episodes": found}, compact=True).encode(errors="replace")}


def _people(
    site: Site,
    key: str,
    title: str,
    people: Sequence[tuple[str, list[Release]]],
    letters: Sequence[tuple[str, str]],
    letter: str = "",
    following: int = 0,
) -> Listing:
    days = tuple(sorted({release.date for _, episodes in people for release in episodes}))
    around = repr([letters, following, [(name, len(episodes)) for name, episodes in people]])

    def make() -> dict[str, bytes]:
        slug = site.show.slug
        shown = [
            (
                name,
                [
                    (keys.link(key, episode_page_key(slug, release.date)), heading(release), release.date)
                    for release in reversed(episodes[-_LATEST_OF_PERSON:])
                ],
                len(episodes) - _LATEST_OF_PERSON,
            )
            for name, episodes in people
        ]
        links = [
            {"name": name, "link": keys.link(key, keys.people_key(slug, one)), "here": one == letter}
            for name, one in letters
        ]
        further = keys.link(key, keys.people_key(slug, letter, following)) if following else ""
        return {
            key: rendered("people.html", **site.frame(key), heading=title, people=shown, letters=links, further=further)
        }

    return Listing((key,), days, around, make)


def _initial(name: str) -> str:
    first = sort_key(name)[:1]
    return first if first.isascii() and first.isalpha() else "0"
