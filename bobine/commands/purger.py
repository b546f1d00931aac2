"""``bobine purger``: show which recordings could be purged and why others are kept; purge those that somebody names."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from bobine.commands.console import Console
from bobine.commands.places import now, open_root
from bobine.errors import WorkspaceError
from bobine.evening.keeping import Stock, purge, refusal_sentence, stock, stocks
from bobine.evening.privacy.no_longer_needed import no_longer_needed
from bobine.french import size, sort_key
from bobine.store.workspace import Workspace

WORD = "purger"
"""The word that is typed to confirm."""


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 where the episode that was named must be kept."""
    console = Console(as_json=options.json)
    _check(options)
    workspace = open_root(options)
    found = _found(workspace, options)
    allowed = [one for one in found if one.files and one.verdict.allowed]
    _tell(console, found)
    chosen = options.episode is not None or options.everything
    purged = []
    if chosen and allowed and (options.oui or _confirmed(console, allowed)):
        for one in allowed:
            purged.append(purge(workspace, one, now(), even_unused=options.even_unused))
            console.say(f"Purgé : {one.folder.reference}, {size(purged[-1].bytes)} libérés.")
    references = {one.folder.reference for one in purged}
    people = no_longer_needed(workspace, now()) if options.episode is None else ()
    console.result(
        {
            "episodes": [_as_json(one, purged=one.folder.reference in references) for one in found],
            "people": [{"name": one.name, "episode": one.reference, "paper": one.paper or None} for one in people],
        }
    )
    for who in people:
        console.say(
            f"{who.reference} : le nom de qui a signé pour une personne mineure ne sert plus ici. Pour l'oublier : "
            f'bobine personne "{who.name}" --oublier'
        )
    if allowed and not purged:
        how = "ajoutez --oui" if chosen else "« bobine purger EPISODE », ou --tout-ce-qui-peut"
        console.say(f"Rien n'a été effacé. Pour purger : {how}.")
    return 1 if options.episode is not None and not allowed and any(one.files for one in found) else 0


def _check(options: argparse.Namespace) -> None:
    """Refuse options that contradict one another.

    Raises:
        WorkspaceError: if they do.
    """
    if options.episode is not None and options.everything:
        raise WorkspaceError("Nommez une émission, ou écrivez --tout-ce-qui-peut : pas les deux.")
    if options.episode is None and options.even_unused:
        raise WorkspaceError("--quand-meme ne va qu'avec une émission nommée.")
    if options.oui and options.episode is None and not options.everything:
        raise WorkspaceError("--oui : nommez l'émission à purger, ou écrivez --tout-ce-qui-peut.")


def _found(workspace: Workspace, options: argparse.Namespace) -> list[Stock]:
    """The episodes that are asked about and have something to purge."""
    if options.episode is None:
        return list(stocks(workspace, now()))
    show, day = workspace.resolve(options.episode, now().date(), now())
    found = stock(workspace, show, day, now(), even_unused=options.even_unused)
    return [found] if found.files or found.unreachable or found.elsewhere else []


def _tell(console: Console, found: Sequence[Stock]) -> None:
    if not any(one.files for one in found):
        console.say("Aucun enregistrement à purger.")
    for words in (words for one in found for words in one.elsewhere):
        console.warn(words)
    for one in found:
        if not one.files:
            continue
        console.say(f"{one.folder.reference} · {size(one.bytes)}", "bold")
        for file in one.files:
            where = "deuxième copie" if file in one.second else "enregistrement"
            console.say(f"  {file.path.name} · {size(file.bytes)} · {where}")
        console.say("  Peut être purgé." if one.verdict.allowed else f"  {refusal_sentence(one)}")
    for root in sorted({one.unreachable for one in found if one.unreachable}):
        console.warn(
            f"la deuxième copie n'est pas accessible (« {root} ») : elle reste. Branchez ce disque pour la purger."
        )


def _confirmed(console: Console, allowed: Sequence[Stock]) -> bool:
    """Whether somebody at a terminal typed the word."""
    if console.as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    total = size(sum(one.bytes for one in allowed))
    count = len(allowed)
    what = f"{count} émissions" if count > 1 else allowed[0].folder.reference
    console.say(f"Effacer {total} ({what}) pour toujours ? Écrivez « {WORD} », ou Entrée pour ne rien faire.")
    try:
        return sort_key(input("> ").strip()) == WORD
    except EOFError:
        return False


def _as_json(one: Stock, *, purged: bool) -> dict[str, Any]:
    return {
        "episode": one.folder.reference,
        "bytes": one.bytes,
        "files": [{"path": str(file.path), "bytes": file.bytes} for file in one.files],
        "second_unreachable": one.unreachable or None,
        "elsewhere": list(one.elsewhere),
        "allowed": one.verdict.allowed,
        "from_day": one.verdict.from_day.isoformat(),
        "refusals": [
            {
                "obstacle": refusal.obstacle.value,
                "words": refusal.words,
                "until": refusal.until.isoformat() if refusal.until is not None else None,
            }
            for refusal in one.verdict.refusals
        ],
        "purged": purged,
    }
