"""Several lines to type in: what is pasted loses its control characters, and keeps its line ends."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from bobine.store.texts import LONGEST_DESCRIPTION
from bobine.tui.kit.entry import one_line


class Notes(TextArea):
    """A few lines of text; Tab leaves it."""

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(text, id=id, compact=True, tab_behavior="focus", soft_wrap=True, highlight_cursor_line=False)

    def on_resize(self) -> None:
        """Break the lines once the width is settled."""
        self.call_after_refresh(self._rewrap)

    def _rewrap(self) -> None:
        # what was drawn before the layout is kept by TextArea until its wrapping is set again
        self.soft_wrap = False
        self.soft_wrap = True

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = "\n".join(one_line(line) for line in event.text[:100_000].splitlines())
        room = LONGEST_DESCRIPTION - len(self.text.encode()) + len(self.selected_text.encode())
        kept = text.encode()[: max(0, room)].decode(errors="ignore")
        if kept != text:
            self.app.notify("Le texte collé est trop long : la fin n'y est pas.", severity="warning")
        self.replace(kept, *self.selection)
