"""What keeps a show from being ready, with who owes it: pure, from the plan and what was found of its sounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from bobine.french import enumerate_words
from bobine.model.durations import format_duration
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights
from bobine.model.people import Consent, Person, Role
from bobine.model.show import Show
from bobine.plan.words import ROLES

COMMITTEE = "comité de rédaction"
"""Who owes what nobody in particular was given."""

PAD_MARGIN = timedelta(seconds=1)
"""A ready-to-air sound may run over its slot by less than this: players round."""


_NEED_SOMEBODY = (ItemKind.INTERVIEW, ItemKind.LIVE_MUSIC)
"""What cannot be aired by the team alone."""


class LackKind(IntEnum):
    """What may lack, the most urgent first: without it there is no show, then no lawful one, then no smooth one."""

    RUNDOWN = 0
    TECHNICIAN = 1
    HOST = 2
    GAP = 3
    STOPWATCH = 4
    CONFIRMATION = 5
    CONSENT = 6
    SOUND = 7
    RIGHTS = 8
    STANDBY = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing that keeps the show from being ready.

    Attributes:
        kind: what sort of thing; its order is the urgency's.
        item: id of the item that it is about; empty for the show as a whole.
        owner: who owes it, in French: a person with their role, or a role.
        what: what is missing, one French sentence.
        person: id of the person that it is about; empty for nobody in particular.
    """

    kind: LackKind
    item: str
    owner: str
    what: str
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PadFacts:
    """What was found of a ready-to-air sound.

    Attributes:
        exists: there is a file.
        decodable: sound came out of it.
        silent: nothing but digital silence came out of it.
        duration: length of what was decoded; zero where nothing was.
    """

    exists: bool
    decodable: bool = False
    silent: bool = False
    duration: timedelta = timedelta()


def readiness(episode: Episode, show: Show, timing_gap: timedelta, pads: Mapping[str, PadFacts]) -> tuple[Lack, ...]:
    """What keeps a show from being ready; the most urgent first, then in the order of the rundown.

    A refused consent is an answer, not a lack: the podcast leaves that person out. An item in reserve is a standby once
    it has a source, a file or somebody: what is only suggested saves no show.

    Args:
        episode: the plan.
        show: its show, for the slot's tolerance, the chroniques and the election windows.
        timing_gap: the planned end less the hard end; positive when the show is too long.
        pads: what was found, by the id of each item that names a ``file``; one not there counts as missing.
    """
    lacks = [*_team(episode)]
    if episode.counted_items:
        lacks += [*_gap(episode, show, timing_gap), *_stopwatch(episode, show), *_people(episode)]
        lacks += [*_sounds(episode, pads), *_rights(episode), *_standby(episode)]
    else:
        lacks.append(Lack(kind=LackKind.RUNDOWN, item="", owner=COMMITTEE, what="Le conducteur est vide."))
    places = {item.id: place for place, item in enumerate(episode.items)}
    return tuple(sorted(lacks, key=lambda lack: (lack.kind, places.get(lack.item, len(places)))))


def _team(episode: Episode) -> Iterator[Lack]:
    if not any(person.holds(Role.TECHNICIAN) for person in episode.people):
        yield Lack(kind=LackKind.TECHNICIAN, item="", owner=COMMITTEE, what="Personne n'est à la technique.")
    if not any(person.holds(Role.HOST) for person in episode.people):
        yield Lack(kind=LackKind.HOST, item="", owner=COMMITTEE, what="Personne n'est à l'animation.")


def _gap(episode: Episode, show: Show, gap: timedelta) -> Iterator[Lack]:
    if abs(gap) <= show.slot.tolerance:
        return
    end = f"{show.slot.end:%H:%M:%S}"
    if gap > timedelta():
        what = f"L'émission dépasse {end} de {format_duration(gap)} : raccourcir ou couper."
    else:
        what = f"Il reste {format_duration(-gap)} à remplir avant {end}."
    yield Lack(kind=LackKind.GAP, item="", owner=_by_role(episode, Role.HOST), what=what)


def _stopwatch(episode: Episode, show: Show) -> Iterator[Lack]:
    windows = [window.name for window in show.elections if window.start <= episode.date <= window.end]
    timed = {chronique.id for chronique in show.chroniques if chronique.political}
    political = [item for item in episode.items if item.political or item.chronique in timed]
    if not windows or not political or episode.stopwatch:
        return
    titles = enumerate_words([f"« {item.title} »" for item in political])
    yield Lack(
        kind=LackKind.STOPWATCH,
        item=political[0].id,
        owner=COMMITTEE,
        what=f"Période électorale ({enumerate_words(windows)}) : personne ne tient le chronomètre pour {titles}.",
    )


