"""The shows of a made-up season, and the ledger of what each of them adds to the true figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from bobine.model.counted.objectives import Objective
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights, Work, WorkUse
from bobine.model.hours import TASK_OF_ROLE, HoursLine, Task
from bobine.model.people import Person, Role
from bobine.model.show import Chronique, Show
from bobine.model.team import Member, Skill
from bobine.plan.editing.ids import slug

SHOW_HOURS = 40
_QUARTERS = 4 * SHOW_HOURS
_QUARTER_CENTS = {2017: Fraction(976, 4), 2018: Fraction(988, 4)}
"""The value of a quarter of an hour, by year, as the workspace's ``shows.toml`` says it."""

VOLUNTEERS = (
    "Samira Benhaddou", "Loïc Chastel", "Mireille Vossier", "Anouar Ketfi", "Yannick Le Bihan", "Fatoumata Diarra",
    "Paul Arnichand", "Odile Marchetti", "Bachir Amrani", "Céleste Roybon", "Hugo Valleray", "Denise Kouassi",
    "Tomás Figueira", "Gisèle Pontvianne", "Ibrahim Sow",
)  # fmt: skip
BOARD = VOLUNTEERS[:4]
_HOSTS, _TECHNICIANS, _INTERVIEWERS, _CONTRIBUTORS = (0, 1, 2), (3, 4, 5), (6, 7), range(8, 15)

_FIRST_NAMES = (
    "Claire",
    "Awa",
    "René",
    "Leïla",
    "Marc",
    "Thi-Lan",
    "Jean-Luc",
    "Inès",
    "Bertrand",
    "Kadiatou",
    "Solange",
)
_LAST_NAMES = (
    "Dumollard", "Traoré", "Astier", "Haddad", "Peyrache", "Nguyen", "Orsini", "Belkacem", "Chapuis", "Montoya",
)  # fmt: skip

_BANDS: tuple[tuple[tuple[str, int], ...], ...] = (
    (("La Fanfare du Pont Vieux", 9),), (("Trio du Jacquemart", 3),), (("Nadia Sorel", 1), ("Elio Campanella", 1)),
    (("Quatuor de la Savasse", 4),), (("Mathurin Giraud", 1),), (("Zohra Benali", 1),), (("Pascal Vernet", 1),),
    (("Ludivine Arnoux", 1),), (("Tidiane Keïta", 1),), (("Rosa Ferreira", 1),), (("Gabin Delorme", 1),),
    (("Yumi Tanabe", 1),), (("Octave Brun", 1),),
)  # fmt: skip
"""Thirteen acts, twenty-seven musicians."""

CHRONIQUES = tuple(
    Chronique(id=slug(title, longest=40, nameless="chronique"), title=title, duration=timedelta(minutes=6))
    for title in (
        "Rock", "Littérature", "Politique locale", "Politique internationale", "Questions de genre", "Portraits",
        "Cinéma", "Paroles d'ados", "Agenda", "Jeux", "Poubelle Chérie", "Pépette la Tomate",
    )
)  # fmt: skip
_IN_A_SHOW = 6
_GUESTS_IN_A_SHOW = 3
_COMES_BACK = 9
"""One guest out of so many came before."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A show as it was drawn: its plan, the real lengths of its items in seconds, and the hours given to it."""

    episode: Episode
    lengths_s: tuple[int, ...]
    hours: tuple[HoursLine, ...]


def made_up_team() -> tuple[Member, ...]:
    """The volunteers."""
    return tuple(Member(id=_id(name), name=name, host=Skill.ASSISTED) for name in VOLUNTEERS)


