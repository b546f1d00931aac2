"""The names of every field, and the words of every value, in French: as forms, history and conflicts say them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

from bobine.french import DAYS, long_date
from bobine.model.carts import ShowCart
from bobine.model.episode import Episode, Item, ItemKind, Objective, PodcastRights, Work, WorkUse
from bobine.model.ideas import Idea, IdeaStatus
from bobine.model.people import Consent, ConsentScope, Person, Role
from bobine.model.show import AudioFormat, Chronique, Election, Holiday, License, Weekday
from bobine.model.team import Member, Skill
from bobine.model.written.durations import format_duration
from bobine.plan.fields.words import CONSENTS, IDEA_STATUSES, KINDS, RIGHTS, ROLES, SCOPES, SKILLS, USES
from bobine.plan.season.objectives import OBJECTIVES
from bobine.plan.settings.words import SETTINGS

NOTHING = "rien"
"""The name of an empty value."""

LONGEST = 60
"""Characters of a text that is quoted in a sentence; the rest is cut."""

_LABELS: dict[type, dict[str, str]] = {
    Item: {
        "id": "Nom court",
        "title": "Titre",
        "kind": "Genre",
        "duration": "Durée",
        "min": "Durée minimale",
        "max": "Durée maximale",
        "droppable": "Coupable",
        "fixed_start": "Heure fixe",
        "standby": "En réserve",
        "chronique": "Chronique",
        "instalment": "Numéro",
        "people": "Personnes",
        "mics": "Micros",
        "source": "Source",
        "file": "Fichier son",
        "bed": "Tapis",
        "in_cue": "Premiers mots",
        "out_cue": "Derniers mots",
        "notes": "Notes",
        "podcast": "Droits pour le podcast",
        "works": "Œuvres",
        "chapter": "Chapitre du podcast",
        "objectives": "Objectifs",
        "political": "Parole politique",
        "leveling": "Voix rapprochées",
        "remove_hum": "Ronflement retiré",
    },
    Work: {
        "title": "Titre",
        "author": "Paroles",
        "composer": "Musique",
        "performer": "Interprète",
        "label": "Label",
        "isrc": "ISRC",
        "duration": "Durée",
        "use": "Usage",
    },
    Person: {
        "id": "Nom court",
        "name": "Nom",
        "role": "Rôle",
        "confirmed": "Présence confirmée",
        "minor": "Mineur·e",
        "consent": "Autorisation",
        "consent_scope": "Autorisation valable pour",
        "consent_reference": "Feuille rangée",
        "representative": "Représentant légal",
        "also": "Aussi",
        "understudy": "En doublure",
    },
    Episode: {
        "show": "Émission",
        "date": "Date",
        "season": "Saison",
        "number": "Numéro",
        "title": "Titre",
        "summary": "Résumé",
        "cover": "Couverture",
        "stopwatch": "Chronométrage",
        "people": "Personnes",
        "items": "Éléments",
    },
    Idea: {
        "id": "Nom court",
        "title": "Sujet",
        "by": "Proposé par",
        "proposed": "Proposé le",
        "kind": "Genre",
        "duration": "Durée",
        "notes": "Notes",
        "status": "État",
        "planned_for": "Programmée le",
    },
    Member: {
        "id": "Nom court",
        "name": "Nom",
        "host": "Animation",
        "technician": "Technique",
        "editor": "Montage",
        "interviewer": "Interview",
        "welcome": "Accueil",
        "away": "En pause",
        "notes": "Notes",
    },
}

_WORDS: dict[type, Mapping[Any, str]] = {
    ItemKind: KINDS,
    Role: ROLES,
    PodcastRights: RIGHTS,
    Consent: CONSENTS,
    ConsentScope: SCOPES,
    WorkUse: USES,
    Skill: SKILLS,
    IdeaStatus: IDEA_STATUSES,
    Objective: OBJECTIVES,
    Weekday: {day: DAYS[day.number] for day in Weekday},
    AudioFormat: {AudioFormat.MP3: "MP3", AudioFormat.OPUS: "Opus"},
}


def label(cls: type, field: str) -> str:
    """The label of a field of the plan's dataclasses, or of a show's settings.

    Raises:
        KeyError: if the class has no such field.
    """
    return _LABELS[cls][field] if cls in _LABELS else SETTINGS[cls][field].label


def label_inside(cls: type, field: str) -> str:
    """The same, inside a sentence: without its capital, unless it is an acronym.

    Raises:
        KeyError: if the class has no such field.
    """
    return inside(label(cls, field))


def inside(words: str) -> str:
    """Words that stand at the start of a line, as they are written inside a sentence."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def value_words(value: object, names: Mapping[str, str] | None = None) -> str:
    """A field's value in words, plain text on one line or several as it is.

    Args:
        value: of any field of the plan's dataclasses.
        names: what texts that are ids stand for, such as the names of people.

    Returns:
        ``3'30``, ``18:05:30``, « signée », « oui », names separated by commas…; ``NOTHING`` for what is empty.
    """
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return "oui" if value else "non"
        case StrEnum():
            return _WORDS[type(value)][value]
        case str():
            return (names or {}).get(value, value)
        case timedelta():
            return format_duration(value)
        case time():
            return value.isoformat("seconds")
        case date():
            return long_date(value)
        case tuple():
            return ", ".join(value_words(one, names) for one in value)
        case Work():
            return f"{value.title} ({value.performer})" if value.performer else value.title
        case Item() | Idea() | Chronique() | ShowCart():
            return value.title
        case Person() | Member() | License() | Holiday() | Election():
            return value.name
        case _:
            return str(value)


def names_in(field: str, names: Mapping[str, str]) -> Mapping[str, str]:
    """The names of people where a field holds their ids; none where its texts mean themselves."""
    return names if field in ("people", "stopwatch") else {}


def quoted(value: object, names: Mapping[str, str] | None = None, length: int | None = LONGEST) -> str:
    """A value's words for a sentence, a free text between « and ».

    Args:
        value: as for ``value_words``.
        names: as for ``value_words``.
        length: the words are put on one line and cut beyond so many characters; None leaves them whole.
    """
    words = value_words(value, names)
    if length is not None:
        words = shortened(words, length)
    return f"« {words} »" if type(value) is str and value and value not in (names or {}) else words


def shortened(text: str, length: int) -> str:
    """A text on one line, cut between words where it is longer than ``length`` characters."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:") + "…"
