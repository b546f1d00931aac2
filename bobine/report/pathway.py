"""The pathway of one volunteer over the seasons, under the headings of a French volunteer's passport. Pure.

The headings are those of the « Passeport Bénévole » (France Bénévolat): the association and its project, the mission,
activities, responsibilities, tools, training, skills. What the files do not say is left to be written by hand: nothing
is guessed, and nobody is compared with anybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bobine.french import long_date, others
from bobine.model.episode import Item, ItemKind
from bobine.model.hours import HoursLine, Task
from bobine.model.people import Person, Role
from bobine.model.show import Show
from bobine.model.team import TEAM_ROLES, Member, Skill
from bobine.model.written.hours import hours_text
from bobine.report.facts import EpisodeFacts, SeasonFacts
from bobine.report.names import Names
from bobine.report.words import counted

DOES: dict[Role, str] = {
    Role.HOST: "préparer et animer une émission en direct, poser sa voix",
    Role.TECHNICIAN: "tenir la régie en direct : micros, niveaux, lancement des sons, respect de l'heure",
    Role.EDITOR: "monter et préparer des sons pour l'antenne et le podcast",
    Role.INTERVIEWER: "préparer et mener un entretien ou un reportage",
    Role.WELCOME: "accueillir les personnes invitées et les mettre à l'aise",
    Role.CONTRIBUTOR: "préparer, écrire et dire une chronique",
}
"""What each role consists in."""

NAMES: dict[Role, str] = {
    Role.HOST: "Animation",
    Role.TECHNICIAN: "Technique",
    Role.EDITOR: "Montage",
    Role.INTERVIEWER: "Interview",
    Role.WELCOME: "Accueil",
    Role.CONTRIBUTOR: "Chroniques",
}
"""The name of each role."""

SKILLS: dict[Skill, str] = {
    Skill.DISCOVERED: "découvert",
    Skill.ASSISTED: "exercé avec de l'aide",
    Skill.AUTONOMOUS: "exercé en autonomie",
    Skill.TRAINER: "exercé en autonomie, et transmis à d'autres",
}
"""Words for how far a skill goes."""

_MUSIC = frozenset({ItemKind.STING, ItemKind.JINGLE, ItemKind.OPENING_THEME, ItemKind.CLOSING_THEME})
_MANY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One heading of the passport.

    Attributes:
        title: the heading.
        lines: what the files say, a fact a line.
        blank: what is left to be written by hand; empty for nothing.
    """

    title: str
    lines: tuple[str, ...] = ()
    blank: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """The pathway of one volunteer: all that they did and learned.

    Attributes:
        name: the person's.
        show: the show's title.
        station: the station's name.
        made: the day it was made.
        headings: in the passport's order.
        basis: what it rests on.
    """

    name: str
    show: str
    station: str
    made: date
    headings: tuple[Heading, ...]
    basis: str

    @property
    def purpose(self) -> str:
        """For whom it is, and what becomes of it."""
        return (
            f"Établi à la demande de {self.name}, pour son propre usage, le {long_date(self.made)}. "
            "Bobine n'en garde rien et ne l'envoie à personne. Ce n'est ni une note ni un classement."
        )


@dataclass(frozen=True, slots=True)
class _Was:
    """Somebody at one show: the same person may stand there under several spellings."""

    facts: EpisodeFacts
    people: tuple[Person, ...]

    @property
    def day(self) -> date:
        return self.facts.episode.date

    def held(self, role: Role) -> bool:
        return any(person.holds(role) for person in self.people)

    def learned(self, role: Role) -> bool:
        return any(role in person.understudy for person in self.people)

    @property
    def items(self) -> tuple[Item, ...]:
        ids = {person.id for person in self.people}
        return tuple(one.item for one in self.facts.content if ids & set(one.item.people))


