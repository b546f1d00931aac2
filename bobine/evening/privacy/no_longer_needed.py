"""People whose names nothing needs any more: who signed for a minor, once what was aired need not be kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bobine.errors import BobineError
from bobine.evening.keeping import stock
from bobine.evening.privacy.keeping import kept_by_law
from bobine.evening.privacy.rows import REPRESENTATIVE
from bobine.evening.privacy.words.pseudonyms import read_pseudonym
from bobine.evening.sound_files import seen_in
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NoLongerNeeded:
    """Somebody who may be forgotten.

    Attributes:
        name: who.
        reference: the episode, as commands name it.
        paper: where the signed paper is; empty where it is not said.
    """

    name: str
    reference: str
    paper: str


def no_longer_needed(workspace: Workspace, now: datetime) -> tuple[NoLongerNeeded, ...]:
    """The representatives of minors in episodes that nothing has kept any more, each once an episode, in their order.

    Their name proves nothing that the paper does not prove: the plan goes on saying that it is signed, and where it is.

    Args:
        workspace: where; a plan that cannot be read names nobody.
        now: the present instant (aware).
    """
    return tuple(dict.fromkeys(_found(workspace, now)))


def _found(workspace: Workspace, now: datetime) -> Iterator[NoLongerNeeded]:
    seen = seen_in(workspace)
    for show in workspace.shows:
        for day in workspace.episode_dates(show):
            try:
                episode = read_episode(workspace, show, day)
            except BobineError:
                continue
            named = [one for one in episode.people if one.minor and _is_a_name(one.representative)]
            if not named or day >= now.date() or kept_by_law(stock(workspace, show, day, now, seen=seen).verdict):
                continue
            for one in named:
                yield NoLongerNeeded(one.representative, episode.reference, one.consent_reference)


def _is_a_name(text: str) -> bool:
    return bool(text) and text != REPRESENTATIVE and read_pseudonym(text) is None
