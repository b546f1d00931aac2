"""Edits made to the sound after the show: cuts inside items, and items whose sound comes from another file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from bobine.model.aired.as_run import AiredItem, AsRun, Recording


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A stretch of an item that the podcast does not hold.

    Attributes:
        item: the item's id in the rundown.
        sound: SHA-256 of the file whose samples are counted: the recording's, or that of the item's take.
        rate: that file's sampling rate, Hz.
        start: first sample that is left out, counted from that file's start.
        end: one past the last one.
    """

    item: str
    sound: str
    rate: int
    start: int
    end: int

    @property
    def samples(self) -> int:
        """Length, in samples of the file."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A file that is heard in the place of an item's sound in the recording.

    Attributes:
        item: the item's id in the rundown.
        file: name of the file in the episode's ``recording/`` folder.
        rate: sampling rate in Hz; positions count its samples.
        channels: number of channels.
        samples: length of the file, in samples per channel.
        sha256: hexadecimal digest of the file.
        start: first sample that is heard.
        end: one past the last one that is heard.
        origin: name of the file it was copied from.
    """

    item: str
    file: str
    rate: int
    channels: int
    samples: int
    sha256: str
    start: int
    end: int
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnItem:
    """An item that the podcast does not hold any more, whatever its rights and consents say.

    Attributes:
        item: the item's id in the rundown.
        at: when it was withdrawn (aware).
        reason: why, one line.
    """

    item: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """The edits of an episode, in no order that matters but for people."""

    takes: tuple[Take, ...] = ()
    cuts: tuple[Cut, ...] = ()
    withdrawn: tuple[WithdrawnItem, ...] = ()

    def left_out(self) -> dict[str, str]:
        """For each item that was withdrawn, its id and why, in French."""
        return {one.item: f"retiré : {one.reason}" for one in self.withdrawn}

    def take(self, item: str) -> Take | None:
        """The take that replaces an item's own sound; None where it keeps its own."""
        return next((take for take in self.takes if take.item == item), None)

    def of(self, item: str) -> tuple[Cut, ...]:
        """All the cuts of an item, whatever file they count in, by position; as they are numbered from 1."""
        return tuple(sorted((cut for cut in self.cuts if cut.item == item), key=lambda cut: (cut.start, cut.end)))


NO_EDITS = Edits()
"""A show as it was aired."""


@dataclass(frozen=True, slots=True)
class ItemSound:
    """The sound of an item: the file it is in, and its start and end in samples of that file.

    Attributes:
        sha256: digest of the file.
        rate: its sampling rate, Hz.
        start: first sample.
        end: one past the last one.
    """

    sha256: str
    rate: int
    start: int
    end: int

    @property
    def duration_s(self) -> float:
        """Length in seconds, before any cut."""
        return (self.end - self.start) / self.rate

    def holds(self, cut: Cut) -> bool:
        """Whether a cut lies in it, as a whole."""
        return cut.sound == self.sha256 and self.start <= cut.start and cut.end <= self.end


def recording_digest(recording: Recording) -> str:
    """The digest that identifies a recording in the cuts made to it."""
    return recording.digest


def item_sound(as_run: AsRun, aired: AiredItem, edits: Edits) -> ItemSound:
    """The sound of an aired item: its take, else its part of the recording."""
    take = edits.take(aired.id)
    if take is not None:
        return ItemSound(take.sha256, take.rate, take.start, take.end)
    return ItemSound(recording_digest(as_run.recording), as_run.recording.rate, aired.start, aired.end)


def cuts_heard(as_run: AsRun, aired: AiredItem, edits: Edits) -> tuple[Cut, ...]:
    """The cuts that are made in what is heard of an aired item, by position."""
    sound = item_sound(as_run, aired, edits)
    return tuple(cut for cut in edits.of(aired.id) if sound.holds(cut))


