"""The rows of « Saison »: its days, chroniques and objectives. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bobine.french import MONTHS, decimal, long_date, short_day
from bobine.model.episode_day import episode_day
from bobine.model.written.durations import format_duration
from bobine.plan.fields.words import gap_sign
from bobine.plan.people.short_names import short_name
from bobine.plan.readiness.report import Lack, LackKind
from bobine.plan.season.cadence import Cadence
from bobine.plan.season.calendar import DayState, SeasonDay
from bobine.plan.season.objectives import SHORT_OBJECTIVES, Coverage
from bobine.tui.kit.lists.rows import Cell, Column, Row, Tone

COLUMNS = (
    Column("Jour", 14),
    Column("État", 16),
    Column("Écart", 7, right=True, rank=2),
    Column("Animation", 10, share=1, most=22, rank=3),
    Column("Technique", 10, share=1, most=22, rank=4),
    Column("Il manque", 14, share=3, rank=1),
)

SIGNS = {
    DayState.EMPTY: "·",
    DayState.IN_PREPARATION: "○",
    DayState.READY: "✓",
    DayState.RECORDED: "●",
    DayState.ONLINE: "▲",
    DayState.CANCELLED: "×",
    DayState.REPLAY: "↻",
}
"""A sign for each state, beside its word."""

_TONES = {
    DayState.EMPTY: Tone.MUTED,
    DayState.IN_PREPARATION: Tone.WARN,
    DayState.READY: Tone.GOOD,
    DayState.RECORDED: Tone.PLAIN,
    DayState.ONLINE: Tone.PLAIN,
    DayState.CANCELLED: Tone.MUTED,
    DayState.REPLAY: Tone.MUTED,
}

_LACKS = {
    LackKind.RUNDOWN: ("conducteur", "conducteur"),
    LackKind.TECHNICIAN: ("technique", "technique"),
    LackKind.HOST: ("animation", "animation"),
    LackKind.GAP: ("durée", "durée"),
    LackKind.STOPWATCH: ("chronomètre", "chronomètre"),
    LackKind.CONFIRMATION: ("venue", "venues"),
    LackKind.CONSENT: ("accord", "accords"),
    LackKind.SOUND: ("PAD", "PAD"),
    LackKind.RIGHTS: ("droit", "droits"),
    LackKind.WORKS: ("œuvre", "œuvres"),
    LackKind.TEXT: ("texte", "textes"),
    LackKind.STANDBY: ("secours", "secours"),
}
_TEAM_LACKS = (LackKind.RUNDOWN, LackKind.TECHNICIAN, LackKind.HOST, LackKind.GAP, LackKind.STOPWATCH, LackKind.STANDBY)


def day_rows(days: Iterable[SeasonDay], unread: frozenset[date], today: date) -> list[Row]:
    """A row a day; a line above the first that is still to come.

    Args:
        days: the season's days.
        unread: days that have a plan which was not read yet.
        today: the day it is.
    """
    rows: list[Row] = []
    ruled = False
    for day in days:
        rule = not ruled and day.date >= today and bool(rows)
        ruled = ruled or day.date >= today
        rows.append(_day_row(day, day.date in unread, rule=rule))
    return rows


def _day_row(day: SeasonDay, unread: bool, *, rule: bool) -> Row:
    key, name = day.date.isoformat(), f"{short_day(day.date):>14}"
    if unread:
        return Row(key, (name, Cell("… lecture", Tone.MUTED)), Tone.MUTED, rule)
    if day.facts is None:
        off = f"— {day.holiday}" if day.holiday else f"{SIGNS[day.state]} {day.state.french}"
        return Row(key, (name, Cell(off, Tone.MUTED)), Tone.MUTED, rule)
    state = Cell(f"{SIGNS[day.state]} {day.state.french}", _TONES[day.state])
    if day.facts.since.held_until is not None:
        state = Cell(f"△ le {_short(day.facts.since.held_until)}", Tone.WARN)
    if day.facts.since.alarms:
        state = Cell("✗ à retirer", Tone.ALERT)
    elif day.facts.since.changes:
        state = Cell(f"{SIGNS[day.state]} modifié depuis", Tone.WARN)
    gap = gap_sign(day.gap) if day.gap is not None else ""
    if day.facts.fault:
        broken = Cell("✗ à réparer", Tone.ALERT)
        return Row(key, (name, broken, "", "", "", Cell("fichier illisible", Tone.ALERT)), rule=rule)
    missing = missing_words(day.lacks)
    cells = (name, state, gap, _first_names(day.hosts), _first_names(day.technicians), Cell(missing, Tone.WARN))
    return Row(key, cells, Tone.MUTED if day.past else Tone.PLAIN, rule)


def _short(moment: datetime) -> str:
    """« 27 nov. 8 h », where the machine is."""
    there = moment.astimezone()
    return f"{short_day(there.date()).rpartition(' ')[0]} {there.hour} h{f' {there.minute:02}' if there.minute else ''}"


def _first_names(names: Sequence[str]) -> str:
    return ", ".join(short_name(name) for name in names) if names else "—"


def missing_words(lacks: Iterable[Lack]) -> str:
    """The lacks in a few words: « technique, 2 venues, 3 accords »."""
    counts = Counter(lack.kind for lack in lacks)
    words = []
    for kind in sorted(counts):
        one, many = _LACKS[kind]
        words.append(one if kind in _TEAM_LACKS else f"{counts[kind]} {one if counts[kind] == 1 else many}")
    return ", ".join(words)


def other_episodes(day: date, taken: frozenset[date]) -> list[tuple[str, str, str]]:
    """The other episodes that a day may be given: a free suffix, what it is, and what that means.

    Args:
        day: the day, or an episode of it.
        taken: the episodes there are.
    """

    def free(word: str, first: int) -> str:
        suffixes = (f"{word}-{n}" if word and n > 1 else word or str(n) for n in range(first, 100))
        return next(one for one in suffixes if episode_day(day, one) not in taken)

    return [
        (free("bonus", 1), "Un bonus", "Un entretien entier, une coulisse : à part du numéro de la semaine."),
        (free("bande-annonce", 1), "Une bande-annonce", "Ce que les applications font entendre avant de s'abonner."),
        (free("", 2), "Une deuxième émission", "Un épisode entier, avec son propre numéro."),
    ]


def season_headline(number: int, days: Sequence[SeasonDay], first: date, last: date, room: int) -> str:
    """« Saison 8 · octobre 2026 – juillet 2027 · 12 émissions : 3 prêtes, 5 en ligne »; without what has no room.

    Args:
        number: of the season.
        days: its days.
        first: its first day.
        last: its last one.
        room: columns.
    """
    states = Counter(day.state for day in days if day.facts is not None)
    shows = sum(states.values())
    parts = [
        f"{states[state]} {word if states[state] == 1 else many}"
        for state, word, many in (
            (DayState.IN_PREPARATION, "en préparation", "en préparation"),
            (DayState.READY, "prête", "prêtes"),
            (DayState.RECORDED, "enregistrée", "enregistrées"),
            (DayState.ONLINE, "en ligne", "en ligne"),
            (DayState.CANCELLED, "annulée", "annulées"),
            (DayState.REPLAY, "rediffusion", "rediffusions"),
        )
        if states[state]
    ]
    months = f" · {MONTHS[first.month - 1]} {first.year} – {MONTHS[last.month - 1]} {last.year}"
    count = f" · {shows} émission{'s' if shows > 1 else ''}"
    states_words = f" : {', '.join(parts)}" if parts else ""
    ways = [f"Saison {number}{before}{states_words}" for before in (f"{months}{count}", count, "")]
    return next((one for one in ways if len(one) <= room), ways[-1])


def day_lines(day: SeasonDay) -> list[tuple[str, Tone]]:
    """Lines on one day: its title, who is there, what is missing and who owes it."""
    lines = [(long_date(day.date), Tone.STRONG)]
    facts = day.facts
    if facts is None:
        if day.holiday:
            lines.append((f"Vacances : {day.holiday}.", Tone.MUTED))
        nothing = "Rien n'était prévu." if day.past else "Rien n'est encore prévu."
        lines.append((f"{nothing} Entrée : préparer l'émission d'après le modèle.", Tone.PLAIN))
        return lines
    if facts.fault:
        lines += [(f"✗ {line}", Tone.ALERT) for line in facts.fault.splitlines()]
        return lines
    if facts.episode is not None:
        lines.append((f"n° {facts.episode.number} · {facts.episode.title}", Tone.PLAIN))
    again = facts.episode.replay if facts.episode is not None else None
    if facts.episode is not None and facts.episode.cancelled:
        lines.append(("× Annulée : elle n'est pas passée à l'antenne.", Tone.PLAIN))
    if again is not None:
        lines.append((f"↻ Rediffusion de celle du {long_date(again)}.", Tone.PLAIN))
    if day.state is DayState.READY:
        lines.append(("✓ Prête : il ne manque rien.", Tone.GOOD))
    elif day.state is DayState.RECORDED:
        lines.append(("● Enregistrée, pas encore en ligne.", Tone.PLAIN))
    elif day.state is DayState.ONLINE:
        lines.append(("▲ En ligne.", Tone.PLAIN))
        if facts.since.changes:
            lines.append((f"! Modifié depuis : {', '.join(facts.since.changes)}.", Tone.WARN))
        lines += [(f"✗ À retirer : {alarm}.", Tone.ALERT) for alarm in facts.since.alarms]
    lines += [(f"✗ {lack.owner} : {lack.what}", Tone.WARN) for lack in day.lacks]
    return lines


def cadence_lines(cadences: Iterable[Cadence], planned: frozenset[str]) -> list[tuple[str, Tone]]:
    """Each chronique that is not over: due or not, when it was last heard, the serial's next number.

    Args:
        cadences: where each chronique is on the day that is shown.
        planned: ids of the chroniques that this day's rundown has.
    """
    lines = []
    ranked = sorted(cadences, key=lambda one: _urgency(one, planned))
    for cadence in ranked:
        name = cadence.chronique.title
        if cadence.next_instalment is not None:
            name += f" n° {cadence.next_instalment}"
        if cadence.chronique.id in planned:
            lines.append((f"✓ {name} : prévue", Tone.GOOD))
        elif cadence.last is None:
            lines.append((f"! {name} : jamais entendue", Tone.WARN))
        elif cadence.long_unheard:
            lines.append((f"! {name} : {_since(cadence)}", Tone.WARN))
        elif cadence.due:
            lines.append((f"○ {name} : due, {_since(cadence)}", Tone.PLAIN))
        else:
            lines.append((f"· {name} : {_since(cadence)}", Tone.MUTED))
    return lines


def _urgency(cadence: Cadence, planned: frozenset[str]) -> tuple[int, int]:
    """Sort key of a chronique: due and unplanned ones first, those that wait for their turn last."""
    if cadence.chronique.id in planned:
        return 1, 0
    return (0 if cadence.due else 2), -cadence.shows_since


def _since(cadence: Cadence) -> str:
    missed = cadence.shows_since - 1
    if missed <= 0:
        return "à l'émission d'avant"
    return f"pas entendue depuis {missed} émission{'s' if missed > 1 else ''}"


def objective_lines(coverage: Sequence[Coverage]) -> list[tuple[str, Tone]]:
    """Lines on how far the last shows covered each objective: a bar, shows, air time."""
    looked = len(coverage[0].shows) if coverage else 0
    if not looked:
        return [("Aucune émission à regarder encore.", Tone.MUTED)]
    longest = max((one.total for one in coverage), default=timedelta()) or timedelta(seconds=1)
    lines = []
    for one in coverage:
        bar = "█" * round(6 * (one.total / longest))
        tone = Tone.WARN if one.covered * 2 < looked else Tone.PLAIN
        sign = "! " if tone is Tone.WARN else ""
        text = (
            f"{bar or '▏':<6} {one.covered}/{looked} · {_time(one.total):>5} · {sign}{SHORT_OBJECTIVES[one.objective]}"
        )
        lines.append((text, tone))
    return lines


def _time(total: timedelta) -> str:
    if total >= timedelta(hours=1):
        return f"{decimal(total / timedelta(hours=1))} h"
    return format_duration(total)
