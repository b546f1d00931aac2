"""The content of the shows: chroniques, talk time by role, objectives of the editorial line, tags. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bobine.model.counted.objectives import OBJECTIVES
from bobine.model.episode import Item
from bobine.model.people import Role
from bobine.model.show import Show
from bobine.report.facts import EpisodeFacts, HeardItem, SeasonFacts
from bobine.report.figures import Basis, Figure, Section, Source, Unit, in_order, total
from bobine.report.names import Names, plain
from bobine.report.words import WHO, counted

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Heard:
    """An item that was heard, in its episode."""

    facts: EpisodeFacts
    one: HeardItem

    @property
    def item(self) -> Item:
        """The item."""
        return self.one.item

    @property
    def seconds(self) -> int:
        """Its time on air, in whole seconds; as planned where nothing tells."""
        return round(self.one.time / _SECOND)

    def source(self, what: str, names: Names, amount: int) -> Source:
        """The source of a figure: the item, with its people."""
        people = {person.id: person for person in self.facts.episode.people}
        named = {names.of(people[one]) for one in self.item.people if one in people}
        return Source(what=what, date=self.facts.episode.date, people=tuple(sorted(named)), amount=amount)


def heard_items(facts: SeasonFacts) -> list[Heard]:
    """Everything that was heard in new shows, by date."""
    return [
        Heard(one, heard)
        for one in sorted(facts.episodes, key=lambda one: one.episode.date)
        if one.aired
        for heard in one.content
    ]


def timed_basis(facts: SeasonFacts) -> Basis:
    """The shows whose items have a real length; the others count as planned."""
    aired = [one for one in facts.episodes if one.aired]
    timed = [one for one in aired if one.heard and any(item.length is not None for item in one.heard)]
    return Basis(known=len(timed), of=len(aired))


def chroniques_sections(facts: SeasonFacts, heard: Sequence[Heard], names: Names) -> tuple[Section, ...]:
    """Each chronique, the longest first: how many instalments, how long, and its share of the air time of all items."""
    by_id: dict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        if one.item.chronique:
            by_id[one.item.chronique].append(one)
    titles = {one.id: one.title for one in facts.show.chroniques}
    feuilletons = len({one.id for one in facts.show.chroniques if one.serial} & by_id.keys())
    every = [one.source(titles.get(key, key), names, 1) for key, ones in by_id.items() for one in ones]
    basis = timed_basis(facts)
    each = [
        total(f"chronique/{key}", titles.get(key, key), Unit.SECONDS,
              [one.source(one.item.title, names, one.seconds) for one in ones],
              note=counted(len(ones), "passage"), basis=basis)
        for key, ones in by_id.items()
    ]  # fmt: skip
    each.sort(key=lambda figure: (-(figure.value or 0), figure.key))
    everything = sum(one.seconds for one in heard)
    shares = [
        replace(
            figure,
            key=figure.key.replace("chronique/", "chronique_share/", 1),
            unit=Unit.PERMILLE,
            value=_permille(figure.value or 0, everything),
            sources=tuple(replace(source, amount=0) for source in figure.sources),
        )
        for figure in each
    ]
    counts = (
        Figure(key="chroniques", label="Chroniques et feuilletons", unit=Unit.COUNT, value=len(by_id),
               note=f"dont {counted(feuilletons, 'feuilleton')}" if feuilletons else "", sources=in_order(every)),
        total("instalments", "Passages de chroniques", Unit.COUNT, every),
    )  # fmt: skip
    return (
        Section(key="chroniques", title="Chroniques et feuilletons", figures=(*counts, *each),
                note="Les temps sont ceux du direct ; là où rien ne les dit, ceux du conducteur."),
        Section(key="chronique_shares", title="Part de l'antenne de chaque chronique", figures=tuple(shares)),
    )  # fmt: skip


def talk_section(facts: SeasonFacts, heard: Sequence[Heard], names: Names) -> Section:
    """Talk time by role: the time of each spoken item, in equal parts between its people."""
    by_role: dict[Role | None, list[Source]] = defaultdict(list)
    for one in heard:
        if one.item.kind.spoken:
            for role, source in _shares(one, names):
                by_role[role].append(source)
    order: list[Role | None] = [*Role, None]
    return Section(
        key="talk",
        title="Temps de parole",
        note="Le temps d'un élément parlé est partagé également entre les personnes qui y sont notées.",
        figures=tuple(
            total(f"talk/{role or 'nobody'}", _capital(WHO[role]) if role else "Personne n'est noté", Unit.SECONDS,
                  by_role[role], basis=timed_basis(facts))
            for role in order if by_role.get(role)
        ),
    )  # fmt: skip


def _shares(one: Heard, names: Names) -> Iterator[tuple[Role | None, Source]]:
    """The whole seconds of an item shared out, the first people in order of id having what is left over."""
    people = sorted((p for p in one.facts.episode.people if p.id in one.item.people), key=lambda p: p.id)
    day = one.facts.episode.date
    if not people:
        yield None, Source(what=one.item.title, date=day, amount=one.seconds)
        return
    each, left = divmod(one.seconds, len(people))
    for place, person in enumerate(people):
        amount = each + (place < left)
        yield person.role, Source(what=one.item.title, date=day, people=(names.of(person),), amount=amount)


def objectives_section(facts: SeasonFacts, heard: Sequence[Heard], names: Names) -> Section:
    """Air time of each objective of the editorial line; an item may serve several."""
    figures = []
    for objective, words in OBJECTIVES.items():
        serving = [one for one in heard if objective in one.item.objectives]
        sources = [one.source(one.item.title, names, one.seconds) for one in serving]
        shows = len({one.facts.episode.date for one in serving})
        figures.append(
            total(f"objective/{objective}", _capital(words), Unit.SECONDS, sources,
                  note=f"dans {counted(shows, 'émission')}", basis=timed_basis(facts))
        )  # fmt: skip
    return Section(key="objectives", title="Ligne éditoriale", figures=tuple(figures),
                   note="Temps d'antenne des éléments qui servent chaque objectif ; un élément peut en servir "
                        "plusieurs.")  # fmt: skip


_TAGS: tuple[tuple[str, str, Callable[[Show, Item], tuple[str, ...]]], ...] = (
    ("partners", "Partenaires", lambda _, item: item.partners),
    ("neighbourhoods", "Quartiers", lambda _, item: item.neighbourhoods),
    ("themes", "Thèmes", lambda show, item: show.themes_of(item)),
)


def tags_sections(facts: SeasonFacts, heard: Sequence[Heard], names: Names) -> tuple[Section, ...]:
    """Air time of each partner, neighbourhood and theme, the most first; no section where none was noted."""
    basis = timed_basis(facts)
    found = []
    for key, title, tags_of in _TAGS:
        by_tag: dict[str, list[Heard]] = defaultdict(list)
        for one in heard:
            for tag in dict.fromkeys(plain(tag) for tag in tags_of(facts.show, one.item)):
                by_tag[tag].append(one)
        figures = [_tagged(f"{key}/{tag}", tag, ones, names, basis) for tag, ones in by_tag.items()]
        if figures:
            ordered = tuple(sorted(figures, key=lambda figure: (-(figure.value or 0), figure.label)))
            found.append(Section(key=key, title=title, figures=ordered))
    return tuple(found)


def _tagged(key: str, label: str, ones: Iterable[Heard], names: Names, basis: Basis) -> Figure:
    sources = [one.source(one.item.title, names, one.seconds) for one in ones]
    shows = counted(len({source.date for source in sources}), "émission")
    return replace(total(key, label, Unit.SECONDS, sources, basis=basis),
                   note=f"{counted(len(sources), 'élément')}, {shows}")  # fmt: skip


def _permille(part: int, whole: int) -> int | None:
    return (2000 * part + whole) // (2 * whole) if whole else None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
