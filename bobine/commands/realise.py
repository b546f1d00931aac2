"""``bobine conducteur EPISODE --realise``: what was aired, beside what was planned."""

from __future__ import annotations

import argparse
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.places import Place, now
from bobine.errors import WorkspaceError
from bobine.evening.rundowns import realised
from bobine.model.written.durations import format_duration
from bobine.plan.realised.content import Realised
from bobine.plan.realised.page import realised_html
from bobine.plan.realised.table import cells, realised_csv, realised_json
from bobine.store.files import atomic_write

_WIDE = 120
"""Columns of a terminal from which the planned length and the people are shown."""

_USUAL = 80
"""Columns from which the planned hours are."""

_COLUMNS = (("N°", "right", 0), ("Prévue", "right", 1), ("Réelle", "right", 2), ("Écart", "right", 4),
            ("Prévu", "right", 5), ("Réel", "right", 6), ("Élément", "left", 7), ("Personnes", "left", 9),
            ("Remarques", "left", 11))  # fmt: skip
_NARROW = (0, 1, 2, 4, 6, 7, 11)
_NARROWEST = (2, 6, 7, 11)


def tell_realised(console: Console, place: Place, options: argparse.Namespace) -> int:
    """Show the real rundown, or write the files that were asked for.

    Raises:
        WorkspaceError: if nothing was aired yet, or an option does not go with it.
        SoundError: if nothing tells what was aired.
        DiskError: if a place cannot be written.
    """
    if options.fiches or options.depuis_csv is not None:
        raise WorkspaceError("--realise montre ce qui est passé : ni --fiches ni --depuis-csv ne vont avec lui.")
    sheet = realised(place.workspace, place.show, place.episode.date, now())
    written = _write(sheet, options)
    for path in written:
        console.say(f"Écrit : {path}")
    if not written:
        _tell(console, sheet)
    console.result({**realised_json(sheet), **({"written": [str(path) for path in written]} if written else {})})
    return 0


def _write(sheet: Realised, options: argparse.Namespace) -> list[Path]:
    written = []
    for suffix, chosen in (("pdf", options.pdf), ("html", options.html), ("csv", options.csv)):
        if chosen is None:
            continue
        named = Path(f"conducteur-realise-{sheet.reference.replace('/', '-')}.{suffix}")
        path = named if chosen == Path() else chosen
        atomic_write(path, _content(sheet, suffix))
        written.append(path)
    return written


def _content(sheet: Realised, suffix: str) -> bytes:
    match suffix:
        case "pdf":
            from bobine.plan.paper.realised import realised_pdf

            return realised_pdf(sheet)
        case "html":
            return realised_html(sheet).encode()
        case _:
            return realised_csv(sheet)


def _tell(console: Console, sheet: Realised) -> None:
    narrow = _NARROW if console.width >= _USUAL else _NARROWEST
    shown = [column for column in _COLUMNS if console.width >= _WIDE or column[2] in narrow]
    console.say(f"{sheet.show} · {sheet.day} · {sheet.season}", "bold")
    console.say(sheet.title)
    console.say(f"Conducteur réalisé : {sheet.headline}", "bold")
    rows = [[cells(row)[place] for _, _, place in shown] for row in (*sheet.rows, *sheet.left_out)]
    console.table("", [(heading, side) for heading, side, _ in shown], rows, dense=True)
    for name, total in sheet.speech:
        console.say(f"Temps de parole · {name} : {format_duration(total)}")
    for mark in sheet.marks:
        console.say(f"{mark.at:%H:%M:%S} · {mark.words}")
    for at, text in sheet.notes:
        console.say(f"{at:%H:%M:%S} · {text}")
    if sheet.remark:
        console.warn(sheet.remark)
