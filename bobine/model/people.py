"""The people who take part in an episode, and what each guest has consented to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """The roles that a person can have in an episode."""

    HOST = "host"
    TECHNICIAN = "technician"
    EDITOR = "editor"
    INTERVIEWER = "interviewer"
    WELCOME = "welcome"
    CONTRIBUTOR = "contributor"
    GUEST = "guest"
    MUSICIAN = "musician"


class Consent(StrEnum):
    """The state of a guest's written authorisation."""

    NONE = "none"
    REQUESTED = "requested"
    SIGNED = "signed"
    REFUSED = "refused"


class ConsentScope(StrEnum):
    """The uses that an authorisation can cover."""

    AIR = "air"
    PODCAST = "podcast"


class Verdict(StrEnum):
    """May this be in the podcast?"""

    GRANTED = "granted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A participant of one episode.

    Attributes:
        id: slug, unique in the episode; items name people by it.
        name: as it is said on air.
        role: what the person does; guests and musicians need a consent, the team does not.
        confirmed: a guest or musician has said that they will come; the team needs no such word.
        minor: under 18: the legal representative signs.
        consent: where the written authorisation stands.
        consent_scope: what a signed authorisation covers.
        consent_reference: where the paper is kept ("classeur 2026, feuille 14"); never a scan.
        consent_until: last day on which the signed paper holds; None where it has no end.
        representative: name of the legal representative, for a minor: who signs, or signed.
        also: other roles of the team that the person holds in this episode.
        understudy: roles of the team that the person learns in this episode, ready to step in.
        political_list: list or party of a candidate or an elected person, for the speech times.
        persons: how many people are behind the name: nine for a brass band.
    """

    id: str
    name: str
    role: Role
    confirmed: bool = False
    minor: bool = False
    consent: Consent = Consent.NONE
    consent_scope: tuple[ConsentScope, ...] = (ConsentScope.AIR, ConsentScope.PODCAST)
    consent_reference: str = ""
    consent_until: date | None = None
    representative: str = ""
    also: tuple[Role, ...] = ()
    understudy: tuple[Role, ...] = ()
    persons: int = 1
    political_list: str = ""

    def holds(self, role: Role) -> bool:
        """Whether the person has this role in the episode, as the main one or beside it."""
        return role is self.role or role in self.also

    @property
    def needs_consent(self) -> bool:
        """Whether a written authorisation is asked of this person."""
        return self.role in (Role.GUEST, Role.MUSICIAN) or self.minor

    @property
    def needs_confirmation(self) -> bool:
        """Whether the show waits for this person's word that they will come."""
        return self.role in (Role.GUEST, Role.MUSICIAN) and not self.confirmed

    @property
    def podcast_consent(self) -> Verdict:
        """Whether this person may be heard in the podcast.

        A signature for the air alone is a refusal for the podcast; a minor's needs the legal representative's name.
        """
        if not self.needs_consent:
            return Verdict.GRANTED
        if self.consent is Consent.REFUSED:
            return Verdict.REFUSED
        if self.consent is not Consent.SIGNED or (self.minor and not self.representative):
            return Verdict.UNKNOWN
        return Verdict.GRANTED if ConsentScope.PODCAST in self.consent_scope else Verdict.REFUSED

    def lapsed(self, day: date) -> bool:
        """Whether the signed paper does not hold any more on a day."""
        signed = self.needs_consent and self.consent is Consent.SIGNED
        return signed and self.consent_until is not None and self.consent_until < day

    def podcast_consent_on(self, day: date) -> Verdict:
        """Whether this person may be heard in the podcast on a day; what has lapsed is not known any more."""
        verdict = self.podcast_consent
        return Verdict.UNKNOWN if verdict is Verdict.GRANTED and self.lapsed(day) else verdict