def volunteers(facts: SeasonFacts) -> frozenset[str]:
    """The names for whom a pathway can be made: the team, and all who had a volunteer's role or gave hours."""
    names = Names(facts.team)
    found = {names.spelled(member.name) for member in facts.team}
    for one in (*facts.earlier, *facts.episodes):
        found |= {names.of(person) for person in one.episode.people if _volunteers(person)}
        found |= {names.spelled(line.name) for line in one.hours or ()}
    return frozenset(found | {names.spelled(line.name) for line in facts.hours})


def _volunteers(person: Person) -> bool:
    return bool(person.understudy) or any(role in DOES for role in (person.role, *person.also))


def pathway(facts: SeasonFacts, name: str, today: date) -> Pathway:
    """Work out the pathway of one volunteer until a day.

    Args:
        facts: of the last season, with all earlier ones.
        name: the person, as spelled in the team.
        today: the day it is made; later shows are not counted.
    """
    names = Names(facts.team)
    shows = [
        _Was(one, people)
        for one in sorted((*facts.earlier, *facts.episodes), key=lambda one: one.episode.date)
        if one.episode.date <= today and not one.episode.cancelled and one.episode.replay is None
        if (
            people := tuple(person for person in one.episode.people if names.of(person) == name and _volunteers(person))
        )
    ]
    member = next((one for one in facts.team if names.spelled(one.name) == name), None)
    hours = _hours(facts, names, name, today)
    untraced = sum(not was.facts.traced for was in shows)
    basis = f"D'après {counted(len(shows), 'émission')}"
    if untraced:
        basis += f", dont {untraced} que seul le conducteur raconte"
    return Pathway(
        name=name,
        show=facts.show.title,
        station=facts.show.station.name,
        made=today,
        headings=(
            _project(facts.show),
            _mission(shows, hours),
            _activities(facts.show, shows),
            _responsibilities(shows, name, names),
            Heading(title="Outils utilisés", blank="à compléter ensemble : table, enregistreur, logiciels…"),
            _training(shows, hours),
            _skills(shows, member),
        ),
        basis=f"{basis}, et {hours_text(_sum(hours)) if hours else 'aucune heure'} dans les fichiers.",
    )


def _hours(facts: SeasonFacts, names: Names, name: str, today: date) -> list[HoursLine]:
    lines = [line for one in (*facts.earlier, *facts.episodes) if one.episode.date <= today for line in one.hours or ()]
    lines += [line for line in facts.hours if line.date is not None and line.date <= today]
    return [line for line in lines if names.spelled(line.name) == name]


def _sum(lines: Iterable[HoursLine]) -> timedelta:
    return sum((line.duration for line in lines), timedelta())


def _project(show: Show) -> Heading:
    station = " ".join(part for part in (show.station.name, show.station.frequency) if part)
    lines = [f"« {show.title} », émission de radio associative diffusée sur {station}."]
    if show.tagline:
        lines.append(show.tagline[:1].upper() + show.tagline[1:].rstrip(".") + ".")
    return Heading(title="L'association et son projet", lines=tuple(lines))


def _mission(shows: Sequence[_Was], hours: Sequence[HoursLine]) -> Heading:
    lines = ["Bénévole de l'équipe de l'émission."]
    if shows:
        lines.append(f"{_span([was.day for was in shows])} : {counted(len(shows), 'émission')}.")
    if hours:
        given = Counter[Task]()
        for line in hours:
            given[line.task] += line.duration // timedelta(seconds=1)
        parts = [f"{task.french} {hours_text(timedelta(seconds=given[task]))}" for task in Task if given[task]]
        lines.append(f"Heures notées : {hours_text(_sum(hours))} ({', '.join(parts)}).")
    return Heading(title="La mission", lines=tuple(lines))


def _span(days: Sequence[date]) -> str:
    first, last = min(days), max(days)
    return f"Le {long_date(first)}" if first == last else f"Du {long_date(first)} au {long_date(last)}"


