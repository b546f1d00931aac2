"""Words of « Antenne »: the hour, the recording, the item on air, the gap, the stopwatches, the rows. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bobine.air.live.state import events as e
from bobine.air.live.state.session import Session
from bobine.air.live.state.sound import Sound
from bobine.model.people import Person
from bobine.model.written.durations import clock, format_duration
from bobine.plan.people.short_names import short_name
from bobine.plan.timing.rundown import Line, State, Timing, countdown_seconds
from bobine.plan.timing.words import Punctuality, punctuality, punctuality_words
from bobine.tui.kit.lists.rows import Cell, Column, Row, Tone

COLUMNS = (
    Column("", 2),
    Column("Prévu", 8),
    Column("Réel", 8),
    Column("À rebours", 9),
    Column("Durée", 6, right=True),
    Column("Élément", 20, share=3, most=60),
    Column("Qui", 9, share=2, most=40),
    Column("Son", 6, share=1, most=16),
)

SIGNS = {
    State.AIRED: "✓",
    State.ON_AIR: "▶",
    State.NEXT: "→",
    State.COMING: "○",
    State.SKIPPED: "×",
    State.STANDBY: "+",
}
"""Where an item stands, told without colour."""

_TONES = {
    State.AIRED: Tone.MUTED,
    State.ON_AIR: Tone.GOOD,
    State.NEXT: Tone.STRONG,
    State.COMING: Tone.PLAIN,
    State.SKIPPED: Tone.MUTED,
    State.STANDBY: Tone.MUTED,
}

_GAP_TONES = {
    Punctuality.ON_TIME: Tone.GOOD,
    Punctuality.LATE: Tone.ALERT,
    Punctuality.EARLY: Tone.WARN,
    Punctuality.SLOT_PAST: Tone.ALERT,
    Punctuality.NOT_YET: Tone.WARN,
}


def minutes(seconds: int) -> str:
    """A countdown: ``21:45``, ``1:02:05``; with its sign when it is below zero."""
    return f"{'+' if seconds < 0 else ''}{clock(abs(seconds))}"


def status_parts(timing: Timing, now: datetime, sound: Sound, *, rehearsal: bool = False) -> list[tuple[str, Tone]]:
    """The top line: the hour, the recording with its proof, where the show is, how long until the hard end."""
    progress = timing.progress
    ended = progress is not None and progress.ended is not None
    stopped = ended and not sound.alive
    recording = ("○ ENREGISTREMENT ARRÊTÉ", Tone.MUTED) if stopped else recording_words(sound)
    parts = [(f"{now:%H:%M:%S}", Tone.STRONG), recording]
    left = countdown_seconds(timing.slot_end - now)
    if ended:
        parts.append(("ANTENNE RENDUE", Tone.MUTED))
    elif timing.on_air is not None:
        parts.append(("RÉPÉTITION", Tone.WARN) if rehearsal else ("À L'ANTENNE", Tone.GOOD))
    else:
        parts.append(("PAS ENCORE À L'ANTENNE", Tone.WARN))
    if left >= 0:
        parts.append((f"FIN −{minutes(left)}", Tone.STRONG))
    else:
        parts.append((f"FIN DÉPASSÉE DE {clock(-left)}", Tone.ALERT))
    return parts


def recording_words(sound: Sound) -> tuple[str, Tone]:
    """« ● ENR 33:41  −18 dB  212 min », or that nothing is, with the key; « ! » where there is an alarm to read."""
    if not sound.running:
        return ("! RIEN N'ENTRE" if sound.alive else "○ PAS D'ENREGISTREMENT · W"), Tone.ALERT
    words = f"● ENR {clock(sound.seconds)}"
    if sound.peak_db is not None:
        words += f"  {f'{round(sound.peak_db)}'.replace('-', '−')} dB"
    if sound.free_minutes is not None:
        words += f"  {sound.free_minutes} min"
    return (f"{words}  !", Tone.ALERT) if sound.alarms else (words, Tone.GOOD)


def with_alarms(sound: Sound, alarms: tuple[str, ...]) -> Sound:
    """The state of the recording with more alarms after its own."""
    return replace(sound, alarms=(*sound.alarms, *alarms)) if alarms else sound


def level_words(sound: Sound) -> str:
    """« Niveaux : crête −18 dB · 0,4 s −21 LUFS · 3 s −23 LUFS »; empty while nothing is recorded."""
    if not sound.running:
        return ""
    figures = (("crête", sound.peak_db, "dB"), ("0,4 s", sound.momentary_lufs, "LUFS"),
               ("3 s", sound.short_term_lufs, "LUFS"))  # fmt: skip
    words = [f"{name} {round(level)} {unit}".replace("-", "−") if level is not None else f"{name} : silence"
             for name, level, unit in figures]  # fmt: skip
    return " · ".join([f"Niveaux : {' · '.join(words)}", *([f"entrée {sound.source}"] if sound.source else [])])


def lost_words(sound: Sound) -> str:
    """A line on sound that the recording lost, said for as long as it goes on; empty for none."""
    return f"! {sound.lost}" if sound.lost else ""


def alarm_words(sound: Sound) -> str:
    """Faults of the recording on one line, the gravest first; empty where there is none."""
    return f"! {' · '.join(sound.alarms)}" if sound.alarms else ""


def on_air_parts(timing: Timing) -> tuple[str, str, Tone, float]:
    """The item on air: its title, its countdown in words, the tone, and how much of it is gone (0 to 1)."""
    line = timing.on_air
    if line is None:
        return "—", "", Tone.MUTED, 0.0
    left = countdown_seconds(line.remaining)
    gone = 1 - line.remaining / line.item.duration
    if left < 0:
        return line.item.title, f"▲ DÉPASSE DE {minutes(-left)}", Tone.ALERT, 1.0
    tone = Tone.WARN if left <= 30 else Tone.GOOD
    return line.item.title, f"RESTE {minutes(left)}", tone, min(1.0, max(0.0, gone))


def gap_words(timing: Timing) -> tuple[str, Tone]:
    """The gap to the hard end in words, and its tone."""
    return punctuality_words(timing), _GAP_TONES[punctuality(timing)]


def last_words(last: e.Event | None, now: datetime) -> str:
    """The last action, and the key that takes it back."""
    if last is None:
        return "Espace : à l'antenne"
    at = last.at.astimezone(now.tzinfo)
    return f"Dernière action : {action_words(last)} {at:%H:%M:%S} — U pour annuler"


_ACTIONS: dict[type[e.Event], str] = {
    e.Skipped: "SAUTÉ",
    e.Restored: "REPRIS",
    e.TakenIn: "PRIS DE LA RÉSERVE",
    e.PutBack: "REMIS EN RÉSERVE",
    e.Marked: "REPÈRE",
    e.Noted: "NOTE",
    e.StopwatchTurned: "CHRONOMÈTRE",
    e.StopwatchCleared: "CHRONOMÈTRE À ZÉRO",
    e.Ended: "ANTENNE RENDUE",
    e.BegunAgain: "ÉMISSION RECOMMENCÉE",
}


def action_words(event: e.Event) -> str:
    """An action in a few words."""
    match event:
        case e.Taken():
            return f"À L'ANTENNE « {event.item.title} »"
        case e.Chosen():
            return "SUIVANT CHOISI" if event.item_id is not None else "ORDRE DU CONDUCTEUR"
        case e.Lengthened():
            return f"{'+' if event.seconds > 0 else '−'}{abs(event.seconds)} s"
        case e.MovedBack():
            return f"TROP TARD DE {event.seconds} s"
        case _:
            return _ACTIONS[type(event)]


def stopwatch_words(session: Session, now: datetime, names: Mapping[str, str]) -> str:
    """Times of the stopwatches: the spare one, then who speaks, the running one with a sign."""
    parts = []
    for of, watch in session.stopwatches.items():
        total = watch.at(now)
        if total or watch.since is not None:
            sign = "▶ " if watch.since is not None else ""
            parts.append(f"{sign}{names.get(of, of) if of else 'chrono'} {format_duration(total)}")
    return f"Chronomètres : {' · '.join(parts)}" if parts else ""


def air_rows(timing: Timing, people: dict[str, Person]) -> list[Row]:
    """One row for each item: its state, and its planned, real and back times."""
    rows: list[Row] = []
    reserved = False
    for line in sorted(timing.lines, key=lambda one: one.state is State.STANDBY):
        standby = line.state is State.STANDBY
        rows.append(_row(line, people, rule=standby and not reserved and bool(rows)))
        reserved = reserved or standby
    return rows


def _row(line: Line, people: dict[str, Person], *, rule: bool) -> Row:
    item = line.item
    real = line.start if line.state in (State.AIRED, State.ON_AIR) else None
    names = ", ".join(short_name(people[one].name) for one in item.people if one in people)
    return Row(
        item.id,
        (
            Cell(SIGNS[line.state]),
            Cell(f"{line.planned_start:%H:%M:%S}" if line.planned_start is not None else "", Tone.MUTED),
            f"{real:%H:%M:%S}" if real is not None else "",
            Cell(
                f"{line.back_time:%H:%M:%S}" if line.back_time is not None else "",
                Tone.ALERT if line.impossible else Tone.MUTED,
            ),
            format_duration(item.duration),
            item.title,
            names,
            Cell(item.source, Tone.MUTED),
        ),
        _TONES[line.state],
        rule,
    )
