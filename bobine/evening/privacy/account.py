"""All that is known about somebody, as JSON for a program and as a page for the person: GDPR, articles 15 and 20."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from html import escape
from typing import Any

from bobine.evening.privacy.keeping import Kept
from bobine.evening.privacy.looking import Found
from bobine.evening.privacy.online.seen import SeenOnline
from bobine.evening.privacy.survey import Survey
from bobine.french import enumerate_words, long_date, typeset_print
from bobine.model.fields.field import Field
from bobine.model.fields.tables import FIELDS
from bobine.model.hours import HoursLine
from bobine.model.people import Person
from bobine.model.team import Member

_CLASSES: dict[str, type] = {"people": Person, "members": Member, "hours": HoursLine}
_KINDS = {"people": "Dans un conducteur", "members": "Dans l'équipe", "hours": "Heures de bénévolat"}

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;"
    "vertical-align:top}code{overflow-wrap:anywhere}@media print{body{margin:0}}"
)


def account(seen: Survey, online: SeenOnline, now: datetime) -> dict[str, Any]:
    """All that was found, as plain values for JSON.

    Args:
        seen: what the workspace holds.
        online: what destinations say.
        now: the present instant (aware).
    """
    return {
        "names": list(seen.search.names),
        "at": now.isoformat(timespec="seconds"),
        "entries": [_entry(found) for found in (*seen.found, *online.found)],
        "heard": [{"episode": one.reference, "item": one.item, "title": one.title} for one in seen.heard],
        "kept_if_forgotten": [kept_json(one) for one in seen.kept],
        "maybe_also": list(seen.near),
        "not_asked": list(online.failures),
    }


def kept_json(one: Kept) -> dict[str, Any]:
    """Something that is kept, as plain values."""
    return {
        "place": one.place,
        "why": one.why,
        "until": one.until.isoformat() if one.until is not None else None,
        "names": one.names,
    }


def _entry(found: Found) -> dict[str, Any]:
    entry: dict[str, Any] = {"file": found.place, "key": found.key or None, "line": found.line or None,
                             "text": found.text}  # fmt: skip
    if found.row:
        entry["row"] = {key: _plain(value) for key, value in found.row.items()}
    return entry


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def account_page(seen: Survey, online: SeenOnline, now: datetime) -> str:
    """All that was found, as an HTML page in French that prints well."""
    name = seen.search.names[0] if seen.search.names else ""
    parts = [
        f"<h1>{_text(f'Ce que nous savons de {name}')}</h1>",
        f"<p>{_text(_introduction(seen, now))}</p>",
        *_rows_part(seen.found),
        *_places_part("Autres endroits de l'atelier", [one for one in seen.found if not one.row]),
        *_places_part("En ligne", online.found),
        *_heard_part(seen),
        *_kept_part(seen.kept),
        *_list_part("Destinations qui n'ont pas pu être interrogées", online.failures),
        *_list_part("Noms voisins, peut-être la même personne", seen.near),
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="fr">\n<head><meta charset="utf-8"><title>{_text(name)}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n" + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def _introduction(seen: Survey, now: datetime) -> str:
    names = enumerate_words([f"« {one} »" for one in seen.search.names])
    return (
        f"Établi le {long_date(now.date())}. Noms cherchés : {names}, en entier, avec ou sans accents ni majuscules. "
        "Chaque ligne dit le fichier et la clé où cela se trouve."
    )


def _rows_part(found: Iterable[Found]) -> Iterator[str]:
    rows = [one for one in found if one.row]
    for kind, label in _KINDS.items():
        own = [one for one in rows if one.key.startswith(f"{kind}[")]
        if not own:
            continue
        yield f"<h2>{_text(label)}</h2>"
        for one in own:
            fields = FIELDS[_CLASSES[kind]]
            cells = "".join(f"<tr><th>{_text(_label(fields, key))}</th><td>{_text(_said(fields, key, value))}</td></tr>"
                            for key, value in one.row.items())  # fmt: skip
            yield f"<table><caption><code>{escape(_where(one))}</code></caption>{cells}</table>"


def _label(fields: Mapping[str, Field], key: str) -> str:
    return fields[key].label if key in fields else key


def _said(fields: Mapping[str, Field], key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(_said(fields, key, one) for one in value)
    if isinstance(value, datetime | date | time | timedelta):
        return str(value)
    return value.value if isinstance(value, Enum) else str(value)


def _places_part(heading: str, found: Sequence[Found]) -> Iterator[str]:
    if not found:
        return
    yield f"<h2>{_text(heading)}</h2>"
    headings = "".join(f"<th>{_text(one)}</th>" for one in ("Où", "Clé ou ligne", "Ce qui y est écrit"))
    yield f"<table><tr>{headings}</tr>"
    for one in found:
        place = one.key or (f"ligne {one.line}" if one.line else "")
        yield (
            f"<tr><td><code>{escape(one.place)}</code></td><td><code>{escape(place)}</code></td>"
            f"<td>{escape(one.text)}</td></tr>"
        )
    yield "</table>"


def _where(one: Found) -> str:
    return f"{one.place}, {one.key}" + (f", ligne {one.line}" if one.line else "")


def _heard_part(seen: Survey) -> Iterator[str]:
    yield from _list_part("Éléments où la personne parle",
                          [f"{one.reference} : {one.title} ({one.item})" for one in seen.heard])  # fmt: skip


def _kept_part(kept: Iterable[Kept]) -> Iterator[str]:
    yield from _list_part("Ce qu'un oubli garderait, et pourquoi", [kept_sentence(one) for one in kept])


def kept_sentence(one: Kept) -> str:
    """Something that is kept, why, and until when, in one French line."""
    until = f" ; jusqu'au {long_date(one.until)}" if one.until is not None else ""
    return f"{one.place} : {one.why}{until}"


def _list_part(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"<h2>{_text(heading)}</h2>"
        yield "<ul>" + "".join(f"<li>{_text(line)}</li>" for line in lines) + "</ul>"


def _text(text: str) -> str:
    return escape(typeset_print(text))
