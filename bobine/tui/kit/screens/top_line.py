"""The top line: which screens there are, which one this is, the show; and for a while, what was just done."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

PLACES = (
    ("season", "Saison", "F2"),
    ("rundown", "Conducteur", "F3"),
    ("ideas", "Idées", "F4"),
    ("team", "Équipe", "F5"),
    ("onair", "Antenne", "F7"),
    ("settings", "Réglages", "F8"),
    ("online", "En ligne", "F9"),
    ("report", "Bilan", "F12"),
)
"""Name, title and key of each screen. F10 and F11 are the terminal's own: its menu, and the whole screen."""

SIGNS = {"settings": "⚙", "online": "▲", "report": "Σ"}
"""Signs that stand beside the key for the name of a screen, one after the other, where there is little room."""

SAID_FOR_S = 4
"""How long a sentence stays, in seconds."""


class TopLine(Widget):
    """The names of all screens, and the show's.

    An ordinary sentence is said here rather than in a corner: nothing is covered by it. It takes the place of the names
    in one widget, so that saying it and taking it away lays nothing out anew.

    Attributes:
        said: the sentence that is shown in place of the names; empty while they are.
    """

    class Asked(Message):
        """Somebody wants to go to a screen."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    DEFAULT_CSS = "TopLine { height: 1; background: $panel; color: $foreground; }"

    def __init__(self, here: str, show: str) -> None:
        super().__init__()
        self.said = ""
        self._here = here
        self._show = show
        self._hush: Timer | None = None
        self._on_air = ""

    def warn(self, on_air: str) -> None:
        """Keep in sight that a show is on air.

        Args:
            on_air: in a few words, French and typeset; empty where none is.
        """
        if on_air != self._on_air:
            self._on_air = on_air
            self.refresh()

    def render(self) -> Content:
        """The sentence, else the names; at the end of the line what is on air, which hides what it must."""
        if not self._on_air:
            return self._line()
        badge = Content(f" ● {self._on_air} ").stylize("bold $background on $tone-alert")
        room = max(0, self.size.width - badge.cell_length)
        line = self._line().truncate(room, ellipsis=True)
        return line + Content(" " * (room - line.cell_length)) + badge

    def _line(self) -> Content:
        """The sentence; else a name for each screen, then the show's title where there is room."""
        if self.said:
            return Content(f" {self.said}").stylize("bold")
        names = [
            Content(label).stylize("bold $background on $primary" if name == self._here else "")
            for name, label in self._labels()
        ]
        line = Content("").join(names)
        room = self.size.width - line.cell_length - cell_len(self._show) - 2
        return line if room < 0 else line + Content(" " * (room + 1)) + Content(self._show).stylize("$tone-muted")

    def _labels(self) -> list[tuple[str, str]]:
        """The name of each screen and how it is written: where there is no room for all, the others by their keys."""
        full = [(name, f"[ {title} ]" if name == self._here else f" {title} {key} ") for name, title, key in PLACES]
        if sum(cell_len(label) for _, label in full) <= self.size.width:
            return full
        tight = [(name, f"[ {title} ]" if name == self._here else f" {title} {key}") for name, title, key in PLACES]
        for count in range(len(SIGNS)):
            signed = {name: sign for name, sign in [*SIGNS.items()][:count] if name != self._here}
            spared = [(name, f" {signed[name]}{key}" if name in signed else label)
                      for (name, label), (_, _, key) in zip(tight, PLACES, strict=True)]  # fmt: skip
            if sum(cell_len(label) for _, label in spared) <= self.size.width:
                return spared
        short = [(name, f"[ {title} ]" if name == self._here else f" {key} ") for name, title, key in PLACES]
        if sum(cell_len(label) for _, label in short) <= self.size.width:
            return short
        return [(name, label) for name, label in short if name == self._here]

    def say(self, sentence: str) -> bool:
        """Say a sentence for a while, in place of the one before; False where it does not fit.

        Args:
            sentence: French, typeset and printable.
        """
        if "\n" in sentence or cell_len(sentence) > self.size.width - 2:
            return False
        self.said = sentence
        self.refresh()
        self._hush_later()
        return True

    def hush(self) -> None:
        """Show the names again; under a dialog, once it is gone: to change what is under it paints everything anew."""
        if self.app.screen is self.screen:
            self.said = ""
            self.refresh()
        else:
            self._hush_later()

    def _hush_later(self) -> None:
        if self._hush is not None:
            self._hush.stop()
        self._hush = self.set_timer(SAID_FOR_S, self.hush)

    def on_click(self, event: Click) -> None:
        """A click on a sentence puts it away, one on a name goes there."""
        if self.said:
            self.hush()
            return
        left = 0
        for name, label in self._labels():
            left += cell_len(label)
            if event.x < left:
                self.post_message(self.Asked(name))
                return
