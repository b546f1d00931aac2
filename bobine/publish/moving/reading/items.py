"""One item of a feed of another host: what it says in values that are known here, and what cannot be kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from urllib.parse import urljoin

from bobine.model.episode import EpisodeType
from bobine.model.published.release import Contributor, Soundbite
from bobine.publish.check.rules.looking import is_address, names
from bobine.publish.check.rules.tree import Node
from bobine.publish.moving.reading import forms, notes
from bobine.publish.moving.reading.source import SourceFile, SourceItem
from bobine.publish.text import MAX_DESCRIPTION_BYTES, ascii_url, one_line

MOST_GUID_CHARS = 2000
"""Longest identity that a record here takes."""

_KNOWN = names(
    "title link guid pubDate description enclosure author source media:content media:group media:thumbnail "
    "itunes:title itunes:author itunes:summary itunes:subtitle itunes:duration itunes:explicit itunes:season "
    "itunes:episode itunes:episodeType itunes:image itunes:order itunes:isClosedCaptioned "
    "content:encoded podcast:season podcast:episode podcast:chapters podcast:transcript podcast:person "
    "podcast:soundbite podcast:socialInteract podcast:alternateEnclosure podcast:image podcast:images "
    "psc:chapters atom:link dc:creator dc:date dc:identifier"
)
"""Elements that are read, or whose loss nobody notices."""

_FEW = 200


@dataclass(slots=True)
class Losses:
    """Notes of what cannot be kept: kinds of thing, each with the number of items that have it."""

    kinds: dict[str, int] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)

    def of_kind(self, what: str) -> None:
        """Note that one more item has something of a kind that is not kept."""
        self.kinds[what] = self.kinds.get(what, 0) + 1

    def say(self, sentence: str) -> None:
        """Note something about one item."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)


@dataclass(frozen=True, slots=True)
class RawItem:
    """An item as far as it can be told without its neighbours: its identity and date may still be missing."""

    item: SourceItem
    stated_guid: str
    date: datetime | None


def read_item(node: Node, base: str, losses: Losses, unknown: datetime) -> RawItem | None:
    """Read an item; None where it has no sound, which is noted.

    Args:
        node: the element.
        base: address that relative ones start from; may be empty.
        losses: told what cannot be kept.
        unknown: the date that stands for a missing one.
    """
    title = one_line(notes.plain(node.value("title") or node.value("itunes:title")))
    enclosures = [one for one in _files(node.all("enclosure"), "url", base) if _may_be_sound(one)]
    enclosures = enclosures or _media(node, base)
    if not enclosures:
        losses.say(f"« {title or 'Sans titre'} » n'a pas de son : il n'est pas repris.")
        return None
    if len(enclosures) > 1:
        losses.of_kind("un deuxième fichier joint (enclosure)")
    for name in sorted({child.name for child in node.children} - _KNOWN):
        losses.of_kind(f"la balise {one_line(name, 60)}")
    text, html = _notes(node)
    season, number = _place(node, losses)
    item = SourceItem(
        guid="",
        title=title,
        published=unknown,
        sound=enclosures[0],
        others=tuple(_alternates(node, base, enclosures[0], losses)),
        description=text,
        notes=html,
        page=address(node.value("link"), base),
        duration_s=forms.length_s(node.value("itunes:duration")),
        season=season,
        season_name=_season_name(node),
        number=number,
        kind=_kind(node),
        explicit=forms.truth(node.value("itunes:explicit")),
        image=_image(node, base),
        chapters=next(iter(_files(node.all("podcast:chapters"), "url", base)), None),
        marks=tuple(_marks(node)),
        transcripts=tuple(_files(node.all("podcast:transcript"), "url", base)),
        people=tuple(_people(node)),
        soundbites=tuple(_soundbites(node)),
        discussion=next(iter(_files(node.all("podcast:socialInteract"), "uri", base)), SourceFile("")).address,
    )
    guid = node.value("guid")
    if len(guid) > MOST_GUID_CHARS or not guid.isprintable():
        losses.say(f"L'identité (guid) de « {title} » n'en est pas une : l'adresse de son son la remplace.")
        guid = ""
    return RawItem(item, guid, _date(node))


def address(text: str, base: str) -> str:
    """A web address in ASCII, made whole where it is relative; empty where text is none."""
    text = text.strip()
    try:
        whole = ascii_url(urljoin(base, text) if base else text) if text else ""
    except ValueError:
        return ""
    return whole if is_address(whole) and len(whole) <= MOST_GUID_CHARS else ""


