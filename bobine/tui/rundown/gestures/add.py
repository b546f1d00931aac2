"""Add: a chronique, what is in reserve, an idea, a blank item."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bobine.model.written.durations import format_duration
from bobine.plan.editing.additions import AdditionGroup, add, additions
from bobine.plan.editing.moves import last_before_the_closing
from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.rundown.asking import choose, put

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import TimedRundown

_GROUPS = {
    AdditionGroup.CHRONIQUE: "Chroniques",
    AdditionGroup.RESERVE: "En réserve",
    AdditionGroup.IDEA: "Idées",
    AdditionGroup.ELEMENT: "Éléments",
}


async def run(rundown: TimedRundown) -> None:
    """Ask what, then put it after the item under the cursor."""
    ideas = await asyncio.to_thread(rundown.desk.ideas)
    seen, place = rundown.episode, _place(rundown)
    offered = additions(rundown.desk.show, seen, rundown.learnt.episodes, ideas, rundown.day)
    options = [
        Option(str(index), f"{'! ' if one.due else ''}{one.title} · {format_duration(one.item.duration)}", one.detail,
               _GROUPS[one.group])
        for index, one in enumerate(offered)
    ]  # fmt: skip
    chosen = await choose(rundown, "Ajouter au conducteur", options, search=True)
    if chosen is None:
        return
    addition = offered[int(chosen)]
    before = {item.id for item in seen.items if not item.standby}
    episode = add(seen, addition, place)
    added = next((item.id for item in episode.items if item.id not in before and not item.standby), None)
    put(rundown, seen, episode, f"« {addition.title} » ajouté", go=added)


def _place(rundown: TimedRundown) -> str | None:
    """After the item under the cursor; from the reserve, after the last that counts but the closing ones."""
    item = rundown.item
    if item is not None and not item.standby:
        return item.id
    return last_before_the_closing(rundown.episode)
