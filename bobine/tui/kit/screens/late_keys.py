"""Keys that were meant for a dialog do nothing under it, once it is gone. Pure."""

from __future__ import annotations

DRAIN_S = 0.25
"""So long after a dialog is gone is a key still one that was meant for it, in seconds; typing on prolongs it."""

LOOKING = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab"})
"""Keys that only look around: who presses one has seen what is under the dialog."""


class LateKeys:
    """The keys that a screen hears after a dialog that covered it.

    All instants are seconds of one clock that only goes forward.
    """

    def __init__(self) -> None:
        self._covered = False
        self._until_s = float("-inf")

    def cover(self) -> None:
        """A dialog is over the screen."""
        self._covered = True

    def uncover(self, now_s: float) -> None:
        """It is gone."""
        if self._covered:
            self._covered = False
            self._until_s = now_s + DRAIN_S

    def ignores(self, key: str, at_s: float) -> bool:
        """Whether a key that was pressed at an instant was meant for the dialog, and does nothing here."""
        if self._covered:
            return True
        if at_s >= self._until_s:
            return False
        if key in LOOKING and at_s > self._until_s - DRAIN_S:
            self._until_s = float("-inf")
            return False
        self._until_s = max(self._until_s, at_s + DRAIN_S)
        return True