def _files(nodes: list[Node], attribute: str, base: str) -> list[SourceFile]:
    found = []
    for node in nodes[:_FEW]:
        at = address(node.get(attribute), base)
        if at:
            kind = (node.get("type") or node.get("contentType")).partition(";")[0].strip().lower()
            found.append(SourceFile(at, kind, one_line(node.get("language"), 40)))
    return found


def _media(node: Node, base: str) -> list[SourceFile]:
    """The sounds that Media RSS names, where there is no enclosure."""
    parents = (node, *node.all("media:group"))
    found = [one for parent in parents for one in _files(parent.all("media:content"), "url", base)]
    return [one for one in found if one.media_type.startswith(("audio/", "video/"))]


def _may_be_sound(file: SourceFile) -> bool:
    """Whether an enclosure may be sound; what it really is, is looked at once it is here."""
    kind = file.media_type.partition("/")[0]
    return kind not in ("image", "text") and file.media_type not in ("application/pdf", "application/epub+zip")


def _alternates(node: Node, base: str, sound: SourceFile, losses: Losses) -> Iterator[SourceFile]:
    for one in node.all("podcast:alternateEnclosure"):
        kind = one.get("type").partition(";")[0].strip().lower()
        sources = _files(one.all("podcast:source"), "uri", base)
        if not kind.startswith("audio/") or not sources:
            losses.of_kind("une autre forme du son (podcast:alternateEnclosure) qui n'est pas un fichier audio du web")
        elif all(source.address != sound.address for source in sources):
            yield SourceFile(sources[0].address, kind)


def _notes(node: Node) -> tuple[str, str]:
    """The notes: their words, and their HTML where they are HTML; the longest form that the item gives."""
    texts = [node.value(name) for name in ("content:encoded", "description", "itunes:summary", "itunes:subtitle")]
    richest = max(texts[:3], key=len) or texts[3]
    html = next((text for text in texts[:3] if notes.is_html(text) and len(text) * 2 >= len(richest)), "")
    described = texts[1] or richest
    if not html and len(richest.encode()) > MAX_DESCRIPTION_BYTES:  # the description of a feed would be cut
        html = "".join(f"<p>{escape(block)}</p>" for block in notes.plain(richest).split("\n\n"))
    return notes.plain(described if not notes.is_html(described) or not html else html), notes.clean(html)


def _date(node: Node) -> datetime | None:
    return next((found for name in ("pubDate", "dc:date") if (found := forms.instant(node.value(name)))), None)


def _place(node: Node, losses: Losses) -> tuple[int | None, int | None]:
    """The season and the number; Podcasting 2.0's tags count first."""
    season = _stated(node, ("podcast:season", "itunes:season"), 9999, losses)
    return season, _stated(node, ("podcast:episode", "itunes:episode"), 99_999, losses)


def _stated(node: Node, tags: tuple[str, str], most: int, losses: Losses) -> int | None:
    texts = [node.value(name) for name in tags if node.value(name)]
    found = next((known for text in texts if (known := forms.number(text, most)) is not None), None)
    if texts and found is None:
        losses.of_kind(f"un numéro ({tags[1]}) qui n'est pas un nombre entier à partir de 1")
    return found


def _season_name(node: Node) -> str:
    season = node.first("podcast:season")
    return one_line(season.get("name"), 128) if season is not None else ""


def _kind(node: Node) -> EpisodeType:
    stated = node.value("itunes:episodeType").lower()
    return next((kind for kind in EpisodeType if kind.value == stated), EpisodeType.FULL)


def _image(node: Node, base: str) -> str:
    for one in (*node.all("itunes:image"), *node.all("podcast:image"), *node.all("media:thumbnail")):
        at = address(one.get("href") or one.get("url") or one.text, base)
        if at:
            return at
    return ""


def _marks(node: Node) -> Iterator[tuple[int, str]]:
    for chapter in (one for listed in node.all("psc:chapters")[:1] for one in listed.all("psc:chapter")[:1000]):
        start = forms.moment_ms(chapter.get("start"))
        title = one_line(chapter.get("title"))
        if start is not None and title:
            yield start, title


def _people(node: Node) -> Iterator[Contributor]:
    for person in node.all("podcast:person")[:_FEW]:
        name = one_line(person.text, 128)
        role = one_line(person.get("role"), 64).lower() or "host"
        if name:
            yield Contributor(name=name, role=role)


def _soundbites(node: Node) -> Iterator[Soundbite]:
    for one in node.all("podcast:soundbite")[:_FEW]:
        start, length = forms.moment_ms(one.get("startTime")), forms.moment_ms(one.get("duration"))
        if start is not None and length:
            yield Soundbite(start_ms=start, duration_ms=length, title=one_line(one.text, 128))
