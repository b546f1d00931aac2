"""What can be done in one gesture about each thing that keeps a show from being ready. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bobine.french import printable
from bobine.model.episode import Episode, Item, PodcastRights
from bobine.model.people import Consent, ConsentScope, Person, Role
from bobine.plan.ids import slug
from bobine.plan.known_people import KnownPerson, find_known, set_people
from bobine.plan.moves import drop_person, find_item, replace_item, replace_person, toggle_standby
from bobine.plan.readiness import Lack, LackKind
from bobine.plan.team import AT_ROLE
from bobine.plan.team_moves import assign
from bobine.store import texts

_MOST_NAMED = 3
"""People who are offered for a role by name; others are typed."""

_VISITORS = (Role.GUEST, Role.MUSICIAN)
_HANDS_FULL = (Role.HOST, Role.TECHNICIAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One gesture that settles a lack.

    Attributes:
        label: what it says, in French; ends with « … » where a text is asked for.
        episode: the plan once it is done; None where a text is asked for.
        asks: the text that is asked for, in French; empty where none is.
        apply: the plan with that text; raises ``ValueError`` with one French sentence.
        people: the text is made of names, which may be completed.
    """

    label: str
    episode: Episode | None = None
    asks: str = ""
    apply: Callable[[str], Episode] | None = None
    people: bool = False


def remedies(episode: Episode, lack: Lack, known: Iterable[KnownPerson] = ()) -> tuple[Remedy, ...]:
    """What can be done about a lack of an episode, the most usual first; nothing where it takes more than a gesture.

    Args:
        episode: the plan.
        lack: what ``readiness`` found in it; of a plan that has changed since, nothing is offered.
        known: who may be named, as ``known_people`` lists them.
    """
    try:
        return tuple(_found(episode, lack, tuple(known)))
    except KeyError:
        return ()


def _found(episode: Episode, lack: Lack, known: Sequence[KnownPerson]) -> Iterator[Remedy]:
    match lack.kind:
        case LackKind.TECHNICIAN:
            yield from _role(episode, Role.TECHNICIAN, known)
        case LackKind.HOST:
            yield from _role(episode, Role.HOST, known)
        case LackKind.STOPWATCH:
            yield from _stopwatch(episode)
        case LackKind.CONFIRMATION if lack.person:
            person = episode.person(lack.person)
            yield Remedy(label="Venue confirmée", episode=replace_person(episode, replace(person, confirmed=True)))
            yield _leaves(episode, person)
        case LackKind.CONFIRMATION:
            yield from _nobody(episode, find_item(episode, lack.item), known)
        case LackKind.CONSENT:
            yield from _consent(episode, episode.person(lack.person))
        case LackKind.RIGHTS:
            item = find_item(episode, lack.item)
            for rights, label in (
                (PodcastRights.CLEARED, "Droits libres pour le podcast"),
                (PodcastRights.CUT, "Hors podcast (coupée au montage)"),
            ):
                yield Remedy(label=label, episode=replace_item(episode, replace(item, podcast=rights)))
        case LackKind.STANDBY:
            yield from _standby(episode)


def _role(episode: Episode, role: Role, known: Sequence[KnownPerson]) -> Iterator[Remedy]:
    """Those whose usual role it is, then anybody."""
    usual = [one for one in known if one.role is role][:_MOST_NAMED]
    for one in usual:
        yield Remedy(label=f"{one.name} {AT_ROLE[role]}", episode=assign(episode, role, one.id, one.name))

    def apply(text: str) -> Episode:
        name = _line(text)
        found = find_known(name, known)
        return assign(episode, role, found.id if found else slug(name), found.name if found else name)

    label = "Quelqu'un d'autre…" if usual else f"Quelqu'un {AT_ROLE[role]}…"
    yield Remedy(label=label, asks=f"Qui est {AT_ROLE[role]} ?", apply=apply, people=True)


def _stopwatch(episode: Episode) -> Iterator[Remedy]:
    """The team: those whose hands are full come last."""
    team = [person for person in episode.people if person.role not in _VISITORS]
    for person in sorted(team, key=lambda one: any(one.holds(role) for role in _HANDS_FULL)):
        yield Remedy(label=f"{person.name} au chronomètre", episode=replace(episode, stopwatch=person.id))


def _nobody(episode: Episode, item: Item, known: Sequence[KnownPerson]) -> Iterator[Remedy]:
    yield Remedy(
        label="Quelqu'un vient…",
        asks=f"Qui vient pour « {item.title} » ?",
        apply=lambda text: set_people(episode, item.id, _line(text), known),
        people=True,
    )
    yield Remedy(label="Mettre en réserve", episode=toggle_standby(episode, item.id))


def _consent(episode: Episode, person: Person) -> Iterator[Remedy]:
    def with_fields(consent: Consent, **fields: object) -> Episode:
        return replace_person(episode, replace(person, consent=consent, **fields))  # type: ignore[arg-type]

    def represented(label: str, who: str) -> Remedy:
        return Remedy(
            label=label,
            asks=f"Nom de la personne qui représente légalement {who}",
            apply=lambda text: with_fields(Consent.SIGNED, minor=True, representative=_line(text)),
        )

    if person.minor and person.representative:
        yield Remedy(label=f"Autorisation signée par {person.representative}", episode=with_fields(Consent.SIGNED))
        yield represented("Signée par quelqu'un d'autre…", person.name)
    elif person.minor:
        yield represented(f"Signée par la personne qui représente {person.name}…", person.name)
    else:
        yield Remedy(label="Autorisation signée", episode=with_fields(Consent.SIGNED))
    if person.consent is Consent.NONE:
        yield Remedy(label="Autorisation demandée", episode=with_fields(Consent.REQUESTED))
    yield Remedy(label="Autorisation refusée (hors podcast)", episode=with_fields(Consent.REFUSED))
    if not person.minor:
        air = with_fields(Consent.SIGNED, consent_scope=(ConsentScope.AIR,))
        yield Remedy(label="Signée pour l'antenne seule (hors podcast)", episode=air)
        yield represented("C'est une personne mineure…", person.name)
    yield _leaves(episode, person)


def _leaves(episode: Episode, person: Person) -> Remedy:
    return Remedy(label=f"Ne vient pas : enlever {person.name}", episode=drop_person(episode, person.id))


def _standby(episode: Episode) -> Iterator[Remedy]:
    """What is in reserve without anything gets a source; else what can be cut goes into reserve."""
    for item in episode.items:
        if item.standby:
            ready = replace_item(episode, replace(item, source="PAD"))
            yield Remedy(label=f"« {item.title} » est prêt (PAD)", episode=ready)
    for item in episode.items:
        if item.droppable and not item.standby and (item.source or item.file or item.people):
            yield Remedy(label=f"Mettre en réserve « {item.title} »", episode=toggle_standby(episode, item.id))


def _line(text: str) -> str:
    """A text that a plan may hold.

    Raises:
        ValueError: if it may not.
    """
    line = text.strip()
    fault = texts.one_line(line)
    if fault:
        raise ValueError(f"« {printable(line[:60])} » : {fault}." if line else "Il manque un nom.")
    return line
