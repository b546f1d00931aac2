"""The pages' words for lengths, places in the sound, kinds and credits. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from bobine.french import DAYS, typeset_print
from bobine.model.episode import EpisodeType, ItemKind
from bobine.model.published.release import HeardWork, Release
from bobine.model.show import Show

NARROW = "\u202f"
"""Narrow no-break space."""

WIDE = "\u00a0"
"""No-break space."""

KINDS = {
    ItemKind.INTERVIEW: "Entretien",
    ItemKind.REPORT: "Reportage",
    ItemKind.VOX_POP: "Micro-trottoir",
    ItemKind.GAME: "Jeu",
    ItemKind.LIVE_MUSIC: "Musique en direct",
    ItemKind.MUSIC: "Musique",
}
"""The kinds of item that listeners are told."""

TYPES = {EpisodeType.FULL: "", EpisodeType.TRAILER: "Bande-annonce", EpisodeType.BONUS: "Bonus"}
"""The kinds of episode that listeners are told."""

_STAMP = re.compile(r"\d\d:\d\d:\d\d \S")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?»)\]]")


def length(seconds: int) -> str:
    """``55 min``, ``1 h 05 min``, ``45 s``."""
    if seconds < 60:
        return f"{seconds}{WIDE}s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes}{WIDE}min"
    return f"{minutes // 60}{WIDE}h{WIDE}{minutes % 60:02d}{WIDE}min"


@lru_cache(1 << 13)  # two hours: the same seconds come in every episode
def clock(second: int) -> str:
    """A place in the sound: ``12:34``, ``1:02:34``."""
    hours, minutes = second // 3600, second // 60 % 60
    return f"{hours}:{minutes:02d}:{second % 60:02d}" if hours else f"{minutes}:{second % 60:02d}"


def iso_length(seconds: int) -> str:
    """A length as ISO 8601 writes it: ``PT55M0S``."""
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"PT{f'{hours}H' if hours else ''}{minutes}M{seconds % 60}S"


def counted(count: int, one: str, many: str = "") -> str:
    """``1 épisode``, ``2 épisodes``, with thousands apart."""
    number = f"{count:,}".replace(",", NARROW)
    return f"{number}{WIDE}{one if count < 2 else many or one + 's'}"


def notes(description: str) -> list[list[str]]:
    """The paragraphs of a description, as lines, without the chapters' timestamps that end it."""
    lines = description.split("\n")
    while lines and (not lines[-1].strip() or _STAMP.match(lines[-1])):
        lines.pop()
    blocks = "\n".join(lines).split("\n\n")
    return [block.split("\n") for block in blocks if block.strip()]


def stamps(description: str) -> list[tuple[int, str]]:
    """The timestamps of a description, as seconds and titles: the chapters of releases that hold no items."""
    found = []
    for line in description.split("\n"):
        if _STAMP.match(line):
            hours, minutes, seconds = (int(part) for part in line[:8].split(":"))
            found.append((hours * 3600 + minutes * 60 + seconds, line[9:]))
    return found


def linked(line: str) -> str:
    """A line of plain text as HTML, in French typography, its web addresses as links."""
    pieces, end = [], 0
    for address in _ADDRESS.finditer(line):
        pieces.append(escape(typeset_print(line[end : address.start()])))
        shown = escape(address[0])
        pieces.append(f'<a href="{shown}" rel="nofollow noopener">{shown}</a>')
        end = address.end()
    pieces.append(escape(typeset_print(line[end:])))
    return "".join(pieces)


def credit(work: HeardWork) -> str:
    """The credit of a work: ``paroles d'A, musique de B, par C``, each once; empty where nobody is known."""
    author, composer, performer = work.author, work.composer, work.performer
    if author and author == composer:
        made = [f"paroles et musique{WIDE}: {author}"]
    else:
        made = [f"{what}{WIDE}: {who}" for what, who in (("paroles", author), ("musique", composer)) if who]
    if performer and performer == author == composer:
        return performer
    return ", ".join([*made, f"interprétation{WIDE}: {performer}"] if performer else made)


def place_in_season(release: Release) -> str:
    """The kind of an episode, or its season and number as far as they are told: ``Saison 8, n° 7``."""
    season = f"Saison {release.stated_season}" if release.stated_season is not None else ""
    number = f"n° {release.stated_number}" if release.stated_number is not None else ""
    return TYPES[release.kind] or ", ".join(filter(None, (season, number)))


def slot(show: Show) -> str:
    """The show's hours in words: ``le jeudi de 18 h 00 à 18 h 55``."""
    start, end = (f"{at.hour}{WIDE}h{WIDE}{at.minute:02d}" for at in (show.slot.start, show.slot.end))
    return f"le {DAYS[show.slot.day.number]} de {start} à {end}"
