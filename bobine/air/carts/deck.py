"""The carts of one playing of a show: chosen, prepared in the background before they are asked for, played."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from bobine.air.carts.choose import Cart, choose
from bobine.air.carts.player import Player, Playing
from bobine.air.carts.prepare import Prepared, prepared, tidy
from bobine.errors import BobineError, Interrupted
from bobine.model.aired.progress import Progress
from bobine.model.carts import SoundOutput
from bobine.model.episode import Item
from bobine.model.show import Show
from bobine.store.sounds import find_file

CACHE = "carts"
"""The folder, in the episode's, of prepared sounds: all of it can be made again."""

BOUNCE_S = 0.5
"""A key that is pressed again so soon, or held down, does not begin its sound again."""

ANNOUNCED_S = 6.0
"""For how long the end of a sound is told, seconds."""

_LOOK_EVERY_S = 2.0


@dataclass(frozen=True, slots=True)
class Face:
    """The state of a cart, as a screen shows it.

    Attributes:
        cart: the cart.
        length: of the prepared sound; None while it is not ready.
        fault: why it cannot be played, in French; empty where it can, or is being prepared.
        playing: how far it is, while it sounds.
    """

    cart: Cart
    length: timedelta | None
    fault: str
    playing: Playing | None


class Heard(Protocol):
    """A listener for what is heard of the carts."""

    def cart_started(self, sound: str, length: timedelta, *, bed: bool) -> None:
        """A sound plays from its beginning."""

    def cart_stopped(self, sound: str = "") -> None:
        """A sound fades away; all of them where none is named."""


class Deck:
    """The carts, and the output that plays them; both begin with the first sound at hand."""

    def __init__(self, root: Path, folder: Path, output: SoundOutput, heard: Heard | None = None) -> None:
        """Prepare nothing yet.

        Args:
            root: the workspace.
            folder: the episode's, in it.
            output: where sounds are played.
            heard: is told what begins to play, and what is stopped.
        """
        self._root = root
        self._cache = folder / CACHE
        self._folder = folder.relative_to(root).as_posix()
        self._output = output
        self._heard = heard
        self._player: Player | None = None
        self._carts: tuple[Cart, ...] = ()
        self._ready: dict[str, Prepared | str] = {}
        self._seen: dict[str, object] = {}
        self._pressed: dict[str, float] = {}
        self._last: tuple[Cart, float] | None = None
        self._wake, self._closing = threading.Event(), threading.Event()
        self._preparing: threading.Thread | None = None

    @property
    def trouble(self) -> str:
        """The reason why the output plays nothing, in French; empty where it works."""
        return self._player.trouble if self._player is not None else ""

    @property
    def ended(self) -> Cart | None:
        """The cart that played to its end a moment ago; None if there is none."""
        if self._player is not None:
            for file in self._player.ended():
                found = next((cart for cart in self._carts if cart.file == file), None)
                if found is not None:
                    self._last = found, time.monotonic()
        if self._last is None or time.monotonic() - self._last[1] > ANNOUNCED_S:
            return None
        return self._last[0]

    def follow(self, show: Show, items: Sequence[Item], progress: Progress) -> None:
        """Bring to hand the sounds that the show and its coming items need now."""
        playing = {one.tag for one in self._player.playing()} if self._player is not None else set()
        carts = choose(show, items, progress, self._folder, before=self._carts, playing=playing)
        if carts == self._carts:
            return
        self._carts = carts
        self._wake.set()
        if self._player is None and carts:
            self._player = Player(self._output)
            self._preparing = threading.Thread(target=self._prepare, name="carts-prepare", daemon=True)
            self._preparing.start()

    def faces(self) -> tuple[Face, ...]:
        """The carts at hand, in the order of their keys."""
        sounding = self._player.playing() if self._player is not None else ()
        # a sound that begins again is there twice for a moment: the newer one counts
        playing = {one.tag: one for one in sounding if not one.fading} if sounding else {}
        faces = []
        for cart in self._carts:
            found = self._ready.get(cart.file)
            length = found.length if isinstance(found, Prepared) else None
            faces.append(Face(cart, length, found if isinstance(found, str) else "", playing.get(cart.file)))
        return tuple(faces)

    def press(self, key: str) -> str:
        """Play the sound of a key from its beginning; a bed that goes round is stopped by it.

        Returns:
            Why nothing is played, in French; empty where something is, or where no sound is on that key.
        """
        now = time.monotonic()
        last, self._pressed[key] = self._pressed.get(key), now
        face = next((one for one in self.faces() if one.cart.key == key), None)
        if face is None or self._player is None or (last is not None and now - last < BOUNCE_S):
            return ""
        found = self._ready.get(face.cart.file)
        if isinstance(found, str):
            return found
        if self.trouble:
            return self.trouble
        if found is None:
            return f"« {face.cart.title} » se prépare encore : réessayez dans un instant."
        if face.cart.bed and face.playing is not None:
            self._player.stop(face.cart.file)
            if self._heard is not None:
                self._heard.cart_stopped(face.cart.file)
        else:
            self._last = None
            self._player.play(face.cart.file, found, loop=face.cart.bed)
            if self._heard is not None:
                self._heard.cart_started(face.cart.file, found.length, bed=face.cart.bed)
        return ""

    def stop(self) -> bool:
        """Fade out everything that plays; False if nothing did."""
        if self._player is None or not self._player.playing():
            return False
        self._player.stop()
        if self._heard is not None:
            self._heard.cart_stopped()
        return True

    def close(self) -> None:
        """Stop playing and preparing."""
        self._closing.set()
        self._wake.set()
        if self._player is not None:
            self._player.close()
        if self._preparing is not None:
            self._preparing.join()

    def _prepare(self) -> None:
        """Prepare what is at hand, again whenever a file changes, the soonest needed first."""
        while not self._closing.is_set():
            self._wake.clear()
            for cart in self._carts:
                if self._closing.is_set():
                    return
                self._prepare_one(cart)
            paths = {one.path for one in self._ready.values() if isinstance(one, Prepared)}
            if len(self._ready) >= len(self._carts) > 0:
                tidy(self._cache, frozenset(paths))
            self._wake.wait(_LOOK_EVERY_S)

    def _prepare_one(self, cart: Cart) -> None:
        path = find_file(self._root, cart.file)
        try:
            stat = path.stat()
            seen: object = (stat.st_size, stat.st_mtime_ns, cart.bed)
        except OSError:
            seen = None
        if cart.file in self._ready and self._seen.get(cart.file) == seen:
            return
        try:
            self._ready[cart.file] = prepared(path, self._cache, bed=cart.bed, cancel=self._closing)
        except Interrupted:
            return
        except BobineError as error:
            self._ready[cart.file] = str(error)
        self._seen[cart.file] = seen
