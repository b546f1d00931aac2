"""What one screen asks of the application."""

from __future__ import annotations

from datetime import date

from textual.message import Message


class OpenEpisode(Message):
    """Show the rundown of a day."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day


class OpenShow(Message):
    """Plan another show of the workspace."""

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug
