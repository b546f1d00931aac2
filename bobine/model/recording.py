"""The recording settings of a show: its sound input, its second copy, and the sound output that carts use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bobine.model.written.sound_names import is_device_name, is_stream_address


class InputKind(StrEnum):
    """The kinds of sound input; the values are the words before the colon in ``shows.toml``."""

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
    """A sound input; one whose name has none of the accepted forms cannot be made (``ValueError``).

    Attributes:
        kind: what reads it.
        name: the device's name, the stream's address, or the file's path.
    """

    kind: InputKind
    name: str

    def __post_init__(self) -> None:
        match self.kind:
            case InputKind.STREAM:
                good = is_stream_address(self.name)
            case InputKind.FILE:
                good = bool(self.name.strip()) and "\0" not in self.name
            case _:
                good = is_device_name(self.kind, self.name)
        if not good:
            raise ValueError(f"not the name of a sound input: {self.name[:60]!r}")

    def __str__(self) -> str:
        return self.name if self.kind is InputKind.STREAM else f"{self.kind}:{self.name}"


def parse_input(text: str) -> SoundInput:
    """The input that a text names: ``pulse:default``, ``alsa:hw:0``, ``https://…``, ``file:path``.

    Raises:
        ValueError: if it names none.
    """
    kind, colon, name = text.partition(":")
    if kind in ("http", "https"):
        return SoundInput(kind=InputKind.STREAM, name=text)
    if not colon or kind == InputKind.STREAM:
        raise ValueError(f"not a sound input: {text[:60]!r}")
    return SoundInput(kind=InputKind(kind), name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingSettings:
    """The recording settings of a show.

    Attributes:
        input: as ``parse_input`` reads it; empty where none is configured.
        rate: sampling rate of the recording, Hz.
        channels: 1 or 2.
        pair: which channels of the input are recorded, left first, counted from 1; one of them for a mono recording;
            empty for its first ones.
        second: folder of a second copy, such as a USB stick's: absolute, or relative to the workspace; empty for none.
        silence: silence longer than this is reported while recording.
        output: what carts are played through, as ``carts.parse_output`` reads it; empty for no carts.
        keep_days: how many days after its broadcast a recording is kept at least: no purge before; 31 or more.
    """

    input: str = ""
    rate: int = 48000
    channels: int = 2
    pair: tuple[int, ...] = ()
    second: str = ""
    silence: timedelta = timedelta(seconds=5)
    output: str = ""
    keep_days: int = 31
