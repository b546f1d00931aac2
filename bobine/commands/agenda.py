"""``bobine agenda``: one person's own dates, as a file for their calendar."""

from __future__ import annotations

import argparse
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.people_named import one_name
from bobine.commands.places import now, open_root, show_named
from bobine.evening.seasons.volunteer import read_coming, write_agenda
from bobine.french import long_date
from bobine.plan.editing.ids import slug
from bobine.plan.volunteers.dates import OwnDate
from bobine.report.words import counted


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    workspace = open_root(options)
    show = show_named(workspace, options.emission)
    at = now()
    coming = read_coming(workspace, show, at.date())
    name = one_name(coming.names, options.name)
    path = options.fichier or Path(f"agenda-{slug(name)}.ics")
    dates = write_agenda(path.absolute(), coming, name, at)
    rows = [[long_date(one.day), f"{one.call:%H:%M}", _tasks(one), "annulée" if one.cancelled else ""] for one in dates]
    if rows:
        console.table(f"{name}, {counted(len(rows), 'date')}", [("Jour", "left"), ("Heure", "right"), ("Tâche", "left"),
                      ("", "left")], rows, dense=True)  # fmt: skip
    else:
        console.say(f"{name} n'a de tâche dans aucune émission de la saison ou à venir.")
    console.say(f"Écrit : {path}. À ouvrir sur le téléphone ou l'ordinateur de {name} ; réécrit, il se met à jour.")
    console.result({
        "name": name,
        "written": str(path),
        "dates": [
            {"day": one.day.isoformat(), "call": one.call.isoformat(), "end": one.end.isoformat(), "place": one.place,
             "tasks": list(one.tasks), "learns": list(one.learns), "items": list(one.items), "cancelled": one.cancelled}
            for one in dates
        ],
    })  # fmt: skip
    return 0


def _tasks(one: OwnDate) -> str:
    return ", ".join([*one.tasks, *(f"{role} (doublure)" for role in one.learns)])
