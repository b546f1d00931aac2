"""The keys of the pages, and the links from one to another: relative, so that they hold at any address. Pure."""

from __future__ import annotations

import re
from datetime import date

ASSETS = "pages"
"""Name of the folder, in the show's, of what all pages share."""

_TRANSCRIPT = "transcription.html"
_PART = r"(?:[1-9][0-9]{0,4}/)?"
_PAGE = re.compile(
    rf"(?:index\.html|qr\.svg|\d{{4}}-\d\d-\d\d(?:-[a-z0-9]+)*/"
    r"(?:index\.html|transcription\.html|embed\.html|oembed\.json|chapters\.vtt)"
    rf"|saisons/[0-9]{{1,4}}/(?:{_PART}index\.html|recherche\.json)"
    rf"|chroniques/[A-Za-z0-9_][A-Za-z0-9._-]*/{_PART}index\.html"
    rf"|personnes/(?:[a-z0-9]/)?{_PART}index\.html"
    rf"|{ASSETS}/(?:style|player|search)-[0-9a-f]{{12}}\.(?:css|js))",
    re.ASCII,
)


def is_page_key(key: str) -> bool:
    """Whether a key may be a page's, or what pages are made with; the state that publishers keep is not."""
    return _PAGE.fullmatch(key.partition("/")[2]) is not None


def is_immutable(key: str) -> bool:
    """Whether a page's key holds a hash of its content."""
    return key.partition("/")[2].startswith(f"{ASSETS}/")


def qr_key(slug: str) -> str:
    """Key of the QR code of the show's feed."""
    return f"{slug}/qr.svg"


def state_key(slug: str) -> str:
    """Key of what publishers know of the pages online."""
    return f"{slug}/{ASSETS}/state.json"


def transcript_key(slug: str, day: date) -> str:
    """Key of the page of an episode's transcript."""
    return f"{slug}/{day.isoformat()}/{_TRANSCRIPT}"


def episode_of(key: str) -> str:
    """Key of the episode's page beside that of a transcript; empty for any other key."""
    folder, _, name = key.rpartition("/")
    return f"{folder}/index.html" if name == _TRANSCRIPT and is_page_key(key) else ""


def asset_key(slug: str, name: str, digest: str, suffix: str) -> str:
    """Key of a style sheet or script, under a name that holds a hash of its content."""
    return f"{slug}/{ASSETS}/{name}-{digest[:12]}.{suffix}"


def season_key(slug: str, season: int, part: int = 0) -> str:
    """Key of a season's list; 0 is its newest part, 1 the oldest of the others."""
    return _list_key(f"{slug}/saisons/{season}", part)


def search_key(slug: str, season: int) -> str:
    """Key of the index of a season that a browser searches in."""
    return f"{slug}/saisons/{season}/recherche.json"


def chronique_key(slug: str, chronique: str, part: int = 0) -> str:
    """Key of the list of a chronique's instalments; parts as of a season."""
    return _list_key(f"{slug}/chroniques/{chronique}", part)


def people_key(slug: str, letter: str = "", part: int = 0) -> str:
    """Key of the list of people, whole or of one initial letter."""
    return _list_key(f"{slug}/personnes/{letter}" if letter else f"{slug}/personnes", part)


def _list_key(folder: str, part: int) -> str:
    return f"{folder}/{part}/index.html" if part else f"{folder}/index.html"


def link(start: str, target: str) -> str:
    """The relative address of one key as seen from another's; no character of a key needs quoting in a URL."""
    folder, climbs = start[: start.rfind("/") + 1], 0
    while not target.startswith(folder):
        folder = folder[: folder.rfind("/", 0, -1) + 1]
        climbs += 1
    return "../" * climbs + target[len(folder) :]
