"""Subjects proposed for a show by anybody (« antenne ouverte à tous »), before they become items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bobine.model.episode import ItemKind
from bobine.model.episode_day import EpisodeDate


class IdeaStatus(StrEnum):
    """The state of an idea."""

    OPEN = "open"
    PLANNED = "planned"
    SET_ASIDE = "set-aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """One subject that somebody proposed.

    Attributes:
        id: slug, unique among the ideas of the show.
        title: the subject, in one line.
        by: who proposed it, in any form (« une auditrice, au marché »); empty for nobody named.
        proposed: the day it was proposed.
        kind: what it would be on air.
        duration: how long it would last; None for the usual length of such an item.
        notes: contacts, angles, why now.
        status: what became of it.
        planned_for: day of the show that has it; None unless it is planned.
    """

    id: str
    title: str
    by: str = ""
    proposed: date | None = None
    kind: ItemKind = ItemKind.INTERVIEW
    duration: timedelta | None = None
    notes: str = ""
    status: IdeaStatus = IdeaStatus.OPEN
    planned_for: EpisodeDate | None = None
