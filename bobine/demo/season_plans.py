"""The plans of a season made from nothing: who is there, what is said, and the one thing each show still lacks. Pure.

Variety comes from rotation: each show takes the next of each list, so that the same call gives the same season.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import accumulate, pairwise
from typing import TypeVar

from bobine.demo.season_cast import (
    BODY,
    GUESTS,
    HOSTS,
    MINOR,
    MUSICIANS,
    OBJECTIVES,
    SUBJECTS,
    TEAM,
    TECHNICIANS,
    THEME,
    TITLES,
)
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights, Work, WorkUse
from bobine.model.ideas import Idea, IdeaStatus
from bobine.model.people import Consent, Person, Role
from bobine.model.show import Show
from bobine.model.team import Member

T = TypeVar("T")

FEWEST_ITEMS = 6
"""A rundown of this season has its themes, its talks, its standby, and something between them."""

_SECOND = timedelta(seconds=1)
_BESIDE = timedelta(minutes=2)
"""Time by which a plan is too long or too short, beyond the slot's tolerance."""


class Lacking(Enum):
    """The one thing that a show still lacks."""

    NOTHING = "nothing"
    CONFIRMATION = "confirmation"
    TIME = "time"
    RIGHTS = "rights"
    TEAM = "team"
    ROOM = "room"
    CONSENT = "consent"


COMING = (
    Lacking.NOTHING, Lacking.CONFIRMATION, Lacking.TIME, Lacking.RIGHTS, Lacking.TEAM, Lacking.ROOM, Lacking.CONSENT,
)  # fmt: skip
"""The lack of each show to come, one after the other."""


def season_days(show: Show, today: date) -> tuple[date, ...]:
    """The days of the slot in the season that ``today`` is in, or before; holidays are days like others here."""
    calendar = replace(show.season, holidays=())
    number = calendar.number(today)
    while True:
        day = date(calendar.first_year + number - 1, calendar.first_month, 1)
        day += timedelta(days=(show.slot.day.number - day.weekday()) % 7)
        weeks = (day + timedelta(weeks=week) for week in range(54))
        days = tuple(one for one in weeks if calendar.is_open(one) and calendar.number(one) == number)
        if days and days[-1] >= today:
            return days
        number += 1


def season_plan(show: Show, day: date, number: int, items: int, lacking: Lacking, turn: int) -> Episode:
    """The plan of one show.

    Args:
        show: whose; its chroniques are named.
        day: the day of broadcast.
        number: its number in the season.
        items: how many items it has, the standby among them; ``FEWEST_ITEMS`` or more.
        lacking: what keeps it from being ready.
        turn: how far the lists of people and subjects are turned.

    Raises:
        ValueError: if there are too few items, or more than there are seconds for.
    """
    if items < FEWEST_ITEMS:
        raise ValueError(f"{items} items: {FEWEST_ITEMS} at least")
    people = _people(turn, lacking)
    rundown = _rundown(show, day, number, items, lacking, turn, people)
    return Episode(
        show=show.slug,
        date=day,
        season=show.season.number(day),
        number=number,
        title=_pick(TITLES, turn),
        summary=f"Au programme : {_pick(SUBJECTS, turn)}, {_pick(SUBJECTS, turn + 5)}, et de la musique en direct.",
        stopwatch=people[0].id,
        people=people,
        items=rundown,
    )


def season_team() -> tuple[Member, ...]:
    """The committee: thirteen people."""
    return TEAM


