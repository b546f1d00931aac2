"""Sound: after the show, what is cut out of an item, and what is heard in its place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from bobine.air.importing.takes import import_take, withdraw_take
from bobine.errors import BobineError
from bobine.evening.edits import CutRow, CutState, ItemEdits, cut_item, give_back, read_edited
from bobine.french import decimal
from bobine.model.written.positions import format_position, parse_position
from bobine.store.records.edits import edits_path
from bobine.store.typed_paths import typed_path
from bobine.store.workspace import EpisodeFolder
from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.kit.dialogs.working import watch
from bobine.tui.messages import Wish, WishMade
from bobine.tui.rundown.asking import ask, choose
from bobine.tui.rundown.path_completion import complete_path

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import StoredRundown


async def run(rundown: StoredRundown) -> None:
    """Show how long the item was and what was done to its sound; do one thing, and back to the list."""
    item = rundown.item
    if item is None:
        return
    folder = rundown.desk.workspace.folder(rundown.desk.show, rundown.day)
    current = ""
    while True:
        try:
            show = await asyncio.to_thread(read_edited, folder, rundown.episode)
        except BobineError as error:
            rundown.tell(str(error), refused=True)
            return
        one = show.item(item.id)
        if one.aired_s is None and not one.cuts and one.take is None:
            rundown.tell(f"« {one.title} » n'est pas dans l'enregistrement : rien à couper ni à remplacer.")
            return
        chosen = await choose(rundown, f"Le son de « {one.title} »", options_of(one), intro=intro_of(one),
                              current=current, search=False)  # fmt: skip
        if chosen is None:
            return
        if chosen == "master":
            rundown.post_message(WishMade(Wish(folder.reference, publish=False), rundown.day))
            return
        current = chosen
        try:
            await _do(rundown, folder, one, chosen)
        except BobineError as error:
            rundown.tell(str(error), refused=True)


def intro_of(one: ItemEdits) -> str:
    """The lengths of an item, on air and in the podcast."""
    if one.aired_s is None or one.kept_s is None:
        return "Cet élément n'est pas dans l'enregistrement : rendez ce qui est noté de lui."
    words = f"À l'antenne : {format_position(round(one.aired_s, 1))}."
    if one.take is not None or one.cuts:
        words += f" Dans le podcast : {format_position(round(one.kept_s, 1))}."
    return f"{words} L'enregistrement ne change jamais ; le montage se refait ensuite."


def options_of(one: ItemEdits) -> list[Option]:
    """Choices for the sound of an item: the edits that can be made, then those that were made."""
    found = []
    if one.aired_s is not None:
        found.append(Option("cut", "Couper un passage", "Une toux, un trou, une phrase : d'où à où, dans l'élément."))
        about = "Une meilleure prise, un PAD ; il est copié, et les autres éléments ne changent pas."
        found.append(Option("take", "Prendre un autre fichier à sa place", about))
    if one.take is not None:
        length = format_position(round((one.take.end - one.take.start) / one.take.rate, 1))
        name = one.take.origin or one.take.file
        found.append(Option("own", "Lui rendre son propre son", f"Maintenant : « {name} », {length}"))
    about = "Quand tout est coupé et remplacé : seul ce qui a changé est refait ; ensuite, l'écoute."
    found.append(Option("master", "Monter l'émission", about))
    return found + [_cut_option(row) for row in one.cuts]


def _cut_option(row: CutRow) -> Option:
    length = "" if row.start_s is None or row.end_s is None else f" ({decimal(row.end_s - row.start_s, 1)} s)"
    sign = {CutState.MADE: "", CutState.WAITING: "○ ", CutState.MISFIT: "! "}[row.state]
    why = f"{row.why[:1].upper()}{row.why[1:]}. " if row.why else ""
    return Option(f"cut-{row.number}", f"{sign}Coupe {row.number} : {row.words}{length}", f"{why}Entrée la rend.")


async def _do(rundown: StoredRundown, folder: EpisodeFolder, one: ItemEdits, chosen: str) -> None:
    match chosen:
        case "cut":
            await _cut(rundown, folder, one)
        case "take":
            await _take(rundown, folder, one)
        case "own":
            await asyncio.to_thread(withdraw_take, one.id, edits_path(folder.path))
            rundown.tell(f"« {one.title} » a de nouveau son propre son ; à monter de nouveau.")
        case _:
            await asyncio.to_thread(give_back, folder, one.id, int(chosen.removeprefix("cut-")))
            rundown.tell(f"« {one.title} » : la coupe est rendue ; à monter de nouveau.")


async def _cut(rundown: StoredRundown, folder: EpisodeFolder, one: ItemEdits) -> None:
    whole = one.aired_s if one.take is None else (one.take.end - one.take.start) / one.take.rate
    length = format_position(round(whole or 0, 1))
    hint = f"Depuis le début de l'élément, qui dure {length} ; comme 0:07 ou 1:23,4."

    def start_fault(position: Fraction) -> str | None:
        return f"L'élément finit à {length}" if whole is not None and position >= whole else None

    start = await ask(rundown, f"Couper dans « {one.title} » : à partir de", hint=hint, check=_checked(start_fault))
    if start is None:
        return
    start_s = parse_position(start)

    def end_fault(position: Fraction) -> str | None:
        if position <= start_s:
            return f"La fin vient après le début, {format_position(start_s)}"
        # a length is shown rounded: one that was typed as it is shown may be a little over
        return f"L'élément finit à {length}" if whole is not None and position >= whole + 1 else None

    end = await ask(rundown, f"Couper de {format_position(start_s)} à", hint=hint, check=_checked(end_fault))
    if end is None:
        return
    row = await asyncio.to_thread(cut_item, folder, rundown.episode, one.id, start_s, parse_position(end))
    rundown.tell(f"« {one.title} » : coupé de {row.words} ; à monter de nouveau.")


def _checked(fault: Callable[[Fraction], str | None]) -> Callable[[str], str | None]:
    """Make a check of what is typed from one of positions, in seconds; both give the fault in French, or None."""

    def check(text: str) -> str | None:
        try:
            return fault(parse_position(text))
        except ValueError as error:
            return str(error)

    return check


async def _take(rundown: StoredRundown, folder: EpisodeFolder, one: ItemEdits) -> None:
    hint = "Son chemin, comme ~/Téléchargements/prise.wav ; il est copié, jamais déplacé."
    title = f"Le fichier à prendre pour « {one.title} »"
    path = await ask(rundown, title, hint=hint, check=_fault_of_path, complete=complete_path)
    if path is None:
        return
    source = typed_path(path)
    try:
        taken = await watch(
            rundown,
            f"Lecture et copie de « {source.name} »",
            lambda tell, cancel: import_take(
                one.id, folder.recording, edits_path(folder.path), source, progress=tell, cancel=cancel
            ),
        )
    except BobineError as error:
        rundown.tell(str(error), refused=True)
        return
    if taken is None:
        rundown.tell("Arrêté : rien n'a été changé.")
        return
    for note in taken.notes:
        rundown.tell(note, warning=True)
    rundown.tell(f"« {one.title} » : ce sera « {taken.take.origin} » ; à monter de nouveau.")


def _fault_of_path(text: str) -> str | None:
    path: Path = typed_path(text)
    try:
        return None if path.is_file() else f"« {text} » n'est pas un fichier : vérifiez son chemin"
    except (OSError, ValueError):
        return f"« {text} » ne peut pas être un chemin"
