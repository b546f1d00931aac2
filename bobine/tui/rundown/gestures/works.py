"""Works: the music heard in an item, as the music log wants it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bobine.model.episode import Item, ItemKind, Work, WorkUse
from bobine.plan.editing.moves import replace_item
from bobine.store.rules.texts import one_line
from bobine.tui.episode.forms import work_sections
from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.kit.forms.record_dialog import RecordDialog
from bobine.tui.rundown.asking import ask, choose, put

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import OpenRundown


async def run(rundown: OpenRundown) -> None:
    """List them; add, edit or remove one, and back to the list."""
    item = rundown.item
    while item is not None:
        seen = rundown.episode
        options = [Option("new", "Ajouter une œuvre")]
        options += [Option(str(place), work.title, _words(work)) for place, work in enumerate(item.works)]
        chosen = await choose(rundown, f"Œuvres de « {item.title} »", options)
        if chosen is None:
            return
        works = await (_new(rundown, item) if chosen == "new" else _one(rundown, item, int(chosen)))
        if works is not None:
            put(rundown, seen, replace_item(seen, replace(item, works=works)), f"œuvres de « {item.title} »")
        item = next((one for one in rundown.episode.items if one.id == item.id), None)


async def _new(rundown: OpenRundown, item: Item) -> tuple[Work, ...] | None:
    title = await ask(rundown, "Titre de l'œuvre", check=one_line)
    if title is None:
        return None
    use = WorkUse.LIVE if item.kind is ItemKind.LIVE_MUSIC else WorkUse.FULL if item.kind.musical else WorkUse.BED
    work = Work(title=title, use=use)
    changed = await rundown.answer(RecordDialog(title, work_sections(), work))
    return (*item.works, changed or work)


async def _one(rundown: OpenRundown, item: Item, place: int) -> tuple[Work, ...] | None:
    work = item.works[place]
    options = [Option("form", "Modifier", _words(work)), Option("drop", "Enlever")]
    match await choose(rundown, work.title, options):
        case "drop":
            return (*item.works[:place], *item.works[place + 1 :])
        case "form":
            changed = await rundown.answer(RecordDialog(work.title, work_sections(), work))
            return None if changed is None else (*item.works[:place], changed, *item.works[place + 1 :])
        case _:
            return None


def _words(work: Work) -> str:
    return " · ".join(part for part in (work.performer, work.composer, work.author, work.label) if part)
