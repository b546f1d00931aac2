"""The end of a show, as another program sees it: by the journal, and the as-run that is written after it."""

from __future__ import annotations

import enum
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.state.hours import LATEST
from bobine.air.live.state.session import fold
from bobine.errors import BobineError, SoundError
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.store.workspace import EpisodeFolder

POLL_S = 0.5
"""Time between two looks at the journal, seconds."""


class Stage(enum.Enum):
    """The stages of a show's end."""

    BEFORE = enum.auto()
    ON_AIR = enum.auto()
    STOPPING = enum.auto()
    OVER = enum.auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """A show at an instant.

    Attributes:
        stage: how far it is.
        off_air: when the air was given back (aware); None where no journal says so.
    """

    stage: Stage
    off_air: datetime | None = None


def wait_for_the_end(
    show: Show,
    episode: Episode,
    folder: EpisodeFolder,
    clock: Callable[[], datetime],
    tell: Callable[[Stage], None],
    sleep: Callable[[float], None] = time.sleep,
) -> datetime | None:
    """Wait until a show's sound is there to be mastered; at once where it is.

    Args:
        show: whose.
        episode: the plan.
        folder: where the episode's files are.
        clock: gives the present instant (aware).
        tell: told each stage as it begins, the last one excepted.
        sleep: waits so many seconds.

    Returns:
        When the air was given back; None for a recording that was attached later.

    Raises:
        SoundError: if the hours of the show are past and nobody gave the air back.
    """
    journal = Journal(folder.path / JOURNAL_FILE)
    told: Stage | None = None
    while True:
        standing = standing_of(journal, folder)
        if standing.stage is Stage.OVER:
            return standing.off_air
        if standing.off_air is None and clock() > show.slot.bounds(episode.date)[1] + LATEST:
            if standing.stage is Stage.BEFORE:
                return None  # mastering says best what is not there
            raise SoundError(
                f"L'antenne de « {folder.reference} » n'a pas été rendue : faites-le sur l'écran « Antenne » (F), "
                "puis recommencez."
            )
        if standing.stage is not told:
            told = standing.stage
            tell(told)
        sleep(POLL_S)


def standing_of(journal: Journal, folder: EpisodeFolder) -> Standing:
    """The state of a show, by its files.

    Args:
        journal: the show's; reading it again costs what was added.
        folder: the episode's.
    """
    written = _written_at(folder)
    try:
        progress = fold(journal.read()).progress
    except (BobineError, OSError):
        progress = None
    if progress is None or not progress.begun:
        return Standing(Stage.BEFORE if written is None else Stage.OVER)
    if progress.ended is None:
        return Standing(Stage.ON_AIR)
    is_there = written is not None and written >= int(progress.ended.timestamp())  # some disks keep whole seconds
    return Standing(Stage.OVER if is_there else Stage.STOPPING, progress.ended)


def _written_at(folder: EpisodeFolder) -> float | None:
    try:
        return folder.as_run.stat().st_mtime
    except OSError:
        return None
