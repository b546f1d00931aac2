"""Removal of what runs that were cut short left at a destination, with sound in it that no feed names.

A later run removes what is known to be over, or has not grown for an hour, unless a run of the same file goes on with
it: then after a week. A change of an episode that may be a withdrawal waits for nothing: of that episode, all goes that
is not what it names now.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from bobine.errors import PublishError
from bobine.model.published.release import Release
from bobine.publish.destinations import asking
from bobine.publish.destinations.store import Store
from bobine.publish.destinations.unfinished import Unfinished
from bobine.publish.layout import is_of_episode
from bobine.publish.records import stored_files

LEFT_S = 3600.0
"""Time for which nothing that is under way stays the same, in seconds."""

GIVEN_UP_S = 7 * 86400.0
"""Time after which a sending that nobody went on with is given up, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """The facts that decide about leftovers, when an episode has just been changed.

    Attributes:
        day: the episode's.
        wanted: keys of the files that it names.
        former: keys of files that it named, or that a run of this computer sent for it.
        named: keys of the files that any episode names or named.
        withdrawn: the days of the withdrawn episodes.
        at_once: whether what is left of the episode goes at once, whoever may be sending it.
        given_up_s: seconds after which nobody goes on with anything.
    """

    day: date
    wanted: Collection[str]
    former: Collection[str]
    named: Collection[str]
    withdrawn: Collection[date]
    at_once: bool
    given_up_s: float = GIVEN_UP_S

    def is_due(self, one: Unfinished) -> bool:
        """Whether something unfinished is to go now."""
        is_own = not one.key or is_of_episode(one.key, self.day)
        if one.stands:
            return self.is_unnamed(one) and one.idle_s > LEFT_S
        if is_own and one.key not in self.wanted and (self.at_once or one.key in self.former):
            return True
        may_go_on = one.goes_on and not is_own
        if one.idle_s > LEFT_S:
            return not may_go_on or one.idle_s > self.given_up_s or self._is_of_withdrawn(one)
        return one.is_over and not may_go_on

    def is_unnamed(self, one: Unfinished) -> bool:
        """Whether a leftover is a whole file of the episode, which no record knows of."""
        return one.stands and is_of_episode(one.key, self.day) and one.key not in self.named

    def _is_of_withdrawn(self, one: Unfinished) -> bool:
        return any(is_of_episode(one.key, day) for day in self.withdrawn)


def clearing_after(
    release: Release, releases: Iterable[Release], *, at_once: bool, given_up_s: float = GIVEN_UP_S
) -> Clearing:
    """The facts that decide about leftovers after a change of an episode.

    Args:
        release: the episode as its record says.
        releases: all releases of its show, withdrawn ones included.
        at_once: whether what is left of the episode goes at once.
        given_up_s: seconds after which nobody goes on with anything.
    """
    everyone = (release, *releases)
    named = {file.key for one in everyone for file in stored_files(one)}
    named |= {file.key for one in everyone for file in one.former}
    return Clearing(
        day=release.date,
        wanted=frozenset(file.key for file in stored_files(release)) if release.withdrawn is None else frozenset(),
        former=frozenset(file.key for file in release.former),
        named=named,
        withdrawn=tuple(one.date for one in everyone if one.withdrawn is not None),
        at_once=at_once,
        given_up_s=given_up_s,
    )


def clear_leftovers(store: Store, slug: str, clearing: Clearing) -> tuple[str, ...]:
    """Remove what is left and due; gives a French sentence on what could not be.

    Args:
        store: the destination.
        slug: the show's.
        clearing: decides.
    """
    due: list[Unfinished] = []
    try:
        for wait_s in (0.0, *asking.WAITS_S):
            time.sleep(wait_s)
            found = store.unfinished(slug, clearing.day)
            due = [one for one in found if clearing.is_due(one)]
            if not due:
                return _waiting(store, clearing, found)
            for one in due:
                store.clear(one)
    except PublishError as error:
        return (_failed(store, str(error)),) if due or clearing.at_once else ()
    return (_failed(store, f"« {due[0].place} », supprimé, y est encore."),)


def _failed(store: Store, why: str) -> str:
    return (
        f"Un reste d'un envoi interrompu, avec du son, est peut-être encore à la destination « {store.name} » ; "
        f"relancez la même commande pour l'enlever. {why}"
    )


def _waiting(store: Store, clearing: Clearing, found: Iterable[Unfinished]) -> tuple[str, ...]:
    unnamed = [one for one in found if clearing.is_unnamed(one)] if clearing.at_once else []
    if not unnamed:
        return ()
    sentence = (
        f"Destination « {store.name} » : « {unnamed[0].key} » n'est nommé par aucune fiche et y est depuis moins d'une "
        "heure : quelqu'un publie peut-être cet épisode en ce moment. Sinon, relancez la même commande dans une heure, "
        "elle l'enlèvera."
    )
    return (sentence,)
