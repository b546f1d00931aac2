"""The line of keys on air: it is read, never clicked."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from bobine.french import typeset


class KeysLine(Widget):
    """The keys that are shown, as many as there is room for."""

    DEFAULT_CSS = "KeysLine { height: 1; background: $panel; color: $foreground; }"
    ALLOW_SELECT = False

    def render(self) -> Content:
        """Each key and its word."""
        line = Content("")
        for key, active in self.screen.active_bindings.items():
            binding = active.binding
            if not binding.show:
                continue
            shown = Content(f" {self.app.get_key_display(binding.with_key(key))} ").stylize("bold $primary")
            following = line + shown + Content(f"{typeset(binding.description)} ")
            if following.cell_length > self.size.width:
                break
            line = following
        return line
