"""Written authorisations: who may sign for whom, and what must be known before one is noted as signed. Pure."""

from __future__ import annotations

from dataclasses import replace

from bobine.model.people import Consent, ConsentScope, Person
from bobine.model.written.placeholders import placeholder

NO_PAPER = "écrivez d'abord où est rangée la feuille signée"
NO_REPRESENTATIVE = "nommez d'abord la personne qui la représente légalement : c'est elle qui signe"


def sign(person: Person, reference: str, scope: tuple[ConsentScope, ...] | None = None) -> Person:
    """The person once their authorisation is signed; a paper after another has no end until one is written.

    Args:
        person: the person heard.
        reference: where the paper is kept.
        scope: what it covers; what was agreed until now by default.

    Raises:
        ValueError: if the paper is nowhere, or nobody is named to sign for a minor; one French sentence.
    """
    signed = replace(
        person,
        consent=Consent.SIGNED,
        consent_reference=reference.strip(),
        consent_until=None if person.consent_reference else person.consent_until,
        consent_scope=person.consent_scope if scope is None else scope,
    )
    fault = signature_fault(signed)
    if fault:
        raise ValueError(f"{fault[:1].upper()}{fault[1:]}.")
    return signed


def represented(person: Person, representative: str) -> Person:
    """The person as a minor for whom somebody signs. That is no signature: one that somebody else gave is void.

    Args:
        person: the minor.
        representative: the person who may sign; empty where not known, which leaves the one named before.
    """
    named = representative or person.representative
    another = not person.minor or named != person.representative
    person = replace(person, minor=True, representative=named)
    if another and person.consent is Consent.SIGNED:
        return replace(person, consent=Consent.REQUESTED, consent_reference="", consent_until=None)
    return person


def signature_fault(person: Person) -> str:
    """The reason why an authorisation cannot count as signed, in French; empty where it can, or does not claim to be.

    The sentence begins small and has no full stop.
    """
    if person.consent is not Consent.SIGNED or not person.needs_consent:
        return ""
    if person.minor and not person.representative:
        return NO_REPRESENTATIVE
    reference = person.consent_reference
    return "" if reference and not placeholder(reference) else NO_PAPER


def change_fault(before: Person, after: Person) -> str:
    """The reason why a change would make or leave a signature that was not given, in French; empty where it does not.

    What was wrong before may be mended in any order.
    """
    if after.minor and not before.minor and after.consent is Consent.SIGNED:
        return (
            "l'autorisation est notée signée, mais pas par qui la représente : "
            "remettez-la d'abord à « à demander » ou à « demandée »"
        )
    if signature_fault(before) and before.consent is after.consent:
        return ""
    return signature_fault(after)
