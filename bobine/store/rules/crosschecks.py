"""Rules that bind several tables of one file: identities that must differ, names that must exist.

They look at the raw tables, so that a fault elsewhere in a table does not hide them, nor make them see ghosts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bobine.french import enumerate_words, printable
from bobine.store.codec.keys import KeyFault, KeyPath
from bobine.store.codec.spelling import closest


def episode_faults(table: Mapping[str, Any], chroniques: Collection[str]) -> Iterator[KeyFault]:
    """Faults between the tables of an ``episode.toml``.

    Args:
        table: the file as parsed.
        chroniques: ids of the show's chroniques.
    """
    yield from _twice(table, "items", "éléments", ())
    yield from _twice(table, "people", "personnes", ())
    yield from _unknown_chroniques(table, "items", chroniques, ())
    known = _ids(table, "people")
    for index, item in _rows(table, "items"):
        people = item.get("people")
        for position, person in enumerate(people if isinstance(people, list) else ()):
            if isinstance(person, str) and person and person not in known:
                message = _unknown(
                    person, known, "personne", "ajoutez-la dans [[people]] ou corrigez son id", list_known=False
                )
                yield KeyFault(("items", index, "people", position), message)
    stopwatch = table.get("stopwatch")
    if isinstance(stopwatch, str) and stopwatch and stopwatch not in known:
        message = _unknown(stopwatch, known, "personne", "ajoutez-la dans [[people]] ou corrigez son id")
        yield KeyFault(("stopwatch",), message)


def show_faults(show: Mapping[str, Any], path: KeyPath, destinations: Collection[str]) -> Iterator[KeyFault]:
    """Faults between the tables of one show.

    Args:
        show: its table as parsed.
        path: where it is.
        destinations: names that ``podcast.destination`` and ``podcast.mirrors`` may say.
    """
    yield from _twice(show, "chroniques", "chroniques", path)
    yield from _twice(show, "template", "éléments", path)
    yield from _unknown_chroniques(show, "template", _ids(show, "chroniques"), path)
    for index, item in _rows(show, "template"):
        if item.get("people"):
            message = "un modèle ne nomme personne : les personnes se notent dans chaque émission"
            yield KeyFault((*path, "template", index, "people"), message)
    podcast = show.get("podcast")
    if isinstance(podcast, Mapping):
        yield from _destination_faults(podcast, (*path, "podcast"), destinations)


def _destination_faults(podcast: Mapping[str, Any], path: KeyPath, destinations: Collection[str]) -> Iterator[KeyFault]:
    """Faults of where a podcast goes: what is not described, and what is named twice."""
    mirrors = podcast.get("mirrors")
    named: list[tuple[KeyPath, Any]] = [((*path, "destination"), podcast.get("destination", "local"))]
    named += [
        ((*path, "mirrors", place), name) for place, name in enumerate(mirrors if isinstance(mirrors, list) else ())
    ]
    seen: set[str] = set()
    for place, name in named:
        if not isinstance(name, str) or not name:
            continue
        if name in seen:
            yield KeyFault(place, f"« {printable(name[:40])} » y est déjà : enlevez-le d'ici")
        elif name not in destinations:
            yield KeyFault(
                place, _unknown(name, destinations, "destination", "elle se décrit dans [destinations.<nom>]")
            )
        seen.add(name)


def same_id_faults(table: Mapping[str, Any], key: str, what: str) -> Iterator[KeyFault]:
    """Faults of the rows of a file's one array that have the id of another.

    Args:
        table: the file as parsed.
        key: the array.
        what: what two rows are called: « idées ».
    """
    yield from _twice(table, key, what, ())


def _rows(table: Mapping[str, Any], key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    rows = table.get(key)
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, Mapping):
            yield index, row


def _ids(table: Mapping[str, Any], key: str) -> list[str]:
    return [row["id"] for _, row in _rows(table, key) if isinstance(row.get("id"), str)]


def _twice(table: Mapping[str, Any], key: str, what: str, path: KeyPath) -> Iterator[KeyFault]:
    first: dict[str, int] = {}
    for index, row in _rows(table, key):
        name = row.get("id")
        if not isinstance(name, str) or not name:
            continue
        if name in first:
            shown = printable(name[:40])
            message = f"deux {what} ont l'id « {shown} » (déjà à {key}[{first[name] + 1}]) : changez l'un des deux"
            yield KeyFault((*path, key, index, "id"), message)
        first.setdefault(name, index)


def _unknown_chroniques(
    table: Mapping[str, Any], key: str, chroniques: Collection[str], path: KeyPath
) -> Iterator[KeyFault]:
    for index, row in _rows(table, key):
        name = row.get("chronique")
        if isinstance(name, str) and name and name not in chroniques:
            message = _unknown(name, chroniques, "chronique", "elle se décrit dans shows.toml")
            yield KeyFault((*path, key, index, "chronique"), message)


def _unknown(name: str, known: Collection[str], what: str, remedy: str, *, list_known: bool = True) -> str:
    near = closest(name, known)
    hint = f"vouliez-vous « {near} » ?" if near else remedy
    listed = f" (existent : {enumerate_words(sorted(known))})" if list_known and known and not near else ""
    return f"{what} « {printable(name[:40])} » inconnue : {hint}{listed}"
