"""What « Réglages » lists: a row for each table of the settings, then the rows of each list under its heading. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bobine.french import MONTHS, decimal
from bobine.model.carts import ShowCart
from bobine.model.durations import format_duration
from bobine.model.episode import Item
from bobine.model.placeholders import placeholders_in
from bobine.model.show import Chronique, Election, Holiday, Show
from bobine.plan.field_words import shortened, value_words
from bobine.plan.settings.edits import LISTS, row_key, rows
from bobine.plan.settings.words import SETTINGS
from bobine.plan.words import KINDS, RIGHTS, gap_sign
from bobine.tui.kit.rows import Cell, Column, Row, Tone

COLUMNS = (Column("Réglage", 24, share=2, most=40), Column("Ce qui est écrit", 28, share=5))

_CADENCES = {1: "toutes les semaines", 2: "une semaine sur deux"}


def setting_rows(show: Show) -> Iterator[Row]:
    """The rows of a show's settings."""
    yield _table("show", "Émission", _words(show.title, show.tagline), show.description)
    yield _table("station", SETTINGS[Show]["station"].label, _words(show.station.name, show.station.frequency))
    yield _table("slot", SETTINGS[Show]["slot"].label, _slot(show))
    yield _table("season", SETTINGS[Show]["season"].label, _season(show))
    yield _table("recording", SETTINGS[Show]["recording"].label, _recording(show))
    yield _table("sound", SETTINGS[Show]["sound"].label, _sound(show))
    podcast = show.podcast
    yield _table("podcast", SETTINGS[Show]["podcast"].label, _words(podcast.link, podcast.category), podcast.owner_email)
    licence = podcast.license.name if podcast.license is not None else "aucune n'est dite"
    yield _table("license", "Licence du podcast", licence)
    for name in LISTS:
        yield from _list(show, name)


def _list(show: Show, name: str) -> Iterator[Row]:
    listed = rows(show, name)
    owner = type(show.season) if name == "holidays" else Show
    title = SETTINGS[owner][name].label
    yield Row(name, (f"{title} ({len(listed)})", Cell(_about(show, name), Tone.MUTED)), tone=Tone.STRONG, rule=True)
    for index, row in enumerate(listed):
        yield Row(row_key(name, row, index), (f"  {getattr(row, 'title', None) or row.name}", _row(row)))


def _about(show: Show, name: str) -> str:
    if name != "template":
        return "A en ajoute" if rows(show, name) else "rien encore : A en ajoute"
    day = show.slot.bounds(show_day := _any_day())
    length = day[1] - day[0]
    total = sum((item.duration for item in show.template if not item.standby), timedelta())
    gap = total - length
    judged = "tout rond" if not gap else f"{gap_sign(gap)} pour le créneau"
    del show_day
    return f"{format_duration(total)} : {judged}"
