"""Several lines to type in: what is pasted loses its control characters, and keeps its line ends."""

from __future__ import annotations

from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widgets import TextArea

from bobine.store.rules.texts import LONGEST_DESCRIPTION
from bobine.tui.kit.entry import one_line


class TextLines(TextArea):
    """A few lines of text; Tab leaves it."""

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(text, id=id, compact=True, tab_behavior="focus", soft_wrap=True, highlight_cursor_line=False)
        self._broken_to = -1

    def put(self, text: str) -> None:
        """Show another text without posting a message."""
        with self.prevent(TextArea.Changed):
            self.load_text(text)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw, after breaking the lines to the width: TextArea does not always hear of the first one."""
        width = self.wrap_width
        if width != self._broken_to:
            self._broken_to = width
            self.wrapped_document.wrap(width, tab_width=self.indent_width)
            self.call_after_refresh(self._grow)
        return super().render_lines(crop)

    def _grow(self) -> None:
        self.virtual_size = Size(0, self.wrapped_document.height)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = "\n".join(one_line(line) for line in event.text[:100_000].splitlines())
        room = LONGEST_DESCRIPTION - len(self.text.encode()) + len(self.selected_text.encode())
        kept = text.encode()[: max(0, room)].decode(errors="ignore")
        if kept != text:
            self.app.notify("Le texte collé est trop long : la fin n'y est pas.", severity="warning")
        self.replace(kept, *self.selection)
