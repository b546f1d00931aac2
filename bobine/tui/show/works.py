"""The works of a template's item, such as those of a theme: listed, added, edited, taken out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

from textual.app import App

from bobine.model.episode import Item, ItemKind, Work, WorkUse
from bobine.model.show import Show
from bobine.store.rules.texts import one_line
from bobine.tui.kit.dialogs.ask import Ask
from bobine.tui.kit.dialogs.choice import Choice, Option
from bobine.tui.kit.forms.record_dialog import RecordDialog
from bobine.tui.show.forms import sections_of


class Template(Protocol):
    """The part of the screen that the gesture needs."""

    @property
    def app(self) -> App[Any]:
        """The application that shows dialogs."""

    @property
    def show(self) -> Show:
        """The show as it is shown."""

    def item(self, item_id: str) -> Item | None:
        """An item of the template; None once it is gone."""

    def replace_item(self, seen: Show, item: Item, label: str) -> None:
        """Write another state of an item, made from the settings that were seen."""


async def edit_works(template: Template, item_id: str) -> None:
    """List the works of an item; add, edit or remove one, and back to the list."""
    while (item := template.item(item_id)) is not None:
        seen = template.show
        options = [Option("new", "Ajouter une œuvre")]
        options += [Option(str(place), work.title, _words(work)) for place, work in enumerate(item.works)]
        chosen = await template.app.push_screen_wait(Choice(f"Œuvres de « {item.title} »", options))
        if chosen is None:
            return
        works = await (_new(template, item) if chosen == "new" else _one(template, item, int(chosen)))
        if works is not None and template.item(item_id) is not None:
            template.replace_item(seen, replace(item, works=works), f"œuvres de « {item.title} »")


async def _new(template: Template, item: Item) -> tuple[Work, ...] | None:
    title = await template.app.push_screen_wait(Ask("Titre de l'œuvre", check=one_line))
    if title is None:
        return None
    theme = item.kind in (ItemKind.OPENING_THEME, ItemKind.CLOSING_THEME)
    work = Work(title=title, use=WorkUse.THEME if theme else WorkUse.FULL)
    return (*item.works, await _edited(template, work) or work)


async def _one(template: Template, item: Item, place: int) -> tuple[Work, ...] | None:
    work = item.works[place]
    options = [Option("form", "Modifier", _words(work)), Option("drop", "Enlever")]
    before, after = item.works[:place], item.works[place + 1 :]
    match await template.app.push_screen_wait(Choice(work.title, options)):
        case "drop":
            return (*before, *after)
        case "form":
            changed = await _edited(template, work)
            return None if changed is None else (*before, changed, *after)
        case _:
            return None


async def _edited(template: Template, work: Work) -> Work | None:
    dialog = RecordDialog(work.title, sections_of(Work, template.show, ()), work)
    changed: Work | None = await template.app.push_screen_wait(dialog)
    return changed


def _words(work: Work) -> str:
    return " · ".join(part for part in (work.performer, work.composer, work.author, work.label) if part)
