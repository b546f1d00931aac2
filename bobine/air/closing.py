"""The items of a show that has ended, placed in its recording. Pure."""

from __future__ import annotations

from bobine.air.session import Aired, Session
from bobine.model.as_run import AiredItem


def main_file(session: Session) -> str | None:
    """The file of the recording in which most items were aired; None where there is none."""
    files = [stretch.file for stretch in session.aired if stretch.file is not None]
    return max(dict.fromkeys(files), key=files.count, default=None)


def aired_items(session: Session, file: str, samples: int) -> tuple[AiredItem, ...]:
    """Place the items that were aired in a file of the recording, in order of time, without overlap.

    An item that was on air more than once keeps its longest stretch: a chapter starts once. One still on air ends
    with the recording. What was not recorded is left out.

    Args:
        session: the state that the journal adds up to.
        file: name of the file; what was aired in another one is left out.
        samples: its length.
    """
    longest: dict[str, AiredItem] = {}
    for stretch in session.aired:
        item = _placed(stretch, samples) if stretch.file == file else None
        if item is None:
            continue
        known = longest.get(item.id)
        if known is None or item.end - item.start > known.end - known.start:
            longest[item.id] = item
    return tuple(sorted(longest.values(), key=lambda item: item.start))


def _placed(stretch: Aired, samples: int) -> AiredItem | None:
    if stretch.start is None:
        return None
    end = samples if stretch.end is None else min(stretch.end, samples)
    return AiredItem(id=stretch.item.id, start=stretch.start, end=end) if stretch.start < end else None
