"""The collection of unused memory: a full one only while nobody presses a key, never under somebody's finger."""

from __future__ import annotations

import gc
import sys

from textual._styles_cache import StylesCache

CALM_S = 1.0
"""Without a key for so long, nobody waits for one, in seconds."""

LONGEST_S = 30
"""After so long, what is left of a screen's making is set aside even under a finger, in seconds."""

ANEW_S = 600
"""Interval at which memory that was set aside is looked through too, in seconds: it takes a tenth of one."""

SWITCH_S = 0.001
"""Time that a thread that reads or writes may keep a key waiting, in seconds; Python's own is five times that."""


class Memory:
    """Sets aside what the screens are made of, so that Python's own collector only ever looks through what is new.

    It does nothing in a process that ``run`` did not prepare.
    """

    def __init__(self) -> None:
        self._key_at_s = 0.0
        self._made_at_s: float | None = None
        self._is_one_gone = False
        self._whole_at_s = 0.0

    def key(self, at_s: float) -> None:
        """A key was pressed, at that time in seconds."""
        self._key_at_s = at_s

    def made(self, at_s: float, *, instead: bool = False) -> None:
        """A screen was made, at that time in seconds, and stays; ``instead``: another one goes."""
        self._made_at_s = at_s
        self._is_one_gone |= instead
        self._whole_at_s = self._whole_at_s or at_s

    def look(self, at_s: float) -> None:
        """Look through the memory, if there is reason to and the moment is calm."""
        calm = at_s - self._key_at_s >= CALM_S
        is_made = self._made_at_s is not None and (calm or at_s - self._made_at_s > LONGEST_S)
        is_whole = calm and (self._is_one_gone or at_s - self._whole_at_s > ANEW_S)
        if not is_made and not is_whole:
            return
        if is_made:
            self._made_at_s = None
            gc.enable()
        if is_whole:
            self._is_one_gone = False
            self._whole_at_s = at_s
            gc.unfreeze()
        forget_closed_widgets()
        gc.collect()
        gc.freeze()


def forget_closed_widgets() -> None:
    """Drop what Textual remembers of colours: it keeps with each answer the drawn lines of the widget that asked."""
    StylesCache.get_inner_outer.cache_clear()


def begin() -> Memory:
    """From now on a key waits for nothing but what it does: memory is looked through only where the result says."""
    sys.setswitchinterval(SWITCH_S)
    gc.disable()  # what is made now stays, and would only be looked through again and again
    return Memory()
