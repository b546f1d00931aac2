"""``bobine personne``: all that is known about somebody, and its removal."""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path
from typing import Any

from bobine.commands.console import Console
from bobine.commands.places import now, open_root
from bobine.errors import WorkspaceError
from bobine.evening.privacy.account import account, account_page, kept_json, kept_sentence
from bobine.evening.privacy.forgetting import Done, begin, carry_out, pseudonym_for
from bobine.evening.privacy.online.seen import SeenOnline, seen_online
from bobine.evening.privacy.staging import Intention, alone, read_intention
from bobine.evening.privacy.survey import Survey, survey
from bobine.french import enumerate_words, others, printable
from bobine.store.codec.json_text import json_text
from bobine.store.files import atomic_write
from bobine.store.rules import texts
from bobine.store.workspace import Workspace

REASON = "données personnelles : à la demande de la personne"
"""The reason that is noted where none is given."""

_SHOWN = 3
"""Places of a file that are shown before the rest is counted."""


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 where something of a removal is left to do."""
    console = Console(as_json=options.json)
    workspace = open_root(options)
    with alone(workspace.root):
        interrupted = read_intention(workspace.root)
        if interrupted is not None:
            return _go_on(console, workspace, interrupted)
        return _ask(console, workspace, options)


def _ask(console: Console, workspace: Workspace, options: argparse.Namespace) -> int:
    names = _names(options)
    with console.progress() as report:
        seen = survey(workspace, names, now(), [place.strip("/") for place in options.sauf])
        online = seen_online(workspace, seen.search, lambda label, done, total: report(label, done / max(total, 1)))
    if options.exporter is not None:
        return _export(console, seen, online, options.exporter)
    if options.oublier and not options.essai and (options.oui or _agreed(console, workspace, seen, online)):
        if not seen.looked and not online.found:
            _tell(console, workspace, seen, online)
            console.result({**account(seen, online, now()), "forgotten": False})
            return 0
        intention = begin(workspace, names, _reason(options.motif), tuple(place.strip("/") for place in options.sauf),
                          now())  # fmt: skip
        return _go_on(console, workspace, intention, begun=True)
    if not (options.oublier and not options.essai and console.interactive):
        _tell(console, workspace, seen, online)
    if options.oublier and not options.essai:
        console.say("Rien n'a été changé. Pour oublier : la même commande, avec --oui.")
    console.result({**account(seen, online, now()), "forgotten": False})
    return 0


def _names(options: argparse.Namespace) -> tuple[str, ...]:
    """The names that were given.

    Raises:
        WorkspaceError: if one is none, or options contradict one another.
    """
    names = tuple(one.strip() for one in (options.name, *options.aussi))
    for name in names:
        fault = texts.one_line(name)
        if fault or not any(char.isalpha() for char in name):
            raise WorkspaceError(f"« {printable(name[:60])} » n'est pas un nom : écrivez-le comme dans le conducteur.")
    if (options.motif or options.oui) and not options.oublier:
        raise WorkspaceError("--motif et --oui ne vont qu'avec --oublier.")
    return names


def _reason(text: str | None) -> str:
    if text is None:
        return REASON
    fault = texts.one_line(text.strip())
    if fault:
        raise WorkspaceError(f"--motif : {fault}.")
    return text.strip()


def _agreed(console: Console, workspace: Workspace, seen: Survey, online: SeenOnline) -> bool:
    """Whether somebody at the terminal saw what would change and agrees."""
    if not console.interactive:
        return False
    _tell(console, workspace, seen, online)
    return bool(seen.looked or online.found) and console.agreed("Oublier cette personne pour toujours ?")


def _export(console: Console, seen: Survey, online: SeenOnline, target: Path) -> int:
    table = account(seen, online, now())
    data, page = target.with_suffix(".json"), target.with_suffix(".html")
    atomic_write(data, (json_text(table, indent=2) + "\n").encode())
    atomic_write(page, account_page(seen, online, now()).encode())
    console.result({**table, "files": [str(data), str(page)]})
    count = len(table["entries"])
    console.say(f"{count} endroit{'s' if count > 1 else ''} : « {data} » (pour un programme) et « {page} » (à lire).")
    for sentence in online.failures:
        console.warn(f"n'a pas pu être interrogé : {sentence}")
    return 0


def _go_on(console: Console, workspace: Workspace, intention: Intention, *, begun: bool = False) -> int:
    if not begun:
        console.warn("un oubli avait été commencé et interrompu : il est d'abord fini.")
    with console.progress() as report:
        done = carry_out(workspace, intention, now(), lambda label, part, total: report(label, part / max(total, 1)),
                         went_on=not begun)  # fmt: skip
    console.result(_done_json(done))
    count = sum(len({*one.changed, *one.removed}) for one in done.online.values())
    console.say(f"Oublié : {done.files} fichiers changés ici, {count} en ligne. À la place du nom : {done.pseudonym}.")
    for place, why in done.failures.items():
        console.warn(f"{place} : {why}")
    if done.failures:
        console.warn("ce n'est pas fini en ligne : relancez « bobine personne », qui continuera.")
    for one in done.online.values():
        for warning in one.warnings:
            console.warn(warning)
    _tell_rest(console, done.kept, done.heard, done.by_hand)
    console.say(
        "Ce que vous avez exporté, imprimé ou envoyé ailleurs, et les sauvegardes, restent à effacer à la main."
    )
    return 0 if done.is_whole else 1


def _tell(console: Console, workspace: Workspace, seen: Survey, online: SeenOnline) -> None:
    names = enumerate_words([f"« {one} »" for one in seen.search.names])
    console.say(f"Cherché : {names}, en entier, avec ou sans accents ni majuscules.")
    found = (*seen.found, *online.found)
    if not found:
        console.say("Rien de cette personne n'a été trouvé.")
    for place, group in groupby(found, key=lambda one: one.place):
        places = list(group)
        console.say(f"{place} · {len(places)} endroit{'s' if len(places) > 1 else ''}", "bold")
        for one in places[:_SHOWN]:
            where = one.key or (f"ligne {one.line}" if one.line else "")
            console.say(f"  {where} : {one.text}" if where else f"  {one.text}")
        if len(places) > _SHOWN:
            console.say(f"  … et {others(len(places) - _SHOWN)}")
    for sentence in online.failures:
        console.warn(f"n'a pas pu être interrogé : {sentence}")
    if found:
        console.say(f"Serait mis à la place du nom : {pseudonym_for(workspace, seen)}.")
    if seen.near:
        near = enumerate_words([f"« {one} »" for one in seen.near])
        console.warn(f'noms voisins : {near}. Si c\'est la même personne, ajoutez --aussi "NOM".')
    if seen.spared:
        console.say(f"Laissé, à votre demande : {', '.join(seen.spared)}.")
    if found:
        console.say("Un homonyme ? Ajoutez --sauf et l'endroit qui n'est pas de cette personne.")
    _tell_rest(console, seen.kept, seen.heard, seen.by_hand)


def _tell_rest(console: Console, kept: Any, heard: Any, by_hand: Any) -> None:
    if kept:
        console.say("Gardé, et pourquoi :", "bold")
    for one in kept:
        console.say(f"  {kept_sentence(one)}")
    if heard:
        console.say("La voix reste ; pour l'enlever du podcast :", "bold")
    for one in heard:
        console.say(f"  bobine retirer {one.reference} --element {one.item}   ({one.title})")
    for place in by_hand:
        console.warn(f"{place} nomme cette personne et ne peut pas être changé d'ici : à revoir à la main.")


def _done_json(done: Done) -> dict[str, Any]:
    return {
        "forgotten": done.is_whole,
        "went_on": done.went_on,
        "pseudonym": str(done.pseudonym),
        "files": done.files,
        "online": {
            place: {"changed": list(one.changed), "removed": list(one.removed), "warnings": list(one.warnings)}
            for place, one in done.online.items()
        },
        "failures": dict(done.failures),
        "kept": [kept_json(one) for one in done.kept],
        "heard": [{"episode": one.reference, "item": one.item, "title": one.title} for one in done.heard],
        "by_hand": list(done.by_hand),
    }