def _people(episode: Episode) -> Iterator[Lack]:
    for item in episode.counted_items:
        if item.kind in _NEED_SOMEBODY and not item.people:
            what = f"« {item.title} » : personne n'est encore prévu."
            yield Lack(kind=LackKind.CONFIRMATION, item=item.id, owner=_inviter(episode, item.id), what=what)
    for person in episode.people:
        item_id = next((item.id for item in episode.items if person.id in item.people), "")
        if person.needs_confirmation:
            what = f"{person.name} n'a pas encore confirmé sa venue."
            owner = _inviter(episode, item_id)
            yield Lack(kind=LackKind.CONFIRMATION, item=item_id, owner=owner, what=what, person=person.id)
        missing = _missing_consent(person)
        if missing:
            owner = _signer(person)
            yield Lack(kind=LackKind.CONSENT, item=item_id, owner=owner, what=missing, person=person.id)


def _missing_consent(person: Person) -> str:
    if not person.needs_consent or person.consent is Consent.REFUSED:
        return ""
    if person.consent is Consent.SIGNED:
        unnamed = person.minor and not person.representative
        return (
            f"{person.name} : personne mineure, et le nom de qui a signé pour elle n'est pas noté." if unnamed else ""
        )
    state = "demandée mais pas encore signée" if person.consent is Consent.REQUESTED else "pas encore demandée"
    return f"{person.name} : autorisation écrite {state}."


def _signer(person: Person) -> str:
    if not person.minor:
        return _named(person)
    if person.representative:
        return f"{person.representative} (représente {person.name})"
    return f"la personne qui représente légalement {person.name}"


def _sounds(episode: Episode, pads: Mapping[str, PadFacts]) -> Iterator[Lack]:
    for item in episode.items:
        fault = _sound_fault(item, pads.get(item.id, PadFacts(exists=False))) if item.file else ""
        if fault:
            owner = _responsible(episode, item, Role.EDITOR)
            yield Lack(kind=LackKind.SOUND, item=item.id, owner=owner, what=f"« {item.title} » : {fault}")


def _sound_fault(item: Item, found: PadFacts) -> str:
    if not found.exists:
        return f"le PAD n'est pas là ({item.file})."
    if not found.decodable:
        return f"le PAD n'est pas un son lisible ({item.file})."
    if found.silent:
        return f"le PAD ne contient que du silence ({item.file})."
    if found.duration >= item.duration + PAD_MARGIN:
        over, planned = format_duration(found.duration), format_duration(item.duration)
        return f"le PAD dure {over}, pour {planned} prévues ({item.file})."
    return ""


def _rights(episode: Episode) -> Iterator[Lack]:
    for item in episode.items:
        if item.podcast_rights is PodcastRights.UNKNOWN:
            works = enumerate_words([work.title for work in item.works]) or item.bed or "la musique"
            what = f"« {item.title} » : les droits de podcast ne sont pas connus ({works})."
            owner = _responsible(episode, item, Role.MUSICIAN)
            yield Lack(kind=LackKind.RIGHTS, item=item.id, owner=owner, what=what)


def _standby(episode: Episode) -> Iterator[Lack]:
    standbys = [item for item in episode.items if item.standby]
    if any(item.source or item.file or item.people for item in standbys):
        return
    if standbys:
        titles = enumerate_words([f"« {item.title} »" for item in standbys])
        what = f"Rien de prêt en réserve : pour {titles}, ni source, ni fichier, ni personne."
    else:
        what = "Pas de PAD de secours : rien en réserve si quelqu'un ne vient pas."
    yield Lack(kind=LackKind.STANDBY, item="", owner=_by_role(episode, Role.HOST), what=what)


def _responsible(episode: Episode, item: Item, first: Role) -> str:
    """Who answers for an item: its people of a role, else those of the team in it, else whoever edits or presents."""
    people = [episode.person(person_id) for person_id in item.people]
    first_named = [_named(person, first) for person in people if person.holds(first)]
    others = [_named(person) for person in people if not person.needs_consent]
    return enumerate_words(first_named or others) or _by_role(episode, Role.EDITOR, Role.HOST)


def _inviter(episode: Episode, item_id: str) -> str:
    """Who reminds a guest: the team's people in the same item, else whoever welcomes or presents."""
    people = next(([episode.person(p) for p in item.people] for item in episode.items if item.id == item_id), [])
    team = [_named(person) for person in people if not person.needs_consent]
    return enumerate_words(team) or _by_role(episode, Role.WELCOME, Role.HOST)


def _by_role(episode: Episode, *roles: Role) -> str:
    """Everybody who has the first of these roles that somebody has; else the committee."""
    for role in roles:
        named = [_named(person, role) for person in episode.people if person.holds(role)]
        if named:
            return enumerate_words(named)
    return COMMITTEE


def _named(person: Person, role: Role | None = None) -> str:
    """A person with what they do: the role that is asked for, else their main one."""
    return f"{person.name} ({ROLES[role or person.role]})"
