"""What a rundown's screen learns of what is around it: other shows, the team, how long chroniques really take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from bobine.errors import BobineError
from bobine.model.aired.usual_lengths import UsualLength
from bobine.model.episode import Episode, Item
from bobine.model.team import Member
from bobine.tui.documents.desk import Desk


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is around an episode.

    Attributes:
        episodes: every show that can be read, oldest first.
        members: the team.
        lengths: how long each chronique took, by id.
    """

    episodes: tuple[Episode, ...] = ()
    members: Sequence[Member] = ()
    lengths: Mapping[str, UsualLength] = field(default_factory=dict)

    def usual(self, item: Item) -> UsualLength | None:
        """How long an item of that chronique usually takes; None where nothing tells."""
        return self.lengths.get(item.chronique or "")


def learn(desk: Desk, day: date, before: Learnt) -> Learnt:
    """Read it; lengths, which other shows alone change, are read once.

    Args:
        desk: the workspace.
        day: of the episode.
        before: what was known already.
    """
    lengths = before.lengths
    if not before.episodes:
        from bobine.evening.seasons.reading import read_lengths

        with suppress(BobineError):
            lengths = read_lengths(desk.workspace, desk.show, desk.show.season.number(day))
    return Learnt(desk.known_episodes(), desk.members(), lengths)
