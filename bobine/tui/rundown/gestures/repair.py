"""Repair: proposals of cuts and additions to end on time, applied only when one is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bobine.plan.repair.changes import apply_repair
from bobine.plan.repair.repairs import advise, step_within
from bobine.plan.repair.words import advice_sentence, landing_words, repair_sentence
from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.rundown.asking import choose, put

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import TimedRundown


async def run(rundown: TimedRundown) -> None:
    """Show the few least harmful sets of changes."""
    seen = rundown.episode
    advice = advise(rundown.timing, step_s=step_within(rundown.desk.show.slot.tolerance))
    repairs = advice.repairs or ((advice.best,) if advice.best is not None else ())
    options = [
        Option(str(place), repair_sentence(repair), landing_words(advice, repair, rundown.timing.slot_end))
        for place, repair in enumerate(repairs)
    ]
    intro = advice_sentence(replace(advice, best=None) if advice.best is None else advice)
    chosen = await choose(rundown, "Quoi couper ? Quoi ajouter ?", options, intro=intro, search=False,
                          empty="Aucune proposition." if advice.missing else "Rien n'est à changer.")  # fmt: skip
    if chosen is None:
        return
    repair = repairs[int(chosen)]
    items, _ = apply_repair(seen.items, repair)
    put(rundown, seen, replace(seen, items=items), repair_sentence(repair))
