"""Undo and redo in a journal: the actions that count, without those that were taken back. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bobine.air.live.state import events as e


def without_undone(events: Iterable[e.Event]) -> tuple[tuple[e.Event, ...], e.Event | None]:
    """The events that count, in order, and the one that redo would bring back where it stood; None where there is none.

    What the recorder tells always counts.
    """
    kept: list[e.Event] = []
    undone: list[tuple[int, e.Event]] = []
    for event in events:
        if isinstance(event, e.Undone):
            index = next((at for at in range(len(kept) - 1, -1, -1) if isinstance(kept[at], e.ACTIONS)), None)
            if index is not None:
                undone.append((index, kept.pop(index)))
        elif isinstance(event, e.Redone):
            if undone:
                kept.insert(*undone.pop())
        else:
            if isinstance(event, e.ACTIONS):
                undone.clear()
            kept.append(event)
    return tuple(kept), undone[-1][1] if undone else None
