"""The rights of an episode: what may be heard in the podcast, and what is not known yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from bobine.model.episode import Episode, Item, PodcastRights, Work
from bobine.model.episode_day import plain_day
from bobine.model.people import Consent, Person, Verdict


@dataclass(frozen=True, slots=True)
class PodcastEdit:
    """The rights-aware edit of an episode.

    Attributes:
        left_out: for each item that must not be heard, its id and why, in French.
        unknown: one French sentence for each right or consent that is not known; any forbids the podcast.
    """

    left_out: dict[str, str]
    unknown: tuple[str, ...]


def podcast_edit(episode: Episode, aired: Collection[str], today: date | None = None) -> PodcastEdit:
    """Decide what of the aired items the podcast may hold.

    An item is left out when its music rights are ``cut`` or one of its people refused the podcast; then what else is
    unknown about it no longer matters.

    Args:
        episode: the plan, with rights and consents.
        aired: ids of the items that were aired; the others are not looked at.
        today: a day on which authorisations must still hold, beside that of the show.
    """
    day = max(plain_day(episode.date), today or date.min)
    left_out: dict[str, str] = {}
    unknown: list[str] = []
    for item in episode.items:
        if item.id not in aired:
            continue
        people = [episode.person(person_id) for person_id in item.people]
        refused = [person.name for person in people if person.podcast_consent is Verdict.REFUSED]
        if item.podcast_rights is PodcastRights.CUT:
            left_out[item.id] = "musique non libérée pour le podcast"
        elif refused:
            left_out[item.id] = f"pas d'accord pour le podcast : {', '.join(refused)}"
        else:
            unknown += _unknowns(item, people, day)
    return PodcastEdit(left_out, tuple(unknown))


def unknown_rights(item: Item) -> tuple[str, ...]:
    """Titles of the works whose podcast rights are unknown, with the one that is where the other is known, in French.

    Empty where none of them is, or the item has none.
    """
    return tuple(_unknown_words(item, work) for work in item.works if PodcastRights.UNKNOWN in rights_of(item, work))


def rights_of(item: Item, work: Work) -> tuple[PodcastRights, PodcastRights]:
    """Podcast rights of one of an item's works, and of its recording: its own, else what the item says of both."""
    said = item.podcast or PodcastRights.UNKNOWN
    authors, recording = work.stated_rights
    return authors or said, recording or said


def with_rights(item: Item, rights: PodcastRights) -> Item:
    """The item with one right said of all its music; what its works said to be unknown is known by that."""
    works = tuple(
        replace(
            work,
            authors_rights=_unless_unknown(work.authors_rights),
            recording_rights=_unless_unknown(work.recording_rights),
        )
        for work in item.works
    )
    return replace(item, podcast=rights, works=works)


def _unless_unknown(rights: PodcastRights | None) -> PodcastRights | None:
    return None if rights is PodcastRights.UNKNOWN else rights


def _unknown_words(item: Item, work: Work) -> str:
    match rights_of(item, work):
        case (PodcastRights.UNKNOWN, PodcastRights.UNKNOWN):
            return work.title
        case (PodcastRights.UNKNOWN, _):
            return f"{work.title} : droits de l'œuvre"
        case _:
            return f"{work.title} : droits de l'enregistrement"


def _unknowns(item: Item, people: list[Person], day: date) -> list[str]:
    found = []
    if item.podcast_rights is PodcastRights.UNKNOWN:
        what = ", ".join(unknown_rights(item)) or "la musique"
        where = "à cet élément, ou à chaque œuvre authors_rights et recording_rights" if item.works else "à cet élément"
        found.append(
            f'« {item.title} » : droits podcast inconnus ({what}). Écrivez podcast = "cleared" ou "cut" {where}.'
        )
    found += [
        f"« {item.title} » : {_missing_consent(person, day)}"
        for person in people
        if person.podcast_consent_on(day) is Verdict.UNKNOWN or _is_unproven(person)
    ]
    return found


def _is_unproven(person: Person) -> bool:
    """Whether a minor's authorisation is said to be signed, and the paper is nowhere: nobody may have signed it."""
    return person.minor and person.consent is Consent.SIGNED and not person.consent_reference


def _missing_consent(person: Person, day: date) -> str:
    if person.podcast_consent is Verdict.GRANTED and person.lapsed(day):
        return (
            f"l'autorisation de {person.name} est échue (consent_until = {person.consent_until}). Faites-la signer de "
            'nouveau, puis notez consent_reference et consent_until ; sinon consent = "refused".'
        )
    if person.consent is Consent.SIGNED:
        if not person.representative:
            return f"{person.name} est mineur·e : le nom du représentant légal qui a signé manque (representative)."
        return f"{person.name} est mineur·e : où est rangée la feuille signée n'est pas noté (consent_reference)."
    state = "demandé, pas encore signé" if person.consent is Consent.REQUESTED else "pas encore demandé"
    return (
        f"l'accord de {person.name} pour le podcast est inconnu ({state}). Une fois la feuille signée et rangée, notez "
        'consent = "signed" et consent_reference ; sinon consent = "refused".'
    )
