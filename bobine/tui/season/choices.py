"""The questions of « Saison »: whether to prepare a show, and which other episode of a day."""

from __future__ import annotations

from datetime import date

from bobine.french import in_tense, long_date
from bobine.model.episode_day import plain_day
from bobine.plan.season.calendar import SeasonDay
from bobine.tui.kit.dialogs.choice import Choice, Option
from bobine.tui.season.rows import other_episodes


def preparing(day: SeasonDay, today: date) -> Choice:
    """Whether to prepare the show of a day that has none; answers « yes » or « no »."""
    intro = f"Ce jour-là est en vacances ({day.holiday})." if day.holiday else ""
    options = [
        Option("yes", "Préparer l'émission", "Le modèle, et en réserve les chroniques dues ce jour-là."),
        Option("no", "Ne rien faire"),
    ]
    verb = in_tense(day.date, today, past="n'était", present="n'est", future="n'est")
    return Choice(f"Rien {verb} prévu le {long_date(day.date)}", options, intro=intro)


def another(day: SeasonDay, taken: frozenset[date]) -> Choice:
    """Which other episode of a day to prepare; answers the suffix.

    Args:
        day: the day.
        taken: the episodes that are there already.
    """
    options = [Option(suffix, name, about) for suffix, name, about in other_episodes(day.date, taken)]
    title = f"Quel autre épisode, le {long_date(plain_day(day.date))} ?"
    intro = "Sans créneau : il est fait de ses PAD ou d'un enregistrement, et ne passe pas à l'antenne."
    return Choice(title, options, intro=intro)
