"""The recording of a show at one instant, as a screen tells it. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """The state of the recording now, as far as it is known.

    Attributes:
        running: sound is being kept, and its length grows.
        alive: a recorder is there, even while nothing comes in: it is to be stopped, not started.
        seconds: length so far.
        peak_db: loudest sample of the last moments, dBFS; None where nothing is measured.
        momentary_lufs: loudness of the last 0.4 s; None for silence.
        short_term_lufs: loudness of the last 3 s; None for silence.
        free_minutes: room left on the disk that has least; None where it is not known.
        alarms: what is wrong, a French sentence each, the gravest first.
        source: what is recorded, by the name that people know it by; empty where it has none.
        lost: what this recording lost so far, in French; empty for nothing.
    """

    running: bool = False
    alive: bool = False
    seconds: float = 0
    peak_db: float | None = None
    momentary_lufs: float | None = None
    short_term_lufs: float | None = None
    free_minutes: int | None = None
    alarms: tuple[str, ...] = ()
    source: str = ""
    lost: str = ""
