"""Asks the computer's sound server, PulseAudio or PipeWire, what there is to listen to and who does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bobine.air.recorder.inputs.sources import Source, Stream, default_in, sources_in, streams_in
from bobine.children import ask, child_environment

_PATIENCE_S = 2.0
_ALSA = Path("/proc/asound/pcm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The server's answer.

    Attributes:
        sources: all of them.
        streams: who listens to which.
        default: the name of the one that programs get when they ask for none; empty for none.
    """

    sources: tuple[Source, ...]
    streams: tuple[Stream, ...]
    default: str

    def named(self, name: str) -> Source | None:
        """The source of a name; None where it is not there."""
        return next((one for one in self.sources if one.name == name), None)

    def heard_by(self, run: str) -> Source | None:
        """The source that one of our own runs listens to; None where it listens to none."""
        indexes = {stream.source for stream in self.streams if stream.run == run}
        return next((one for one in self.sources if one.index in indexes), None)


def look() -> Seen | None:
    """Ask; None where there is no such server, or it does not answer."""
    environment = plain_environment()
    # the streams first: a source that vanishes in between is then missed, not another one blamed
    streams = ask(["pactl", "list", "source-outputs"], _PATIENCE_S, environment)
    sources = ask(["pactl", "list", "sources"], _PATIENCE_S, environment) if streams is not None else None
    info = ask(["pactl", "info"], _PATIENCE_S, environment) if sources is not None else None
    if streams is None or sources is None or info is None:
        return None
    return Seen(sources=sources_in(sources), streams=streams_in(streams), default=default_in(info))


def plain_environment() -> dict[str, str]:
    """The environment in which ``pactl`` says the same words on every computer."""
    return child_environment(LC_ALL="C", LANGUAGE="")


def cards() -> tuple[str, ...]:
    """The inputs of the sound cards as ALSA knows them, written as ``shows.toml`` wants them, with their names."""
    try:
        text = _ALSA.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    found = re.findall(r"^(\d\d)-(\d\d): ([^:\n]*):[^\n]*\bcapture\b", text, re.MULTILINE)
    return tuple(f"alsa:hw:{int(card)},{int(device)} ({words.strip()})" for card, device, words in found)
