"""``bobine historique``: the last states of an episode's plan, and how to bring one back."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date, timedelta

from bobine.commands.console import Console
from bobine.commands.places import now, open_root
from bobine.errors import BobineError, PlanError, WorkspaceError
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.model.written.durations import format_duration
from bobine.plan.editing.differences import differences, summary
from bobine.plan.fields.words import gap_sign
from bobine.plan.files.editing import keep_ideas
from bobine.plan.timing.rundown import time_rundown
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.history import SavedState, content_of, read_state, restore, states
from bobine.store.workspace import Workspace

_UNREADABLE = "ne se lit pas tel quel"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One state, as it is told.

    Attributes:
        number: 1 for the newest.
        state: its file.
        episode: what it says; None where it cannot be read.
        present: it is the plan, to the byte.
        changes: what it changed of the state before it that can be read, in words.
    """

    number: int
    state: SavedState
    episode: Episode | None
    present: bool
    changes: tuple[str, ...]


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    workspace = open_root(options)
    show, day = workspace.resolve(options.episode, now().date(), now())
    if options.revenir is not None:
        _bring_back(console, workspace, show, day, options.revenir)
        return 0
    lines = _lines(workspace, show, day)
    _tell(console, workspace, show, day, lines)
    console.result(
        {"reference": workspace.folder(show, day).reference, "states": [_json(show, line) for line in lines]}
    )
    return 0


def _bring_back(console: Console, workspace: Workspace, show: Show, day: date, number: int) -> None:
    folder = workspace.folder(show, day)
    known = states(folder)
    if not 1 <= number <= len(known):
        among = f"de 1 à {len(known)}" if known else "aucun état n'est gardé pour l'instant"
        raise WorkspaceError(f"Il n'y a pas d'état n° {number} ({among}) : « bobine historique {folder.reference} ».")
    chosen = known[number - 1]
    before = _readable(workspace, show, day)
    episode = restore(workspace, show, day, chosen, now())
    keep_ideas(workspace, show, before or episode, episode)
    console.say(
        f"Le conducteur est revenu à son état du {_moment(chosen)} : {len(episode.items)} éléments, "
        f"{_length(show, episode)}. L'état d'avant est gardé dans l'historique."
    )
    console.result({"reference": folder.reference, "restored": _instant(chosen), "items": len(episode.items)})


def _readable(workspace: Workspace, show: Show, day: date) -> Episode | None:
    """The plan as it is; None where it cannot be read as it stands."""
    try:
        return read_episode(workspace, show, day)
    except PlanError:
        return None


def _lines(workspace: Workspace, show: Show, day: date) -> list[_Line]:
    folder = workspace.folder(show, day)
    present = content_of(folder.plan)
    known = states(folder)
    episodes = [_read(workspace, show, day, state) for state in known]
    lines: list[_Line] = []
    for index, (state, episode) in enumerate(zip(known, episodes, strict=True)):
        before = next((older for older in episodes[index + 1 :] if older is not None), None)
        changes = differences(before, episode) if before is not None and episode is not None else ()
        same = not any(line.present for line in lines) and content_of(state.path) == present
        lines.append(_Line(number=index + 1, state=state, episode=episode, present=same, changes=changes))
    return lines


def _read(workspace: Workspace, show: Show, day: date, state: SavedState) -> Episode | None:
    try:
        return read_state(workspace, show, day, state)
    except PlanError:
        return None


def _tell(console: Console, workspace: Workspace, show: Show, day: date, lines: list[_Line]) -> None:
    folder = workspace.folder(show, day)
    try:
        read_episode(workspace, show, day)
    except BobineError as error:
        console.warn(f"le conducteur actuel ne se lit pas : {error}")
    if not lines:
        console.say(f"Aucun état de {folder.reference} n'est gardé : l'historique commence à la première modification.")
        return
    if not any(line.present for line in lines):
        console.say(
            "Le conducteur actuel a été modifié à la main depuis : son état sera gardé à la prochaine modification."
        )
    columns = [("N°", "right"), ("Quand", "left"), ("Durée", "right"), ("Écart", "right"), ("Ce qui a changé", "left")]
    console.table(f"Historique de {folder.reference}", columns, [_cells(show, line) for line in lines], dense=True)
    console.say(f"Pour revenir à un état : bobine historique {folder.reference} --revenir N")


def _cells(show: Show, line: _Line) -> list[str]:
    moment = _moment(line.state) + (" (actuel)" if line.present else "")
    if line.episode is None:
        return [str(line.number), moment, "", "", _UNREADABLE]
    length, gap = format_duration(line.episode.planned_total), gap_sign(_gap(show, line.episode))
    return [str(line.number), moment, length, gap, summary(line.changes)]


def _length(show: Show, episode: Episode) -> str:
    return f"{format_duration(episode.planned_total)} ({gap_sign(_gap(show, episode))})"


def _gap(show: Show, episode: Episode) -> timedelta:
    return time_rundown(episode.items, show.bounds(episode)).gap


def _json(show: Show, line: _Line) -> dict[str, object]:
    episode = line.episode
    return {
        "n": line.number,
        "at": _instant(line.state),
        "file": line.state.path.name,
        "present": line.present,
        "readable": episode is not None,
        "planned_s": None if episode is None else int(episode.planned_total.total_seconds()),
        "gap_s": None if episode is None else int(_gap(show, episode).total_seconds()),
        "changes": list(line.changes),
    }


def _moment(state: SavedState) -> str:
    return state.at.astimezone().strftime("%d/%m/%Y %H:%M:%S")


def _instant(state: SavedState) -> str:
    return state.at.isoformat()
