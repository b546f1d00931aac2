"""Words and rules that a feed gives to machines, worked out from the show: rhythm, season, licence, copyright. Pure."""

from __future__ import annotations

import re

from bobine.french import DAYS, MONTHS
from bobine.model.podcast import License, Podcast
from bobine.model.show import SeasonCalendar, Show, Weekday
from bobine.publish.feed.tags import LicenseTag, LocationTag
from bobine.publish.text import ascii_url, one_line, paragraphs

NAME_CHARS = 128
"""Longest name of a person, place or licence, and longest text of a link (podcast namespace)."""

_BYDAY = dict(zip(Weekday, ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))
_CREATIVE_COMMONS = re.compile(r"cc-(by(?:-nc)?(?:-sa|-nd)?)-(\d\.\d)", re.ASCII)


def frequency(show: Show) -> tuple[str, str]:
    """The show's rhythm: a recurrence rule (RFC 5545) by its slot and its season, and French words for it.

    Holidays are left out: a rule without dates cannot say them. A show in another language has the rule alone.
    """
    months = _months(show.season)
    rule = f"FREQ=WEEKLY;BYDAY={_BYDAY[show.slot.day]}"
    words = f"Chaque {DAYS[show.slot.day.number]}"
    if len(months) < len(MONTHS):
        rule += f";BYMONTH={','.join(map(str, sorted(months)))}"
        first, last = MONTHS[months[0] - 1], MONTHS[months[-1] - 1]
        words += f", en {first}" if len(months) == 1 else f", {_of(first)} à {last}"
    return rule, words if show.language.startswith("fr") else ""


def season_name(show: Show, number: int) -> str:
    """The name of a season, by its years: « Saison 2026–2027 »; without the French word in another language."""
    first, last = show.season.years(number)
    years = str(first) if first == last else f"{first}–{last}"
    return f"Saison {years}" if show.language.startswith("fr") else years


def license_tag(terms: License | None) -> LicenseTag | None:
    """The licence as the namespace wants it: an SPDX identifier in lower case, or a name; and its address.

    A Creative Commons licence has the address of its own text where none is given.
    """
    name = one_line(terms.name, NAME_CHARS) if terms else ""
    if terms is None or not name:
        return None
    name = name if " " in name else name.lower()
    return LicenseTag(name=name, url=ascii_url(terms.url) or _creative_commons(name))


def location_tag(podcast: Podcast) -> LocationTag | None:
    """The place that the podcast is about; None where it says none."""
    name = one_line(podcast.location, NAME_CHARS)
    if not name:
        return None
    return LocationTag(name=name, geo=podcast.location_geo, osm=podcast.location_osm, country=podcast.location_country)


def funding(podcast: Podcast) -> tuple[str, str] | None:
    """The address and the text of the link for giving; None where there is none."""
    if not podcast.funding:
        return None
    return ascii_url(podcast.funding), one_line(podcast.funding_text, NAME_CHARS)


def txt(podcast: Podcast) -> tuple[str, str] | None:
    """The text for machines, and what it is for; None where there is none."""
    text = paragraphs(podcast.txt)
    return (text, one_line(podcast.txt_purpose, NAME_CHARS)) if text else None


def bare_copyright(text: str) -> str:
    """A copyright without its sign and years (PSP-1)."""
    bare = re.sub(r"©|℗|\([cC]\)|\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?\b|\bcopyright\b", " ", one_line(text))
    return " ".join(bare.split()).strip(" ,;-–")


def _months(season: SeasonCalendar) -> tuple[int, ...]:
    """The months of a season, 1 to 12, in its order."""
    count = (season.last_month - season.first_month) % len(MONTHS) + 1
    return tuple((season.first_month - 1 + step) % len(MONTHS) + 1 for step in range(count))


def _of(month: str) -> str:
    return f"d'{month}" if month[0] in "ao" else f"de {month}"


def _creative_commons(name: str) -> str:
    if name == "cc0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = _CREATIVE_COMMONS.fullmatch(name)
    return f"https://creativecommons.org/licenses/{found[1]}/{found[2]}/" if found is not None else ""
