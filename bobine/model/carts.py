"""Carts: short sounds that are there at the press of a key, and the sound output that they are played through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bobine.model.episode import Work
from bobine.model.written.sound_names import is_device_name


class OutputKind(StrEnum):
    """The kinds of sound output; the values are the words before the colon in ``shows.toml``."""

    PULSE = "pulse"
    ALSA = "alsa"
    OSS = "oss"
    AUDIOTOOLBOX = "audiotoolbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundOutput:
    """A sound output; one whose name has none of the accepted forms cannot be made (``ValueError``).

    Attributes:
        kind: what plays.
        name: the device's name; ``default`` for the system's own choice.
    """

    kind: OutputKind
    name: str

    def __post_init__(self) -> None:
        if not is_device_name(self.kind, self.name):
            raise ValueError(f"not the name of a sound output: {self.name[:60]!r}")

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


def parse_output(text: str) -> SoundOutput:
    """The output that a text names: ``pulse:default``, ``alsa:hw:0``.

    Raises:
        ValueError: if it names none.
    """
    kind, _, name = text.partition(":")
    return SoundOutput(kind=OutputKind(kind), name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCart:
    """A sound that every episode of a show has at hand.

    Attributes:
        title: what it is, in a few words.
        file: path relative to the workspace, inside it.
        bed: music under the speech: it is quieter, and goes round until it is stopped.
        out_cue: last words, announced as it ends.
        works: the works heard in it, for the music log.
    """

    title: str
    file: str
    bed: bool = False
    out_cue: str = ""
    works: tuple[Work, ...] = ()
