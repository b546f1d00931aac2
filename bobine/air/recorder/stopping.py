"""Stops only when told twice. Pure: the instants come in."""

from __future__ import annotations

APART_S = (0.25, 10.0)
"""How far apart the two must be: closer is one key that bounced, later is another thought, seconds."""


class TwiceTold:
    """Counts how many times it was told to stop.

    Attributes:
        asked: it was told once, lately.
        stop: it was told twice.
    """

    def __init__(self, told: int) -> None:
        """Begin.

        Args:
            told: how many times before this began; they do not count.
        """
        self.asked = False
        self.stop = False
        self._told = told
        self._first = 0.0

    def look(self, told: int, now: float) -> None:
        """Take what is known now.

        Args:
            told: how many times in all.
            now: on a steady clock, seconds.
        """
        if self.asked and now - self._first > APART_S[1]:
            self.asked = False
        if told <= self._told:
            return
        self._told = told
        if not self.asked:
            self.asked, self._first = True, now
        elif now - self._first >= APART_S[0]:
            self.stop = True
