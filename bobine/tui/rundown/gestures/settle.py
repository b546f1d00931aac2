"""To settle: what keeps the show from being ready, who owes it, and what can be done about each in one gesture."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bobine.plan.people.team import proposed
from bobine.plan.readiness.lacks import Lack, LackKind
from bobine.plan.readiness.settle import Remedy, remedies
from bobine.tui.episode.completion import completion
from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.rundown.asking import ask, choose, put
from bobine.tui.rundown.gestures import repair

if TYPE_CHECKING:
    from bobine.model.episode import Episode
    from bobine.tui.rundown.open_rundown import TimedRundown


async def run(rundown: TimedRundown) -> None:
    """List what lacks; settle one, and back to the list until nothing lacks or it is closed."""
    place = 0
    while True:
        lacks = rundown.lacks
        options = [Option(str(index), lack.what, f"→ {lack.owner}") for index, lack in enumerate(lacks)]
        chosen = await choose(rundown, "Ce qui reste à régler", options, current=str(min(place, len(lacks) - 1)),
                              search=False, empty="✓ Rien : l'émission est prête.")  # fmt: skip
        if chosen is None:
            return
        place = int(chosen)
        await _settle(rundown, lacks[place])
        if not rundown.lacks:
            rundown.tell("✓ Il ne manque plus rien : l'émission est prête.")
            return


async def _settle(rundown: TimedRundown, lack: Lack) -> None:
    if lack.kind is LackKind.GAP:
        await repair.run(rundown)
        return
    seen = rundown.episode
    members = await asyncio.to_thread(rundown.desk.members)
    found = remedies(seen, lack, rundown.known, lambda role: proposed(role, members, rundown.learnt.episodes, seen))
    if not found:
        rundown.tell(f"À faire : {lack.what}")
        return
    remedy = found[0]
    if len(found) > 1:
        options = [Option(str(index), one.label, one.detail) for index, one in enumerate(found)]
        chosen = await choose(rundown, lack.what, options)
        if chosen is None:
            return
        remedy = found[int(chosen)]
    await _apply(rundown, seen, remedy)


async def _apply(rundown: TimedRundown, seen: Episode, remedy: Remedy) -> None:
    if remedy.episode is not None:
        put(rundown, seen, remedy.episode, remedy.label)
        return
    apply = remedy.apply
    if apply is None:
        return

    def check(text: str) -> str | None:
        try:
            apply(text)
        except ValueError as error:
            return str(error)
        return None

    complete = completion(lambda: rundown.known) if remedy.people else None
    text = await ask(rundown, remedy.asks, check=check, complete=complete)
    if text is not None:
        put(rundown, seen, apply(text), remedy.label.rstrip("… "))
