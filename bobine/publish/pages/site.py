"""The site of a show: which pages there are, what each is made from, and how it is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from bobine.model.published.release import Release, StoredFile
from bobine.model.show import Show
from bobine.publish.memory.prints import digest, release_print
from bobine.publish.pages import keys
from bobine.publish.pages.episode_page import episode_files, transcript_files
from bobine.publish.pages.frame import Site
from bobine.publish.pages.lists import Listing, catalogue, chronique_lists, people_lists, season_lists
from bobine.publish.pages.show_page import show_files
from bobine.publish.pages.templating import asset_digests, assets, making_digest
from bobine.publish.pages.transcript import ReadText, file_of


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that are made together.

    Attributes:
        keys: the keys of its files, the page's own first.
        print: a digest of what they are made from: equal prints, equal bytes.
        days: the episodes that they tell of.
        make: gives the bytes of each key.
    """

    keys: tuple[str, ...]
    print: str
    days: frozenset[date]
    make: Callable[[], dict[str, bytes]]


def _unread(_file: StoredFile) -> None:
    """Nothing can be read."""


def pages_of(show: Show, releases: Sequence[Release], base_url: str, read: ReadText = _unread) -> dict[str, bytes]:
    """Every page of a show, by key; the same values give the same bytes.

    Args:
        show: the show.
        releases: what is online, withdrawn episodes included, in any order.
        base_url: address of the destination's root; ends with ``/``.
        read: gives the content of transcripts.
    """
    return {
        key: content for group in groups_of(show, releases, base_url, read) for key, content in group.make().items()
    }


def groups_of(show: Show, releases: Sequence[Release], base_url: str, read: ReadText = _unread) -> list[Group]:
    """The groups of pages of a show, in the order in which they are sent: what others link to first.

    Args:
        show: the show.
        releases: what is online, withdrawn episodes included, in any order.
        base_url: address of the destination's root; ends with ``/``.
        read: gives the content of transcripts.
    """
    site = Site(show=show, base_url=base_url)
    ordered = sorted(releases, key=lambda release: (release.date, release.published, release.guid))
    about = digest(making_digest(), repr(show), base_url)
    prints = {release.date: digest(release_print(release)) for release in ordered}
    heard = [release for release in ordered if release.withdrawn is None]
    groups = [_assets(site, about)]
    groups += _episodes(site, ordered, heard, prints, about, read)
    found = catalogue(site, heard)
    lists = (*season_lists(site, found), *chronique_lists(site, found), *people_lists(site, found))
    groups += [_listing(listing, prints, about) for listing in lists]
    groups.append(
        Group(
            keys=(site.show_key, keys.qr_key(show.slug)),
            print=digest(about, *(prints[release.date] for release in heard)),
            days=frozenset(release.date for release in heard[-1:]),
            make=partial(show_files, site, found),
        )
    )
    return groups


def _assets(site: Site, about: str) -> Group:
    files = {
        keys.asset_key(site.show.slug, name, asset_digests()[name], suffix): content
        for name, (suffix, content) in assets().items()
    }
    return Group(keys=tuple(files), print=about, days=frozenset(), make=lambda: files)


def _episodes(
    site: Site,
    ordered: Sequence[Release],
    heard: Sequence[Release],
    prints: Mapping[date, str],
    about: str,
    read: ReadText,
) -> Iterable[Group]:
    place = {release.date: number for number, release in enumerate(heard)}
    for release in ordered:
        number = place.get(release.date)
        before = heard[number - 1] if number else None
        after = heard[number + 1] if number is not None and number + 1 < len(heard) else None
        around = [f"{one.date} {one.title}" if one else "" for one in (before, after)]
        yield Group(
            keys=site.episode_keys(release.date),
            print=digest(about, prints[release.date], *around),
            days=frozenset({release.date}),
            make=partial(episode_files, site, release, before, after, read),
        )
        if file_of(release) is not None:
            yield Group(
                keys=(keys.transcript_key(site.show.slug, release.date),),
                print=digest(about, prints[release.date]),
                days=frozenset({release.date}),
                make=partial(transcript_files, site, release, read),
            )


def _listing(listing: Listing, prints: Mapping[date, str], about: str) -> Group:
    return Group(
        keys=listing.keys,
        print=digest(about, listing.around, *(prints[day] for day in listing.days)),
        days=frozenset(listing.days),
        make=listing.make,
    )
