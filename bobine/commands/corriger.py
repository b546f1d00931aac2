"""``bobine corriger``: bring what changed in the plan or the master online, and list what was changed so far."""

from __future__ import annotations

import argparse
import threading
from typing import Any

from bobine.commands.amended import OldFiles, amend, interrupted, stated_reason, tell
from bobine.commands.console import Console
from bobine.commands.places import Place, now, open_episode
from bobine.evening.corrections.amending import Amendment, places_online
from bobine.evening.corrections.remastering import is_to_be_remastered, remaster
from bobine.french import long_date
from bobine.model.published.corrections import Act, AuditTrail
from bobine.store.records.corrections import corrections_path, read_corrections


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    place = open_episode(options)
    if options.liste:
        return _list(console, place)
    reason = stated_reason(options.motif, f"bobine corriger {place.folder.reference}")
    destinations = places_online(place.workspace, place.folder, options.vers, place.show.podcast.destination)
    interrupted(console, place.workspace, place.show, destinations)
    amendment = Amendment(Act.CORRECT, reason, keep=OldFiles(at_once=options.maintenant).keep)
    _remaster(console, place)
    with console.progress() as progress:
        amended = amend(place, destinations, amendment, now(), progress)
    return tell(console, place.show, amended, "Corrigé en ligne", at_once=options.maintenant)


def _remaster(console: Console, place: Place) -> None:
    """Make the master again, where what is corrected is in the sound."""
    if not is_to_be_remastered(place.episode, place.folder):
        return
    from bobine.commands.monter import reuse_words  # loads NumPy, which a correction of words does without

    cancel = threading.Event()
    with console.progress() as progress:
        try:
            mastered = remaster(place.show, place.episode, place.folder, progress, cancel)
        except KeyboardInterrupt:
            cancel.set()
            raise
    for warning in mastered.manifest.warnings:
        console.warn(warning)
    console.say(f"Montage refait. {reuse_words(mastered)}")


def _list(console: Console, place: Place) -> int:
    trail = read_corrections(corrections_path(place.folder.path))
    console.result({"episode": place.folder.reference, **_as_json(trail)})
    if not trail.corrections and not trail.replies:
        console.say(f"Rien n'a été corrigé ni retiré de {place.folder.reference} depuis sa publication.")
        return 0
    rows = [
        (
            f"{one.at.astimezone():%d/%m/%Y %H:%M}",
            f"{one.act} {one.item}".strip() + ("" if one.done else " (inachevé : recommencez)"),
            one.destination,
            one.reason,
            str(len(one.replaced)),
            str(len(one.removed)),
        )
        for one in trail.corrections
    ]
    columns = (("Quand", "left"), ("Quoi", "left"), ("Où", "left"), ("Pourquoi", "left"), ("Remplacés", "right"),
               ("Supprimés", "right"))  # fmt: skip
    console.table(f"Changements en ligne de {place.folder.reference}", columns, rows)
    for one in trail.corrections:
        for key in one.replaced:
            console.say(f"  {one.at.astimezone():%d/%m} {'−' if key in one.removed else '~'} {key}")
    for reply in trail.replies:
        console.say(f"Droit de réponse de {reply.by}, reçu le {long_date(reply.at.date())} : {reply.text}")
    return 0


def _as_json(trail: AuditTrail) -> dict[str, Any]:
    corrections = [
        {
            "at": one.at.isoformat(),
            "command": one.act.value,
            "destination": one.destination,
            "reason": one.reason,
            "item": one.item or None,
            "done": one.done,
            "replaced": list(one.replaced),
            "removed": list(one.removed),
            "kept_until": one.until.isoformat() if one.until else None,
        }
        for one in trail.corrections
    ]
    replies = [{"at": one.at.isoformat(), "by": one.by, "text": one.text} for one in trail.replies]
    return {"corrections": corrections, "replies": replies}
