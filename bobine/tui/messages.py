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
    """A wish for the terminal, outside of the screens."""

    def __init__(self, wish: Wish | Amend | Forget) -> None:
        super().__init__()
        self.wish = wish
