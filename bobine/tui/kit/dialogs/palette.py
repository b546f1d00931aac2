"""The command palette: everything that can be done here now, found by its words."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from bobine.tui.kit.dialogs.choice import Choice, Option
from bobine.tui.kit.dialogs.help import ActionLine, action_lines


def open_palette(screen: Screen[Any]) -> None:
    """List the actions of a screen and of what has the keyboard there; run the chosen one."""
    lines: dict[str, ActionLine] = {line.action: line for line in action_lines(screen)}
    options = [Option(line.action, line.words, f"touche {' ou '.join(line.keys)}") for line in lines.values()]

    def chosen(action: str | None) -> None:
        if action is not None:
            screen.app.run_worker(screen.app.run_action(action, lines[action].node), group="palette")

    screen.app.push_screen(Choice("Commandes", options, search=True), chosen)
