"""The episode itself: its title, its summary, who holds the stopwatch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bobine.tui.episode.forms import episode_sections
from bobine.tui.kit.forms.record_dialog import RecordDialog

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import OpenRundown


async def run(rundown: OpenRundown) -> None:
    """Open its form."""
    seen = rundown.episode
    dialog = RecordDialog("L'émission", episode_sections(seen), seen)
    changed = await rundown.answer(dialog)
    if changed is not None:
        fields = {name: getattr(changed, name) for name in ("title", "summary", "stopwatch")
                  if getattr(changed, name) != getattr(seen, name)}  # fmt: skip
        rundown.edit(replace(rundown.episode, **fields), "titre ou résumé de l'émission")
