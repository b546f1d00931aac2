"""The show on air as gestures see it: « Antenne » is one, and a test may bring another."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from textual.message import Message
from textual.screen import Screen

if TYPE_CHECKING:
    from bobine.air.live.show import Live
    from bobine.air.live.stage import RecorderLink, Stage
    from bobine.model.episode import Episode, Item
    from bobine.plan.timing.rundown import Timing
    from bobine.tui.documents.desk import Desk
    from bobine.tui.documents.document import Document
    from bobine.tui.kit.screens.workshop import Workshop

T = TypeVar("T")


class Asked(Protocol):
    """A place where the technician can be asked something."""

    @property
    def workshop(self) -> Workshop:
        """The application."""

    @property
    def turns(self) -> Lock:
        """The lock that a question holds while it is open: one at a time."""

    @property
    def is_attached(self) -> bool:
        """Whether it is still there."""

    @property
    def is_active(self) -> bool:
        """Whether nothing is shown over it."""

    async def answer(self, dialog: Screen[T]) -> T | None:
        """Open a dialog and wait for its answer; None where there was none."""


class ShowOnAir(Asked, Protocol):
    """The show on air, read and acted on by gestures."""

    @property
    def desk(self) -> Desk:
        """The workspace and the show."""

    @property
    def day(self) -> date:
        """The day of broadcast."""

    @property
    def now(self) -> datetime:
        """The present instant, aware."""

    @property
    def live(self) -> Live:
        """The show's actions."""

    @property
    def document(self) -> Document[Episode] | None:
        """The plan; None while it could not be read yet."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The rundown as it is planned now."""

    @property
    def item(self) -> Item | None:
        """The planned item under the cursor."""

    @property
    def timing(self) -> Timing:
        """The live hours, at this instant."""

    def act(self, action: Callable[[], str | None]) -> bool:
        """Do one thing to the show; say why where it is refused, or cannot be written."""

    def tell(self, sentence: str, *, warning: bool = False, refused: bool = False) -> None:
        """Say one sentence."""


class EveningOnAir(ShowOnAir, Protocol):
    """The show with what is around it, for what begins and ends an evening.

    Attributes:
        waiting: it is not the hour, and nobody said to begin all the same: nothing is done to the show.
    """

    waiting: bool

    @property
    def stage(self) -> Stage:
        """The real show, or a rehearsal."""

    @property
    def recorder(self) -> RecorderLink:
        """The recording."""

    def post_message(self, message: Message) -> bool:
        """Tell the application of a wish."""
