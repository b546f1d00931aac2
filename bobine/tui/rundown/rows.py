"""The rows of « Conducteur », its headline, and all that is known of one item. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from bobine.french import long_date, printable, typeset
from bobine.model.aired.usual_lengths import UsualLength
from bobine.model.counted.objectives import OBJECTIVES
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights
from bobine.model.episode_day import plain_day
from bobine.model.fields.field import Said
from bobine.model.people import Person, Verdict
from bobine.model.written.durations import format_duration
from bobine.plan.fields.said import said
from bobine.plan.fields.words import RIGHTS, consent_words, gap_sentence
from bobine.plan.people.short_names import short_names as shortened
from bobine.plan.readiness.report import Lack, LackKind
from bobine.plan.sheet.alerts import Alert, AlertKind
from bobine.plan.sheet.content import Row as SheetRow
from bobine.plan.sheet.content import Sheet
from bobine.plan.timing.rundown import Timing
from bobine.tui.kit.lists.rows import Cell, Column, Row, Tone

EMPTY = "Le conducteur est vide : A pour ajouter."
"""Said where there is no item."""

COLUMNS = (
    Column("N°", 2, right=True, rank=4),
    Column("Heure", 8),
    Column("Durée", 5, right=True, rank=1),
    Column("À rebours", 9, rank=5),
    Column("Genre", 7, rank=7),
    Column("Élément", 15, share=3, most=48),
    Column("Qui", 9, share=2, most=36, rank=3),
    Column("Son", 6, share=1, most=14, rank=6),
    Column("Marques", 7, rank=2),
)

KINDS = {
    ItemKind.OPENING_THEME: "génér.",
    ItemKind.CLOSING_THEME: "génér.",
    ItemKind.TALK: "plat.",
    ItemKind.CHRONIQUE: "chron.",
    ItemKind.INTERVIEW: "interv.",
    ItemKind.REPORT: "report.",
    ItemKind.VOX_POP: "m-trot.",
    ItemKind.SERIAL: "feuil.",
    ItemKind.GAME: "jeu",
    ItemKind.LIVE_MUSIC: "live",
    ItemKind.MUSIC: "mus.",
    ItemKind.JINGLE: "jingle",
    ItemKind.STING: "virg.",
}
"""Kinds of items, in seven signs."""

MARKS_HELP = """\
Marques à droite de chaque élément :
D?  droits du podcast inconnus        D−  hors podcast
A?  autorisation qui manque           V?  venue à confirmer
S?  son (PAD) à voir                  Œ?  œuvres à noter
T?  texte à écrire                    !   attente ou chevauchement
H   à heure fixe      C   coupable      E   élastique"""
"""The meaning of the signs in the last column."""

_LACK_MARKS = {
    LackKind.CONSENT: "A?",
    LackKind.CONFIRMATION: "V?",
    LackKind.SOUND: "S?",
    LackKind.RIGHTS: "D?",
    LackKind.WORKS: "Œ?",
    LackKind.TEXT: "T?",
}
_OF_THE_HOURS = "!"
_TROUBLES = frozenset({_OF_THE_HOURS, *_LACK_MARKS.values()})


def title_line(day: date, episode: Episode) -> str:
    """« jeudi 26 novembre 2026 · n° 3 · … », as it is printed."""
    return typeset(printable(f"{long_date(day)} · n° {episode.number} · {episode.title}"))


def rundown_rows(sheet: Sheet, lacks: Iterable[Lack]) -> list[Row]:
    """A row an item, what is in reserve last, under a line.

    Args:
        sheet: the rundown in words.
        lacks: what keeps the show from being ready.
    """
    by_item: dict[str, list[Lack]] = {}
    for lack in lacks:
        by_item.setdefault(lack.item, []).append(lack)
    names = short_names(sheet.people)
    rows = [_row(row, names, by_item.get(row.item.id, [])) for row in sheet.rows]
    for place, row in enumerate(sheet.standbys):
        rows.append(_row(row, names, by_item.get(row.item.id, []), rule=place == 0 and bool(rows)))
    return rows


def _row(row: SheetRow, names: Mapping[str, str], lacks: list[Lack], *, rule: bool = False) -> Row:
    item = row.item
    marks = marks_of(row, lacks)
    troubled = any(mark in _TROUBLES for mark in marks)
    backwards = any(alert.kind is AlertKind.BACK_TIME for alert in row.alerts)
    standby = row.number is None
    return Row(
        item.id,
        (
            "+" if standby else str(row.number),
            Cell("réserve" if standby else row.hour, Tone.MUTED if standby else Tone.PLAIN),
            row.duration,
            Cell(row.back_hour, Tone.ALERT if backwards else Tone.MUTED),
            Cell(KINDS[item.kind], Tone.MUTED),
            Cell(item.title, Tone.MUTED if standby or item.kind.connective else Tone.STRONG),
            ", ".join(names[person_id] for person_id in item.people),
            Cell(row.source or row.mics, Tone.MUTED),
            Cell(" ".join(marks), Tone.WARN if troubled else Tone.MUTED),
        ),
        rule=rule,
    )


def marks_of(row: SheetRow, lacks: Iterable[Lack]) -> list[str]:
    """The signs of an item, what is to be settled first."""
    item = row.item
    marks = [_OF_THE_HOURS] if row.number is not None and _of_the_hours(row) else []
    marks += dict.fromkeys(_LACK_MARKS[lack.kind] for lack in lacks if lack.kind in _LACK_MARKS)
    if item.podcast_rights is PodcastRights.CUT:
        marks.append("D−")
    if item.fixed_start is not None:
        marks.append("H")
    if item.droppable:
        marks.append("C")
    if item.min is not None or item.max is not None:
        marks.append("E")
    return marks


def _of_the_hours(row: SheetRow) -> list[Alert]:
    return [alert for alert in row.alerts if alert.kind.of_the_hours]


def short_names(people: Iterable[Person]) -> dict[str, str]:
    """First names, where there is one and nobody else of the episode has the same; by id."""
    everyone = tuple(people)
    return dict(zip([one.id for one in everyone], shortened([one.name for one in everyone]), strict=True))


def headline(timing: Timing, tolerance: timedelta) -> tuple[str, Tone]:
    """The gap in words with its sign: « ▼ IL RESTE 2'10 », « ▲ DÉPASSE DE 1'30 », « ✓ TOMBE JUSTE »."""
    gap = timing.gap
    sign = "▲" if gap > timedelta() else "▼" if gap < timedelta() else "✓"
    tone = Tone.GOOD if abs(gap) <= tolerance else Tone.ALERT if gap > timedelta() else Tone.WARN
    return f"{sign} {gap_sentence(gap).upper()}", tone


def facts_line(timing: Timing, *, wide: bool) -> str:
    """The text beside the headline: planned length, how far it can be squeezed and stretched, the planned end."""
    parts = [f"prévu {format_duration(timing.planned_total)}"]
    if timing.shortest_total != timing.longest_total and wide:
        shortest, longest = format_duration(timing.shortest_total), format_duration(timing.longest_total)
        parts.append(f"élastique de {shortest} à {longest}")
    parts.append(f"fin {timing.expected_end:%H:%M:%S} / {timing.slot_end:%H:%M:%S}")
    return " · ".join(parts)


def about_lines(
    row: SheetRow, episode: Episode, lacks: Iterable[Lack], usual: UsualLength | None = None
) -> list[tuple[str, Tone]]:
    """All that is known of an item, for the panel; ``usual`` is what its chronique usually takes."""
    item = row.item
    number = "En réserve" if row.number is None else f"N° {row.number}"
    lines = [(item.title, Tone.STRONG), (f"{number} · {row.kind}", Tone.MUTED)]
    if row.start is not None and row.end is not None:
        lines.append((f"{row.start:%H:%M:%S} → {row.end:%H:%M:%S} · {row.duration}", Tone.PLAIN))
        lines.append((f"doit partir à {row.back_hour or '—'}", Tone.MUTED))
    else:
        lines.append((f"durée {row.duration}, non comptée", Tone.PLAIN))
    if usual is not None:
        over = usual.overruns(item.duration)
        lines.append((f"{'! ' if over else ''}{usual.words_for(item.duration)}", Tone.WARN if over else Tone.MUTED))
    lines += [(f"! {alert.words}", Tone.ALERT) for alert in _of_the_hours(row)]
    lines += [(f"✗ {lack.owner} : {lack.what}", Tone.WARN) for lack in lacks if lack.item == item.id]
    lines += [(mark, Tone.MUTED) for mark in row.marks]
    lines += [_person_line(episode.person(person_id), plain_day(episode.date)) for person_id in item.people]
    lines += [(line, Tone.PLAIN) for line in _sound_lines(item)]
    lines += [(f"♪ {work}", Tone.PLAIN) for work in row.works]
    if item.podcast_rights is not PodcastRights.CLEARED or item.kind.musical:
        lines.append((f"droits pour le podcast : {RIGHTS[item.podcast_rights]}", Tone.MUTED))
    if item.objectives:
        lines.append((f"objectifs : {', '.join(OBJECTIVES[one] for one in item.objectives)}", Tone.MUTED))
    lines += [(line, Tone.PLAIN) for line in row.notes]
    return lines


def _person_line(person: Person, day: date) -> tuple[str, Tone]:
    words = consent_words(person, day)
    coming = " · venue à confirmer" if person.needs_confirmation else ""
    settled = person.podcast_consent_on(day) is Verdict.GRANTED and not coming
    return f"{person.name}{f' · {words}' if words else ''}{coming}", Tone.PLAIN if settled else Tone.WARN


def _sound_lines(item: Item) -> list[str]:
    facts = [f"{word} : {text}" for how in (Said.SOUND, Said.FACT) for word, text in said(item, how)]
    return [*facts, *(f"{word} : « {text} »" for word, text in said(item, Said.CUE))]


def about_line(row: SheetRow, lacks: Iterable[Lack]) -> str:
    """The same in a line, for a screen that has no room for a panel."""
    item = row.item
    parts = [item.title]
    parts += [f"✗ {lack.what}" for lack in lacks if lack.item == item.id]
    parts += [*(alert.words for alert in row.alerts[:1]), *row.marks]
    if item.out_cue:
        parts.append(f"out : « {item.out_cue} »")
    return " · ".join(parts)
