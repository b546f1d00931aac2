"""The top line: which screens there are, which one this is, and the show."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

PLACES = (
    ("season", "Saison", "F2"),
    ("rundown", "Conducteur", "F3"),
    ("ideas", "Idées", "F4"),
    ("team", "Équipe", "F5"),
)
"""Name, title and key of each screen."""


class Place(Static):
    """The name of one screen; a click goes there."""

    class Asked(Message):
        """Somebody wants to go to a screen."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, name: str, title: str, key: str, *, here: bool) -> None:
        mark = f"[ {title} ]" if here else f"  {title} {key} "
        super().__init__(Content(mark), classes="-here" if here else "")
        self._place = name

    def on_click(self) -> None:
        """Ask to go there."""
        self.post_message(self.Asked(self._place))


class Places(Horizontal):
    """The names of all screens, and the show's."""

    DEFAULT_CSS = """
    Places {
        height: 1; background: $panel; color: $foreground;
        & > Place { width: auto; }
        & > Place.-here { background: $primary; color: $background; text-style: bold; }
        & > Place:hover { text-style: underline; }
        & > #show { width: 1fr; text-align: right; color: $tone-muted; padding: 0 1; }
    }
    """

    def __init__(self, here: str, show: str) -> None:
        super().__init__()
        self._here = here
        self._show = show

    def compose(self) -> ComposeResult:
        """A name for each screen, then the show's title."""
        for name, title, key in PLACES:
            yield Place(name, title, key, here=name == self._here)
        yield Static(Content(self._show), id="show")