def draw_show(show: Show, day: date, place: int, random: Random, overruns: Mapping[str, int]) -> Drawn:
    """Draw one show.

    Args:
        show: whose.
        day: of broadcast.
        place: from 0.
        random: draws the hours.
        overruns: by how many seconds each chronique is longer than planned.
    """
    roles = {
        VOLUNTEERS[_HOSTS[place % 3]]: Role.HOST,
        VOLUNTEERS[_TECHNICIANS[place % 3]]: Role.TECHNICIAN,
        VOLUNTEERS[_INTERVIEWERS[place % 2]]: Role.INTERVIEWER,
        **{VOLUNTEERS[_CONTRIBUTORS[(3 * place + n) % 7]]: Role.CONTRIBUTOR for n in range(3)},
    }
    learner = VOLUNTEERS[_CONTRIBUTORS[3 * place % 7]] if place % 5 == 0 else ""
    band = _BANDS[place % len(_BANDS)]
    guests = _guests(place, roles)
    people = (
        *(Person(id=_id(name), name=name, role=role, understudy=(Role.TECHNICIAN,) if name == learner else ())
          for name, role in roles.items()),
        *(Person(id=_id(name), name=name, role=Role.GUEST) for name in guests),
        *(Person(id=_id(name), name=name, role=Role.MUSICIAN, persons=persons) for name, persons in band),
    )  # fmt: skip
    items, lengths = _items(place, people, overruns)
    episode = Episode(show=show.slug, date=day, season=1, number=place + 1, title=f"Émission {place + 1}",
                      summary="Inventée.", people=people, items=items)  # fmt: skip
    return Drawn(episode, lengths, _hours(roles, learner, random))


def _guests(place: int, roles: Mapping[str, Role]) -> list[str]:
    """Three guests: new ones, but one in nine came before, and once a volunteer is a guest."""
    found = []
    for slot in range(place * _GUESTS_IN_A_SHOW, (place + 1) * _GUESTS_IN_A_SHOW):
        number = slot - slot // _COMES_BACK
        if slot % _COMES_BACK == _COMES_BACK - 1:
            number = slot // _COMES_BACK
        last, first = divmod(number, len(_FIRST_NAMES))
        found.append(f"{_FIRST_NAMES[first]} {_LAST_NAMES[last]}")
    if place == 1:
        found[0] = next(name for name in reversed(VOLUNTEERS) if name not in roles)
    return found


