"""The part of a plan that was published, and the changes made to it since: only that part is online."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from bobine.model.episode import Episode, Item, PodcastRights
from bobine.model.people import Person, Role, Verdict

OTHER_RECORDING = "autre enregistrement"
EDITS = "coupes ou sons remplacés"
"""Changes that the master which is there does not hold yet: it is made again before they go online."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPerson:
    """A person of the plan, as published.

    Attributes:
        id: in the plan.
        name: as it was.
        role: as it was.
        podcast: whether they might be heard in the podcast.
        minor: whether they were under 18, and so not named.
    """

    id: str
    name: str
    role: Role
    podcast: Verdict
    minor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedItem:
    """An aired item as it was published.

    Attributes:
        id: in the plan.
        title: as it was.
        heard: whether the podcast holds it.
        rights: its music's rights.
        people: ids of the participants.
    """

    id: str
    title: str
    heard: bool
    rights: PodcastRights
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPlan:
    """The part of a plan that makes up what is online.

    Attributes:
        title: the episode's.
        season: its season.
        number: its number.
        summary: its text.
        cover: the image that was given; empty for a drawn one.
        master: SHA-256 of the main file of the master.
        transcript: SHA-256 of the file of its transcript; empty for none.
        people: hosts, and who takes part in an aired item.
        items: the aired items.
    """

    title: str
    season: int
    number: int
    summary: str = ""
    cover: str = ""
    master: str = ""
    transcript: str = ""
    people: tuple[PublishedPerson, ...] = ()
    items: tuple[PublishedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class SinceOnline:
    """The changes made since an episode was put online.

    Attributes:
        changes: what, in French words (« titre », « accords »); publishing again, or mastering first, brings it online.
        alarms: what is online and may no longer be heard, in French, without a capital or a full stop.
        held_until: when it enters the feed (aware), where it is held; somebody must publish after that.
    """

    changes: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    held_until: datetime | None = None


UNCHANGED = SinceOnline()
"""Nothing changed since."""


def published_plan(
    episode: Episode, aired: Collection[str], heard: Collection[str], master: str, transcript: str = ""
) -> PublishedPlan:
    """The part of a plan that is being published.

    Args:
        episode: the plan.
        aired: ids of the items that the master was made of.
        heard: ids of those that the podcast holds.
        master: SHA-256 of the main file of the master.
        transcript: SHA-256 of the file of its transcript; empty for none.
    """
    items = [item for item in episode.items if item.id in aired]
    return PublishedPlan(
        title=episode.title,
        season=episode.season,
        number=episode.number,
        summary=episode.summary,
        cover=episode.cover,
        master=master,
        transcript=transcript,
        people=tuple(_person(person) for person in _taking_part(episode, items)),
        items=tuple(
            PublishedItem(
                id=item.id,
                title=item.title,
                heard=item.id in heard,
                rights=item.podcast_rights,
                people=item.people,
            )
            for item in items
        ),
    )


def since_online(published: PublishedPlan, episode: Episode, master: str, transcript: str = "") -> SinceOnline:
    """The changes made to a plan since it was published.

    Args:
        published: what was published of it.
        episode: the plan now.
        master: SHA-256 of the main file of the master as it is now; empty where there is none, or it is not known.
        transcript: SHA-256 of the file of the transcript as it is now; empty where there is none.
    """
    now = published_plan(
        episode,
        {item.id for item in published.items},
        {item.id for item in published.items if item.heard},
        master or published.master,
        transcript,
    )
    return SinceOnline(tuple(_changes(published, now)), tuple(dict.fromkeys(_alarms(published, episode))))


def _changes(old: PublishedPlan, new: PublishedPlan) -> Iterator[str]:
    if old.title != new.title:
        yield "titre"
    if old.summary != new.summary:
        yield "résumé"
    if (old.season, old.number) != (new.season, new.number):
        yield "numéro"
    if old.cover != new.cover:
        yield "couverture"
    if [_shown(item) for item in old.items] != [_shown(item) for item in new.items]:
        yield "éléments"
    before, after = ({one.id: one for one in plan.people} for plan in (old, new))
    if {key: (one.name, one.role, one.minor) for key, one in before.items()} != {
        key: (one.name, one.role, one.minor) for key, one in after.items()
    }:
        yield "personnes"
    if any(before[key].podcast is not after[key].podcast for key in before.keys() & after.keys()):
        yield "accords"
    if {item.id: item.rights for item in old.items if item.id in {one.id for one in new.items}} != {
        item.id: item.rights for item in new.items
    }:
        yield "droits"
    if old.master != new.master:
        yield "montage"
    if old.transcript != new.transcript:
        yield "transcription"


def _shown(item: PublishedItem) -> tuple[str, str, tuple[str, ...]]:
    return item.id, item.title if item.heard else "", item.people


def _alarms(published: PublishedPlan, episode: Episode) -> Iterator[str]:
    """Warn of people who refuse, and music that is not cleared, in what is heard online."""
    now = {item.id: item for item in episode.items}
    people = {person.id: person for person in episode.people}
    for item in published.items:
        if not item.heard:
            continue
        here = now.get(item.id)
        if here is not None and here.podcast_rights is PodcastRights.CUT and item.rights is not PodcastRights.CUT:
            yield f"la musique de « {item.title} » n'est plus libérée"
        for key in dict.fromkeys((*item.people, *(here.people if here is not None else ()))):
            person = people.get(key)
            if person is not None and person.podcast_consent is Verdict.REFUSED:
                yield f"{person.name} n'est pas d'accord pour le podcast (« {item.title} »)"


def _taking_part(episode: Episode, items: Collection[Item]) -> list[Person]:
    there = {person for item in items for person in item.people}
    return [person for person in episode.people if person.id in there or person.holds(Role.HOST)]


def _person(person: Person) -> PublishedPerson:
    return PublishedPerson(
        id=person.id, name=person.name, role=person.role, podcast=person.podcast_consent, minor=person.minor
    )
