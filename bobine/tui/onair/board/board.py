"""The board: the hour, the recording, the item on air, the gap to the hard end, and what comes next."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content
from textual.widget import Widget

from bobine.air.live.state.sound import Sound
from bobine.french import printable, typeset
from bobine.model.written.durations import format_duration
from bobine.plan.timing.rundown import Timing
from bobine.plan.timing.words import next_words
from bobine.tui.kit.lists.rows import Tone
from bobine.tui.onair.words import (
    alarm_words,
    gap_words,
    level_words,
    lost_words,
    on_air_parts,
    status_parts,
)

_BAR = 20


class Board(Widget):
    """The board, recomputed from the clock at every tick, drawn again only when it says something else."""

    DEFAULT_CSS = """
    Board { height: 6; background: $panel; color: $foreground; }
    Board.-tall { height: 11; }
    """

    def __init__(self, *, rehearsal: bool = False) -> None:
        super().__init__()
        self._rehearsal = rehearsal
        self._lines: tuple[tuple[tuple[str, str], ...], ...] = ()

    def show(
        self, timing: Timing, now: datetime, sound: Sound, last: str, stopwatches: str = "", said: str = ""
    ) -> None:
        """Show an instant of the show.

        Args:
            timing: of the live show.
            now: the instant, in the show's zone.
            sound: what is known of the recording.
            last: the last action, in words.
            stopwatches: what they show, in words.
            said: what was just said to the technician.
        """
        lines = self._said(timing, now, sound, last, stopwatches, said)
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def _said(
        self, timing: Timing, now: datetime, sound: Sound, last: str, stopwatches: str, said: str
    ) -> tuple[tuple[tuple[str, str], ...], ...]:
        title, countdown, tone, gone = on_air_parts(timing)
        filled = round(gone * _BAR)
        gap, gap_tone = gap_words(timing)
        status: list[tuple[str, str]] = []
        for text, part_tone in status_parts(timing, now, sound, rehearsal=self._rehearsal):
            status += [(f" {text} ", _loud(part_tone)), (" ", "")]
        return (
            tuple(status),
            (
                (" EN COURS  ", "bold"),
                (f" {title} ", "bold"),
                ("  ", ""),
                (f" {countdown} " if countdown else "", _ground(tone)),
                ("  ", ""),
                (f"[{'█' * filled}{'·' * (_BAR - filled)}]" if countdown else "", ""),
            ),
            (
                (f" ÉCART À {timing.slot_end:%H:%M:%S}  ", "bold"),
                (f" {gap} ", _ground(gap_tone)),
                (f"  fin prévue {timing.expected_end:%H:%M:%S}", ""),
                (f" · attente {format_duration(timing.waits)}" if timing.waits else "", "$tone-warn"),
            ),
            ((" ENSUITE   ", "bold"), (f" {next_words(timing)}", "")),
            (
                (f" {alarm_words(sound)} " if sound.alarms else "", _ground(Tone.ALERT)),
                (f" {lost_words(sound)} " if sound.lost and not sound.alarms else "", _ground(Tone.WARN)),
                (f" {said}" if said else "", "bold"),
                (f" {stopwatches}" if stopwatches else "", ""),
                (f" {level_words(sound)}" if not (sound.alarms or said or stopwatches) else "", "$tone-muted"),
            ),
            ((f" {last}", "$tone-muted"),),
        )

    def render(self) -> Content:
        """The lines, each cut to the width."""
        width = self.size.width
        drawn = []
        for line in self._lines:
            parts = [Content(typeset(printable(text))).stylize(style) if style else Content(typeset(printable(text)))
                     for text, style in line if text]  # fmt: skip
            drawn.append(Content("").join(parts).truncate(width, ellipsis=True))
        if self.has_class("-tall"):
            drawn = [part for line in drawn for part in (line, Content(""))]
        return Content("\n").join(drawn)


def _loud(tone: Tone) -> str:
    """Put what must not be missed on a ground of its colour."""
    return _ground(tone) if tone in (Tone.ALERT, Tone.WARN) else f"bold $tone-{tone}" if tone is Tone.GOOD else "bold"


def _ground(tone: Tone) -> str:
    if tone in (Tone.ALERT, Tone.WARN, Tone.GOOD):
        return f"bold $background on $tone-{tone}"
    return "bold"
