"""What to cut, what to add: proposals to end on time, applied only when one is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bobine.plan.changes import apply_repair
from bobine.plan.repair import advise, step_within
from bobine.plan.repair_words import advice_sentence, landing_words, repair_sentence
from bobine.tui.kit.choice import Option
from bobine.tui.rundown.gestures.asking import choose, put

if TYPE_CHECKING:
    from bobine.tui.rundown.screen import RundownScreen


async def run(screen: RundownScreen) -> None:
    """Show the few least harmful sets of changes."""
    seen = screen.episode
    advice = advise(screen.timing, step_s=step_within(screen.desk.show.slot.tolerance))
    repairs = advice.repairs or ((advice.best,) if advice.best is not None else ())
    options = [
        Option(str(place), repair_sentence(repair), landing_words(advice, repair, screen.timing.slot_end))
        for place, repair in enumerate(repairs)
    ]
    intro = advice_sentence(replace(advice, best=None) if advice.best is None else advice)
    chosen = await choose(screen, "Quoi couper ? Quoi ajouter ?", options, intro=intro, search=False,
                          empty="Aucune proposition." if advice.missing else "Rien n'est à changer.")  # fmt: skip
    if chosen is None:
        return
    repair = repairs[int(chosen)]
    items, _ = apply_repair(seen.items, repair)
    put(screen, seen, replace(seen, items=items), repair_sentence(repair))
