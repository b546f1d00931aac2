"""History: the last states of the episode, and how to go back to one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bobine.errors import BobineError
from bobine.french import long_date
from bobine.model.episode import Episode
from bobine.model.written.durations import format_duration
from bobine.plan.editing.differences import differences, summary
from bobine.store.documents.history import SavedState, read_state, restore, states
from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.rundown.asking import choose

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import StoredRundown


async def run(rundown: StoredRundown) -> None:
    """Show the states, newest first, each with what it changed; bring the chosen one back."""
    desk = rundown.desk
    folder = desk.workspace.folder(desk.show, rundown.day)
    found = await asyncio.to_thread(_read_all, rundown)
    options = [_option(place, state, episode, found) for place, (state, episode) in enumerate(found)]
    chosen = await choose(rundown, "Les états du conducteur", options, search=False,
                          intro="Le plus récent d'abord. Revenir à un état se défait aussi.",
                          empty="Aucun état gardé encore.")  # fmt: skip
    if chosen is None:
        return
    state, episode = found[int(chosen)]
    if episode is None:
        rundown.tell("Cet état ne se lit pas : choisissez-en un autre.", refused=True)
        return
    if rundown.readable:
        await rundown.settle()
        rundown.edit(episode, f"retour à l'état de {_hour(state)}")
        return
    back = await asyncio.to_thread(restore, desk.workspace, desk.show, rundown.day, state, desk.now())
    desk.wrote(folder.plan, back)
    rundown.tell(
        f"Le conducteur est revenu à l'état de {_hour(state)} ; le fichier abîmé est gardé dans {folder.history.name}/."
    )


def _read_all(rundown: StoredRundown) -> list[tuple[SavedState, Episode | None]]:
    desk = rundown.desk
    found: list[tuple[SavedState, Episode | None]] = []
    for state in states(desk.workspace.folder(desk.show, rundown.day)):
        try:
            found.append((state, read_state(desk.workspace, desk.show, rundown.day, state)))
        except BobineError:
            found.append((state, None))
    return found


def _option(
    place: int, state: SavedState, episode: Episode | None, found: list[tuple[SavedState, Episode | None]]
) -> Option:
    local = state.at.astimezone()
    when = f"{long_date(local.date())}, {local:%H:%M:%S}"
    if episode is None:
        return Option(str(place), when, "fichier illisible")
    before = found[place + 1][1] if place + 1 < len(found) else None
    what = summary(differences(before, episode)) if before is not None else "le plus ancien gardé"
    return Option(str(place), f"{when} · {format_duration(episode.planned_total)}", what or "mise en forme seulement")


def _hour(state: SavedState) -> str:
    return f"{state.at.astimezone():%H:%M:%S}"
