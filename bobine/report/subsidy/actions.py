"""The actions of a year: which themes each scores in, its form, and what it lacks to count. Pure.

An action counts when it is detailed (a form), quantified (its length on air, its participants), specific (a theme of
the fund) and can be attested by a third party (a partner).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bobine.french import sort_key
from bobine.model.counted.subsidy import ActionForm, ActionTheme, Subsidy
from bobine.model.episode import Item
from bobine.report.facts import EpisodeFacts, HeardItem
from bobine.report.names import Names, plain
from bobine.report.subsidy.facts import YearFacts

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, order=True)
class Participant:
    """Somebody who takes part in an action.

    Attributes:
        name: a minor's leaves the house on no paper.
        persons: how many people are behind the name.
        minor: under 18.
    """

    name: str
    persons: int = 1
    minor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An item that was aired, as an action.

    Attributes:
        reference: how a command names the episode.
        date: of the show.
        id: of the item.
        title: of the item.
        themes: ids of the fund's themes that it scores in.
        form: what it is; empty for none of the forms.
        length: on air, whole seconds; None where nothing measured it.
        participants: by name.
        partners: with whom.
        lacks: what is missing for it to count, in French; empty where it does.
        asked: the one to ask, in French.
    """

    reference: str
    date: date
    id: str
    title: str
    themes: tuple[str, ...]
    form: str
    length: timedelta | None
    participants: tuple[Participant, ...]
    partners: tuple[str, ...]
    lacks: tuple[str, ...]
    asked: str

    @property
    def counts(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacks

    @property
    def persons(self) -> int:
        """The number of people who take part."""
        return sum(one.persons for one in self.participants)


def year_actions(facts: YearFacts, names: Names) -> tuple[Action, ...]:
    """The actions of the new shows that were aired, in order of date.

    An item is one when its themes hold a word of one of the fund's, or when it has partners, so that only the theme may
    be missing; an item that was taken again is one action with the time of both.
    """
    found = [
        action
        for one in facts.episodes
        if one.aired
        for heard in one.content
        if (action := _action(facts, one, heard, names)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.date, sort_key(one.title), one.id)))


def themes_of(item: Item, subsidy: Subsidy) -> tuple[ActionTheme, ...]:
    """The fund's themes that an item's own are of."""
    return tuple(theme for theme in subsidy.themes if _says(item, (*theme.words, theme.title, theme.id)))


def form_of(item: Item, subsidy: Subsidy) -> ActionForm | None:
    """The form of an item: the first one whose words its themes hold, else the first one of its kind."""
    by_words = (form for form in subsidy.forms if _says(item, form.words))
    by_kind = (form for form in subsidy.forms if item.kind in form.kinds)
    return next(by_words, None) or next(by_kind, None)


def _says(item: Item, words: Iterable[str]) -> bool:
    """Whether one of an item's themes holds one of these words whole; accents, capitals, a plural's s do not count."""
    wanted = [spelled for word in words if (spelled := _spelled(word)).strip()]
    return any(word in _spelled(theme) for theme in item.themes for word in wanted)


def _spelled(text: str) -> str:
    letters = "".join(char if char.isalnum() else " " for char in sort_key(text))
    return f" {' '.join(word.removesuffix('s') for word in letters.split())} "


def _action(facts: YearFacts, one: EpisodeFacts, heard: HeardItem, names: Names) -> Action | None:
    item, subsidy = heard.item, facts.show.subsidy
    noted = next((planned for planned in one.episode.items if planned.id == item.id), item)
    noted = replace(noted, themes=facts.show.themes_of(noted))
    themes = themes_of(noted, subsidy)
    if not themes and not noted.partners:
        return None
    form = form_of(noted, subsidy)
    people = {person.id: person for person in one.episode.people}
    there = [people[key] for key in noted.people if key in people]
    participants = {Participant(names.of(person), person.persons, person.minor) for person in there}
    length = round(heard.length / _SECOND) * _SECOND if heard.length is not None else None
    partners = tuple(dict.fromkeys(plain(partner) for partner in noted.partners))
    missing = {
        "un thème du FSER (themes)": not themes,
        "sa forme (themes, ou le genre de l'élément)": form is None,
        "sa durée réelle (le direct ou des repères)": length is None,
        "qui y a participé (people)": not participants,
        "un partenaire qui l'atteste (partners)": not partners,
    }
    return Action(
        reference=one.episode.reference,
        date=one.episode.date,
        id=item.id,
        title=noted.title,
        themes=tuple(theme.id for theme in themes),
        form=form.title if form is not None else "",
        length=length,
        participants=tuple(sorted(participants)),
        partners=partners,
        lacks=tuple(what for what, lacking in missing.items() if lacking),
        asked=facts.asked.get((one.episode.date, item.id), ""),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsSum:
    """The sum of actions, each once.

    Attributes:
        actions: how many.
        length: on air.
        people: different people; a group counts for all of its people.
        appearances: people, each time that they took part.
        partners: different ones, in order of the alphabet.
    """

    actions: int
    length: timedelta
    people: int
    appearances: int
    partners: tuple[str, ...]


def sum_of(actions: Iterable[Action]) -> ActionsSum:
    """Add actions up."""
    whole = list(actions)
    return ActionsSum(
        actions=len(whole),
        length=sum((one.length for one in whole if one.length is not None), timedelta()),
        people=sum(_largest(whole).values()),
        appearances=sum(one.persons for one in whole),
        partners=tuple(
            sorted({name for one in whole for name in one.partners}, key=lambda name: (sort_key(name), name))
        ),
    )


def _largest(actions: Iterable[Action]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for one in (each for action in actions for each in action.participants):
        found[one.name] = max(found.get(one.name, 0), one.persons)
    return found


def by_partner(actions: Iterable[Action]) -> Iterator[tuple[str, tuple[Action, ...]]]:
    """The actions that count, by partner, in order of the alphabet: what each is asked to attest."""
    counted = [one for one in actions if one.counts]
    for partner in sum_of(counted).partners:
        yield partner, tuple(one for one in counted if partner in one.partners)
