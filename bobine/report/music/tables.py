"""The music log as a spreadsheet or a script takes it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bobine.model.episode import WorkUse
from bobine.report.music.log import LogLine, MusicLack, MusicLog

USES = {WorkUse.FULL: "disque", WorkUse.BED: "tapis", WorkUse.THEME: "générique", WorkUse.LIVE: "live"}
"""Words of the log for the use of a work."""

HEADINGS = ("station", "émission", "date", "heure", "titre", "compositeurs", "auteurs", "interprètes",
            "éditeur ou label", "ISRC", "EAN", "album", "durée", "usage", "live ou enregistré", "production propre",
            "élément", "référence", "remarque")  # fmt: skip
"""The first line of the CSV."""


def log_rows(log: MusicLog) -> Iterator[tuple[str, ...]]:
    """The lines of the CSV: one for each time that a work was heard."""
    yield HEADINGS
    for line in log.lines:
        work, playing = line.work, line.playing
        yield (
            log.station, log.show, line.at.date().isoformat(), f"{line.at:%H:%M:%S}", work.title, work.composer,
            work.author, line.performer, work.label, work.isrc, work.ean, work.album, length_words(line.length),
            USES[line.use], "live" if line.live else "enregistré", "oui" if work.own else "non", playing.title,
            f"{playing.reference}/{playing.id}", remark(line),
        )  # fmt: skip


def length_words(length: timedelta | None) -> str:
    """A length as ``hh:mm:ss``; empty where it is not known."""
    if length is None:
        return ""
    minutes, seconds = divmod(length // timedelta(seconds=1), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def remark(line: LogLine) -> str:
    """The remark on a line, in French; empty for none."""
    replay = line.playing.replay
    return f"rediffusion du {replay.isoformat()}" if replay is not None else ""


def log_json(log: MusicLog) -> dict[str, Any]:
    """The log for a script."""
    return {
        "show": log.show,
        "station": log.station,
        "half_year": str(log.half),
        "first": log.half.first.isoformat(),
        "last": log.half.last.isoformat(),
        "lines": [_line(one) for one in log.lines],
        "missing": [_lack(one) for one in log.lacks],
        "remarks": list(log.remarks),
    }


def _line(line: LogLine) -> dict[str, Any]:
    work, playing = line.work, line.playing
    return {
        "date": line.at.date().isoformat(),
        "time": f"{line.at:%H:%M:%S}",
        "title": work.title,
        "composers": work.composer,
        "authors": work.author,
        "performers": line.performer,
        "label": work.label,
        "isrc": work.isrc,
        "ean": work.ean,
        "album": work.album,
        "seconds": line.length // timedelta(seconds=1) if line.length is not None else None,
        "use": str(line.use),
        "live": line.live,
        "own": work.own,
        "item": playing.title,
        "reference": f"{playing.reference}/{playing.id}",
        "replay": playing.replay.isoformat() if playing.replay is not None else None,
    }


def _lack(lack: MusicLack) -> dict[str, Any]:
    return {
        "item": lack.title,
        "what": lack.what,
        "ask": lack.asked,
        "dates": [day.isoformat() for day in lack.dates],
    }
