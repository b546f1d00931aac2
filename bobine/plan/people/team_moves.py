"""Changes to who holds and who learns the team's roles in an episode: each gives a new episode. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bobine.model.episode import Episode
from bobine.model.people import Person, Role
from bobine.model.team import TEAM_ROLES, Member
from bobine.plan.editing.ids import free_id
from bobine.plan.editing.moves import replace_person, without_idle
from bobine.plan.people.name_list import plain_name
from bobine.plan.people.team import proposed, teaching_obstacle, understudies


def assign(episode: Episode, role: Role, member_id: str, name: str) -> Episode:
    """The episode with somebody in a role, beside its present holders; nothing changes if they have it already.

    A person with another role keeps it as the main one: a contributor who presents is still credited as a contributor,
    and a guest still has something to sign. A person who was learning the role in this episode learns it no longer.

    Args:
        episode: the plan.
        role: one of ``TEAM_ROLES``.
        member_id: id of the person in the team or in the episode.
        name: their name; a person of the episode with that name is taken, whatever their id.
    """
    _check(role)
    person = _find(episode, member_id, name)
    if person is None:
        return _come(episode, Person(id=member_id, name=name, role=role))
    if person.holds(role):
        return episode
    understudy = tuple(one for one in person.understudy if one is not role)
    if person.role is Role.CONTRIBUTOR and not _speaks(episode, person):
        return replace_person(episode, replace(person, role=role, understudy=understudy))
    return replace_person(episode, replace(person, also=_in_order((*person.also, role)), understudy=understudy))


def unassign(episode: Episode, role: Role, person_id: str) -> Episode:
    """The episode with somebody no longer in a role of the team; nothing changes if they were not.

    Who has no other role is a contributor from then on, and leaves if there is nothing for them to do.
    """
    person = _by_id(episode, person_id)
    if person is None or role not in (person.role, *person.also) or role not in TEAM_ROLES:
        return episode
    if role is person.role:
        main, *also = person.also or (Role.CONTRIBUTOR,)
        person = replace(person, role=main, also=tuple(also))
    else:
        person = replace(person, also=tuple(one for one in person.also if one is not role))
    return without_idle(replace_person(episode, person), [person_id])


def set_understudy(episode: Episode, role: Role, member_id: str, name: str) -> Episode:
    """The episode with somebody who learns a role of the team; nothing changes if they hold it or learn it already.

    Who comes for that alone is a contributor. The arguments are those of ``assign``.
    """
    _check(role)
    person = _find(episode, member_id, name)
    if person is None:
        return _come(episode, Person(id=member_id, name=name, role=Role.CONTRIBUTOR, understudy=(role,)))
    if person.holds(role) or role in person.understudy:
        return episode
    return replace_person(episode, replace(person, understudy=_in_order((*person.understudy, role))))


def clear_understudy(episode: Episode, role: Role, person_id: str) -> Episode:
    """The episode with somebody who no longer learns a role; they leave if there is nothing else for them to do."""
    person = _by_id(episode, person_id)
    if person is None or role not in person.understudy:
        return episode
    person = replace(person, understudy=tuple(one for one in person.understudy if one is not role))
    return without_idle(replace_person(episode, person), [person_id])


def suggest(episode: Episode, members: Iterable[Member], episodes: Iterable[Episode]) -> Episode:
    """The episode with its empty roles filled and an understudy for each, where the team allows it.

    Only people who can do it alone are put in a role, and nobody in two that cannot be held at once; people with
    nothing to do that evening come first. The roles for which there are fewest people are filled first. Nobody learns
    two roles in one evening, nor where there is nobody to learn from. Nothing that was decided is changed.
    """
    team, known = tuple(members), tuple(episodes)
    empty = [role for role in TEAM_ROLES if not any(person.holds(role) for person in episode.people)]
    while empty:
        free = {role: [one for one in proposed(role, team, known, episode) if one.alone] for role in empty}
        role = min(empty, key=lambda one: len(free[one]))
        empty.remove(role)
        if free[role]:
            episode = assign(episode, role, free[role][0].id, free[role][0].name)
    for role in TEAM_ROLES:
        if any(role in person.understudy for person in episode.people) or teaching_obstacle(role, team, episode):
            continue
        learners = [
            one
            for one in understudies(role, team, known, episode)
            if not one.busy and not _learns(episode, one.id, one.name)
        ]
        if learners:
            episode = set_understudy(episode, role, learners[0].id, learners[0].name)
    return episode


def _check(role: Role) -> None:
    if role not in TEAM_ROLES:
        raise ValueError(f"{role} is not a role of the team")


def _by_id(episode: Episode, person_id: str) -> Person | None:
    return next((person for person in episode.people if person.id == person_id), None)


def _find(episode: Episode, member_id: str, name: str) -> Person | None:
    named = (person for person in episode.people if plain_name(person.name) == plain_name(name))
    return next(named, None) or _by_id(episode, member_id)


def _come(episode: Episode, person: Person) -> Episode:
    person = replace(person, id=free_id(person.id, {one.id for one in episode.people}))
    return replace(episode, people=(*episode.people, person))


def _in_order(roles: Iterable[Role]) -> tuple[Role, ...]:
    found = set(roles)
    return tuple(role for role in TEAM_ROLES if role in found)


def _speaks(episode: Episode, person: Person) -> bool:
    return any(person.id in item.people for item in episode.items)


def _learns(episode: Episode, member_id: str, name: str) -> bool:
    person = _find(episode, member_id, name)
    return person is not None and bool(person.understudy)
