"""Chapters as apps find them: Podlove Simple Chapters, timestamps in the description, JSON; equal counts in all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bobine.publish.check.rules.finding import Finding, advice, at, error, quoted, warning
from bobine.publish.check.rules.looking import is_address
from bobine.publish.check.rules.tree import Feed, Node

_NPT = re.compile(r"(?:(\d{1,3}):)?(?:(\d{1,2}):)?(\d{1,9})(\.\d{1,3}0*)?", re.ASCII)
_STAMP = re.compile(r"^\s*[([]?((?:(\d{1,2}):)?(\d{1,2}):(\d\d))[)\]]?(?=[\s:–—-])", re.ASCII)
_BREAKS = re.compile(r"(?i)<br\s*/?>|</?(?:p|li|ul|ol|div)\b[^>]*>|\n")
_LEAST_STAMPS = 3


def chapter_lists(feed: Feed) -> Iterator[Finding]:
    """Faults of the chapters of the items."""
    for item in feed.items:
        counts: dict[str, int] = {}
        for chapters in item.all("psc:chapters"):
            yield from _simple(chapters, item)
            counts["Podlove"] = len(chapters.all("psc:chapter"))
        stamps = timestamps(item.value("description"))
        if stamps:
            yield from _stamps(stamps, item)
            counts["description"] = len(stamps)
        for node in item.all("podcast:chapters"):
            if node.get("url") in feed.chapter_counts:
                counts["JSON"] = feed.chapter_counts[node.get("url")]
        if len(set(counts.values())) > 1:
            told = ", ".join(f"{count} ({name})" for name, count in counts.items())
            words = f"Les listes de chapitres ne sont pas égales : {told} ; les applications gardent la plus longue."
            yield warning("chapters/counts", at(item, item), words)


def timestamps(description: str) -> list[int]:
    """The times, in seconds, that begin lines of a description; empty where there is no list of them.

    A single short time is an hour of the day as likely as not: it makes no list.
    """
    found = [stamp for line in _BREAKS.split(description) if (stamp := _STAMP.match(line))]
    if len(found) < 2 and not any(stamp[2] for stamp in found):
        return []
    return [int(stamp[2] or 0) * 3600 + int(stamp[3]) * 60 + int(stamp[4]) for stamp in found]


def _stamps(stamps: list[int], item: Node) -> Iterator[Finding]:
    where = at(item.first("description") or item, item)
    if stamps[0] != 0:
        yield warning(
            "chapters/timestamps-start", where, "La première heure de la description n'est pas 00:00:00 : ajoutez-la."
        )
    if len(stamps) < _LEAST_STAMPS:
        words = f"La description a {len(stamps)} heures de chapitres : il en faut {_LEAST_STAMPS} pour être lues."
        yield warning("chapters/timestamps-few", where, words)
    if any(later <= earlier for earlier, later in pairwise(stamps)):
        yield warning(
            "chapters/timestamps-order", where, "Les heures de la description ne se suivent pas : rangez-les."
        )
    length = item.value("itunes:duration")
    if length.isdecimal() and len(length) < 10 and stamps[-1] >= int(length) > 0:
        yield warning(
            "chapters/timestamps-end", where, "Une heure de la description est après la fin de l'épisode : corrigez-la."
        )


def _simple(chapters: Node, item: Node) -> Iterator[Finding]:
    if chapters.get("version") not in ("1.0", "1.1", "1.2"):
        words = 'psc:chapters n\'a pas version="1.2" : ajoutez-le.'
        yield warning("psc/version", at(chapters, item), words)
    if not chapters.all("psc:chapter"):
        yield error(
            "psc/empty", at(chapters, item), "psc:chapters ne contient aucun chapitre : remplissez-le ou enlevez-le."
        )
    previous: float = -1
    for chapter in chapters.all("psc:chapter"):
        start = _seconds(chapter.get("start"))
        if start is None:
            words = f"Le début {quoted(chapter.get('start'))} n'est pas un temps comme 00:12:30 : corrigez-le."
            yield error("psc/start", at(chapter, item), words)
            continue
        if not chapter.get("title"):
            yield error("psc/title", at(chapter, item), "Ce chapitre n'a pas de titre : ajoutez title.")
        if start != int(start):
            words = "Ce chapitre ne commence pas à une seconde entière : arrondissez-le, les listes seront égales."
            yield advice("psc/whole-seconds", at(chapter, item), words)
        if start <= previous:
            words = "Ce chapitre commence avant celui qui le précède, ou avec lui : rangez les chapitres."
            yield error("psc/order", at(chapter, item), words)
        previous = start
        for name in ("href", "image"):
            if chapter.get(name) and not is_address(chapter.get(name)):
                words = f"{name} de ce chapitre n'est pas une adresse http : corrigez-la."
                yield warning("psc/address", at(chapter, item), words)


def _seconds(text: str) -> float | None:
    """A normal play time (RFC 2326): ``3:05``, ``00:12:30.500``, ``750``; None if text is not one."""
    found = _NPT.fullmatch(text)
    if found is None:
        return None
    hours, minutes = (found[1], found[2]) if found[2] is not None else (None, found[1])
    if (minutes is not None or hours is not None) and int(found[3]) > 59:
        return None
    if hours is not None and int(minutes or 0) > 59:
        return None
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(found[3]) + float(found[4] or 0)
