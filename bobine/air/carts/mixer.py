"""Mix the sounds that play into one stream, block after block; what stops fades. Pure: samples in, samples out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

FULL = 32767
CHANNELS = 2
FRAME = 4
_WORD = np.dtype("<i2")


@dataclass(slots=True)
class Voice:
    """A sound that plays.

    Attributes:
        tag: whose it is.
        samples: 16 bits, little-endian, two channels; more may be added at the end while it plays.
        frames: its whole length, frames.
        loop: it begins again at its end.
        at: the next frame to be played.
        gain: what the next frame is multiplied by, 0 to 1.
        slope: what the gain loses with each frame; above 0 for a voice that fades away.
    """

    tag: str
    samples: bytes
    frames: int
    loop: bool = False
    at: int = 0
    gain: float = 1.0
    slope: float = 0.0

    @property
    def fading(self) -> bool:
        """Whether it fades away."""
        return self.slope > 0

    @property
    def over(self) -> bool:
        """True once it has ended or faded out."""
        return self.gain <= 0 or (self.at >= self.frames and not self.loop)

    def fade(self, frames: int) -> None:
        """Fade away within so many frames from here on; a fade that goes on already is never slowed down."""
        self.slope = max(self.slope, self.gain / max(1, frames))

    def take(self, frames: int) -> bytes:
        """The voice's next frames as they are played; silence once it has no more."""
        data = bytearray()
        while len(data) < frames * FRAME and not (self.at >= self.frames and not self.loop):
            if self.at >= self.frames:
                self.at = 0
            count = min(frames - len(data) // FRAME, self.frames - self.at)
            piece = self.samples[self.at * FRAME : (self.at + count) * FRAME]
            # what was not read from the disk in time is silence: the sound keeps its place
            data += piece.ljust(count * FRAME, b"\0")
            self.at += count
        data = data.ljust(frames * FRAME, b"\0")
        return bytes(data) if not self.fading else self._faded(data)

    def _faded(self, data: bytes | bytearray) -> bytes:
        words = np.frombuffer(data, _WORD).reshape(-1, CHANNELS)
        gains = np.maximum(0.0, self.gain - np.arange(len(words)) * self.slope)
        self.gain = max(0.0, self.gain - len(words) * self.slope)
        faded: bytes = (words * gains[:, None]).astype(_WORD).tobytes()
        return faded


class Mixer:
    """The voices that play."""

    def __init__(self) -> None:
        self._voices: list[Voice] = []
        self._ended: list[str] = []

    @property
    def voices(self) -> tuple[Voice, ...]:
        """The voices that play or fade away, in the order in which they began."""
        return tuple(self._voices)

    def add(self, voice: Voice) -> None:
        """Add a voice, heard from the next block on."""
        self._voices.append(voice)

    def fade(self, frames: int, tag: str | None = None) -> None:
        """Fade out all voices, or those of one tag."""
        for voice in self._voices:
            if tag is None or voice.tag == tag:
                voice.fade(frames)

    def clear(self) -> None:
        """Drop all voices at once."""
        self._voices.clear()

    def ended(self) -> Iterator[str]:
        """Tags of the voices that have played to their end since the last call."""
        yield from self._ended
        self._ended.clear()

    def block(self, frames: int) -> bytes:
        """The next frames of all voices, mixed."""
        if not self._voices:
            return bytes(frames * FRAME)
        parts = [voice.take(frames) for voice in self._voices]
        self._ended += [voice.tag for voice in self._voices if voice.over and not voice.fading]
        self._voices = [voice for voice in self._voices if not voice.over]
        if len(parts) == 1:
            return parts[0]
        # prepared sounds leave room for a bed; only two that cross for a moment can reach full scale
        mixed = np.zeros(frames * CHANNELS, np.int32)
        for part in parts:
            mixed += np.frombuffer(part, _WORD)
        return mixed.clip(-FULL, FULL).astype(_WORD).tobytes()
