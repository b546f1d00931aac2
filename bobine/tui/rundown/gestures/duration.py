"""Duration: the item's planned one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bobine.model.written.durations import ACCEPTED_FORMS, format_duration, parse_duration
from bobine.plan.editing.moves import replace_item
from bobine.tui.kit.forms.checks import faults
from bobine.tui.rundown.asking import ask, put

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import OpenRundown


async def run(rundown: OpenRundown) -> None:
    """Ask for a duration in any of the usual forms."""
    item = rundown.item
    if item is None:
        return
    seen = rundown.episode

    def check(text: str) -> str | None:
        try:
            return next(iter(faults(replace(item, duration=parse_duration(text))).values()), None)
        except ValueError as error:
            return str(error)

    title = f"Durée de « {item.title} » ({format_duration(item.duration)})"
    usual = rundown.learnt.usual(item)
    hint = f"Par exemple {ACCEPTED_FORMS}."
    if usual is not None:
        hint = f"{usual.words_for(item.duration).capitalize()}. {hint}"
    text = await ask(rundown, title, hint=hint, check=check)
    if text is not None:
        changed = replace(item, duration=parse_duration(text))
        put(rundown, seen, replace_item(seen, changed), f"« {item.title} » : {format_duration(changed.duration)}")
