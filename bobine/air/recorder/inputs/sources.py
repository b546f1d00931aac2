"""A sound server's sources and who listens to them, read from what ``pactl`` prints in the C locale. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bobine.model.written.sound_names import LONGEST_NAME

RUN_KEY = "bobine.run"
"""The property that tells our streams from any other's."""

_LONGEST = 100
_PROPERTY = re.compile(r"\t\t([\w.-]+) = \"(.*)\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source of a sound server, which programs can listen to.

    Attributes:
        index: the server's own number of it, for as long as it is there.
        name: its name, the same every time that it is plugged in.
        words: what people know it by.
        channel_map: the names of its channels, in their order.
        monitor: it is what an output plays, not what comes in.
    """

    index: int
    name: str
    words: str = ""
    channel_map: tuple[str, ...] = ()
    monitor: bool = False

    def __str__(self) -> str:
        return f"{self.words} ({self.name})" if self.words else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A program that listens.

    Attributes:
        source: the index of what it listens to.
        run: which of our own runs it is; empty for another program.
    """

    source: int
    run: str


def sources_in(text: str) -> tuple[Source, ...]:
    """The sources in the output of ``pactl list sources``."""
    found = []
    for index, block in _blocks(text, "Source"):
        name = _field(block, "Name")
        if name and len(name) <= LONGEST_NAME:
            monitor = _field(block, "Monitor of Sink")
            channels = _field(block, "Channel Map")
            found.append(
                Source(
                    index=index,
                    name=name,
                    words=_field(block, "Description")[:_LONGEST],
                    channel_map=tuple(channels.split(",")) if channels else (),
                    monitor=monitor not in ("", "n/a"),
                )
            )
    return tuple(found)


def streams_in(text: str) -> tuple[Stream, ...]:
    """The streams in the output of ``pactl list source-outputs``."""
    found = []
    for _, block in _blocks(text, "Source Output"):
        source = _field(block, "Source")
        if source.isdigit():
            properties = dict(_PROPERTY.findall(block))
            found.append(Stream(source=int(source), run=properties.get(RUN_KEY, "")))
    return tuple(found)


def default_in(text: str) -> str:
    """The name of the default source that ``pactl info`` tells; empty for none."""
    found = re.search(r"^Default Source: (\S+)$", text, re.MULTILINE)
    return found[1] if found and not found[1].startswith("@") else ""


def _blocks(text: str, what: str) -> list[tuple[int, str]]:
    parts = re.split(rf"^{what} #(\d+)$", text, flags=re.MULTILINE)
    return [(int(parts[at]), parts[at + 1]) for at in range(1, len(parts) - 1, 2)]


def _field(block: str, key: str) -> str:
    """A field of the block itself: one tab, before any property."""
    found = re.search(rf"^\t{key}: (.*)$", block, re.MULTILINE)
    return found[1].strip() if found else ""
