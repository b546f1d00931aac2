"""Carts: short sounds that are there at the press of a key, and the sound output that they are played through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class OutputKind(StrEnum):
    """What a sound output is played through; the values are the words before the colon in ``shows.toml``."""

    PULSE = "pulse"
    ALSA = "alsa"
    OSS = "oss"
    AUDIOTOOLBOX = "audiotoolbox"


_NAMES = {
    OutputKind.PULSE: re.compile(r".*"),
    # a plain name: ALSA takes a longer one for a description, that may write files or run programs
    OutputKind.ALSA: re.compile(r"(?!-)[\w:,.=-]+", re.ASCII),
    OutputKind.OSS: re.compile(r"default|/dev/\w+", re.ASCII),
    OutputKind.AUDIOTOOLBOX: re.compile(r"default|\d+", re.ASCII),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundOutput:
    """A sound output.

    Attributes:
        kind: what plays.
        name: the device's name; ``default`` for the system's own choice.
    """

    kind: OutputKind
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


def parse_output(text: str) -> SoundOutput:
    """The output that a text names: ``pulse:default``, ``alsa:hw:0``.

    Raises:
        ValueError: if it names none.
    """
    kind, _, name = text.partition(":")
    if not name.strip():
        raise ValueError(f"not a sound output: {text[:60]!r}")
    output = SoundOutput(kind=OutputKind(kind), name=name)
    if not _NAMES[output.kind].fullmatch(name):
        raise ValueError(f"not the name of a device: {name[:60]!r}")
    return output


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCart:
    """A sound that every episode of a show has at hand.

    Attributes:
        title: what it is, in a few words.
        file: path relative to the workspace, inside it.
        bed: music under the speech: it is quieter, and goes round until it is stopped.
        out_cue: last words, announced as it ends.
    """

    title: str
    file: str
    bed: bool = False
    out_cue: str = ""
