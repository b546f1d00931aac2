"""Questions of « Équipe »: who holds a role, and who learns it."""

from __future__ import annotations

from typing import Any, Protocol

from textual.app import App

from bobine.model.episode import Episode
from bobine.model.people import Role
from bobine.model.team import Member
from bobine.plan.editing.ids import free_id
from bobine.plan.fields.words import ROLES
from bobine.plan.people.team import candidates, proposed, teaching_obstacle, understudies
from bobine.plan.people.team_moves import assign, clear_understudy, set_understudy, unassign
from bobine.store.rules.texts import one_line
from bobine.tui.kit.dialogs.ask import Ask
from bobine.tui.kit.dialogs.choice import Choice, Option


class RolesOfAShow(Protocol):
    """The part of the screen that the questions need."""

    episodes: tuple[Episode, ...]

    @property
    def app(self) -> App[Any]:
        """The application that shows dialogs."""

    @property
    def members(self) -> tuple[Member, ...]:
        """The team."""

    @property
    def episode(self) -> Episode | None:
        """The show whose roles are shown, as it is now; None where there is none."""

    def put_episode(self, episode: Episode, what: str) -> None:
        """Show another state of it and write it; ``what`` was done, as undo names it."""


async def choose_holder(roles: RolesOfAShow, role: Role) -> None:
    """Ask who holds a role."""
    seen = roles.episode
    if seen is None:
        return
    offered = candidates(role, roles.members, roles.episodes, seen)
    holders = [person for person in seen.people if person.holds(role)]
    options = [Option(f"off {person.id}", f"Retirer {person.name}") for person in holders]
    options += [Option(f"on {one.id}", one.name, one.reason) for one in offered]
    options.append(Option("new", "Quelqu'un d'autre…"))
    best = proposed(role, roles.members, roles.episodes, seen)
    first = f"on {best[0].id}" if best else ""
    title = f"{ROLES[role].capitalize()} : qui ?"
    chosen = await roles.app.push_screen_wait(Choice(title, options, current="" if holders else first))
    episode = roles.episode
    if chosen is None or episode is None:
        return
    verb, _, person_id = chosen.partition(" ")
    if verb == "off":
        name = seen.person(person_id).name
        roles.put_episode(unassign(episode, role, person_id), f"{name} n'est plus : {ROLES[role]}")
        return
    name = next((one.name for one in offered if one.id == person_id), "")
    if verb == "new":
        typed = await roles.app.push_screen_wait(Ask(title, check=one_line, keep=True))
        name = typed or ""
        person_id = free_id(name, {person.id for person in episode.people})
    if name:
        roles.put_episode(assign(episode, role, person_id, name), f"{ROLES[role]} : {name}")


async def choose_understudy(roles: RolesOfAShow, role: Role) -> None:
    """Ask who learns a role."""
    seen = roles.episode
    if seen is None:
        return
    offered = understudies(role, roles.members, roles.episodes, seen)
    learning = [person for person in seen.people if role in person.understudy]
    options = [Option(f"off {person.id}", f"Retirer {person.name}") for person in learning]
    options += [Option(f"on {one.id}", one.name, one.reason) for one in offered]
    dialog = Choice(f"{ROLES[role].capitalize()} : qui est en doublure ?", options,
                    intro=teaching_obstacle(role, roles.members, seen))  # fmt: skip
    chosen = await roles.app.push_screen_wait(dialog)
    episode = roles.episode
    if chosen is None or episode is None:
        return
    verb, _, person_id = chosen.partition(" ")
    if verb == "off":
        roles.put_episode(clear_understudy(episode, role, person_id), f"doublure retirée : {ROLES[role]}")
        return
    name = next(one.name for one in offered if one.id == person_id)
    roles.put_episode(set_understudy(episode, role, person_id, name), f"{ROLES[role]}, doublure : {name}")
