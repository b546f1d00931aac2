"""``bobine ecoutes``: downloads by episode, by day and by app, from access logs."""

from __future__ import annotations

import argparse
import contextlib
from datetime import date, timedelta
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.places import now, open_root
from bobine.errors import BobineError, WorkspaceError
from bobine.evening.audience import LogsRead, count_logs, figures_known
from bobine.french import enumerate_words, long_date, others, printable
from bobine.model.published.listening import ListeningFigures, instalment_name
from bobine.model.show import Show
from bobine.publish.listening.addresses import Network, parse_network
from bobine.publish.listening.words import DEFINITION, LEFT_OUT, PRIVACY, app_name
from bobine.store.records.releases import read_releases
from bobine.store.workspace import Workspace

_LAST_DAYS = 30
_MANY = 5
"""Files that a warning names at most."""


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    workspace = open_root(options)
    internal = _networks(options.sauf)
    if options.logs:
        with console.progress() as report:
            read = count_logs(workspace, options.logs, now(), internal, report=report)
        _tell_read(console, read)
    else:
        read = LogsRead()
        with contextlib.suppress(BobineError):  # what is over is forgotten at the next occasion
            count_logs(workspace, [], now())
    shown = [(show, figures_known(workspace, show)) for show in workspace.shows]
    for show, figures in shown:
        _tell(console, workspace, show, figures)
    console.say(DEFINITION)
    console.say(PRIVACY)
    console.result({"shows": [_json(workspace, show, figures) for show, figures in shown], "read": _read_json(read)})
    return 0


def _networks(texts: list[str]) -> list[Network]:
    try:
        return [parse_network(text) for text in texts]
    except ValueError as error:
        raise WorkspaceError(
            "--sauf attend une adresse ou un réseau, comme 192.0.2.7 ou 192.168.0.0/16 : corrigez-le."
        ) from error


def _tell_read(console: Console, read: LogsRead) -> None:
    known = f", {_counted(read.known, 'déjà comptée')}" if read.known else ""
    console.say(
        f"{_counted(read.files, 'journal', 'journaux')} : {_counted(read.lines, 'ligne lue', 'lignes lues')}{known}, "
        f"{read.sound} sur le son."
    )
    for count, one, several in (
        (read.broken, "illisible ou sans date possible", "illisibles ou sans date possible"),
        (read.too_long, "bien trop longue", "bien trop longues"),
        (read.to_come, "datée de l'avenir", "datées de l'avenir"),
    ):
        if count:
            left = _counted(count, "ligne laissée de côté", "lignes laissées de côté")
            console.warn(f"{left}, {one if count < 2 else several}.")
    for paths, words in (
        (read.damaged, "ne se lit pas, ou pas jusqu'au bout"),
        (read.foreign, "n'est d'aucun format connu (S3, Combined, Caddy, nginx en JSON)"),
        (read.unfinished, "s'arrête au milieu d'une ligne : elle sera lue la prochaine fois"),
    ):
        for path in sorted(paths)[:_MANY]:
            console.warn(f"« {printable(str(path))} » {words}.")
        if len(paths) > _MANY:
            console.warn(f"{others(len(paths) - _MANY)} : de même.")


def _tell(console: Console, workspace: Workspace, show: Show, figures: ListeningFigures) -> None:
    console.say(f"{show.title} : {_counted(figures.total, 'téléchargement')}", "bold")
    if not figures.days:
        console.say("Rien n'est compté encore : donnez les journaux d'accès du serveur à « bobine ecoutes ».")
        return
    titles = _titles(workspace, show)
    sides = [("Téléch.", "right")]
    console.table(
        "Par épisode",
        [("Épisode", "left"), *sides],
        [[_episode(key, titles), str(count)] for key, count in figures.by_episode().items()],
        dense=True,
    )
    if figures.by_instalment():
        console.table(
            "Par épisode de chronique",
            [("Chronique", "left"), *sides],
            [
                [f"{day} {titles.get(instalment_name(day, item), item)}", str(count)]
                for (day, item), count in figures.by_instalment().items()
            ],
            dense=True,
        )
    by_day = _last_days(figures)
    heading = f"Par jour ({_LAST_DAYS} derniers)"
    console.table(
        heading, [("Jour", "left"), *sides], [[long_date(day), str(n)] for day, n in by_day.items()], dense=True
    )
    console.table(
        "Par application",
        [("Application", "left"), *sides],
        [[app_name(app), str(count)] for app, count in figures.by_app().items()],
        dense=True,
    )
    left_out = figures.left_out()
    if left_out:
        rows = [[LEFT_OUT[reason], str(count)] for reason, count in left_out.items()]
        console.table("Non compté", [("Quoi", "left"), ("Nombre", "right")], rows, dense=True)
    if figures.pieced:
        days = enumerate_words([f"{day:%d/%m/%Y}" for day in sorted(figures.pieced)[-_MANY:]])
        console.warn(
            f"des journaux sont arrivés après la clôture du jour ({days}) : un auditeur peut y être deux fois."
        )


def _last_days(figures: ListeningFigures) -> dict[date, int]:
    """The last days until the newest that is known, the newest first; a day without a request has none."""
    by_day = figures.by_day()
    newest = max(by_day)
    first = max(min(by_day), newest - timedelta(days=_LAST_DAYS - 1))
    span = (newest - first).days + 1
    return {day: by_day.get(day, 0) for day in (newest - timedelta(days=back) for back in range(span))}


def _titles(workspace: Workspace, show: Show) -> dict[str, str]:
    found: dict[str, str] = {}
    for day in workspace.episode_dates(show):
        with contextlib.suppress(BobineError):
            for one in read_releases(workspace.folder(show, day).release).values():
                name = one.release.date.isoformat()
                found[name] = one.release.title
                found |= {instalment_name(name, item.id): item.title for item in one.release.items}
    return found


def _episode(key: str, titles: dict[str, str]) -> str:
    return f"{key} {titles[key]}" if key in titles else key


def _counted(count: int, word: str, several: str = "") -> str:
    return f"{count} {word if count < 2 else several or word + 's'}"


def _json(workspace: Workspace, show: Show, figures: ListeningFigures) -> dict[str, object]:
    titles = _titles(workspace, show)
    return {
        "show": show.slug,
        "downloads": figures.total,
        "episodes": [
            {"reference": f"{show.slug}/{key}", "title": titles.get(key, ""), "downloads": count}
            for key, count in figures.by_episode().items()
        ],
        "instalments": [
            {
                "reference": f"{show.slug}/{day}",
                "item": item,
                "title": titles.get(instalment_name(day, item), ""),
                "downloads": count,
            }
            for (day, item), count in figures.by_instalment().items()
        ],
        "days": [{"day": day.isoformat(), "downloads": count} for day, count in figures.by_day().items()],
        "apps": [{"app": app_name(app), "downloads": count} for app, count in figures.by_app().items()],
        "left_out": {reason.value: count for reason, count in figures.left_out().items()},
        "pieced": [day.isoformat() for day in sorted(figures.pieced)],
    }


def _read_json(read: LogsRead) -> dict[str, object]:
    def names(paths: set[Path]) -> list[str]:
        return [str(path) for path in sorted(paths)]

    return {
        "logs": read.files,
        "lines": read.lines,
        "known": read.known,
        "sound": read.sound,
        "broken": read.broken,
        "too_long": read.too_long,
        "to_come": read.to_come,
        "damaged": names(read.damaged),
        "foreign": names(read.foreign),
        "unfinished": names(read.unfinished),
    }