def _items(
    place: int, people: Sequence[Person], overruns: Mapping[str, int]
) -> tuple[tuple[Item, ...], tuple[int, ...]]:
    """Twelve items that are planned for 55 minutes, and take as long."""
    of = {role: tuple(person.id for person in people if person.role is role) for role in Role}
    chosen = [CHRONIQUES[(place * _IN_A_SHOW + n) % len(CHRONIQUES)] for n in range(_IN_A_SHOW)]
    late = sum(overruns[one.id] for one in chosen)
    work = Work(title=f"Morceau {place % 20 + 1}", performer="X", use=WorkUse.LIVE)
    rows = [
        (_item("generique", "Générique", ItemKind.OPENING_THEME, 40, podcast=PodcastRights.CLEARED), 40),
        (_item("accueil", "Accueil", ItemKind.TALK, 110, people=of[Role.HOST],
               objectives=(Objective.ACCESSIBLE,)), 110),
        *((_item(one.id, one.title, ItemKind.CHRONIQUE, 360, chronique=one.id,
                 people=of[Role.CONTRIBUTOR][n // 2 : n // 2 + 1], objectives=(Objective.EDUCATION,)),
           360 + overruns[one.id]) for n, one in enumerate(chosen)),
        (_item("entretien", "Entretien", ItemKind.INTERVIEW, 600, people=(*of[Role.INTERVIEWER], *of[Role.GUEST]),
               objectives=(Objective.VOICES,), partners=("Maison de quartier Saint-Nicolas",)), 600 - late),
        (_item("live", "Live", ItemKind.LIVE_MUSIC, 240, people=of[Role.MUSICIAN], works=(work,),
               objectives=(Objective.INITIATIVES,), podcast=PodcastRights.CLEARED), 240),
        (_item("remerciements", "Remerciements", ItemKind.TALK, 110, people=of[Role.HOST]), 110),
        (_item("generique-de-fin", "Générique de fin", ItemKind.CLOSING_THEME, 40, podcast=PodcastRights.CLEARED), 40),
    ]  # fmt: skip
    return tuple(item for item, _ in rows), tuple(seconds for _, seconds in rows)


def _item(name: str, title: str, kind: ItemKind, seconds: int, **more: Any) -> Item:
    return Item(id=name, title=title, kind=kind, duration=timedelta(seconds=seconds), **more)


def _hours(roles: Mapping[str, Role], learner: str, random: Random) -> tuple[HoursLine, ...]:
    """Forty hours, a quarter here and there at random between those who were there, each having one at least."""
    names = list(roles)
    quarters = Counter([*names, *random.choices(names, k=_QUARTERS - len(names))])
    return tuple(
        HoursLine(id=_id(name), name=name, task=Task.LEARNING if name == learner else TASK_OF_ROLE[role],
                  duration=timedelta(minutes=15 * quarters[name]))
        for name, role in roles.items()
    )  # fmt: skip


def _id(name: str) -> str:
    return slug(name, longest=40, nameless="personne")


@dataclass(slots=True)
class Ledger:
    """The true figures, entered show by show as they are drawn."""

    shows: int = 0
    online: int = 0
    seconds: int = 0
    volunteers: set[str] = field(default_factory=set)
    learners: set[str] = field(default_factory=set)
    guests: set[str] = field(default_factory=set)
    appearances: int = 0
    bands: set[tuple[tuple[str, int], ...]] = field(default_factory=set)
    chroniques: set[str] = field(default_factory=set)
    instalments: int = 0
    objectives: dict[Objective, int] = field(default_factory=lambda: dict.fromkeys(Objective, 0))
    quarters: int = 0
    cents: Fraction = Fraction()

    def add(self, drawn: Drawn, *, online: bool) -> None:
        """Enter a show."""
        place = self.shows
        self.shows += 1
        self.online += online
        self.seconds += sum(drawn.lengths_s)
        self.bands.add(_BANDS[place % len(_BANDS)])
        for person in drawn.episode.people:
            if person.role is Role.GUEST:
                self.guests.add(person.name)
                self.appearances += 1
            elif person.role is not Role.MUSICIAN:
                self.volunteers.add(person.name)
            if person.understudy:
                self.learners.add(person.name)
        for item, seconds in zip(drawn.episode.items, drawn.lengths_s, strict=True):
            if item.chronique:
                self.chroniques.add(item.chronique)
                self.instalments += 1
            for objective in item.objectives:
                self.objectives[objective] += seconds
        given = sum(line.duration // timedelta(minutes=15) for line in drawn.hours)
        self.quarters += given
        self.cents += given * _QUARTER_CENTS[drawn.episode.date.year]

    def figures(self, season: int, board_hours: int) -> dict[str, Any]:
        """The figures, under the names that ``bobine bilan --json`` gives them."""
        return {
            "season": season,
            "shows": {"planned": self.shows, "aired": self.shows, "online": self.online},
            "minutes_aired": _plain(Fraction(self.seconds, 60), 1),
            "volunteers_active": len(self.volunteers),
            "trained": len(self.learners),
            "hours": {
                "total": _plain(Fraction(self.quarters, 4), 2),
                "per_show": _plain(Fraction(self.quarters, 4 * self.shows), 2),
                "board": board_hours,
                "value_euros": _plain(Fraction(self.cents, 100), 2),
            },
            "guests": len(self.guests),
            "appearances": self.appearances,
            "live_musicians": sum(persons for band in self.bands for _, persons in band),
            "live_acts": len(self.bands),
            "works_live": self.shows,
            "chroniques": len(self.chroniques),
            "instalments": self.instalments,
            "objectives": {str(one): _plain(Fraction(seconds, 60), 1) for one, seconds in self.objectives.items()},
        }


def _plain(value: Fraction, digits: int) -> int | float:
    return value.numerator if value.denominator == 1 else round(float(value), digits)
