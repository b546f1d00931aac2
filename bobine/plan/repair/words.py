"""Repairs in French: what to cut, what to add. Titles are plain text: whoever shows a sentence escapes it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bobine.french import enumerate_words
from bobine.model.written.durations import format_duration
from bobine.plan.repair.changes import Advice, Change, ChangeKind, Repair

_VERBS = {
    ChangeKind.DROP: "enlever",
    ChangeKind.TAKE_IN: "prendre dans la réserve",
    ChangeKind.SQUEEZE: "raccourcir",
    ChangeKind.STRETCH: "allonger",
}


def repair_sentence(repair: Repair) -> str:
    """« Enlever « Agenda » (3'00), puis raccourcir « Jeu » de 0'30 et « Cinéma » de 0'15. »."""
    steps = []
    for kind, verb in _VERBS.items():
        changes = [change for change in repair.changes if change.kind is kind]
        if changes:
            steps.append(f"{verb} {enumerate_words([_what(change) for change in changes])}")
    sentence = ", puis ".join(steps)
    return f"{sentence[:1].upper()}{sentence[1:]}." if steps else "Ne rien changer."


def _what(change: Change) -> str:
    length = format_duration(timedelta(seconds=change.seconds))
    if not change.kind.decides:
        return f"« {change.title} » de {length}"
    return f"« {change.title} » ({length}, sans personne ni son)" if change.bare else f"« {change.title} » ({length})"


def landing_words(advice: Advice, repair: Repair, slot_end: datetime) -> str:
    """The end that a proposal leads to: « L'émission finira à 18:55:00. », or by how much it misses."""
    left = advice.needed - repair.saved
    hour = f"{slot_end:%H:%M:%S}"
    if not left:
        return f"L'émission finira à {hour}."
    if left > timedelta():
        return f"L'émission dépassera {hour} de {format_duration(left)}."
    return f"Il restera {format_duration(-left)} à meubler avant {hour}."


def advice_sentence(advice: Advice) -> str:
    """The goal of the proposals, or how far the best of them misses it."""
    if not advice.needed:
        return "L'émission tombe juste : rien à changer."
    length = format_duration(abs(advice.needed))
    if not advice.repairs and advice.best is None and not advice.missing:
        return f"L'émission tombe juste, à {length} près : rien à changer."
    late = advice.needed > timedelta()
    goal = f"Pour finir à l'heure, il faut {'gagner' if late else 'remplir'} {length}"
    if advice.repairs:
        return f"{goal}."
    if advice.best is None:
        return f"{goal} : aucun élément ne le permet. {_left(advice.missing)}"
    best = repair_sentence(advice.best)
    return f"{goal} : rien ne tombe juste. Au mieux : {best[:1].lower()}{best[1:]} {_left(advice.missing)}"


def _left(missing: timedelta) -> str:
    length = format_duration(abs(missing))
    return f"Il y a encore {length} de trop." if missing > timedelta() else f"Il manque encore {length}."
