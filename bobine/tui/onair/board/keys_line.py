"""The line of keys on air: it is read, never clicked."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from bobine.french import typeset
from bobine.tui.kit.screens.keys_line import told


class KeysLine(Widget):
    """The keys that are shown, as many as there is room for; the one for help, which tells the others, always."""

    DEFAULT_CSS = "KeysLine { height: 1; background: $panel; color: $foreground; }"
    ALLOW_SELECT = False

    def render(self) -> Content:
        """Each key and its word."""
        parts, sizes = [], []
        for key, active in self.screen.active_bindings.items():
            binding = active.binding
            if binding.show:
                shown = Content(f" {self.app.get_key_display(binding.with_key(key))} ").stylize("bold $primary")
                parts.append(shown + Content(f"{typeset(binding.description)} "))
                sizes.append((binding.action, parts[-1].cell_length - 1))
        places = told(sizes, self.size.width - 1)
        return Content("").join(part for place, part in enumerate(parts) if place in places)
