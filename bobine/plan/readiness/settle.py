"""Remedies: what one gesture can do about each lack that keeps a show from being ready. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from bobine.model.episode import Episode, Item, ItemKind, PodcastRights, Work, WorkUse
from bobine.model.people import Person, Role
from bobine.model.rights import with_rights
from bobine.model.written.placeholders import placeholder
from bobine.plan.editing.ids import slug
from bobine.plan.editing.moves import find_item, replace_item, replace_person, toggle_standby
from bobine.plan.people.known_people import KnownPerson, find_known, people_text, set_people
from bobine.plan.people.team import AT_ROLE, Candidate
from bobine.plan.people.team_moves import assign
from bobine.plan.readiness.lacks import Lack, LackKind
from bobine.plan.readiness.remedy import Remedy, leaves, one_line
from bobine.plan.readiness.reserve import is_bare
from bobine.plan.readiness.settle_consents import authorise, name_minors

__all__ = ["Remedy", "remedies"]

_MOST_NAMED = 3
"""People who are offered for a role by name; others are typed."""

_VISITORS = (Role.GUEST, Role.MUSICIAN)
_HANDS_FULL = (Role.HOST, Role.TECHNICIAN)


def remedies(
    episode: Episode,
    lack: Lack,
    known: Iterable[KnownPerson] = (),
    proposed: Callable[[Role], Sequence[Candidate]] = lambda _: (),
) -> tuple[Remedy, ...]:
    """List the remedies for a lack, the most usual first; none where it takes more than a gesture.

    Args:
        episode: the plan.
        lack: what ``readiness`` found in it; of a plan that has changed since, nothing is offered.
        known: who may be named, as ``known_people`` lists them.
        proposed: who is proposed for a role, as ``team.proposed`` has it.
    """
    try:
        return tuple(_found(episode, lack, tuple(known), proposed))
    except KeyError:
        return ()


def _found(
    episode: Episode, lack: Lack, known: Sequence[KnownPerson], proposed: Callable[[Role], Sequence[Candidate]]
) -> Iterator[Remedy]:
    match lack.kind:
        case LackKind.TECHNICIAN:
            yield from _role(episode, Role.TECHNICIAN, known, proposed)
        case LackKind.HOST:
            yield from _role(episode, Role.HOST, known, proposed)
        case LackKind.STOPWATCH:
            yield from _stopwatch(episode)
        case LackKind.CONFIRMATION | LackKind.CONSENT if lack.person:
            yield from _person(episode, episode.person(lack.person), lack.kind)
        case LackKind.CONFIRMATION | LackKind.CONSENT | LackKind.RIGHTS | LackKind.WORKS:
            yield from _item(episode, find_item(episode, lack.item), lack.kind, known)
        case LackKind.TEXT if lack.field == "title":
            yield _title(episode, lack.item)
        case LackKind.STANDBY:
            yield from _standby(episode)


def _person(episode: Episode, person: Person, kind: LackKind) -> Iterator[Remedy]:
    if kind is LackKind.CONSENT:
        yield from authorise(episode, person)
        return
    yield Remedy(label="Venue confirmée", episode=replace_person(episode, replace(person, confirmed=True)))
    yield leaves(episode, person)


def _item(episode: Episode, item: Item, kind: LackKind, known: Sequence[KnownPerson]) -> Iterator[Remedy]:
    match kind:
        case LackKind.CONSENT:
            yield from name_minors(episode, item, known)
        case LackKind.CONFIRMATION:
            yield from _nobody(episode, item, known)
        case LackKind.WORKS:
            yield _works(episode, item)
        case _:
            for rights, label in (
                (PodcastRights.CLEARED, "Droits libres pour le podcast (œuvres et enregistrements)"),
                (PodcastRights.CUT, "Hors podcast (coupée au montage)"),
            ):
                yield Remedy(label=label, episode=replace_item(episode, with_rights(item, rights)))


def _role(
    episode: Episode, role: Role, known: Sequence[KnownPerson], proposed: Callable[[Role], Sequence[Candidate]]
) -> Iterator[Remedy]:
    """The people proposed for the role, with the reason, then anybody."""
    usual = proposed(role)[:_MOST_NAMED]
    for one in usual:
        yield Remedy(
            label=f"{one.name} {AT_ROLE[role]}",
            episode=assign(episode, role, one.id, one.name),
            detail=one.reason,
        )

    def apply(text: str) -> Episode:
        name = one_line(text)
        found = find_known(name, known)
        return assign(episode, role, found.id if found else slug(name), found.name if found else name)

    label = "Quelqu'un d'autre…" if usual else f"Quelqu'un {AT_ROLE[role]}…"
    yield Remedy(label=label, asks=f"Qui est {AT_ROLE[role]} ?", apply=apply, people=True)


def _stopwatch(episode: Episode) -> Iterator[Remedy]:
    """The team: those whose hands are full come last."""
    team = [person for person in episode.people if person.role not in _VISITORS]
    for person in sorted(team, key=lambda one: any(one.holds(role) for role in _HANDS_FULL)):
        yield Remedy(label=f"{person.name} au chronomètre", episode=replace(episode, stopwatch=person.id))


def _nobody(episode: Episode, item: Item, known: Sequence[KnownPerson]) -> Iterator[Remedy]:
    there = people_text(episode, item)

    def apply(text: str) -> Episode:
        return set_people(episode, item.id, f"{there}, {one_line(text)}" if there else one_line(text), known)

    yield Remedy(
        label="Quelqu'un vient…",
        asks=f"Qui vient pour « {item.title} » ?",
        apply=apply,
        people=True,
    )
    yield Remedy(label="Mettre en réserve", episode=toggle_standby(episode, item.id))


def _works(episode: Episode, item: Item) -> Remedy:
    use = WorkUse.LIVE if item.kind is ItemKind.LIVE_MUSIC else WorkUse.FULL

    def apply(text: str) -> Episode:
        titles = [one_line(part, "un titre") for part in text.split(";")]
        works = tuple(Work(title=title, use=use) for title in titles)
        return replace_item(episode, replace(item, works=(*item.works, *works)))

    return Remedy(
        label="Noter les œuvres jouées…",
        asks=f"Quelles œuvres dans « {item.title} » ? (les titres, séparés par des points-virgules)",
        apply=apply,
    )


def _title(episode: Episode, item_id: str) -> Remedy:
    def apply(text: str) -> Episode:
        title = one_line(text, "un titre")
        if placeholder(title):
            raise ValueError(f"« {title[:60]} » : c'est encore à remplacer.")
        if not item_id:
            return replace(episode, title=title)
        return replace_item(episode, replace(find_item(episode, item_id), title=title))

    of = f"de « {find_item(episode, item_id).title} »" if item_id else "de l'émission"
    return Remedy(label="Écrire le titre…", asks=f"Quel est le titre {of} ?", apply=apply)


def _standby(episode: Episode) -> Iterator[Remedy]:
    """Give a source to the items in reserve, or put items that can be cut in reserve."""
    for item in episode.items:
        if item.standby:
            ready = replace_item(episode, replace(item, source="PAD"))
            yield Remedy(label=f"« {item.title} » a son PAD", episode=ready)
    for item in episode.items:
        if item.droppable and not item.standby and not is_bare(item):
            yield Remedy(label=f"Mettre en réserve « {item.title} »", episode=toggle_standby(episode, item.id))
