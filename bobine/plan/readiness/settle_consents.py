"""Remedies for a missing authorisation: who signs for whom, and where the paper is. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bobine.model.episode import Episode, Item
from bobine.model.episode_day import plain_day
from bobine.model.people import Consent, ConsentScope, Person
from bobine.plan.editing.moves import find_item, replace_person, toggle_standby
from bobine.plan.people.consents import represented, sign
from bobine.plan.people.known_people import KnownPerson, people_text, set_people
from bobine.plan.readiness.remedy import Remedy, leaves, one_line


def name_minors(episode: Episode, item: Item, known: Sequence[KnownPerson]) -> Iterator[Remedy]:
    """Remedies that mark a person in the item as a minor, or add the names of the minors who speak in it."""
    for person in (episode.person(one) for one in item.people):
        if person.needs_consent:
            minor = replace_person(episode, represented(person, ""))
            yield Remedy(label=f"{person.name} est une personne mineure", episode=minor)

    def apply(text: str) -> Episode:
        before = people_text(episode, item)
        changed = set_people(episode, item.id, f"{before}, {one_line(text)}" if before else one_line(text), known)
        come = set(find_item(changed, item.id).people) - set(item.people)
        if not come:
            raise ValueError("Ces personnes y sont déjà : écrivez d'autres noms.")
        people = tuple(represented(one, "") if one.id in come else one for one in changed.people)
        return replace(changed, people=people)

    yield Remedy(
        label="Noter qui y parle…",
        asks=f"Quelles personnes mineures parlent dans « {item.title} » ?",
        apply=apply,
        people=True,
    )
    yield Remedy(label="Mettre en réserve", episode=toggle_standby(episode, item.id))


def authorise(episode: Episode, person: Person) -> Iterator[Remedy]:
    """Remedies by a signature, noted with the place of its paper, never implied; for a minor, the signatory first."""

    def noted(changed: Person) -> Episode:
        return replace_person(episode, changed)

    def signing(label: str, scope: tuple[ConsentScope, ...] | None = None) -> Remedy:
        return Remedy(
            label=label,
            asks=f"Où est rangée la feuille signée pour {person.name} ? (classeur 2026-27, feuille 31)",
            apply=lambda text: noted(sign(person, one_line(text, "où est la feuille"), scope)),
        )

    def named(text: str) -> Episode:
        changed = represented(person, one_line(text))
        if changed == person:
            raise ValueError("C'est déjà le nom qui est noté.")
        return noted(changed)

    def naming(label: str) -> Remedy:
        return Remedy(
            label=label,
            asks=f"Qui représente légalement {person.name} ? (rien n'est encore signé)",
            apply=named,
        )

    if person.minor and not person.representative:
        yield naming(f"Nommer la personne qui représente {person.name}…")
    elif person.lapsed(plain_day(episode.date)):
        by = f" par {person.representative}" if person.minor else ""
        yield signing(f"Nouvelle autorisation signée{by}…")
        yield Remedy(label="Demandée de nouveau", episode=noted(replace(person, consent=Consent.REQUESTED)))
    elif person.consent is Consent.SIGNED:
        yield signing("Dire où est rangée la feuille…")
        yield Remedy(label="Pas encore signée", episode=noted(replace(person, consent=Consent.REQUESTED)))
    else:
        by = f" par {person.representative}" if person.minor else ""
        yield signing(f"Autorisation signée{by}…")
    if person.consent is Consent.NONE:
        asked = noted(replace(person, consent=Consent.REQUESTED))
        yield Remedy(label="Autorisation demandée", episode=asked)
    refused = noted(replace(person, consent=Consent.REFUSED))
    yield Remedy(label="Autorisation refusée (hors podcast)", episode=refused)
    if person.minor and person.representative:
        yield naming("Quelqu'un d'autre la représente…")
    elif not person.minor:
        yield signing("Signée pour l'antenne seule (hors podcast)…", (ConsentScope.AIR,))
        yield naming("C'est une personne mineure…")
    yield leaves(episode, person)
