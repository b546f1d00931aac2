"""Stopping only when told twice: the file of these words may grow by itself. Pure: the instants come in.

A word is a file that grew, and a synchronisation or a backup that is put back may make any file grow, all at once. So
one change ends no recording: only a second one does, soon after it, and ``link/control.py`` makes both.
"""

from __future__ import annotations

APART_S = (0.25, 10.0)
"""Time between the two, seconds: closer is one change seen in two steps, later is another one by chance."""


class TwiceTold:
    """A counter of the words that stop the recorder.

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
        """Take note of the words said so far.

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
