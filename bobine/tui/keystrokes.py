"""Keystrokes told apart: those that a hand meant, and a key held down, a paste, or a slip. Pure.

A key waits a moment before it acts: another one within that moment shows that no hand pressed them.
"""

from __future__ import annotations

from dataclasses import dataclass

BURST_S = 0.035
"""Two keys closer than this, in seconds, are no hand's: pasted text, an unknown sequence, a palm on the keyboard."""

SAME_S = 0.002
"""The same for one key twice: a worn key bounces more slowly than that."""

HAND_S = 0.12
"""The same key sooner than this is being held: keyboards repeat 8 to 40 times a second, a finger 7 times."""

LOCK_OUT_S = 1.0
"""An action counts once until its key was left alone for so long; a held key waits less before it repeats."""

TYPING_S = 0.4
"""Somebody who was typing elsewhere still is, until no key came for so long."""

CLOSED_S = 3.0
"""The key that closed a dialog does nothing under it for so long: it was perhaps meant for what the dialog said."""

BURST = "Trop de touches à la fois (un texte collé ?) : rien n'est fait."
HELD = "Touche tenue, ou pressée deux fois : elle compte une fois."
TYPED = "Une touche est venue aussitôt après une question : rien n'est fait."
CLOSED = "Cette touche vient de fermer une question : elle n'a rien fait d'autre."


@dataclass(frozen=True, slots=True)
class Press:
    """A key that was pressed.

    Attributes:
        key: its name.
        what: what it does here; its name again where it does nothing.
        at_s: when, in seconds of any clock that only goes forward.
        place: which screen or dialog it was pressed on.
        several: it may be pressed several times in a row, at a hand's speed.
    """

    key: str
    what: str
    at_s: float
    place: object
    several: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a key press.

    Attributes:
        acts: the one that waited, if it acts now.
        said: the message to show, in French; empty for none.
        passes: the key that was pressed does what it does, without waiting.
    """

    acts: Press | None = None
    said: str = ""
    passes: bool = False


class Keystrokes:
    """Remembers when each key came last.

    Attributes:
        waiting: the press that will act when its moment has passed without another; None where none waits.
        patience_s: how long it waits, seconds.
    """

    def __init__(self) -> None:
        self.waiting: Press | None = None
        self.patience_s = BURST_S
        self._times: dict[str, tuple[float, object]] = {}
        self._last: Press | None = None
        self._burst = False
        self._held = ""
        self._elsewhere: Press | None = None

    def press(self, press: Press) -> Answer:
        """A key on the live screen itself: it waits, or does nothing."""
        last, since = self._noted(press)
        if self._together(press, last):
            return self._nothing_of_a_burst()
        self._burst = False
        if self.waiting is not None and self.waiting.what == press.what and press.at_s < self._due_s:
            if self.patience_s > BURST_S:
                self.waiting = None
                return self._nothing_of_a_held(press)
            return Answer()
        acts, self.waiting = self.waiting, None
        if self._elsewhere is not None and last is not None:
            closing = press.key == self._elsewhere.key
            if press.at_s - last.at_s < TYPING_S or (closing and since < CLOSED_S):
                return Answer(acts, CLOSED if closing else TYPED)
            self._elsewhere = None
        if since < LOCK_OUT_S and not (press.several and since >= HAND_S):
            return Answer(acts, self._nothing_of_a_held(press).said)
        self._held = ""
        self.waiting = press
        self.patience_s = HAND_S if since < LOCK_OUT_S else BURST_S
        return Answer(acts)

    def press_elsewhere(self, press: Press) -> Answer:
        """A key over the live screen, in a dialog, or on another screen.

        Enter waits as on the live screen: one in the middle of pasted text, or that still comes from what was open
        before, chooses nothing.
        """
        before = self._times.get(press.key)
        last, since = self._noted(press)
        self._elsewhere = press
        self._burst = False
        together = last is not None and press.at_s - last.at_s < BURST_S
        acts, self.waiting = (None if together else self.waiting), None
        if press.key != "enter":
            return Answer(acts, passes=True)
        if before is not None and since < LOCK_OUT_S and before[1] is not press.place:
            self._times[press.key] = (press.at_s, before[1])
        elif not together:
            self.waiting = press
            self.patience_s = BURST_S
        return Answer(acts)

    def press_off_air(self, press: Press, *, once: bool) -> Answer:
        """A key on a planning screen: it passes at once, but for what a held key must do only once.

        Args:
            press: the key.
            once: what it does counts once while it is held. Pressed again within ``LOCK_OUT_S`` it waits ``HAND_S``:
                only a key that is held comes again so soon.
        """
        last, since = self._noted(press)
        if once and self._together(press, last):
            return self._nothing_of_a_burst()
        self._burst = False
        waiting, self.waiting = self.waiting, None
        if once and waiting is not None and waiting.what == press.what and press.at_s < waiting.at_s + self.patience_s:
            return self._nothing_of_a_held(press)
        if once and since < HAND_S:
            return Answer(waiting, self._nothing_of_a_held(press).said)
        if not once or since >= LOCK_OUT_S:
            self._held = ""
            return Answer(waiting, passes=True)
        self.waiting, self.patience_s = press, HAND_S
        return Answer(waiting)

    def let_go(self) -> Press | None:
        """The press that waited acts now: nothing came after it."""
        acts, self.waiting = self.waiting, None
        return acts

    @property
    def _due_s(self) -> float:
        return (self.waiting.at_s if self.waiting is not None else 0) + self.patience_s

    def _noted(self, press: Press) -> tuple[Press | None, float]:
        """The press before it, whatever its key, and the time since its own key or action came last; it is noted."""
        last = self._last
        times = [self._times[name][0] for name in (press.key, press.what) if name in self._times]
        since = press.at_s - max(times) if times else float("inf")
        for name in (press.key, press.what):
            self._times[name] = (press.at_s, press.place)
        self._last = press
        return last, since

    def _together(self, press: Press, last: Press | None) -> bool:
        if last is None:
            return False
        gap = press.at_s - last.at_s
        return gap < (SAME_S if press.what == last.what else BURST_S) or (self._burst and gap < LOCK_OUT_S)

    def _nothing_of_a_burst(self) -> Answer:
        new, self._burst, self.waiting = not self._burst, True, None
        return Answer(said=BURST if new else "")

    def _nothing_of_a_held(self, press: Press) -> Answer:
        new, self._held = self._held != press.what, press.what
        return Answer(said=HELD if new else "")
