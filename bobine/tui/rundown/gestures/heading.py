"""The episode itself: its title, its summary, who holds the stopwatch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bobine.tui.episode.forms import episode_sections
from bobine.tui.kit.forms.record_dialog import RecordDialog
from bobine.tui.rundown.asking import put

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import OpenRundown


async def run(rundown: OpenRundown) -> None:
    """Open its form."""
    seen = rundown.episode
    dialog = RecordDialog("L'émission", episode_sections(seen), seen)
    changed = await rundown.answer(dialog)
    if changed is not None:
        put(rundown, seen, changed, "titre ou résumé de l'émission")
