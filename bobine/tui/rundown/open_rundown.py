"""The open rundown as gestures see it: the screen is one, and a test may bring another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

from textual.message import Message
from textual.screen import Screen

if TYPE_CHECKING:
    from bobine.model.episode import Episode, Item
    from bobine.plan.people.known_people import KnownPerson
    from bobine.plan.readiness.lacks import Lack
    from bobine.plan.sheet.content import Sheet
    from bobine.plan.timing.rundown import Timing
    from bobine.tui.documents.desk import Desk
    from bobine.tui.rundown.learning import Learnt

T = TypeVar("T")


class OpenRundown(Protocol):
    """The rundown of one day, asked, read and edited by every gesture."""

    @property
    def desk(self) -> Desk:
        """The workspace and the show."""

    @property
    def day(self) -> date:
        """The day of broadcast."""

    @property
    def episode(self) -> Episode:
        """The episode as it is shown."""

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""

    @property
    def known(self) -> tuple[KnownPerson, ...]:
        """People who may be named, for completion."""

    @property
    def learnt(self) -> Learnt:
        """What is known of other shows, of the team, and of how long chroniques take."""

    async def answer(self, dialog: Screen[T]) -> T | None:
        """Open a dialog and wait for its answer; None where there was none."""

    def tell(self, sentence: str, *, warning: bool = False, refused: bool = False) -> None:
        """Say one sentence."""

    def edit(self, episode: Episode, label: str, *, go: str | None = None) -> None:
        """Show an edited episode and write it; ``label`` names it for undo, ``go`` is the item the cursor goes to."""


class TimedRundown(OpenRundown, Protocol):
    """A rundown with its hours, its sheet, its lacks, and the shows before it."""

    @property
    def timing(self) -> Timing:
        """The hours of what is shown."""

    @property
    def sheet(self) -> Sheet:
        """The same in words."""

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """Things that keep the show from being ready."""


class StoredRundown(OpenRundown, Protocol):
    """A rundown in its file, and work on files that takes a while."""

    @property
    def readable(self) -> bool:
        """Whether the file can be read as it stands."""

    async def settle(self) -> None:
        """Wait until every edit is on the disk."""

    def open_dialog(self, dialog: Screen[None]) -> None:
        """Open a dialog that nobody waits for."""

    def post_message(self, message: Message) -> bool:
        """Tell the application what is wished."""


class SearchedRundown(OpenRundown, Protocol):
    """A rundown that can be searched.

    Attributes:
        sought: the words that were searched last; empty for none.
    """

    sought: str

    def action_next_match(self) -> None:
        """Go to the next item that has them."""


class OpenSheet(Protocol):
    """The form of an item, beside the rundown."""

    @property
    def editing(self) -> bool:
        """Whether it is open."""

    @property
    def item_id(self) -> str:
        """The id of its item; empty where it is not open."""

    @property
    def gone(self) -> bool:
        """Whether its item was taken out elsewhere."""

    def put_back(self, newest: Episode) -> Episode:
        """An episode with its item in it again, as it is written.

        Raises:
            ValueError: if its people are not understood; one French sentence.
        """

    def drop(self) -> None:
        """Close it without keeping anything."""


class RundownWithSheet(OpenRundown, Protocol):
    """A rundown with the form of an item open."""

    @property
    def open_sheet(self) -> OpenSheet:
        """The form."""

    def back_to_the_list(self) -> None:
        """The form is closed: the list has the keyboard again."""

    def draw(self) -> None:
        """Show the episode as it is now."""


class WholeRundown(TimedRundown, StoredRundown, SearchedRundown, RundownWithSheet, Protocol):
    """Everything that some gesture needs."""
