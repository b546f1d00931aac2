"""``bobine heures``: the volunteer hours of a show, proposed from its plan, and noted."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator, Sequence
from datetime import timedelta

from bobine.commands.console import Console
from bobine.commands.places import Place, open_episode
from bobine.errors import BobineError, WorkspaceError
from bobine.evening.seasons.presence import proposed_hours, with_line
from bobine.french import enumerate_words, long_date, printable, sort_key
from bobine.model.hours import HoursLine
from bobine.report.words import counted, length_words
from bobine.store.documents.hours import edit_hours, read_hours

_SHOWS_BEFORE = 8
"""Shows before this one whose hours tell how long a task usually takes."""


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    place = open_episode(options)
    workspace, show, day = place.workspace, place.show, place.episode.date
    noted = read_hours(workspace, show, day)
    before = list(_before(place))
    if options.noter:
        noted = edit_hours(workspace, show, day, lambda lines: (*lines, *proposed_hours(place.episode, lines, before)))
    elif options.qui:
        noted = edit_hours(workspace, show, day, lambda lines: _turned(place, lines, before, options.qui))
    proposed = proposed_hours(place.episode, noted, before)
    console.say(f"{show.title}, {long_date(day)}", "bold")
    if noted:
        total = sum((line.duration for line in noted), timedelta())
        words = length_words(round(total.total_seconds()))
        _tell(console, f"Heures notées : {counted(len(noted), 'ligne')}, {words}", noted)
    if proposed:
        _tell(console, "D'après le conducteur, il manque :", proposed)
        console.say(
            f"« bobine heures {place.episode.reference} --noter » les note ainsi ; le fichier hours.toml de "
            "l'émission se corrige ensuite à la main."
        )
    elif not noted:
        console.say("Personne de l'équipe n'est dans le conducteur : il n'y a pas d'heures à proposer.")
    console.result({"noted": [_json(line) for line in noted], "proposed": [_json(line) for line in proposed]})
    return 0


def _turned(
    place: Place, lines: tuple[HoursLine, ...], before: Sequence[HoursLine], name: str
) -> tuple[HoursLine, ...]:
    """The lines with those of one person noted, or without them where they were.

    Raises:
        WorkspaceError: if nobody of the show, or several people, go by that name.
    """
    offered = (*lines, *proposed_hours(place.episode, lines, before))
    names = sorted({line.name for line in offered})
    meant = [one for one in names if sort_key(one) == sort_key(name)] or [
        one for one in names if sort_key(name) in sort_key(one)
    ]
    if len(meant) != 1:
        known = enumerate_words(meant or names, "ou") or "personne"
        raise WorkspaceError(f"« {printable(name[:60])} » ne désigne pas une seule personne : il y a {known}.")
    noted = [line for line in lines if line.name == meant[0]]
    for line in noted or [line for line in offered if line.name == meant[0]]:
        lines = with_line(lines, line)
    return lines


def _before(place: Place) -> Iterator[HoursLine]:
    """The lines of the shows just before; a file that cannot be read tells nothing."""
    days = [day for day in place.workspace.episode_dates(place.show) if day < place.episode.date]
    for day in days[-_SHOWS_BEFORE:]:
        with contextlib.suppress(BobineError):
            yield from read_hours(place.workspace, place.show, day)


def _tell(console: Console, title: str, lines: Sequence[HoursLine]) -> None:
    rows = [[line.name, line.task.french, length_words(round(line.duration.total_seconds()))] for line in lines]
    console.table(title, [("Qui", "left"), ("Tâche", "left"), ("Durée", "right")], rows, dense=True)


def _json(line: HoursLine) -> dict[str, object]:
    return {
        "id": line.id,
        "name": line.name,
        "task": str(line.task),
        "minutes": line.duration // timedelta(minutes=1),
        "date": line.date.isoformat() if line.date is not None else None,
    }
