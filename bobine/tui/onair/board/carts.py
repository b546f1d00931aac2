"""The strip of carts: the sound of each key, how long still it plays, and the last words before its end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from bobine.air.carts.choose import KEYS, UNSHIFTED
from bobine.air.carts.deck import Deck, Face, Heard
from bobine.french import printable, typeset
from bobine.model.aired.progress import Progress
from bobine.model.carts import parse_output
from bobine.model.episode import Item
from bobine.model.show import Show
from bobine.tui.kit.lists.rows import Tone
from bobine.tui.onair.board.cart_words import Part, cell, headline, hint, squeezed

if TYPE_CHECKING:
    from bobine.tui.kit.screens.desk_screen import DeskScreen

NARROWEST = 14
"""Columns that a cart needs to be told from another; with less for each, they stand on two lines."""

CART_BINDINGS = (
    Binding("1", "cart('1')", "Son", show=False, tooltip="Lancer le son 1 ; 2 à 5 et 7 à 9 de même, sans Maj"),
    *(Binding(key, f"cart('{key}')", show=False) for key in KEYS[1:]),
    *(Binding(typed, f"cart('{key}')", show=False) for key, typed in UNSHIFTED.items()),
    Binding("x", "stop_carts", "Couper le son", show=False, tooltip="Arrêter en fondu les sons lancés"),
)
"""The keys of the carts, with and without Shift on a French keyboard, and the one that stops them."""


class CartStrip(Widget):
    """Two lines, or none where no sound is at hand; drawn again only when they say something else.

    Attributes:
        deck: the carts; None where no output is chosen.
    """

    DEFAULT_CSS = """
    CartStrip { height: 2; display: none; background: $panel; color: $foreground; }
    CartStrip.-some { display: block; }
    """

    def __init__(self, deck: Deck | None) -> None:
        """Show a deck.

        Args:
            deck: None where no output is chosen.
        """
        super().__init__()
        self.deck = deck
        self._lines: tuple[tuple[Part, ...], ...] = ()

    def follow(self, show: Show, items: Sequence[Item], progress: Progress) -> None:
        """Show this instant."""
        if self.deck is None:
            return
        self.deck.follow(show, items, progress)
        faces = self.deck.faces()
        self.set_class(bool(faces), "-some")
        if not faces:
            return
        lines = self._said(faces)
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def on_unmount(self) -> None:
        """Stop playing."""
        if self.deck is not None:
            self.deck.close()

    def on_resize(self) -> None:
        """Draw again: the lines depend on the width."""
        if self.deck is not None and (faces := self.deck.faces()):
            self._lines = self._said(faces)
            self.refresh()

    def press(self, screen: DeskScreen, key: str) -> None:
        """Play the sound of a key, or say why not."""
        refused = self.deck.press(key) if self.deck is not None else ""
        if refused:
            screen.tell(f"Rien n'est joué : {refused}", warning=True)

    def stop(self) -> None:
        """Fade out everything that plays."""
        if self.deck is not None:
            self.deck.stop()

    def _said(self, faces: Sequence[Face]) -> tuple[tuple[Part, ...], ...]:
        width = self.size.width or 80
        deck = self.deck
        said = headline(faces, deck.ended, deck.trouble) if deck is not None else ()
        fits = width // len(faces) >= NARROWEST
        if said or fits or any(face.fault for face in faces):
            return (self._row(faces, width // len(faces)), said or hint(faces))
        half = -(-len(faces) // 2)
        return (self._row(faces[:half], width // half), self._row(faces[half:], width // half))

    @staticmethod
    def _row(faces: Sequence[Face], width: int) -> tuple[Part, ...]:
        cells = [cell(face, width - 1) for face in faces]
        return tuple(
            Part(f"{squeezed(printable(one.text), width - 1):<{width - 1}} ", one.tone, one.loud) for one in cells
        )

    def render(self) -> Content:
        """The lines, each cut to the width."""
        drawn = []
        for line in self._lines:
            parts = [Content(typeset(printable(part.text))).stylize(_style(part)) for part in line]
            drawn.append(Content("").join(parts).truncate(self.size.width, ellipsis=True))
        return Content("\n").join(drawn)


def _style(part: Part) -> str:
    if part.loud:
        return f"bold $background on $tone-{part.tone}"
    return {Tone.PLAIN: "", Tone.STRONG: "bold"}.get(part.tone, f"$tone-{part.tone}")


def make_strip(root: Path, folder: Path, show: Show, heard: Heard) -> CartStrip:
    """The strip of an episode.

    Args:
        root: the workspace.
        folder: the episode's, in it.
        show: its settings say where sounds are played.
        heard: is told what is played.
    """
    output = show.recording.output
    return CartStrip(Deck(root, folder, parse_output(output), heard) if output else None)
