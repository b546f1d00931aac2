"""A journal that tells of another day is asked about: does the show begin anew, or does it go on?"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.onair.gestures.asking import choose
from bobine.tui.onair.gestures.opening import when_words

if TYPE_CHECKING:
    from bobine.tui.onair.show_on_air import ShowOnAir


async def ask_which(air: ShowOnAir) -> None:
    """Ask where it is in doubt; without an answer nothing is done to the show, and it is asked again."""
    began = air.live.another_day
    if began is None:
        return
    words = when_words(began.astimezone(ZoneInfo(air.desk.show.slot.timezone)), air.now)
    options = [
        Option("again", "Recommencer", "L'émission d'aujourd'hui commence ; ce qui est noté reste dans le journal."),
        Option("on", "Continuer", "C'est la même émission : elle reprend où elle en était, ou finit (F)."),
    ]
    chosen = await choose(air, f"Commencé {words} : recommencer ?", options, current="again")
    if chosen == "again":
        air.live.begin_again()
    elif chosen == "on":
        air.live.go_on_with()
