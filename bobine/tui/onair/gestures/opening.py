"""Questions before anything goes on air: whether it is the hour, and in a rehearsal, whether it goes on."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bobine.air.live.recorder_link import stop_recorder
from bobine.air.live.state.hours import EARLIEST
from bobine.french import DAYS, day_and_month
from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.onair.gestures.asking import choose

if TYPE_CHECKING:
    from bobine.tui.onair.show_on_air import EveningOnAir, ShowOnAir


def when_words(start: datetime, now: datetime) -> str:
    """« demain à 18 h », « le jeudi 26 novembre à 18 h 30 », from the day that it is there.

    Args:
        start: of the slot, in its zone.
        now: the instant, aware.
    """
    day, today = start.date(), now.astimezone(start.tzinfo).date()
    near = {-1: "hier", 0: "aujourd'hui", 1: "demain"}
    words = near.get((day - today).days, f"le {DAYS[day.weekday()]} {day_and_month(day)}")
    if abs((day - today).days) > 180:
        words += f" {day.year}"
    return f"{words} à {start.hour} h{f' {start.minute:02}' if start.minute else ''}"


def slot_words(air: ShowOnAir) -> str:
    """« L'émission est demain à 18 h », « L'émission était hier à 18 h »."""
    slot = air.desk.show.slot
    start = slot.bounds(air.day)[0].astimezone(ZoneInfo(slot.timezone))
    return f"L'émission {'était' if start < air.now else 'est'} {when_words(start, air.now)}"


async def ask_first(air: EveningOnAir) -> None:
    """Ask before the real show is opened outside of its slot: opening a screen puts nothing on air."""
    past = air.now > air.desk.show.slot.bounds(air.day)[1]
    wait = "Regarder seulement" if past else "Attendre"
    later = "" if past else f", et s'ouvre {_hours(EARLIEST)} avant l'émission"
    options = [
        Option("wait", wait, f"Rien ne part à l'antenne ; l'écran reste ouvert{later}."),
        Option("rehearse", "Répéter", "Comme au direct, sans y toucher."),
        Option("open", "Ouvrir quand même", "Le vrai direct, maintenant."),
    ]
    title = f"{slot_words(air)} : répéter, {wait.lower()}, ouvrir quand même ?"
    chosen = await choose(air, title, options, current="wait")
    air.waiting = chosen != "open"
    if chosen == "rehearse":
        await air.workshop.made_screens.rehearse()


async def rehearsal(air: EveningOnAir) -> None:
    """Ask whether a rehearsal goes on, begins again, or gives way to the real show."""
    options = [
        Option("go on", "Continuer la répétition"),
        Option("again", "Recommencer la répétition", "Tout revient au début du créneau, sans toucher au direct."),
        Option("real", "Ouvrir le vrai direct", "La répétition est finie, et rien n'en reste."),
    ]
    chosen = await choose(air, "La répétition", options, current="go on")
    if chosen == "again":
        await air.workshop.made_screens.rehearse()
    elif chosen == "real":
        if air.stage.recording is not None:
            await asyncio.to_thread(stop_recorder, air.stage.recording)
        await air.workshop.made_screens.open_real()


def _hours(length: timedelta) -> str:
    count = round(length.total_seconds() / 3600)
    return "une heure" if count == 1 else f"{count} heures"
