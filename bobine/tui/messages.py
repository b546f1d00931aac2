"""Messages from a screen to the application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual.message import Message


class OpenEpisode(Message):
    """Show the rundown of a day, or another screen of it: « onair », « hours »."""

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


@dataclass(frozen=True, slots=True)
class Amend:
    """A change to what is online, to be made in the terminal, outside the screens.

    Attributes:
        reference: the episode.
        command: « corriger », « retirer » or « verifier ».
        reason: why, one line.
        item: the item that is withdrawn; empty for the whole episode.
        at_once: delete what it replaces at once.
    """

    reference: str
    command: str
    reason: str = ""
    item: str = ""
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Forget:
    """Somebody to be forgotten, in the terminal: the screens come back without what they remember of them.

    Attributes:
        name: as it is written.
    """

    name: str


class WishMade(Message):
    """A wish for the terminal, outside of the screens.

    Attributes:
        wish: what is to be done.
        day: the episode on which the screens come back; None for the one they were on.
    """

    def __init__(self, wish: Wish | Amend | Forget, day: date | None = None) -> None:
        super().__init__()
        self.wish = wish
        self.day = day


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the screens stand, to come back to after work in the terminal.

    Attributes:
        place: the screen's name.
        show: the slug of the show.
        day: the episode's day; None where none was chosen.
    """

    place: str
    show: str
    day: date | None
