"""Messages from a screen to the application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual.message import Message


class OpenEpisode(Message):
    """Show the rundown of a day, or another screen of it."""

    def __init__(self, day: date, place: str = "rundown") -> None:
        super().__init__()
        self.day = day
        self.place = place


class OpenShow(Message):
    """Plan another show of the workspace."""

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug


@dataclass(frozen=True, slots=True)
class Wish:
    """A job to be done in the terminal, outside the screens: master an episode.

    Attributes:
        reference: the episode, ``bobine-romanaise/2026-11-26``.
        publish: publish it too.
    """

    reference: str
    publish: bool


class WishMade(Message):
    """A wish for the terminal, outside of the screens."""

    def __init__(self, wish: Wish) -> None:
        super().__init__()
        self.wish = wish
