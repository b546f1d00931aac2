"""The team's roles: who may hold each, and who may learn it, so that work is shared and skills spread. Pure.

Somebody of an episode is a member of the team if they have the name, or the id, of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bobine.french import day_and_month, sort_key
from bobine.model.episode import Episode
from bobine.model.people import Person, Role
from bobine.model.team import TEAM_ROLES, Member, Skill
from bobine.plan.editing.ids import free_id
from bobine.plan.fields.words import SKILLS
from bobine.plan.people.name_list import plain_name

AT_ROLE: dict[Role, str] = {
    Role.HOST: "à l'animation",
    Role.TECHNICIAN: "à la technique",
    Role.EDITOR: "au montage",
    Role.INTERVIEWER: "à l'interview",
    Role.WELCOME: "à l'accueil",
}
"""Words for the holder of a role: « Loïc est à la technique »."""

_AT_ONCE: dict[Role, tuple[Role, ...]] = {
    Role.HOST: (Role.TECHNICIAN, Role.WELCOME),
    Role.TECHNICIAN: (Role.HOST, Role.INTERVIEWER, Role.WELCOME),
    Role.INTERVIEWER: (Role.TECHNICIAN,),
    Role.WELCOME: (Role.HOST, Role.TECHNICIAN),
    Role.EDITOR: (),
}
"""For each role, those that the same person cannot hold while the show is on."""

_SAFE = 2
"""A role that fewer people than this can hold alone is fragile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A candidate for a role.

    Attributes:
        id: their id in the team.
        name: as it is said on air.
        skill: how far they are in it; None for never tried.
        last: day of the last show before this one in which they held the role (or learned it, for an understudy).
        times: how often, in the season, before this show.
        shows_since: shows from that one to this one, this one counted: 1 for the show just before; None for never.
        busy: roles they hold or learn that evening that cannot be held at the same time.
        reason: all that in French: « en autonomie, pas tenu depuis 5 émissions ».
    """

    id: str
    name: str
    skill: Skill | None
    last: date | None
    times: int
    shows_since: int | None
    busy: tuple[Role, ...]
    reason: str

    @property
    def alone(self) -> bool:
        """Whether they can hold the role without help."""
        return self.skill is not None and self.skill.alone


def candidates(
    role: Role, members: Iterable[Member], episodes: Iterable[Episode], episode: Episode
) -> tuple[Candidate, ...]:
    """List the people who may hold a role of the team in an episode, the best first.

    Those who are free that evening come first, then those who can do it alone, then the most advanced of the others;
    of equals, whoever held it longest ago. People who hold it already or are away are left out.

    Args:
        role: one of ``TEAM_ROLES``.
        members: the team.
        episodes: those known; only those before this one are looked at.
        episode: the one that is being planned.
    """
    past = _before(episodes, episode)
    found = [
        _candidate(member, role, past, episode, learning=False)
        for member in members
        if not member.away and not any(person.holds(role) for person in _as_person(member, episode))
    ]
    return tuple(sorted(found, key=_holder_rank))


def proposed(
    role: Role, members: Iterable[Member], episodes: Iterable[Episode], episode: Episode
) -> tuple[Candidate, ...]:
    """List the people proposed for a role, the best first: the one rule of every screen.

    They are those of ``candidates`` who are free that evening: people who can do it alone come before those who cannot,
    and among the former, people without another role that evening come first.

    Args:
        role: one of ``TEAM_ROLES``.
        members: the team; where nobody is written down, whoever ``members_seen`` finds.
        episodes: those known; only those before this one are looked at.
        episode: the one that is being planned.
    """
    known = tuple(episodes)
    free = [one for one in candidates(role, tuple(members) or members_seen(known), known, episode) if not one.busy]
    return tuple(sorted(free, key=lambda one: (not one.alone, one.alone and _has_a_role(episode, one))))


def _has_a_role(episode: Episode, one: Candidate) -> bool:
    people = (
        person for person in episode.people if person.id == one.id or plain_name(person.name) == plain_name(one.name)
    )
    return any(person.holds(role) for person in people for role in TEAM_ROLES)


def understudies(
    role: Role, members: Iterable[Member], episodes: Iterable[Episode], episode: Episode
) -> tuple[Candidate, ...]:
    """List those who may learn a role in an episode: they cannot do it alone yet; the least often helped come first.

    Those who have begun come before those who never tried. People who hold or learn it that evening already, or are
    away, are left out. ``teaching_obstacle`` says whether anybody is there to learn it from.
    """
    past = _before(episodes, episode)
    found = [
        _candidate(member, role, past, episode, learning=True)
        for member in members
        if not member.away
        and not _alone(member, role)
        and not any(person.holds(role) or role in person.understudy for person in _as_person(member, episode))
    ]
    return tuple(sorted(found, key=_learner_rank))


def teaching_obstacle(role: Role, members: Iterable[Member], episode: Episode) -> str:
    """The reason why nobody can learn a role that evening, in one French sentence; empty where somebody can.

    A role is learned from somebody who can do it alone. Of people outside the team nothing is known, and nothing said.
    """
    holders = [person for person in episode.people if person.holds(role)]
    if not holders:
        return f"Personne n'est {AT_ROLE[role]} : une doublure apprend aux côtés de quelqu'un."
    team = tuple(members)
    known = [(person, [one for one in team if _is(person, one)]) for person in holders]
    if all(found and not any(_alone(one, role) for one in found) for _, found in known):
        return f"{holders[0].name} n'est pas encore en autonomie : une doublure apprend auprès de quelqu'un qui l'est."
    return ""


def fragile_roles(members: Iterable[Member]) -> tuple[Role, ...]:
    """The roles that fewer than two people who are not away can hold alone."""
    there = [member for member in members if not member.away]
    return tuple(role for role in TEAM_ROLES if sum(_alone(member, role) for member in there) < _SAFE)


def members_seen(episodes: Iterable[Episode]) -> tuple[Member, ...]:
    """The team as past shows tell it, where no file does; in the order of names.

    A person who held a role is taken to hold it alone, one who only learned it to need help; contributors are members
    too. Guests and musicians are not, unless they had a role of the team.
    """
    seen: dict[str, Member] = {}
    for episode in sorted(episodes, key=lambda one: one.date):
        for person in episode.people:
            held = [role for role in TEAM_ROLES if person.holds(role)]
            if not (held or person.understudy or person.role is Role.CONTRIBUTOR):
                continue
            new = Member(id=free_id(person.id, {one.id for one in seen.values()}), name=person.name)
            member = seen.get(plain_name(person.name), new)
            for role in person.understudy:
                if not _alone(member, role):
                    member = with_skill(member, role, Skill.ASSISTED)
            for role in held:
                member = with_skill(member, role, Skill.AUTONOMOUS)
            seen[plain_name(person.name)] = member
    return tuple(sorted(seen.values(), key=lambda one: sort_key(one.name)))


def next_skill(skill: Skill | None) -> Skill | None:
    """The next one in the round: never tried, discovered, with help, alone, can train, never tried."""
    steps: list[Skill | None] = [None, *Skill]
    return steps[(steps.index(skill) + 1) % len(steps)]


def with_skill(member: Member, role: Role, skill: Skill | None) -> Member:
    """The member, so far in a role.

    Raises:
        ValueError: if the role is not one of ``TEAM_ROLES``.
    """
    member.skill(role)
    fields: dict[str, Any] = {role.value: skill}
    return replace(member, **fields)


def _before(episodes: Iterable[Episode], episode: Episode) -> list[Episode]:
    """The known episodes before this one, the latest first."""
    return sorted((one for one in episodes if one.date < episode.date), key=lambda one: one.date, reverse=True)


def _is(person: Person, member: Member) -> bool:
    return person.id == member.id or plain_name(person.name) == plain_name(member.name)


def _as_person(member: Member, episode: Episode) -> list[Person]:
    return [person for person in episode.people if _is(person, member)]


def _alone(member: Member, role: Role) -> bool:
    skill = member.skill(role)
    return skill is not None and skill.alone


def _candidate(member: Member, role: Role, past: Sequence[Episode], episode: Episode, *, learning: bool) -> Candidate:
    def had(one: Episode) -> bool:
        return any(role in p.understudy if learning else p.holds(role) for p in _as_person(member, one))

    since = next((place for place, one in enumerate(past, 1) if had(one)), None)
    last = past[since - 1].date if since is not None else None
    roles = {role for p in _as_person(member, episode) for role in (p.role, *p.also, *p.understudy)}
    busy = tuple(other for other in _AT_ONCE[role] if other in roles)
    skill = member.skill(role)
    return Candidate(
        id=member.id,
        name=member.name,
        skill=skill,
        last=last,
        times=sum(one.season == episode.season and had(one) for one in past),
        shows_since=since,
        busy=busy,
        reason=", ".join(
            [
                SKILLS[skill] if skill is not None else "jamais essayé",
                *_since(last, since, learning=learning),
                *(f"déjà {AT_ROLE[other]}" for other in busy),
            ]
        ),
    )


def _since(last: date | None, since: int | None, *, learning: bool) -> list[str]:
    verb = "appris" if learning else "tenu"
    if last is None or since is None:
        return [] if learning else ["jamais tenu"]
    if since == 1:
        return [f"{'dernière doublure' if learning else 'dernière fois'} le {day_and_month(last)}"]
    return [f"pas {verb} depuis {since - 1} émission{'s' if since > 2 else ''}"]


def _holder_rank(one: Candidate) -> tuple[bool, bool, int, date, int, str]:
    rank = one.skill.rank if one.skill is not None else 0
    return (
        bool(one.busy),
        not one.alone,
        0 if one.alone else -rank,
        one.last or date.min,
        one.times,
        sort_key(one.name),
    )


def _learner_rank(one: Candidate) -> tuple[bool, bool, int, int, date, str]:
    rank = one.skill.rank if one.skill is not None else 0
    return bool(one.busy), one.skill is None, one.times, -rank, one.last or date.min, sort_key(one.name)
