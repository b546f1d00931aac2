"""Working out of a rundown's hours, sheet and lacks, whenever it changes. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.plan.readiness.lacks import Lack, PadFacts
from bobine.plan.readiness.report import readiness
from bobine.plan.sheet.content import Sheet
from bobine.plan.sheet.make import make_sheet
from bobine.plan.timing.rundown import Timing, time_rundown


def work_out(show: Show, episode: Episode, pads: Mapping[str, PadFacts]) -> tuple[Timing, Sheet, tuple[Lack, ...]]:
    """The hours of an episode, its sheet, and what lacks.

    Args:
        show: its show.
        episode: as it is planned.
        pads: what is known of its sounds, by id of their items.
    """
    timing = time_rundown(episode.items, show.bounds(episode))
    return timing, make_sheet(show, episode, timing), readiness(episode, show, timing.gap, pads, timing)