def season_ideas(days: Sequence[date], today: date) -> tuple[Idea, ...]:
    """Subjects that were proposed: most of them open, some planned for a coming day, one set aside."""
    coming = [day for day in days if day >= today]
    ideas = []
    for place, subject in enumerate(SUBJECTS):
        planned = coming[place // 4] if place % 4 == 1 and place // 4 < len(coming) else None
        status = IdeaStatus.PLANNED if planned else IdeaStatus.SET_ASIDE if place == 7 else IdeaStatus.OPEN
        ideas.append(
            Idea(
                id=f"idee-{place + 1}",
                title=subject[0].upper() + subject[1:],
                by=_pick(TEAM, place * 5).name,
                proposed=today - timedelta(days=3 + 4 * place),
                kind=ItemKind.INTERVIEW if place % 2 else ItemKind.REPORT,
                duration=timedelta(minutes=4 + place % 5),
                status=status,
                planned_for=planned,
            )
        )
    return tuple(ideas)


def _pick(pool: Sequence[T], turn: int) -> T:
    return pool[turn % len(pool)]


def _people(turn: int, lacking: Lacking) -> tuple[Person, ...]:
    """The people of the team, then the guests, then the musicians; one regular contributor comes first."""
    names = {member.id: member.name for member in TEAM}
    host, technician = _pick(HOSTS, turn), _pick(TECHNICIANS, turn)
    roles = {"mireille": Role.CONTRIBUTOR, "anouar": Role.CONTRIBUTOR, "fatoumata": Role.INTERVIEWER}
    if lacking is not Lacking.TEAM:
        roles |= {host: Role.HOST, technician: Role.TECHNICIAN}
    elif turn % 2:
        roles |= {host: Role.HOST}
    team = [Person(id=one, name=names[one], role=role) for one, role in roles.items()]
    guests = [_visitor(Role.GUEST, *_pick(GUESTS, turn + n), turn) for n in range(4)]
    musicians = [_visitor(Role.MUSICIAN, *_pick(MUSICIANS, turn + n), turn) for n in range(2)]
    if lacking is Lacking.CONFIRMATION:
        guests[0], musicians[0] = replace(guests[0], confirmed=False), replace(musicians[0], confirmed=False)
    if lacking is Lacking.CONSENT:
        guests[0] = replace(guests[0], consent=Consent.REQUESTED, consent_reference="")
        guests[1] = replace(guests[1], consent=Consent.NONE, consent_reference="")
    return (*team, *guests, *musicians)


def _visitor(role: Role, person_id: str, name: str, turn: int) -> Person:
    minor = person_id == MINOR
    return Person(
        id=person_id,
        name=name,
        role=role,
        confirmed=True,
        minor=minor,
        consent=Consent.SIGNED,
        consent_reference=f"classeur, feuille {turn + 1}",
        representative="Karim Belkacem" if minor else "",
    )


def _rundown(
    show: Show, day: date, number: int, items: int, lacking: Lacking, turn: int, people: Sequence[Person]
) -> tuple[Item, ...]:
    start, end = show.slot.bounds(day)
    beside = show.slot.tolerance + _BESIDE
    room = _between(start, end) + {Lacking.TIME: -beside, Lacking.ROOM: beside}.get(lacking, timedelta())
    theme, welcome = timedelta(seconds=20), timedelta(seconds=70)
    parts = [_pick(BODY, n) for n in range(items - 5)]
    lengths = _shares(room - 2 * (theme + welcome), [weight for _, weight, _ in parts])
    host = [person.id for person in people if person.holds(Role.HOST)] or [people[0].id]
    opening = Item(
        id="generique", title="Générique", kind=ItemKind.OPENING_THEME, duration=theme, source="PAD",
        fixed_start=show.slot.start, podcast=PodcastRights.CLEARED, works=(THEME,),
    )  # fmt: skip
    talk = Item(
        id="accueil", title="Accueil, sommaire", kind=ItemKind.TALK, duration=welcome, people=tuple(host), mics=("M1",)
    )
    standby = Item(
        id="secours", title="PAD de secours", kind=ItemKind.REPORT, duration=timedelta(minutes=3), standby=True,
        source="PAD",
    )  # fmt: skip
    thanks = replace(talk, id="remerciements", title="Remerciements")
    closing = replace(opening, id="generique-de-fin", title="Générique de fin", kind=ItemKind.CLOSING_THEME,
                      fixed_start=(end - theme).timetz().replace(tzinfo=None))  # fmt: skip
    body = [
        _item(show, number, n, turn, lacking, kind, length, title, people)
        for n, ((kind, _, title), length) in enumerate(zip(parts, lengths, strict=True))
    ]
    return (opening, talk, *body, thanks, closing, standby)


def _item(
    show: Show, number: int, place: int, turn: int, lacking: Lacking, kind: ItemKind, length: timedelta, title: str,
    people: Sequence[Person],
) -> Item:  # fmt: skip
    of_age = [one for one in show.chroniques if not one.ended and not one.minors]
    wanted = [one for one in of_age if one.serial is (kind is ItemKind.SERIAL)]
    chronique = _pick(wanted, turn + place) if wanted and kind in (ItemKind.CHRONIQUE, ItemKind.SERIAL) else None
    subject = _pick(SUBJECTS, turn * 5 + place)
    name = chronique.title if chronique else title or "Chronique"
    own = kind.spoken and kind is not ItemKind.SERIAL
    unknown = lacking is Lacking.RIGHTS and kind is ItemKind.LIVE_MUSIC
    rights = PodcastRights.UNKNOWN if unknown else PodcastRights.CUT if place % 9 == 0 else PodcastRights.CLEARED
    objective = OBJECTIVES.get(kind)
    elastic = kind is ItemKind.INTERVIEW and length > 10 * _SECOND
    return Item(
        id=f"{kind}-{place + 1}",
        title=f"{name} : {subject}" if own else f"{name} {place + 1}" if kind is ItemKind.LIVE_MUSIC else name,
        kind=kind,
        duration=length,
        min=length * 3 // 4 // _SECOND * _SECOND if elastic else None,
        droppable=kind in (ItemKind.GAME, ItemKind.VOX_POP),
        chronique=chronique.id if chronique else None,
        instalment=number if kind is ItemKind.SERIAL else None,
        people=_heard(kind, place, people),
        mics=(f"M{place % 4 + 1}",) if own else (),
        source="" if own else "musique live" if kind is ItemKind.LIVE_MUSIC else "PAD",
        out_cue="… à jeudi !" if kind is ItemKind.SERIAL else "",
        notes="Préparer les relances." if elastic else "",
        podcast=rights if kind in (ItemKind.LIVE_MUSIC, ItemKind.MUSIC) else None if own else PodcastRights.CLEARED,
        works=tuple(_works(kind, place, turn)),
        objectives=(objective,) if objective else (),
    )


def _heard(kind: ItemKind, place: int, people: Sequence[Person]) -> tuple[str, ...]:
    """The people heard in an item."""
    if kind is ItemKind.LIVE_MUSIC:
        return (_pick([person.id for person in people if person.role is Role.MUSICIAN], place),)
    if kind in (ItemKind.INTERVIEW, ItemKind.REPORT):
        guest = _pick([person.id for person in people if person.role is Role.GUEST], place)
        return ("fatoumata", guest) if kind is ItemKind.INTERVIEW else (guest,)
    if kind in (ItemKind.CHRONIQUE, ItemKind.SERIAL, ItemKind.GAME, ItemKind.VOX_POP):
        return (("mireille", "anouar")[place % 2],)
    return ()


def _works(kind: ItemKind, place: int, turn: int) -> Iterable[Work]:
    if kind is ItemKind.LIVE_MUSIC:
        yield Work(title=f"Pièce sans titre n° {place + 1}", performer=_pick(MUSICIANS, turn)[1], use=WorkUse.LIVE)
    elif kind is ItemKind.MUSIC:
        yield Work(title=f"Ritournelle n° {turn + place + 1}", performer="Les Invités", composer="Personne")


def _between(start: datetime, end: datetime) -> timedelta:
    """The duration between two instants, whatever the clocks of their zone do meanwhile."""
    return timedelta(seconds=round(end.timestamp() - start.timestamp()))


def _shares(total: timedelta, weights: Sequence[int]) -> list[timedelta]:
    """A length parted by weights, in whole seconds, each above zero, which together make the whole."""
    spare = total // _SECOND - len(weights)
    if spare < 0:
        raise ValueError(f"{len(weights)} items do not fit in {total}")
    ends = [0, *(spare * sum_ // sum(weights) for sum_ in accumulate(weights))]
    return [(after - before + 1) * _SECOND for before, after in pairwise(ends)]
