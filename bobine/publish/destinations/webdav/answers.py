"""A WebDAV server's answers to PROPFIND, read without trust: only what lies in the folder counts."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

from lxml import etree

from bobine.publish.destinations.remote.files import Entry

MAX_ANSWER_BYTES = 32 << 20
"""Most bytes of an answer that lists a folder."""

WANTED = (
    b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/>'
    b"<getlastmodified/><getetag/></prop></propfind>"
)
"""The properties that are asked for."""

_DAV = "{DAV:}"


def read_listing(content: bytes, address: str) -> dict[str, Entry]:
    """The files and folders of an answer, by their path below the folder that was asked for; itself is the empty one.

    Args:
        content: the answer's body (RFC 4918, multistatus).
        address: the address that was asked for.

    Raises:
        ValueError: if it is no such answer.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("no XML") from error
    if root.tag != f"{_DAV}multistatus":
        raise ValueError("no multistatus")
    top = unquote(urlsplit(address).path).rstrip("/")
    found = {}
    for answer in root.iterfind(f"{_DAV}response"):
        place = unquote(urlsplit((answer.findtext(f"{_DAV}href") or "").strip()).path).rstrip("/")
        if place != top and not place.startswith(f"{top}/"):
            continue
        path = place[len(top) + 1 :]
        found[path] = _entry(path.rpartition("/")[2], answer)
    return found


def seconds_of(date: str) -> float | None:
    """A date of HTTP in seconds since 1970; None for what is none."""
    try:
        return parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def strong(etag: str) -> str:
    """An ETag that may be compared, else the empty text: a weak one does not tell contents apart."""
    etag = etag.strip()
    if etag and '"' not in etag and not etag.startswith("W/"):
        etag = f'"{etag}"'  # some servers leave the marks out of a property
    return etag if len(etag) > 2 and etag.startswith('"') and etag.endswith('"') else ""


def _entry(name: str, answer: etree._Element) -> Entry:
    said = {}
    for properties in answer.iterfind(f"{_DAV}propstat"):
        if " 200" in (properties.findtext(f"{_DAV}status") or " 200"):
            for one in properties.iterfind(f"{_DAV}prop/*"):
                said[one.tag] = one
    kind = said.get(f"{_DAV}resourcetype")
    is_folder = kind is not None and kind.find(f"{_DAV}collection") is not None
    length = _text(said.get(f"{_DAV}getcontentlength"))
    return Entry(
        name=name,
        is_folder=is_folder,
        bytes=int(length) if length.isascii() and length.isdigit() and not is_folder else 0,
        modified=seconds_of(_text(said.get(f"{_DAV}getlastmodified"))),
        tag=strong(_text(said.get(f"{_DAV}getetag"))),
    )


def _text(element: etree._Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""