def kept_s(as_run: AsRun, aired: AiredItem, edits: Edits) -> float:
    """The length of an item once cut, seconds, except for the few milliseconds that a join takes."""
    sound = item_sound(as_run, aired, edits)
    return sound.duration_s - sum(cut.samples for cut in cuts_heard(as_run, aired, edits)) / sound.rate


def edit_faults(as_run: AsRun, edits: Edits) -> Iterator[tuple[str, str]]:
    """Edits that do not fit what was aired: pairs of an item's id and a French sentence.

    A cut of the recording waits without harm while its item has a take. One that counts in a file which is neither is
    a fault: it was made for another recording, and what it left out might be heard.
    """
    aired = {one.id: one for one in as_run.items}
    for take in edits.takes:
        if take.item not in aired:
            yield take.item, f"« {take.item} » a un son de remplacement, mais n'est pas dans l'enregistrement"
    for item in dict.fromkeys(cut.item for cut in edits.cuts):
        if item not in aired:
            yield item, f"« {item} » a des coupes, mais n'est pas dans l'enregistrement"
            continue
        for place, cut in enumerate(edits.of(item), start=1):
            why = misfit(as_run, aired[item], edits, cut)
            if why:
                yield item, f"« {item} », coupe {place} : {why}"


def misfit(as_run: AsRun, aired: AiredItem, edits: Edits, cut: Cut) -> str:
    """The reason that forbids a cut, a French clause; empty where it can be made, or waits as its item has a take."""
    if item_sound(as_run, aired, edits).holds(cut) or item_sound(as_run, aired, NO_EDITS).holds(cut):
        return ""
    take = edits.take(aired.id)
    if take is not None and cut.sound == take.sha256:
        return "elle sort du son de remplacement"
    if cut.sound == recording_digest(as_run.recording):
        return "elle sort de l'élément, dont les repères ont changé"
    return "elle a été faite dans un autre enregistrement, et ne va pas avec celui-ci"


def is_waiting(as_run: AsRun, aired: AiredItem, edits: Edits, cut: Cut) -> bool:
    """Whether a cut of the recording has no effect because its item has a take."""
    own = item_sound(as_run, aired, NO_EDITS)
    return own.holds(cut) and not item_sound(as_run, aired, edits).holds(cut)


def overlaps(cuts: Sequence[Cut]) -> Iterator[tuple[Cut, Cut]]:
    """Neighbouring cuts of the same sound of the same item that have samples in common."""
    ordered = sorted(cuts, key=lambda cut: (cut.item, cut.sound, cut.start, cut.end))
    for one, other in pairwise(ordered):
        if (one.item, one.sound) == (other.item, other.sound) and other.start < one.end:
            yield one, other


def with_take(edits: Edits, take: Take) -> Edits:
    """The edits with a take in the place of the one that its item had; cuts of that other one go with it."""
    return replace(without_take(edits, take.item, keep=take.sha256), takes=(*_others(edits, take.item), take))


def without_take(edits: Edits, item: str, *, keep: str = "") -> Edits:
    """The edits with an item's own sound again; cuts of its take go with it, but those of the file ``keep``."""
    old = edits.take(item)
    if old is None:
        return edits
    sound = ItemSound(old.sha256, old.rate, old.start, old.end)
    gone = [cut for cut in edits.of(item) if sound.holds(cut) and cut.sound != keep]
    kept = tuple(cut for cut in edits.cuts if cut not in gone)
    return replace(edits, takes=_others(edits, item), cuts=kept)


def _others(edits: Edits, item: str) -> tuple[Take, ...]:
    return tuple(take for take in edits.takes if take.item != item)


def edits_digest(edits: Edits) -> str:
    """SHA-256 of the edits, in hexadecimal, whatever order they stand in; empty where there are none."""
    rows = sorted(
        [f"cut {cut.item} {cut.sound} {cut.start} {cut.end}" for cut in edits.cuts]
        + [f"take {take.item} {take.sha256} {take.start} {take.end}" for take in edits.takes]
        + [f"withdrawn {one.item}" for one in edits.withdrawn]
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest() if rows else ""
