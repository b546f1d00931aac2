"""The destinations of a show: all of them in turn, and the one whose address is the podcast's identity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bobine.errors import BobineError, PublishError
from bobine.model.destination import Destination
from bobine.model.show import Show
from bobine.publish.feed.identity import is_for_ever
from bobine.store.workspace import Workspace

_T = TypeVar("_T")


def destinations_of(workspace: Workspace, show: Show, chosen: str | None = None) -> tuple[Destination, ...]:
    """The destinations that something of a show goes to: the one chosen, else all of the show's, its feed's own first.

    Raises:
        WorkspaceError: if one is not described.
    """
    names = show.podcast.destinations if chosen is None else (chosen,)
    return tuple(workspace.destination(name) for name in names)


def founder_of(workspace: Workspace, show: Show, destination: Destination) -> Destination:
    """The destination whose address founds the podcast's identity: the first of the show's that others can reach.

    Args:
        workspace: where the destinations are described.
        show: the show.
        destination: where something is published right now; it is its own where it is none of the show's.
    """
    if destination.name not in show.podcast.destinations:
        return destination
    found = destinations_of(workspace, show)
    return next((one for one in found if is_for_ever(one.public_url)), found[0])


@dataclass(frozen=True, slots=True)
class Failure:
    """A destination at which something did not succeed, and the sentence that says why."""

    destination: str
    reason: str


@dataclass(frozen=True, slots=True)
class AtEach(Generic[_T]):
    """The results of an action at each destination.

    Attributes:
        done: the results, by destination.
        failures: those that failed.
    """

    done: dict[str, _T]
    failures: tuple[Failure, ...]


def at_each(destinations: Sequence[Destination], work: Callable[[Destination], _T]) -> AtEach[_T]:
    """Do something at each destination in turn; one that fails does not stop the others.

    Raises:
        BobineError: if all fail, with what each said.
    """
    done: dict[str, _T] = {}
    failed: list[tuple[str, BobineError]] = []
    for destination in destinations:
        try:
            done[destination.name] = work(destination)
        except BobineError as error:
            failed.append((destination.name, error))
    if failed and not done:
        reasons = list(dict.fromkeys(str(error) for _, error in failed))
        if len(reasons) == 1:
            raise failed[0][1]
        raise PublishError("\n".join(reasons))
    return AtEach(done, tuple(Failure(name, str(error)) for name, error in failed))
