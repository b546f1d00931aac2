"""``bobine heures``: the volunteer hours of a show, proposed from its plan, and noted; or those of a season."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date, timedelta

from bobine.commands.bilan import season_named
from bobine.commands.console import Console
from bobine.commands.hours_files import Hours, reread, write_files
from bobine.commands.people_named import one_name
from bobine.commands.places import Place, now, open_episode, open_root
from bobine.errors import WorkspaceError
from bobine.evening.seasons.hours_read import hours_before, season_lines
from bobine.evening.seasons.presence import proposed_hours, with_line
from bobine.french import long_date
from bobine.model.hours import HoursLine
from bobine.model.written.hours import hours_text
from bobine.plan.volunteers.lines import total
from bobine.report.words import counted
from bobine.store.documents.hours import edit_hours, read_hours


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    if options.depuis_csv is None and (options.retirer_absents or options.oui):
        raise WorkspaceError("--retirer-absents et --oui ne vont qu'avec --depuis-csv.")
    if options.saison is not None:
        return _season(console, options)
    if options.episode is None:
        raise WorkspaceError("Dites de quelle émission : « bobine heures derniere », ou « bobine heures --saison ».")
    if options.personne is not None:
        raise WorkspaceError("--personne ne va qu'avec --saison ; pour noter les heures de quelqu'un : --qui.")
    return _show(console, options)


def _show(console: Console, options: argparse.Namespace) -> int:
    place = open_episode(options)
    workspace, show, day = place.workspace, place.show, place.episode.date
    noted = read_hours(workspace, show, day)
    before = hours_before(workspace, show, day)
    if options.noter:
        noted = edit_hours(workspace, show, day, lambda lines: (*lines, *proposed_hours(place.episode, lines, before)))
    elif options.qui:
        noted = edit_hours(workspace, show, day, lambda lines: _turned(place, lines, before, options.qui))
    hours = Hours(workspace=workspace, show=show, lines={day: noted}, day=day)
    changes: dict[str, object] = {}
    if options.depuis_csv is not None:
        hours, changes = reread(console, hours, options)
        noted = hours.lines[day]
    proposed = proposed_hours(place.episode, noted, before)
    written = write_files(hours, options, proposed)
    for path in written:
        console.say(f"Écrit : {path}")
    if not written:
        _tell_show(console, place, noted, proposed)
    console.result({
        "noted": [_json(line) for line in noted], "proposed": [_json(line) for line in proposed], **changes,
        **({"written": [str(path) for path in written]} if written else {}),
    })  # fmt: skip
    return 0


def _tell_show(console: Console, place: Place, noted: Sequence[HoursLine], proposed: Sequence[HoursLine]) -> None:
    console.say(f"{place.show.title}, {long_date(place.episode.date)}", "bold")
    if noted:
        words = hours_text(total(noted))
        _tell(console, f"Heures notées : {counted(len(noted), 'ligne')}, {words}", [(None, line) for line in noted])
    if proposed:
        _tell(console, "D'après le conducteur, il manque :", [(None, line) for line in proposed])
        console.say(
            f"« bobine heures {place.episode.reference} --noter » les note ainsi ; l'écran Heures (B depuis la "
            "saison) les note et les corrige."
        )
    elif not noted:
        console.say("Personne de l'équipe n'est dans le conducteur : il n'y a pas d'heures à proposer.")


def _season(console: Console, options: argparse.Namespace) -> int:
    if options.episode is not None or options.noter or options.qui:
        raise WorkspaceError("--saison est pour toute une saison : sans EPISODE, --noter ni --qui.")
    if options.personne is not None and options.depuis_csv is not None:
        raise WorkspaceError("--depuis-csv reprend toute la saison : sans --personne.")
    workspace = open_root(options)
    show, number = season_named(workspace, options.saison or None, now().date())
    hours = Hours(workspace=workspace, show=show, lines=season_lines(workspace, show, number), season=number)
    changes: dict[str, object] = {}
    if options.depuis_csv is not None:
        hours, changes = reread(console, hours, options)
    if options.personne is not None:
        hours = hours.of(one_name((line.name for _, line in hours.rows), options.personne))
    written = write_files(hours, options)
    for path in written:
        console.say(f"Écrit : {path}")
    if not written:
        lines = [line for _, line in hours.rows]
        said = f"{counted(len(lines), 'ligne')}, {hours_text(total(lines))}" if lines else "aucune heure notée"
        _tell(console, f"{show.title}, {hours.heading} : {said}", hours.rows)
    console.result({
        "season": number, **changes,
        "noted": [{**_json(line), "show": day.isoformat() if day is not None else None} for day, line in hours.rows],
        **({"written": [str(path) for path in written]} if written else {}),
    })  # fmt: skip
    return 0


def _turned(
    place: Place, lines: tuple[HoursLine, ...], before: Sequence[HoursLine], name: str
) -> tuple[HoursLine, ...]:
    """The lines with those of one person noted, or without them where they were.

    Raises:
        WorkspaceError: if nobody of the show, or several people, go by that name.
    """
    offered = (*lines, *proposed_hours(place.episode, lines, before))
    meant = one_name((line.name for line in offered), name)
    noted = [line for line in lines if line.name == meant]
    for line in noted or [line for line in offered if line.name == meant]:
        lines = with_line(lines, line)
    return lines


def _tell(console: Console, title: str, lines: Sequence[tuple[date | None, HoursLine]]) -> None:
    dated = any(day is not None or line.date is not None for day, line in lines)
    columns = [("Qui", "left"), ("Tâche", "left"), ("Durée", "right")]
    rows = [[line.name, line.task.french, hours_text(line.duration)] for _, line in lines]
    if dated:
        columns.insert(0, ("Jour", "left"))
        rows = [[_day(day, line), *row] for (day, line), row in zip(lines, rows, strict=True)]
    console.table(title, columns, rows, dense=True)


def _day(day: date | None, line: HoursLine) -> str:
    found = line.date or day
    return f"{found:%d/%m/%Y}" if found is not None else ""


def _json(line: HoursLine) -> dict[str, object]:
    return {
        "id": line.id,
        "name": line.name,
        "task": str(line.task),
        "minutes": line.duration // timedelta(minutes=1),
        "date": line.date.isoformat() if line.date is not None else None,
    }
