"""The purge of the one show in the workspace, and what it finds to purge."""

from __future__ import annotations

from datetime import UTC, datetime

from bobine.evening.keeping import Stock, purge, stock
from tests.keeping.conftest import DAY, LATER, Studio

EARLY = datetime(2026, 12, 20, 12, tzinfo=UTC)


def found(studio: Studio, now: datetime = LATER, *, even_unused: bool = True) -> Stock:
    return stock(studio.workspace, studio.show, DAY, now, even_unused=even_unused)


def purge_all(studio: Studio, now: datetime = LATER) -> Stock:
    return purge(studio.workspace, found(studio, now), now, even_unused=True)
