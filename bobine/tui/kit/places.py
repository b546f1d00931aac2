"""The top line: which screens there are, which one this is, the show; and for a while, what was just done."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

PLACES = (
    ("season", "Saison", "F2"),
    ("rundown", "Conducteur", "F3"),
    ("ideas", "Idées", "F4"),
    ("team", "Équipe", "F5"),
)
"""Name, title and key of each screen."""

SAID_FOR_S = 4
"""How long a sentence stays, in seconds."""


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
    """The names of all screens, and the show's.

    An ordinary sentence is said here rather than in a corner: nothing is covered by it, and it is painted with what it
    is about, where a toast is laid out and painted several times.

    Attributes:
        said: the sentence that is shown in place of the names; empty while they are.
    """

    DEFAULT_CSS = """
    Places {
        height: 1; background: $panel; color: $foreground;
        & > Place { width: auto; }
        & > Place.-here { background: $primary; color: $background; text-style: bold; }
        & > Place:hover { text-style: underline; }
        & > #show { width: 1fr; text-align: right; color: $tone-muted; padding: 0 1; }
        & > #said { display: none; width: 1fr; padding: 0 1; background: $panel; color: $foreground; text-style: bold; }
        &.-said > Place, &.-said > #show { display: none; }
        &.-said > #said { display: block; }
    }
    """

    def __init__(self, here: str, show: str) -> None:
        super().__init__()
        self.said = ""
        self._here = here
        self._show = show
        self._hush: Timer | None = None

    def compose(self) -> ComposeResult:
        """A name for each screen, then the show's title."""
        for name, title, key in PLACES:
            yield Place(name, title, key, here=name == self._here)
        yield Static(Content(self._show), id="show")
        yield Static(id="said")

    def say(self, sentence: str) -> bool:
        """Say a sentence for a while, in place of the one before; False where it does not fit.

        Args:
            sentence: French, typeset and printable.
        """
        if "\n" in sentence or cell_len(sentence) > self.size.width - 2:
            return False
        self.said = sentence
        self.query_one("#said", Static).update(Content(sentence), layout=False)
        self.add_class("-said")
        if self._hush is not None:
            self._hush.stop()
        self._hush = self.set_timer(SAID_FOR_S, self.hush)
        return True

    def hush(self) -> None:
        """Show the names again."""
        self.said = ""
        self.remove_class("-said")

    def on_click(self) -> None:
        """A click on a sentence puts it away."""
        self.hush()
