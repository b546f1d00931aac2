"""The podcast of a show, as its feed describes it."""

from __future__ import annotations

from dataclasses import dataclass

from bobine.model.episode import ItemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class License:
    """Licence of the podcast: an SPDX identifier, or a name of one's own with the address of its text."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A platform that keeps copies of the podcast, and so is told of corrections and withdrawals.

    Attributes:
        name: its name.
        address: where the podcast stands there.
        removal: how to ask it to fetch the feed again, or to remove a copy.
    """

    name: str
    address: str = ""
    removal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Podcast:
    """The podcast channel, as its feed describes it.

    Attributes:
        link: the show's web page.
        author: who makes the show.
        funding: address at which listeners can give; empty for none.
        funding_text: what that link says, at most 128 characters.
        location: the place that the podcast is about, as people call it; empty for none.
        location_geo: that place as a geo URI (RFC 5870).
        location_osm: that place in OpenStreetMap: ``R`` (relation), ``W`` (way) or ``N`` (node), and its number.
        location_country: that place's country (ISO 3166-1 alpha-2).
        owner_name: who answers for the feed; published.
        owner_email: published too; empty to publish none.
        category: one of Apple's category names; only the first counts for them.
        subcategory: one of that category's own.
        explicit: Apple's parental advisory.
        copyright: without the sign and the year (PSP-1).
        license: under what terms it may be shared.
        chapters: kinds of items that open a chapter in the apps; all of them where it is empty.
        podroll: guids of podcasts that this one recommends.
        discussion: address of a post under which the podcast is talked about (ActivityPub); empty for none.
        txt: a text for machines, such as the code by which a service knows who owns the feed; empty for none.
        txt_purpose: what that text is for, such as ``verify``.
        hub: address of a WebSub hub that is told when the feed changed; empty for none.
        podping: address of a Podping server that is told too; empty for none.
        image: square cover, 1400 to 3000 px, path relative to the workspace; drawn where there is none.
        image_alt: what that image shows, for people who do not see it; worked out where it is empty.
        guid: the podcast's identity for ever (podcast:guid); worked out at the first publication, then written here.
        locked: other platforms may not import the feed.
        destination: where ``publier`` sends it unless told otherwise; its address is the feed's.
        mirrors: names of further destinations that get the same, each with a feed of its own address.
        new_feed_url: where the podcast has moved to; apps that read the feed here follow it. Empty: it has not moved.
        keep_former_days: how many days a file that was replaced or withdrawn stays online, for apps that still ask
            for it; 0 deletes it at once.
        platforms: those that keep copies.
    """

    link: str
    author: str
    funding: str = ""
    funding_text: str = "Soutenir l'émission"
    location: str = ""
    location_geo: str = ""
    location_osm: str = ""
    location_country: str = ""
    owner_name: str = ""
    owner_email: str = ""
    category: str = "Society & Culture"
    subcategory: str = ""
    explicit: bool = False
    copyright: str = ""
    license: License | None = None
    chapters: tuple[ItemKind, ...] = ()
    podroll: tuple[str, ...] = ()
    discussion: str = ""
    txt: str = ""
    txt_purpose: str = ""
    hub: str = ""
    podping: str = ""
    image: str = ""
    image_alt: str = ""
    guid: str = ""
    locked: bool = True
    new_feed_url: str = ""
    destination: str = "local"
    mirrors: tuple[str, ...] = ()
    keep_former_days: int = 7
    platforms: tuple[Platform, ...] = ()

    @property
    def destinations(self) -> tuple[str, ...]:
        """Names of all destinations that it goes to, the feed's own first."""
        return (self.destination, *self.mirrors)
