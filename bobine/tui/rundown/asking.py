"""Questions of gestures: each shows a dialog and waits for its answer; what others write meanwhile is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bobine.plan.editing.merge import merge_episode
from bobine.tui.kit.dialogs.ask import Ask
from bobine.tui.kit.dialogs.choice import Choice, Option

if TYPE_CHECKING:
    from bobine.model.episode import Episode
    from bobine.tui.rundown.open_rundown import OpenRundown


async def choose(
    rundown: OpenRundown,
    title: str,
    options: Sequence[Option],
    *,
    intro: str = "",
    current: str = "",
    empty: str = "Rien à choisir ici.",
    search: bool | None = None,
) -> str | None:
    """The key that was chosen, or None."""
    dialog = Choice(title, options, intro=intro, current=current, empty=empty, search=search)
    return await rundown.answer(dialog)


async def ask(
    rundown: OpenRundown,
    title: str,
    value: str = "",
    *,
    hint: str = "",
    check: Callable[[str], str | None] | None = None,
    complete: Callable[[str], str | None] | None = None,
) -> str | None:
    """The text that was typed, or None."""
    return await rundown.answer(Ask(title, value, hint=hint, check=check, complete=complete, keep=True))


def put(rundown: OpenRundown, seen: Episode, mine: Episode, label: str, *, go: str | None = None) -> None:
    """Show and write what was made of an episode that others may have changed while a dialog was open.

    Args:
        rundown: where.
        seen: the episode that the gesture began with.
        mine: what it made of it.
        label: what was done, as undo names it.
        go: id of the item that the cursor goes to.
    """
    merged = merge_episode(seen, mine, rundown.episode)
    for conflict in merged.conflicts:
        rundown.tell(conflict.sentence, warning=True)
    rundown.edit(merged.value, label, go=go)
