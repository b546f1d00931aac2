"""Orders to a worker and its answers: JSON texts, all that passes between processes and machines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bobine.store.codec.json_text import json_text, read_json


class Fate(StrEnum):
    """The outcomes that an episode can have."""

    UNCHANGED = "unchanged"
    """Its master was there already, as it should be."""

    REUSED = "reused"
    """Its master was made without encoding anything: tags or joins changed."""

    ENCODED = "encoded"
    """Its master was made, with one segment encoded at least."""

    ERROR = "error"
    """It cannot be mastered as it stands."""

    BUSY = "busy"
    """Another program held its master; later it may be free."""

    FOREIGN = "foreign"
    """The worker is not fit for this workspace; another one may be."""

    STOPPED = "stopped"
    """The run ended while it was being mastered."""

    LOST = "lost"
    """The worker never answered."""


AGAIN = frozenset({Fate.BUSY, Fate.FOREIGN, Fate.STOPPED, Fate.LOST})
"""Fates that may be another one the next time."""


@dataclass(frozen=True, slots=True)
class Order:
    """One episode to be mastered.

    Attributes:
        root: the workspace's folder, absolute: the same on every machine.
        show: slug of the show.
        day: the name of the episode's folder.
        formats: the names of the formats, the main one first; empty for those of the show.
        cores: how many the work may use, at least 1.
        beacon: the name of the file in ``root`` that is there as long as the run goes on.
        makers: the print of the program and the tools that must do it (``makers.py``); empty for whatever is there.
    """

    root: str
    show: str
    day: str
    formats: tuple[str, ...]
    cores: int
    beacon: str
    makers: str = ""

    @property
    def episode(self) -> str:
        """The name that commands give the episode."""
        return f"{self.show}/{self.day}"

    def text(self) -> str:
        """The order as one line of JSON."""
        return json_text(
            {
                "root": self.root,
                "show": self.show,
                "day": self.day,
                "formats": list(self.formats),
                "cores": self.cores,
                "beacon": self.beacon,
                "makers": self.makers,
            }
        )

    @classmethod
    def read(cls, text: str) -> Self:
        """The order that a line holds.

        Raises:
            JsonFault, KeyError: if it holds none.
        """
        table = read_json(text)
        return cls(
            root=str(table["root"]),
            show=str(table["show"]),
            day=str(table["day"]),
            formats=tuple(map(str, table["formats"])),
            cores=int(table["cores"]),
            beacon=str(table["beacon"]),
            makers=str(table["makers"]),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one episode.

    Attributes:
        episode: the name that commands give it.
        fate: in a word.
        reused: encoded segments that were there from before.
        encoded: those that were encoded.
        sentence: why it has no new master, in French; empty where it has.
    """

    episode: str
    fate: Fate
    reused: int = 0
    encoded: int = 0
    sentence: str = ""

    def text(self) -> str:
        """The outcome as one line of JSON."""
        return json_text(
            {
                "episode": self.episode,
                "fate": self.fate.value,
                "reused": self.reused,
                "encoded": self.encoded,
                "sentence": self.sentence,
            }
        )

    @classmethod
    def read(cls, text: str) -> Self:
        """The outcome that a line holds.

        Raises:
            JsonFault, KeyError, ValueError: if it holds none.
        """
        table = read_json(text)
        return cls(
            episode=str(table["episode"]),
            fate=Fate(table["fate"]),
            reused=int(table["reused"]),
            encoded=int(table["encoded"]),
            sentence=str(table["sentence"]),
        )
