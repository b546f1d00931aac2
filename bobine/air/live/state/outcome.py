"""The outcome of a show that is over: places of its items and marks in the recording, and lost sound. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from bobine.air.live.state import events as e
from bobine.air.live.state.bounds import fault_of
from bobine.air.live.state.session import Session
from bobine.french import printable
from bobine.model.aired.as_run import AiredItem, NamedPoint
from bobine.model.aired.progress import Airing, OnAir

_LONGEST_NAME = 200


def main_file(session: Session) -> str | None:
    """The file of the recording in which most items were aired; None where there is none."""
    files = [stretch.file for stretch in session.progress.stretches if stretch.file is not None]
    return max(dict.fromkeys(files), key=files.count, default=None)


def aired_items(session: Session, file: str, samples: int) -> tuple[AiredItem, ...]:
    """Places of the aired items in a file of the recording, in order of time, without overlap.

    An item that was on air more than once keeps its longest stretch: a chapter starts once. One still on air ends
    with the recording. What was not recorded is left out.

    Args:
        session: what the journal comes to.
        file: name of the file; what was aired in another one is left out.
        samples: its length.
    """
    longest: dict[str, AiredItem] = {}
    for stretch in session.progress.stretches:
        item = _placed(stretch, samples) if stretch.file == file else None
        if item is None:
            continue
        known = longest.get(item.id)
        if known is None or item.end - item.start > known.end - known.start:
            longest[item.id] = item
    return tuple(sorted(longest.values(), key=lambda item: item.start))


def named_points(session: Session, file: str, samples: int, known: Collection[str]) -> tuple[NamedPoint, ...]:
    """The marks that lie in a file of the recording, in order of time; what was not recorded is left out.

    Args:
        session: what the journal comes to.
        file: name of the file; what was marked in another one is left out.
        samples: its length.
        known: ids of the items of the rundown; a mark in another one is in none.
    """
    found = []
    for mark, text in zip(session.marks, mark_names(session), strict=True):
        if mark.file != file or mark.position is None or mark.position > samples:
            continue
        item = _on_air_at(session, file, mark.position)
        found.append(NamedPoint(position=mark.position, text=text, item=item if item in known else None))
    return tuple(sorted(found, key=lambda point: point.position))


def mark_names(session: Session) -> tuple[str, ...]:
    """Names of the marks, one line each: « Repère 3 » for the third one if nobody named it."""
    labels = [printable(" ".join(mark.label.split()))[:_LONGEST_NAME].strip() for mark in session.marks]
    return tuple(label or f"Repère {number}" for number, label in enumerate(labels, 1))


def lost_sound(events: Iterable[e.Event]) -> tuple[tuple[datetime, timedelta], ...]:
    """The gaps of the recording, in the journal's order: when each began, and for how long silence stands in for sound.

    The instants are those of the recorder's notes, right to some tenths of a second.
    """
    rate, found = 0, []
    for event in events:
        if fault_of(event):
            continue
        if isinstance(event, e.RecordingStarted):
            rate = event.rate
        elif isinstance(event, e.RecordingGap) and rate:
            length = timedelta(seconds=(event.end - event.start) / rate)
            found.append((event.at - length, length))
    return tuple(found)


def _on_air_at(session: Session, file: str, position: int) -> str | None:
    """The id of what was on air at a position of a file; the later one where one item follows another."""
    for stretch in reversed(session.progress.stretches):
        if stretch.file == file and stretch.first is not None and stretch.first <= position:
            last = _last(stretch)
            return stretch.item.id if last is None or position < last else None
    return None


def _last(stretch: Airing | OnAir) -> int | None:
    """One past the last sample; None where that is not known, and while it is on air."""
    return stretch.last if isinstance(stretch, Airing) else None


def _placed(stretch: Airing | OnAir, samples: int) -> AiredItem | None:
    if stretch.first is None:
        return None
    last = _last(stretch)
    end = samples if last is None else min(last, samples)
    return AiredItem(id=stretch.item.id, start=stretch.first, end=end) if stretch.first < end else None
