"""The rows of « Réglages »: one for each table of the settings, then those of each list under its heading. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bobine.french import MONTHS, decimal, long_date
from bobine.model.carts import ShowCart
from bobine.model.episode import Item
from bobine.model.hours import HourlyRate
from bobine.model.show import Chronique, Election, Holiday, Show
from bobine.model.written.durations import format_duration
from bobine.plan.fields.field_words import shortened, value_words
from bobine.plan.fields.words import KINDS, RIGHTS, gap_sign
from bobine.plan.settings.edits import LISTS, row_key, row_title, rows
from bobine.plan.settings.unfilled import unfilled_settings
from bobine.plan.settings.words import SETTINGS
from bobine.tui.kit.lists.rows import Cell, Column, Row, Tone

COLUMNS = (Column("Réglage", 24, share=2, most=40), Column("Ce qui est écrit", 28, share=5))

_CADENCES = {1: "toutes les semaines", 2: "une semaine sur deux"}


def setting_rows(show: Show) -> Iterator[Row]:
    """The rows of a show's settings."""
    left: dict[str, str] = {}
    for name, words in unfilled_settings(show):
        left.setdefault("show" if name in ("title", "tagline", "description") else name, words)
    podcast = show.podcast
    licence = podcast.license.name if podcast.license is not None else "aucune n'est dite"
    for place, title, text in (
        ("show", "Émission", _words(show.title, show.tagline)),
        ("station", SETTINGS[Show]["station"].label, _words(show.station.name, show.station.frequency)),
        ("slot", SETTINGS[Show]["slot"].label, _slot(show)),
        ("season", SETTINGS[Show]["season"].label, _season(show)),
        ("recording", SETTINGS[Show]["recording"].label, _recording(show)),
        ("sound", SETTINGS[Show]["sound"].label, _sound(show)),
        ("podcast", SETTINGS[Show]["podcast"].label, _words(podcast.link, podcast.category)),
        ("license", "Licence du podcast", licence),
        ("subsidy", SETTINGS[Show]["subsidy"].label, _subsidy(show)),
    ):
        yield _table(place, title, text, left.get(place, ""))
    for name in LISTS:
        yield from _list(show, name)


def _table(place: str, title: str, text: str, left: str) -> Row:
    if left:
        return Row(place, (title, Cell(f"! à remplir : « {shortened(left, 40)} » · {text}", Tone.WARN)))
    return Row(place, (title, text))


def _list(show: Show, name: str) -> Iterator[Row]:
    listed = rows(show, name)
    title = SETTINGS[type(show.season) if name == "holidays" else Show][name].label
    heading = (f"{title} ({len(listed)})", Cell(_about(show, name), Tone.MUTED))
    yield Row(name, heading, tone=Tone.STRONG, rule=True)
    for index, row in enumerate(listed):
        yield Row(row_key(name, row, index), (f"  {row_title(row)}", _row(row)))


def _about(show: Show, name: str) -> str:
    if not rows(show, name):
        return "rien encore : A en ajoute"
    if name != "template":
        return "A en ajoute"
    start, end = show.slot.bounds(ANY_DAY)
    total = sum((item.duration for item in show.template if not item.standby), timedelta())
    gap = total - (end - start)
    judged = "le créneau tout rond" if not gap else f"{gap_sign(gap)} pour le créneau"
    return f"{format_duration(total)} : {judged}"


ANY_DAY = date(2026, 1, 15)
"""A day without a change of the hour, on which a slot has its usual length."""


def _row(row: object) -> str:
    match row:
        case Chronique():
            cadence = _CADENCES.get(row.every_weeks, f"une semaine sur {row.every_weeks}")
            length = format_duration(row.duration) if row.duration is not None else ""
            return _words(length, "terminée" if row.ended else cadence, "feuilleton" if row.serial else "")
        case Item():
            rights = f"droits {RIGHTS[row.podcast]}" if row.podcast is not None else ""
            start = f"{row.fixed_start:%H:%M:%S}" if row.fixed_start is not None else ""
            return _words(format_duration(row.duration), KINDS[row.kind], start, "coupable" if row.droppable else "",
                          "en réserve" if row.standby else "", rights)  # fmt: skip
        case Holiday() | Election():
            return f"du {long_date(row.start)} au {long_date(row.end)}"
        case HourlyRate():
            return _words(f"{row.cents // 100},{row.cents % 100:02} € l'heure", row.source)
        case ShowCart():
            return _words(row.file, "tapis" if row.bed else "")
        case _:
            return ""


def _slot(show: Show) -> str:
    slot = show.slot
    return _words(value_words(slot.day), f"{slot.start:%H:%M:%S} – {slot.end:%H:%M:%S}",
                  f"à {format_duration(slot.tolerance)} près", slot.timezone)  # fmt: skip


def _season(show: Show) -> str:
    season = show.season
    first = MONTHS[season.first_month - 1]
    of_first = f"d'{first}" if first[0] in "ao" else f"de {first}"
    return f"{of_first} à {MONTHS[season.last_month - 1]} · saison 1 en {season.first_year}"


def _recording(show: Show) -> str:
    settings = show.recording
    if not settings.input:
        return "rien n'est enregistré : dites l'entrée son"
    sides = "stéréo" if settings.channels == 2 else "mono"
    return _words(settings.input, sides, f"sortie {settings.output}" if settings.output else "sans sons lancés")


def _sound(show: Show) -> str:
    sound = show.sound
    formats = ", ".join(value_words(one) for one in sound.formats)
    return f"{decimal(sound.integrated_lufs)} LUFS · {decimal(sound.true_peak_dbtp)} dBTP · {formats}"


def _subsidy(show: Show) -> str:
    subsidy = show.subsidy
    due = f"à déposer le {subsidy.due_day} {MONTHS[subsidy.due_month - 1]}"
    return _words(due, ", ".join(theme.title for theme in subsidy.themes))


def _words(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
