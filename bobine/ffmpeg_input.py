"""The inputs of ffmpeg: each one names the formats it may have and the protocols it may come by.

A file's content decides for itself what ffmpeg takes it for: a playlist or a script named ``.wav`` would have other
files read. Each input therefore carries a list of demuxers and one of protocols; ``inputs_of`` tells those that do not,
and nothing is run with such an input. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CONTAINERS = (
    "aac,ac3,aiff,amr,ape,asf,au,avi,caf,eac3,flac,matroska,mov,mp3,mp4,mpeg,mpegts,oga,ogg,opus,rm,tta,w64,wav,webm,wv"
)
"""Containers that a file may be: sound, and nothing (playlists, concat scripts, devices) that can name another file."""

_STREAMED = "aac,flac,mp3,ogg,mpegts,matroska,webm,mov,wav"
_WEB = "http,https,tcp,tls,crypto,httpproxy"

Options = Mapping[str, Any]
"""Options of one input, by their names without the hyphen."""


def of_file(**options: Any) -> Options:
    """Options of a file of this computer."""
    return _guarded(CONTAINERS, "file", options)


def of_raw(form: str, **options: Any) -> Options:
    """Options of the plain samples in a file of this computer, in a form that is known beforehand."""
    return _guarded(form, "file", {"f": form, **options})


def of_stream(**options: Any) -> Options:
    """Options of a stream on the web."""
    return _guarded(_STREAMED, _WEB, options)


def of_pipe(form: str, **options: Any) -> Options:
    """Options of what comes on standard input, in a form that is known beforehand."""
    return _guarded(form, "pipe", {"f": form, **options})


def of_device(system: str, **options: Any) -> Options:
    """Options of a sound device, or of a sound that ffmpeg makes itself (``lavfi``)."""
    return _guarded(system, "pipe", {"f": system, **options})


def as_arguments(options: Options, name: str) -> list[str]:
    """One input as ffmpeg's arguments.

    Args:
        options: what one of the functions above gave.
        name: the file, the address or the device.
    """
    return [*(part for key, value in options.items() for part in (f"-{key}", str(value))), "-i", name]


_ESCAPE = "\U0010fffe"
"""A character that no text holds: what a graph cannot carry is spelt after it."""


def carried(name: str) -> str:
    """A file's name as a graph can carry it: bytes that are no UTF-8 (lone surrogates, in Python) are spelt out."""
    return re.sub(f"[\ud800-\udfff{_ESCAPE}]", lambda found: f"{_ESCAPE}{ord(found[0]):06x}", name)


def restored(argument: str) -> str:
    """Undo ``carried``: return the file name as the system knows it."""
    return re.sub(f"{_ESCAPE}([0-9a-f]{{6}})", lambda found: chr(int(found[1], 16)), argument)


@dataclass(frozen=True, slots=True)
class Opened:
    """An input among ffmpeg's arguments: its name, and whether both lists stand before it."""

    name: str
    guarded: bool


def inputs_of(arguments: Sequence[str]) -> tuple[Opened, ...]:
    """The inputs that ffmpeg's arguments would have it open."""
    found = []
    begin = 0
    for at, argument in enumerate(arguments[:-1]):
        if argument == "-i":
            own = arguments[begin:at]
            guarded = "-format_whitelist" in own and "-protocol_whitelist" in own
            found.append(Opened(arguments[at + 1], guarded))
            begin = at + 1
    return tuple(found)


def _guarded(formats: str, protocols: str, options: Mapping[str, Any]) -> Options:
    return {"protocol_whitelist": protocols, "format_whitelist": formats, **options}
