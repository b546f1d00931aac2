"""The episode itself: its title, its summary, who holds the stopwatch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bobine.tui.kit.record_dialog import RecordDialog
from bobine.tui.rundown.forms import episode_sections

if TYPE_CHECKING:
    from bobine.tui.rundown.screen import RundownScreen


async def run(screen: RundownScreen) -> None:
    """Open its form."""
    seen = screen.episode
    dialog = RecordDialog("L'émission", episode_sections(seen), seen)
    changed = await screen.app.push_screen_wait(dialog)
    if changed is not None:
        fields = {name: getattr(changed, name) for name in ("title", "summary", "stopwatch")
                  if getattr(changed, name) != getattr(seen, name)}  # fmt: skip
        screen.edit(replace(screen.episode, **fields), "titre ou résumé de l'émission")
