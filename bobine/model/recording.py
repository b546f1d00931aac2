"""How a show is recorded: where its sound comes from, where a second copy goes; and what carts are played through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class InputKind(StrEnum):
    """What a sound input is read by; the values are the words before the colon in ``shows.toml``."""

    PULSE = "pulse"
    ALSA = "alsa"
    JACK = "jack"
    OSS = "oss"
    OPENAL = "openal"
    DIRECTSHOW = "dshow"
    AVFOUNDATION = "avfoundation"
    STREAM = "stream"
    FILE = "file"

    @property
    def is_device(self) -> bool:
        """Whether it is a sound device of this computer, that ffmpeg must know."""
        return self not in (InputKind.STREAM, InputKind.FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundInput:
    """A sound input.

    Attributes:
        kind: what reads it.
        name: the device's name, the stream's address, or the file's path.
    """

    kind: InputKind
    name: str


def parse_input(text: str) -> SoundInput:
    """The input that a text names: ``pulse:default``, ``alsa:hw:0``, ``https://…``, ``file:path``.

    Raises:
        ValueError: if it names none.
    """
    kind, colon, name = text.partition(":")
    if kind in ("http", "https"):
        return SoundInput(kind=InputKind.STREAM, name=text)
    if not colon or not name.strip() or kind == InputKind.STREAM:
        raise ValueError(f"not a sound input: {text[:60]!r}")
    return SoundInput(kind=InputKind(kind), name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingSettings:
    """How a show is recorded.

    Attributes:
        input: as ``parse_input`` reads it; empty where none is configured.
        rate: sampling rate of the recording, Hz.
        channels: 1 or 2.
        second: folder of a second copy, such as a USB stick's: absolute, or relative to the workspace; empty for none.
        silence: silence longer than this is reported while recording.
        output: what carts are played through, as ``carts.parse_output`` reads it; empty for no carts.
        keep_days: how many days after its broadcast a recording is kept at least: no purge before; 31 or more.
    """

    input: str = ""
    rate: int = 48000
    channels: int = 2
    second: str = ""
    silence: timedelta = timedelta(seconds=5)
    output: str = ""
    keep_days: int = 31
