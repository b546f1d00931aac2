"""The end of a show: the air is given back, both rundowns are kept, the recording stops, and the as-run is written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from bobine.air.live.aired_recording import finish
from bobine.air.live.journal import Journal
from bobine.air.live.show import Live
from bobine.air.live.stage import RecorderLink, Stage
from bobine.errors import BobineError
from bobine.evening.rundowns import archive
from bobine.model.aired.as_run import AsRun
from bobine.model.episode import Item
from bobine.model.show import Show
from bobine.store.workspace import Workspace


class ShowDesk(Protocol):
    """The workspace and the show that is planned in it."""

    @property
    def workspace(self) -> Workspace:
        """The workspace."""

    @property
    def show(self) -> Show:
        """The magazine."""


class ShowEnding(Protocol):
    """The show that ends."""

    @property
    def desk(self) -> ShowDesk:
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
    def stage(self) -> Stage:
        """The real show, or a rehearsal."""

    @property
    def recorder(self) -> RecorderLink:
        """The recording."""

    @property
    def items(self) -> Sequence[Item]:
        """The rundown as it is planned now."""

    def act(self, action: Callable[[], str | None]) -> bool:
        """Do one thing to the show; say why where it is refused, or cannot be written."""

    def tell(self, sentence: str, *, warning: bool = False, refused: bool = False) -> None:
        """Say one sentence."""


class Technician(Protocol):
    """The technician, as far as giving the air back needs answers."""

    async def is_over(self) -> bool:
        """Whether the air may be given back."""

    async def stops_recording(self) -> bool:
        """Whether the recording may stop too, now that the air is given back."""


async def give_back(air: ShowEnding, technician: Technician) -> AsRun | None:
    """Give the air back, keep both rundowns, stop the recording, and write where each item lies in it.

    Called again after an interruption, it goes on where it was: what is done already is not asked about.

    Returns:
        The as-run; None where the technician said no, the recorder does not stop, or nothing was to be recorded.

    Raises:
        SoundError: if nothing was recorded, or the recording cannot be read.
        MarksError: if nothing of the rundown was aired while it recorded.
        DiskError: if the disk refuses.
    """
    if air.live.session.progress.ended is None and not (await technician.is_over() and air.act(air.live.end)):
        return None
    await keep_rundowns(air)
    if air.recorder.sound().alive and not (await technician.stops_recording() and await stop_recording(air)):
        return None
    stage = air.stage
    if stage.recording is None:
        air.tell("Répétition finie : rien n'en reste.")
        return None
    known = [item.id for item in air.items]
    return await asyncio.to_thread(finish, stage.recording, Journal(stage.journal), known)


async def keep_rundowns(air: ShowEnding) -> None:
    """Keep both rundowns of the real show; a failure is reported, and stops nothing else."""
    if air.stage.rehearsal:
        return
    try:
        await asyncio.to_thread(archive, air.desk.workspace, air.desk.show, air.day, air.now)
    except BobineError as error:
        air.tell(f"Les conducteurs n'ont pas été archivés : {error}", warning=True)


async def stop_recording(air: ShowEnding) -> bool:
    """Stop the recorder and wait until all is on the disk; whether it is.

    Raises:
        DiskError: if the disk refuses.
    """
    air.tell("L'enregistrement s'arrête…")
    stopped = await asyncio.to_thread(air.recorder.stop)
    if not stopped:
        air.tell("L'enregistreur ne s'est pas arrêté : attendez un peu, puis recommencez (W).", refused=True)
    return stopped
