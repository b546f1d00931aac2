"""Speech times as a spreadsheet or a script takes them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bobine.report.speech.times import SpeechSum, SpeechTimes, TimedSpeech

HEADINGS = ("période", "station", "émission", "date", "personne", "liste", "heure", "durée (s)", "élément", "fichier",
            "début dans le fichier", "fin dans le fichier", "premier échantillon", "dernier échantillon", "fréquence",
            "référence")  # fmt: skip
"""The first line of the CSV."""


def speech_rows(times: SpeechTimes) -> Iterator[tuple[str, ...]]:
    """The lines of the CSV: each stretch, then the sums by person and by list."""
    yield HEADINGS
    for one in times.speeches:
        yield (
            times.election.name, times.station, times.show, one.date.isoformat(), one.who, one.on_list,
            f"{one.started:%H:%M:%S}", seconds_words(one.length), one.item, one.file, place_words(one, one.first),
            place_words(one, one.last), _sample(one.first), _sample(one.last), str(one.rate) if one.rate else "",
            one.reference,
        )  # fmt: skip
    for label, sums in (("total", times.people), ("total de la liste", times.lists)):
        for each in sums:
            person, on_list = (each.name, each.on_list) if label == "total" else ("", each.name)
            yield (
                times.election.name, times.station, times.show, label, person, on_list, "",
                seconds_words(each.length), *[""] * 8,
            )  # fmt: skip


def seconds_words(length: timedelta) -> str:
    """Seconds to the tenth, with a decimal comma: ``75,3``; whole ones without."""
    tenths = (length + timedelta(seconds=0.05)) // timedelta(seconds=0.1)
    whole, tenth = divmod(tenths, 10)
    return f"{whole},{tenth}" if tenth else str(whole)


def place_words(one: TimedSpeech, sample: int | None) -> str:
    """A place in the recording as players show it: ``0:12:34,5``; empty where it is not known."""
    if sample is None or not one.rate:
        return ""
    tenths = (20 * sample + one.rate) // (2 * one.rate)
    minutes, seconds = divmod(tenths // 10, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02},{tenths % 10}"


def _sample(sample: int | None) -> str:
    return "" if sample is None else str(sample)


def speech_json(times: SpeechTimes) -> dict[str, Any]:
    """The speech times for a script."""
    return {
        "show": times.show,
        "station": times.station,
        "election": {
            "name": times.election.name,
            "start": times.election.start.isoformat(),
            "end": times.election.end.isoformat(),
        },
        "people": [{**_sum(one), "list": one.on_list} for one in times.people],
        "lists": [_sum(one) for one in times.lists],
        "speeches": [_speech(one) for one in times.speeches],
        "untimed": [{"date": one.date.isoformat(), "item": one.title, "ask": one.asked} for one in times.untimed],
        "remarks": list(times.remarks),
    }


def _sum(one: SpeechSum) -> dict[str, Any]:
    return {"name": one.name, "seconds": one.length // timedelta(seconds=1), "times": one.times}


def _speech(one: TimedSpeech) -> dict[str, Any]:
    return {
        "date": one.date.isoformat(),
        "who": one.who,
        "list": one.on_list,
        "at": one.started.isoformat(),
        "seconds": round(one.length.total_seconds(), 1),
        "item": one.item,
        "file": one.file,
        "rate": one.rate,
        "first": one.first,
        "last": one.last,
        "reference": one.reference,
    }
