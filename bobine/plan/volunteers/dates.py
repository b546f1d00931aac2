"""The dates on which one person is expected: the shows where they have a task, with when and where. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bobine.model.episode import Episode
from bobine.model.people import Person, Role
from bobine.model.show import Show
from bobine.plan.fields.words import ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDate:
    """One show where a person has a task.

    Attributes:
        day: of the show.
        show: its title.
        title: of that day's episode.
        call: when they are expected, aware.
        on_air: when the air is taken, aware.
        end: when it is given back, aware.
        place: where; empty where nothing says it.
        tasks: their roles, in words.
        learns: the roles that they learn, in words.
        items: titles of the items that name them, in order.
        cancelled: the show was planned, and is not.
    """

    day: date
    show: str
    title: str
    call: datetime
    on_air: datetime
    end: datetime
    place: str = ""
    tasks: tuple[str, ...] = ()
    learns: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    cancelled: bool = False


def own_dates(show: Show, episodes: Iterable[Episode], is_meant: Callable[[Person], bool]) -> tuple[OwnDate, ...]:
    """The dates of one person, in order; a replay needs nobody.

    Args:
        show: whose slot and studio they are.
        episodes: in any order.
        is_meant: whether a participant is that person.
    """
    found = []
    for episode in sorted(episodes, key=lambda one: one.date):
        them = [person for person in episode.people if is_meant(person)]
        if not them or episode.replay is not None:
            continue
        ids = {person.id for person in them}
        on_air, end = show.slot.bounds(episode.date)
        roles = dict.fromkeys(role for person in them for role in (person.role, *person.also))
        found.append(
            OwnDate(
                day=episode.date,
                show=show.title,
                title=episode.title,
                call=on_air - (show.slot.arrival or timedelta()),
                on_air=on_air,
                end=end,
                place=_place(show),
                tasks=tuple(ROLES[role] for role in roles),
                learns=tuple(ROLES[role] for role in dict.fromkeys(_learnt(them))),
                items=tuple(item.title for item in episode.counted_items if ids & set(item.people)),
                cancelled=episode.cancelled,
            )
        )
    return tuple(found)


def _learnt(people: Iterable[Person]) -> Iterable[Role]:
    return (role for person in people for role in person.understudy)


def _place(show: Show) -> str:
    return ", ".join(part for part in (show.station.name, show.station.address) if part)