def _activities(show: Show, shows: Sequence[_Was]) -> Heading:
    lines = []
    for role in DOES:
        held = [was.day for was in shows if was.held(role)]
        if held and role is not Role.CONTRIBUTOR:
            lines.append(f"{NAMES[role]} : {counted(len(held), 'émission')}, {_lower(_span(held))}.")
    titles = {one.id: one.title for one in show.chroniques}
    said = Counter(
        titles.get(item.chronique or "", item.title) for was in shows for item in was.items if item.kind not in _MUSIC
    )
    told = [
        f"« {title} »{f' ({count} fois)' if count > 1 else ''}" for title, count in sorted(said.items(), key=_often)
    ]
    if told:
        more = f", et {others(len(told) - _MANY)}" if len(told) > _MANY else ""
        lines.append(f"À l'antenne : {', '.join(told[:_MANY])}{more}.")
    return Heading(title="Activités et réalisations", lines=tuple(lines))


def _often(one: tuple[str, int]) -> tuple[int, str]:
    return -one[1], one[0]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _responsibilities(shows: Sequence[_Was], name: str, names: Names) -> Heading:
    """Roles held alone, and people who were learning beside this one: how many, never who."""
    lines = []
    for role in TEAM_ROLES:
        mine = [was for was in shows if was.held(role)]
        alone = [was for was in mine if _others(was, name, names, role, learning=False) == frozenset()]
        if alone:
            lines.append(f"{NAMES[role]} : seule personne à ce rôle, {counted(len(alone), 'émission')}.")
        taught = [learner for was in mine for learner in _others(was, name, names, role, learning=True)]
        if taught:
            people = counted(len(set(taught)), "personne accompagnée", "personnes accompagnées")
            lines.append(f"{NAMES[role]} : {people} en doublure, en {counted(len(taught), 'fois', 'fois')}.")
    return Heading(title="Responsabilités exercées", lines=tuple(lines), blank="" if lines else "à compléter ensemble")


def _others(was: _Was, name: str, names: Names, role: Role, *, learning: bool) -> frozenset[str]:
    return frozenset(
        names.of(person)
        for person in was.facts.episode.people
        if names.of(person) != name and (role in person.understudy if learning else person.holds(role))
    )


def _training(shows: Sequence[_Was], hours: Sequence[HoursLine]) -> Heading:
    lines = []
    for role in TEAM_ROLES:
        learned = [was.day for was in shows if was.learned(role)]
        if not learned:
            continue
        line = f"{NAMES[role]} : en doublure à {counted(len(learned), 'émission')}, {_lower(_span(learned))}"
        after = [was.day for was in shows if was.held(role) and was.day > min(learned)]
        lines.append(f"{line} ; rôle tenu ensuite, depuis le {long_date(min(after))}." if after else f"{line}.")
    given = _sum(line for line in hours if line.task is Task.LEARNING)
    if given:
        lines.append(f"Formation suivie : {hours_text(given)} notées.")
    return Heading(title="Formations et apprentissages", lines=tuple(lines), blank="autres formations suivies")


def _skills(shows: Sequence[_Was], member: Member | None) -> Heading:
    lines = []
    for role, does in DOES.items():
        skill = member.skill(role) if member is not None and role in TEAM_ROLES else None
        if skill is not None:
            lines.append(f"{NAMES[role]} — {does} : {SKILLS[skill]}.")
        elif any(was.held(role) for was in shows):
            lines.append(f"{NAMES[role]} — {does}.")
    return Heading(title="Compétences mises en œuvre ou acquises", lines=tuple(lines), blank="autres compétences")


def pathway_text(one: Pathway) -> str:
    """The pathway as plain text, to be read over and completed together; ends with a line end."""
    parts = [f"Parcours bénévole de {one.name}", f"{one.show} — {one.station}", "", one.purpose, ""]
    for heading in one.headings:
        parts += [heading.title.upper(), *(f"- {line}" for line in heading.lines)]
        parts += [f"- …… ({heading.blank})"] if heading.blank else []
        parts.append("")
    return "\n".join([*parts, one.basis, ""])
