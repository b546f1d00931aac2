"""The plan's words in French: kinds, roles, rights, consents, skills…, as paper, tables and forms say them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from bobine.french import DAYS, long_date
from bobine.model.counted.objectives import OBJECTIVES, Objective
from bobine.model.episode import EpisodeType, ItemKind, PodcastRights, WorkUse
from bobine.model.hours import TASKS, Task
from bobine.model.ideas import IdeaStatus
from bobine.model.people import Consent, ConsentScope, Person, Role
from bobine.model.show import AudioFormat, Weekday
from bobine.model.team import Skill
from bobine.model.written.durations import format_duration
from bobine.plan.season.objectives import SHORT_OBJECTIVES

KINDS: dict[ItemKind, str] = {
    ItemKind.OPENING_THEME: "générique de début",
    ItemKind.CLOSING_THEME: "générique de fin",
    ItemKind.TALK: "plateau",
    ItemKind.CHRONIQUE: "chronique",
    ItemKind.INTERVIEW: "interview",
    ItemKind.REPORT: "reportage",
    ItemKind.VOX_POP: "micro-trottoir",
    ItemKind.SERIAL: "feuilleton",
    ItemKind.GAME: "jeu",
    ItemKind.LIVE_MUSIC: "musique live",
    ItemKind.MUSIC: "musique",
    ItemKind.JINGLE: "jingle",
    ItemKind.STING: "virgule",
}
"""Words for the kinds of item, as the trade has them."""

ROLES: dict[Role, str] = {
    Role.HOST: "animation",
    Role.TECHNICIAN: "technique",
    Role.EDITOR: "montage",
    Role.INTERVIEWER: "interview",
    Role.WELCOME: "accueil",
    Role.CONTRIBUTOR: "chronique",
    Role.GUEST: "personne invitée",
    Role.MUSICIAN: "musique",
}
"""Words for roles, epicene."""

RIGHTS: dict[PodcastRights, str] = {
    PodcastRights.CLEARED: "libres",
    PodcastRights.CUT: "hors podcast",
    PodcastRights.UNKNOWN: "inconnus",
}
"""Podcast rights of an item, agreeing with « droits »."""

CONSENTS: dict[Consent, str] = {
    Consent.NONE: "à demander",
    Consent.REQUESTED: "demandée",
    Consent.SIGNED: "signée",
    Consent.REFUSED: "refusée",
}
"""Words for the state of a written authorisation, agreeing with « autorisation »."""

SCOPES: dict[ConsentScope, str] = {
    ConsentScope.AIR: "antenne",
    ConsentScope.PODCAST: "podcast",
}
"""Words for the uses that an authorisation covers."""

USES: dict[WorkUse, str] = {
    WorkUse.FULL: "disque",
    WorkUse.BED: "tapis",
    WorkUse.THEME: "générique",
    WorkUse.LIVE: "en direct",
}
"""Words for the use of a work."""

SKILLS: dict[Skill, str] = {
    Skill.DISCOVERED: "a découvert",
    Skill.ASSISTED: "avec de l'aide",
    Skill.AUTONOMOUS: "en autonomie",
    Skill.TRAINER: "peut former",
}
"""Words for a person's skill in a role."""

IDEA_STATUSES: dict[IdeaStatus, str] = {
    IdeaStatus.OPEN: "à prendre",
    IdeaStatus.PLANNED: "programmée",
    IdeaStatus.SET_ASIDE: "mise de côté",
}
"""Words for the state of an idea, agreeing with « idée »."""

EPISODE_TYPES: dict[EpisodeType, str] = {
    EpisodeType.FULL: "émission",
    EpisodeType.TRAILER: "bande-annonce",
    EpisodeType.BONUS: "bonus",
}
"""Words for what an episode is in the apps."""

WORDS: dict[type[StrEnum], Mapping[Any, str]] = {
    ItemKind: KINDS,
    Role: ROLES,
    PodcastRights: RIGHTS,
    Consent: CONSENTS,
    ConsentScope: SCOPES,
    WorkUse: USES,
    Skill: SKILLS,
    IdeaStatus: IDEA_STATUSES,
    Objective: OBJECTIVES,
    EpisodeType: EPISODE_TYPES,
    Task: TASKS,
    Weekday: {day: DAYS[day.number] for day in Weekday},
    AudioFormat: {AudioFormat.MP3: "MP3", AudioFormat.OPUS: "Opus"},
}
"""The words of every enum, as sentences and files say them."""

FORM_WORDS: dict[type[StrEnum], Mapping[Any, str]] = {**WORDS, Objective: SHORT_OBJECTIVES}
"""The same as a form says them, which has little room."""


def gap_sentence(gap: timedelta) -> str:
    """The headline of a plan: « il reste 2'10 », « dépasse de 1'30 », « tombe juste ».

    Args:
        gap: to the hard end; positive when the plan is too long.
    """
    if gap > timedelta():
        return f"dépasse de {format_duration(gap)}"
    if gap < timedelta():
        return f"il reste {format_duration(-gap)}"
    return "tombe juste"


def gap_sign(gap: timedelta) -> str:
    """The same as a signed figure: ``+1'30`` when too long, ``−2'10`` when short, ``0'00``."""
    words = format_duration(gap)
    return f"+{words}" if gap > timedelta() and words != format_duration(timedelta()) else words


def consent_words(person: Person, day: date | None = None) -> str:
    """The state of a person's written authorisation in French; empty for people who have nothing to sign.

    Args:
        person: whose.
        day: on which it must hold; None where that does not matter.
    """
    if not person.needs_consent:
        return ""
    match person.consent:
        case Consent.REFUSED:
            return "refus"
        case Consent.NONE:
            words = "autorisation à demander"
        case Consent.REQUESTED:
            words = "autorisation demandée, pas signée"
        case Consent.SIGNED if person.minor and not person.representative:
            words = "signature du représentant légal à noter"
        case Consent.SIGNED if person.minor and not person.consent_reference:
            words = "autorisation signée, feuille à retrouver"
        case Consent.SIGNED if day is not None and person.consent_until is not None and person.lapsed(day):
            words = f"autorisation échue le {long_date(person.consent_until)}"
        case Consent.SIGNED if ConsentScope.PODCAST not in person.consent_scope:
            words = "autorisation signée pour l'antenne seule"
        case Consent.SIGNED:
            words = "autorisation signée"
    return f"{words} (mineur·e)" if person.minor else words
