"""What to cut, what to add: exact proposals to end on time, applied only when one is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bobine.model.durations import format_duration
from bobine.plan.changes import apply_repair
from bobine.plan.repair import advise
from bobine.plan.repair_words import advice_sentence, repair_sentence
from bobine.tui.kit.choice import Option
from bobine.tui.rundown.gestures.asking import choose, put

if TYPE_CHECKING:
    from bobine.tui.rundown.screen import RundownScreen


async def run(screen: RundownScreen) -> None:
    """Show the few least harmful sets of changes."""
    seen = screen.episode
    advice = advise(screen.timing)
    repairs = advice.repairs or ((advice.best,) if advice.best is not None else ())
    ends = f"L'émission finira à {screen.timing.slot_end:%H:%M:%S}."
    detail = ends if advice.repairs else f"Il restera un écart de {format_duration(abs(advice.missing))}."
    options = [Option(str(place), repair_sentence(repair), detail) for place, repair in enumerate(repairs)]
    intro = advice_sentence(replace(advice, best=None) if advice.best is None else advice)
    chosen = await choose(screen, "Quoi couper ? Quoi ajouter ?", options, intro=intro, search=False,
                          empty="Rien n'est à changer." if not advice.needed else "Aucune proposition.")  # fmt: skip
    if chosen is None:
        return
    repair = repairs[int(chosen)]
    items, _ = apply_repair(seen.items, repair)
    put(screen, seen, replace(seen, items=items), repair_sentence(repair))
